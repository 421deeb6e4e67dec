-- Subscriptions, sessions, inscriptions; the audit trail; effects to come.

CREATE TABLE subscription (
    child_id BLOB NOT NULL REFERENCES child (id),
    term_id BLOB NOT NULL REFERENCES term (id),
    service TEXT NOT NULL REFERENCES service (kind),
    rhythm TEXT NOT NULL CHECK (rhythm IN ('regular', 'occasional')),
    package TEXT CHECK (package IN ('1AR', '2AR')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (child_id, term_id, service),
    CHECK ((service = 'bus') = (package IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- The type week of canteen and bus; the chosen activities of TAP.
CREATE TABLE subscription_activity (
    child_id BLOB NOT NULL,
    term_id BLOB NOT NULL,
    service TEXT NOT NULL,
    activity TEXT NOT NULL REFERENCES activity (slug),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
    PRIMARY KEY (child_id, term_id, activity),
    FOREIGN KEY (child_id, term_id, service)
        REFERENCES subscription (child_id, term_id, service) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One activity on one date. `overrides` counts the seats that the guichet gave on purpose beyond
-- the capacity.
CREATE TABLE session (
    activity TEXT NOT NULL REFERENCES activity (slug),
    date TEXT NOT NULL,
    capacity INTEGER NOT NULL CHECK (capacity >= 0),
    taken INTEGER NOT NULL DEFAULT 0,
    overrides INTEGER NOT NULL DEFAULT 0 CHECK (overrides >= 0),
    PRIMARY KEY (activity, date),
    CONSTRAINT session_seats CHECK (taken BETWEEN 0 AND capacity + overrides)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_date ON session (date);

CREATE TABLE inscription (
    child_id BLOB NOT NULL REFERENCES child (id),
    date TEXT NOT NULL,
    activity TEXT NOT NULL,
    origin TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (child_id, date, activity),
    FOREIGN KEY (activity, date) REFERENCES session (activity, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX inscription_by_session ON inscription (activity, date);

-- Changes of days, passwords and sign-ins, imports: who, when, from where, before, after. Never
-- updated, never deleted.
CREATE TABLE audit (
    id BLOB NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    -- NULL for the system itself.
    account_id BLOB REFERENCES account (id),
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    child_id BLOB REFERENCES child (id),
    activity TEXT,
    date TEXT,
    before TEXT,
    after TEXT,
    reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_child ON audit (child_id, date);

-- E-mails and other effects, written in the transaction of their cause.
CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- JSON.
    payload TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at TEXT,
    last_error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL;
