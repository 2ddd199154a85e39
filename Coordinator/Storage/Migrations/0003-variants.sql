-- Trials of a sweep may differ in model and training, so in steps: sweeps keep the rows that steps are made of,
-- trials keep what they train, and checkpoints are placed by rows.
ALTER TABLE sweeps RENAME COLUMN steps_per_trial TO train_rows;
UPDATE sweeps SET train_rows = coalesce((
    SELECT sum(json_extract(block.value, '$.trainRows'))
    FROM json_each(sweeps.profile_json, '$.shards') AS shard, json_each(shard.value, '$.blocks') AS block), 0)
WHERE profile_json IS NOT NULL;

UPDATE trials SET parameters_json = json_set(
    parameters_json,
    '$.model', json((SELECT json_extract(spec_json, '$.model') FROM sweeps WHERE id = trials.sweep)),
    '$.training', json((SELECT json_extract(spec_json, '$.training') FROM sweeps WHERE id = trials.sweep)));

-- The old ones can't be read any more, and a job without one starts from the beginning.
ALTER TABLE checkpoints RENAME COLUMN step TO position;
UPDATE checkpoints SET is_obsolete = 1;
