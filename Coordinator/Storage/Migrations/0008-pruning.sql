-- What was decided at rungs, in the order of the decisions. A row is never changed: later decisions follow from it.
CREATE TABLE rung_decisions (
    sweep TEXT NOT NULL REFERENCES sweeps (id),
    sequence INTEGER NOT NULL,
    decision_json TEXT NOT NULL,
    PRIMARY KEY (sweep, sequence)
) WITHOUT ROWID;
