-- The trial whose weights an object keeps; NULL for the open lanes of a job.
ALTER TABLE checkpoints ADD COLUMN trial INTEGER NULL;

-- The trial whose model a job scores; NULL for jobs that profile or train.
ALTER TABLE jobs ADD COLUMN trial INTEGER NULL;
