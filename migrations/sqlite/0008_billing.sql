-- Tariffs, families' quotients, subscription drafts; invoices and credit notes.

-- Who bills, as the next invoices say it.
CREATE TABLE revenue_office (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- JSON.
    details TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The prices of a service from a day on. Never changed once the day has come.
CREATE TABLE tariff (
    service TEXT NOT NULL REFERENCES service (kind),
    valid_from TEXT NOT NULL,
    -- JSON of brackets, prices and reductions.
    prices TEXT NOT NULL,
    PRIMARY KEY (service, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE family_quotient (
    family_id BLOB NOT NULL REFERENCES family (id),
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    -- Whole euros.
    value INTEGER NOT NULL CHECK (value >= 0),
    source TEXT NOT NULL CHECK (source IN ('caf', 'msa', 'tax_notice')),
    PRIMARY KEY (family_id, valid_from),
    CHECK (valid_from <= valid_until)
) STRICT, WITHOUT ROWID;

CREATE TABLE family_residence (
    family_id BLOB NOT NULL REFERENCES family (id),
    valid_from TEXT NOT NULL,
    outside INTEGER NOT NULL CHECK (outside IN (0, 1)),
    PRIMARY KEY (family_id, valid_from)
) STRICT, WITHOUT ROWID;

-- A term's form that is not confirmed yet.
CREATE TABLE subscription_draft (
    family_id BLOB NOT NULL REFERENCES family (id),
    term_id BLOB NOT NULL REFERENCES term (id),
    -- JSON of the children's choices.
    choices TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (family_id, term_id)
) STRICT, WITHOUT ROWID;

-- The last number of each series and year: taken under this row's lock, in the transaction that
-- issues the document, so that no number is missing whatever happens.
CREATE TABLE document_counter (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (series, year)
) STRICT, WITHOUT ROWID;

-- Invoices and credit notes as they were issued: never updated, never deleted.
CREATE TABLE document (
    number TEXT NOT NULL PRIMARY KEY,
    family_id BLOB NOT NULL REFERENCES family (id),
    -- What it is about: a term's bus and TAP, or a month's canteen, by its first day.
    term_id BLOB REFERENCES term (id),
    month TEXT,
    -- A credit note corrects one invoice.
    invoice TEXT REFERENCES document (number),
    supplementary INTEGER NOT NULL CHECK (supplementary IN (0, 1)),
    issued_at TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    due_on TEXT,
    -- Cents.
    total INTEGER NOT NULL CHECK (total >= 0),
    -- JSON of the lines.
    lines TEXT NOT NULL,
    -- JSON of the names that are printed: office, addressee, children.
    printed TEXT NOT NULL,
    CHECK ((term_id IS NULL) <> (month IS NULL)),
    CHECK ((invoice IS NULL) = (due_on IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_family ON document (family_id, issued_at);
CREATE INDEX document_by_month ON document (month, family_id) WHERE month IS NOT NULL;

-- Parts of credit notes that pay parts of invoices.
CREATE TABLE set_off (
    credit_note TEXT NOT NULL REFERENCES document (number),
    invoice TEXT NOT NULL REFERENCES document (number),
    -- Cents.
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (credit_note, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_off_by_invoice ON set_off (invoice);

-- The régie's journal: money received, and contra entries (negative) that correct it.
CREATE TABLE receipt (
    number TEXT NOT NULL PRIMARY KEY,
    invoice TEXT NOT NULL REFERENCES document (number),
    received_at TEXT NOT NULL,
    received_on TEXT NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('cheque')),
    -- Cents.
    amount INTEGER NOT NULL CHECK (amount <> 0),
    account_id BLOB NOT NULL REFERENCES account (id),
    -- Of a contra entry: the receipt that it takes back, once.
    contra TEXT UNIQUE REFERENCES receipt (number),
    reason TEXT NOT NULL,
    CHECK ((contra IS NULL) = (amount > 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_by_invoice ON receipt (invoice);

-- What the roll-call says of a child, and the guichet of its absence.
CREATE TABLE attendance (
    child_id BLOB NOT NULL REFERENCES child (id),
    date TEXT NOT NULL,
    activity TEXT NOT NULL REFERENCES activity (slug),
    attendance TEXT NOT NULL CHECK (attendance IN ('present', 'absent', 'justified_absence')),
    PRIMARY KEY (child_id, date, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_by_date ON attendance (date, activity);

-- The last day of a subscription that ends before its term.
ALTER TABLE subscription ADD COLUMN last_day TEXT;

-- Answers of requests that make papers, by the key that the client gave: a repeated request gets the
-- answer of the first.
CREATE TABLE idempotency_key (
    account_id BLOB NOT NULL REFERENCES account (id),
    key TEXT NOT NULL,
    -- SHA-256 of the request.
    request BLOB NOT NULL,
    -- JSON.
    answer TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

-- Invoice runs: how far they have come. Who leads one renews its lease.
CREATE TABLE invoice_run (
    id BLOB NOT NULL PRIMARY KEY,
    -- A month's first day, or a term.
    month TEXT,
    term_id BLOB REFERENCES term (id),
    -- Issues nothing.
    dry INTEGER NOT NULL CHECK (dry IN (0, 1)),
    started_at TEXT NOT NULL,
    account_id BLOB REFERENCES account (id),
    finished_at TEXT,
    -- The families done are those up to this one, in the order of their ids.
    last_family BLOB,
    families INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    invoices INTEGER NOT NULL DEFAULT 0,
    credit_notes INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    anomalies INTEGER NOT NULL DEFAULT 0,
    -- Cents.
    billed INTEGER NOT NULL DEFAULT 0,
    credited INTEGER NOT NULL DEFAULT 0,
    -- Which process leads it, and until when its word holds.
    leader BLOB,
    leased_until TEXT,
    CHECK ((term_id IS NULL) <> (month IS NULL))
) STRICT, WITHOUT ROWID;
-- One at a time for each month and each term.
CREATE UNIQUE INDEX invoice_run_of_month ON invoice_run (month, dry) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX invoice_run_of_term ON invoice_run (term_id, dry) WHERE finished_at IS NULL;

-- What a run found odd about a family, or why it could not bill it.
CREATE TABLE invoice_run_finding (
    run_id BLOB NOT NULL REFERENCES invoice_run (id),
    family_id BLOB NOT NULL REFERENCES family (id),
    -- JSON.
    finding TEXT NOT NULL,
    PRIMARY KEY (run_id, family_id)
) STRICT, WITHOUT ROWID;
