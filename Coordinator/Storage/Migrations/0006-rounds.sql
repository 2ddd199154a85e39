-- Trials may be added to a sweep after its file was expanded: a round each time. A sweep may be stopped before all of them have begun.
ALTER TABLE sweeps ADD COLUMN is_stopped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sweeps ADD COLUMN rounds INTEGER NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN round INTEGER NOT NULL DEFAULT 1;
