-- Rounds of trials that a sweep adds to itself: beyond the edges of its rates, and around its best ones.
ALTER TABLE sweeps ADD COLUMN edge_rounds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sweeps ADD COLUMN refinements INTEGER NOT NULL DEFAULT 0;
