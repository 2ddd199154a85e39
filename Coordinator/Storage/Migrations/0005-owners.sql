-- The submitter that a sweep belongs to; empty for local callers, as all were before there were credentials.
ALTER TABLE sweeps ADD COLUMN owner TEXT NOT NULL DEFAULT '';
