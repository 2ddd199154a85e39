-- What a trial is ranked by so far, so that where a sweep stands can be told without reading measurements.
ALTER TABLE trials ADD COLUMN score REAL NULL;
ALTER TABLE trials ADD COLUMN score_step INTEGER NOT NULL DEFAULT 0;
