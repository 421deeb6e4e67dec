-- Reminders of a week's deadline by e-mail.

-- The guardians who wish for them.
CREATE TABLE reminder_wish (
    guardian_id BLOB NOT NULL PRIMARY KEY REFERENCES guardian (id)
) STRICT, WITHOUT ROWID;

-- The weeks, by their Monday, whose reminders are in the outbox: whoever inserts a week writes them.
CREATE TABLE reminder_week (
    monday TEXT NOT NULL PRIMARY KEY,
    written_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
