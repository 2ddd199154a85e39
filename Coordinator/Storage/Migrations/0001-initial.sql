CREATE TABLE sweeps (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    request_id TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    spec_json TEXT NOT NULL,
    shard_table_json TEXT NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER NULL,
    trial_count INTEGER NOT NULL,
    is_expanded INTEGER NOT NULL,
    shard_count INTEGER NOT NULL,
    profile_json TEXT NULL,
    profile_hash TEXT NULL,
    open_jobs INTEGER NOT NULL,
    job_count INTEGER NOT NULL,
    steps_per_trial INTEGER NOT NULL,
    numerics TEXT NULL,
    is_input_at_fault INTEGER NOT NULL,
    revision INTEGER NOT NULL
);
CREATE INDEX sweeps_by_identity ON sweeps (identity, position);
CREATE INDEX sweeps_by_state ON sweeps (state, position);

CREATE TABLE trials (
    sweep TEXT NOT NULL REFERENCES sweeps (id),
    number INTEGER NOT NULL,
    parameters_json TEXT NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT NOT NULL,
    job INTEGER NOT NULL,
    try INTEGER NOT NULL,
    step INTEGER NOT NULL,
    finished_at INTEGER NULL,
    PRIMARY KEY (sweep, number)
) WITHOUT ROWID;
CREATE INDEX trials_by_job ON trials (sweep, job, number);
CREATE INDEX trials_by_state ON trials (sweep, state);

CREATE TABLE jobs (
    sweep TEXT NOT NULL REFERENCES sweeps (id),
    number INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    state INTEGER NOT NULL,
    shard_keys_json TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    fencing_token INTEGER NOT NULL,
    lease_id TEXT NULL,
    worker TEXT NULL,
    acquire_request_id TEXT NULL,
    lease_expires_at INTEGER NULL,
    eligible_at INTEGER NOT NULL,
    notified_at INTEGER NULL,
    notifications INTEGER NOT NULL,
    attempts_without_progress INTEGER NOT NULL,
    has_progressed INTEGER NOT NULL,
    finished_token INTEGER NOT NULL,
    PRIMARY KEY (sweep, number)
) WITHOUT ROWID;
CREATE INDEX jobs_by_state ON jobs (state, sweep, number);
CREATE INDEX jobs_by_request ON jobs (acquire_request_id) WHERE acquire_request_id IS NOT NULL;

-- Values are the 64 bits of a double, so that NaN, infinities and -0 come back as they went in.
CREATE TABLE measurements (
    sweep TEXT NOT NULL REFERENCES sweeps (id),
    trial INTEGER NOT NULL,
    try INTEGER NOT NULL,
    step INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    count INTEGER NOT NULL,
    names TEXT NOT NULL,
    value_bits BLOB NOT NULL,
    PRIMARY KEY (sweep, trial, try, step, kind)
) WITHOUT ROWID;

CREATE TABLE shard_profiles (
    sweep TEXT NOT NULL REFERENCES sweeps (id),
    shard_key TEXT NOT NULL,
    profile_json TEXT NOT NULL,
    PRIMARY KEY (sweep, shard_key)
) WITHOUT ROWID;

CREATE TABLE attempts (
    sweep TEXT NOT NULL,
    job INTEGER NOT NULL,
    fencing_token INTEGER NOT NULL,
    worker TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    text_rows INTEGER NOT NULL,
    block_rows INTEGER NOT NULL,
    bytes_read INTEGER NOT NULL,
    lane_rows INTEGER NOT NULL,
    PRIMARY KEY (sweep, job, fencing_token),
    FOREIGN KEY (sweep, job) REFERENCES jobs (sweep, number)
) WITHOUT ROWID;

CREATE TABLE checkpoints (
    name TEXT NOT NULL PRIMARY KEY,
    sweep TEXT NOT NULL,
    job INTEGER NOT NULL,
    fencing_token INTEGER NOT NULL,
    step INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    is_obsolete INTEGER NOT NULL,
    FOREIGN KEY (sweep, job) REFERENCES jobs (sweep, number)
) WITHOUT ROWID;
CREATE INDEX checkpoints_by_job ON checkpoints (sweep, job, step, name);
CREATE INDEX checkpoints_obsolete ON checkpoints (name) WHERE is_obsolete = 1;

CREATE TABLE remarks (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    sweep TEXT NOT NULL REFERENCES sweeps (id),
    text TEXT NOT NULL,
    UNIQUE (sweep, text)
);
