-- Dossiers, guardians, children, accounts.

CREATE TABLE school (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE class (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES school (id),
    name TEXT NOT NULL,
    UNIQUE (school_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE family (
    id BLOB NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE guardian (
    id BLOB NOT NULL PRIMARY KEY,
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
) STRICT, WITHOUT ROWID;

CREATE TABLE family_guardian (
    family_id BLOB NOT NULL REFERENCES family (id),
    guardian_id BLOB NOT NULL REFERENCES guardian (id),
    billing INTEGER NOT NULL CHECK (billing IN (0, 1)),
    emergency INTEGER NOT NULL CHECK (emergency IN (0, 1)),
    PRIMARY KEY (family_id, guardian_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX family_billing ON family_guardian (family_id) WHERE billing;
CREATE UNIQUE INDEX family_emergency ON family_guardian (family_id) WHERE emergency;
CREATE INDEX family_guardian_by_guardian ON family_guardian (guardian_id);

CREATE TABLE child (
    id BLOB NOT NULL PRIMARY KEY,
    family_id BLOB NOT NULL REFERENCES family (id),
    -- National number of the pupil, where the school exports it.
    ine TEXT UNIQUE,
    last_name TEXT NOT NULL,
    usage_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    birth_date TEXT,
    sex TEXT NOT NULL CHECK (sex IN ('F', 'M', '')),
    level TEXT NOT NULL,
    class_id BLOB REFERENCES class (id),
    -- Missing from the last import; the guichet confirms that the child has left.
    missing_since TEXT,
    version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE INDEX child_by_family ON child (family_id);

CREATE TABLE child_guardian (
    child_id BLOB NOT NULL REFERENCES child (id),
    guardian_id BLOB NOT NULL REFERENCES guardian (id),
    PRIMARY KEY (guardian_id, child_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX child_guardian_by_child ON child_guardian (child_id);

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    -- Lower case.
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('parent', 'coordinator', 'attendant')),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    guardian_id BLOB UNIQUE REFERENCES guardian (id),
    -- NULL until the person has chosen one.
    password_hash TEXT,
    created_at TEXT NOT NULL,
    CHECK ((role = 'parent') = (guardian_id IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- A signed-in device: a line of refresh tokens.
CREATE TABLE sign_in (
    id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    client TEXT NOT NULL CHECK (client IN ('browser', 'app')),
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_by_account ON sign_in (account_id);

CREATE TABLE refresh_token (
    -- SHA-256 of the token.
    hash BLOB NOT NULL PRIMARY KEY,
    sign_in_id BLOB NOT NULL REFERENCES sign_in (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_by_sign_in ON refresh_token (sign_in_id);
