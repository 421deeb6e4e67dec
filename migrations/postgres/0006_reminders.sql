-- Reminders of a week's deadline by e-mail.

-- The guardians who wish for them.
CREATE TABLE reminder_wish (
    guardian_id UUID NOT NULL PRIMARY KEY REFERENCES guardian (id)
);

-- The weeks, by their Monday, whose reminders are in the outbox: whoever inserts a week writes them.
CREATE TABLE reminder_week (
    monday DATE NOT NULL PRIMARY KEY,
    written_at TIMESTAMPTZ NOT NULL
);
