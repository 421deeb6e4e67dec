-- Subscriptions, sessions, inscriptions; the audit trail; effects to come.

CREATE TABLE subscription (
    child_id UUID NOT NULL REFERENCES child (id),
    term_id UUID NOT NULL REFERENCES term (id),
    service TEXT NOT NULL REFERENCES service (kind),
    rhythm TEXT NOT NULL CHECK (rhythm IN ('regular', 'occasional')),
    package TEXT CHECK (package IN ('1AR', '2AR')),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (child_id, term_id, service),
    CHECK ((service = 'bus') = (package IS NOT NULL))
);

-- The type week of canteen and bus; the chosen activities of TAP.
CREATE TABLE subscription_activity (
    child_id UUID NOT NULL,
    term_id UUID NOT NULL,
    service TEXT NOT NULL,
    activity TEXT NOT NULL REFERENCES activity (slug),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
    PRIMARY KEY (child_id, term_id, activity),
    FOREIGN KEY (child_id, term_id, service)
        REFERENCES subscription (child_id, term_id, service) ON DELETE CASCADE
);

-- One activity on one date. `overrides` counts the seats that the guichet gave on purpose beyond
-- the capacity.
CREATE TABLE session (
    activity TEXT NOT NULL REFERENCES activity (slug),
    date DATE NOT NULL,
    capacity INTEGER NOT NULL CHECK (capacity >= 0),
    taken INTEGER NOT NULL DEFAULT 0,
    overrides INTEGER NOT NULL DEFAULT 0 CHECK (overrides >= 0),
    PRIMARY KEY (activity, date),
    CONSTRAINT session_seats CHECK (taken BETWEEN 0 AND capacity + overrides)
);
CREATE INDEX session_by_date ON session (date);

CREATE TABLE inscription (
    child_id UUID NOT NULL REFERENCES child (id),
    date DATE NOT NULL,
    activity TEXT NOT NULL,
    origin TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (child_id, date, activity),
    FOREIGN KEY (activity, date) REFERENCES session (activity, date)
);
CREATE INDEX inscription_by_session ON inscription (activity, date);

-- Changes of days, passwords and sign-ins, imports: who, when, from where, before, after. Never
-- updated, never deleted.
CREATE TABLE audit (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    -- NULL for the system itself.
    account_id UUID REFERENCES account (id),
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    child_id UUID REFERENCES child (id),
    activity TEXT,
    date DATE,
    before TEXT,
    after TEXT,
    reason TEXT
);
CREATE INDEX audit_by_child ON audit (child_id, date);

-- E-mails and other effects, written in the transaction of their cause.
CREATE TABLE outbox (
    id UUID NOT NULL PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    -- JSON.
    payload TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at TIMESTAMPTZ,
    last_error TEXT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL;
