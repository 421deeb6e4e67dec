-- Dossiers, guardians, children, accounts.

CREATE TABLE school (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE class (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES school (id),
    name TEXT NOT NULL,
    UNIQUE (school_id, name)
);

CREATE TABLE family (
    id UUID NOT NULL PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE guardian (
    id UUID NOT NULL PRIMARY KEY,
    civility TEXT NOT NULL,
    last_name TEXT NOT NULL,
    usage_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    email TEXT,
    home_phone TEXT NOT NULL,
    work_phone TEXT NOT NULL,
    mobile_phone TEXT NOT NULL,
    address TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    -- JSON of the values that the last import brought: what differs was changed in the portal.
    imported TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE family_guardian (
    family_id UUID NOT NULL REFERENCES family (id),
    guardian_id UUID NOT NULL REFERENCES guardian (id),
    billing BOOLEAN NOT NULL,
    emergency BOOLEAN NOT NULL,
    PRIMARY KEY (family_id, guardian_id)
);
CREATE UNIQUE INDEX family_billing ON family_guardian (family_id) WHERE billing;
CREATE UNIQUE INDEX family_emergency ON family_guardian (family_id) WHERE emergency;
CREATE INDEX family_guardian_by_guardian ON family_guardian (guardian_id);

CREATE TABLE child (
    id UUID NOT NULL PRIMARY KEY,
    family_id UUID NOT NULL REFERENCES family (id),
    -- National number of the pupil, where the school exports it.
    ine TEXT UNIQUE,
    last_name TEXT NOT NULL,
    usage_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    birth_date DATE,
    sex TEXT NOT NULL CHECK (sex IN ('F', 'M', '')),
    level TEXT NOT NULL,
    class_id UUID REFERENCES class (id),
    -- Missing from the last import; the guichet confirms that the child has left.
    missing_since DATE,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX child_by_family ON child (family_id);

CREATE TABLE child_guardian (
    child_id UUID NOT NULL REFERENCES child (id),
    guardian_id UUID NOT NULL REFERENCES guardian (id),
    PRIMARY KEY (guardian_id, child_id)
);
CREATE INDEX child_guardian_by_child ON child_guardian (child_id);

CREATE TABLE account (
    id UUID NOT NULL PRIMARY KEY,
    -- Lower case.
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('parent', 'coordinator', 'attendant')),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    guardian_id UUID UNIQUE REFERENCES guardian (id),
    -- NULL until the person has chosen one.
    password_hash TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK ((role = 'parent') = (guardian_id IS NOT NULL))
);

-- A signed-in device: a line of refresh tokens.
CREATE TABLE sign_in (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    client TEXT NOT NULL CHECK (client IN ('browser', 'app')),
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX sign_in_by_account ON sign_in (account_id);

CREATE TABLE refresh_token (
    -- SHA-256 of the token.
    hash BYTEA NOT NULL PRIMARY KEY,
    sign_in_id UUID NOT NULL REFERENCES sign_in (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX refresh_token_by_sign_in ON refresh_token (sign_in_id);
