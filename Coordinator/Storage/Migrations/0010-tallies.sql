-- Sums are kept by the statements that change trials and attempts, not by triggers: in a large transaction each of those would walk the journal of all before it.
-- Where a sweep of 100,000 trials stands is asked for several times a second, so it is summed up as it changes instead of read anew.
CREATE TABLE trial_tallies (
    sweep TEXT NOT NULL,
    state INTEGER NOT NULL,
    training_json TEXT NOT NULL,
    ramp_steps INTEGER NOT NULL,
    trials INTEGER NOT NULL,
    steps INTEGER NOT NULL,
    PRIMARY KEY (sweep, state, training_json, ramp_steps)
) WITHOUT ROWID;

-- Trials from before gradient clipping lack that member, and the text must be the one that is written today.
INSERT INTO trial_tallies (sweep, state, training_json, ramp_steps, trials, steps)
SELECT sweep, state, json_insert(json_extract(parameters_json, '$.training'), '$.gradientClip', NULL), coalesce(json_extract(parameters_json, '$.ramp.steps'), 0), COUNT(*), SUM(step)
FROM trials
GROUP BY 1, 2, 3, 4;

CREATE TABLE attempt_totals (
    sweep TEXT NOT NULL PRIMARY KEY,
    text_rows INTEGER NOT NULL,
    block_rows INTEGER NOT NULL,
    bytes_read INTEGER NOT NULL,
    lane_rows INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO attempt_totals (sweep, text_rows, block_rows, bytes_read, lane_rows)
SELECT sweep, SUM(text_rows), SUM(block_rows), SUM(bytes_read), SUM(lane_rows) FROM attempts GROUP BY sweep;

-- The best score so far, of trials that are pending (1), running (2) or completed (3).
CREATE INDEX trials_by_score ON trials (sweep, score, number) WHERE score IS NOT NULL AND state <= 3;
