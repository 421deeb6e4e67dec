-- Reminders of what is due, by e-mail.

-- The reminders that are in the outbox: whoever inserts one writes it.
CREATE TABLE invoice_reminder (
    invoice TEXT NOT NULL REFERENCES document (number),
    reminder TEXT NOT NULL CHECK (reminder IN ('before', 'after')),
    written_at TEXT NOT NULL,
    PRIMARY KEY (invoice, reminder)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_by_due_date ON document (due_on) WHERE due_on IS NOT NULL;
