-- One database serves one commune.

CREATE TABLE commune (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    zone TEXT NOT NULL CHECK (zone IN ('A', 'B', 'C')),
    -- Raised by every change to services, activities, terms and closed days.
    settings_version INTEGER NOT NULL DEFAULT 1,
    demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1))
) STRICT;

-- Signs access tokens; shared by all replicas.
CREATE TABLE token_key (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
) STRICT;

CREATE TABLE service (
    kind TEXT NOT NULL PRIMARY KEY CHECK (kind IN ('canteen', 'bus', 'tap')),
    -- JSON of the two deadlines; NULL when parents never change it.
    deadlines TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
    slug TEXT NOT NULL PRIMARY KEY,
    service TEXT NOT NULL REFERENCES service (kind),
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    -- Bit 0 is Monday.
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
    starts_at TEXT NOT NULL,
    -- Where it differs on Wednesdays.
    wednesday_starts_at TEXT,
    capacity INTEGER NOT NULL CHECK (capacity >= 0),
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE term (
    id BLOB NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 3),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    subscribe_from TEXT NOT NULL,
    subscribe_until TEXT NOT NULL,
    UNIQUE (year, number),
    CHECK (first_day <= last_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_day (
    date TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL CHECK (reason IN ('public_holiday', 'school_holiday', 'other')),
    label TEXT NOT NULL
) STRICT, WITHOUT ROWID;
