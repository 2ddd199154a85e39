-- What range tests proposed. It is decided once, so that a ramp that is retried later moves no bounds that trials were made for.
ALTER TABLE sweeps ADD COLUMN ranges_json TEXT;
