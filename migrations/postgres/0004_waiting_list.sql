-- The waiting list: first come, first served, one place per child and session.

-- How many wait: the length of the queue costs no count of its own.
ALTER TABLE session ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0);

CREATE TABLE waiting (
    activity TEXT NOT NULL,
    date DATE NOT NULL,
    -- The order of coming, told under the lock of the session's row: clocks differ, this does not.
    turn INTEGER NOT NULL,
    child_id UUID NOT NULL REFERENCES child (id),
    origin TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (activity, date, turn),
    UNIQUE (child_id, date, activity),
    FOREIGN KEY (activity, date) REFERENCES session (activity, date)
);
