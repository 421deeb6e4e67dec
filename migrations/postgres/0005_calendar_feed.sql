-- The calendar feed: a guardian's secret address, and how long a session lasts.

ALTER TABLE activity ADD COLUMN minutes INTEGER NOT NULL DEFAULT 30 CHECK (minutes > 0);
UPDATE activity SET minutes = 120 WHERE service = 'canteen';
UPDATE activity SET minutes = 60 WHERE service = 'tap';

CREATE TABLE calendar_feed (
    guardian_id UUID NOT NULL PRIMARY KEY REFERENCES guardian (id),
    -- As in the address: it is shown again.
    secret TEXT NOT NULL,
    -- SHA-256 of the secret: a feed is looked up by it.
    hash BYTEA NOT NULL UNIQUE
);
