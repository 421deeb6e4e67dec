//! Reminders of what is due: which are to be written, and which are.

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::{DocumentNumber, PaymentReminder};
use serde_json::json;

use super::documents::number;
use super::unpaid::due;
use crate::store::{Conn, StoreError, changed, each_db, outbox};

/// A reminder of an invoice.
pub type Reminder = (DocumentNumber, PaymentReminder);

/// Invoices of which something is due and whose reminder is not written, by their last day to pay.
macro_rules! unwritten {
    ($reminder:literal, $first:literal, $last:literal) => {
        concat!(
            "SELECT d.number, '",
            $reminder,
            "' AS reminder FROM document AS d
             WHERE d.due_on >= ",
            $first,
            " AND d.due_on <= ",
            $last,
            " AND ",
            due!(),
            " > 0
               AND NOT EXISTS (SELECT 1 FROM invoice_reminder AS r
                   WHERE r.invoice = d.number AND r.reminder = '",
            $reminder,
            "')"
        )
    };
}

/// Some of the reminders that are due on a day and not written yet.
pub async fn unwritten(
    conn: &mut Conn,
    today: NaiveDate,
    most: i64,
) -> Result<Vec<Reminder>, StoreError> {
    let before = PaymentReminder::Before.due_dates(today);
    let after = PaymentReminder::After.due_dates(today);
    let rows: Vec<(String, String)> = each_db!(conn, c => sqlx::query_as(concat!(
        unwritten!("before", "$1", "$2"),
        " UNION ALL ",
        unwritten!("after", "$3", "$4"),
        " ORDER BY number LIMIT $5",
    ))
    .bind(before.start())
    .bind(before.end())
    .bind(after.start())
    .bind(after.end())
    .bind(most)
    .fetch_all(c)
    .await)?;
    rows.into_iter()
        .map(|(text, word)| {
            let corrupt = || StoreError::corrupt("invoice_reminder", "reminder", &word);
            Ok((number(&text)?, PaymentReminder::parse(&word).ok_or_else(corrupt)?))
        })
        .collect()
}

/// Puts reminders into the outbox, but those that have been. Answers how many.
pub async fn write(
    conn: &mut Conn,
    reminders: &[Reminder],
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let mut written = 0;
    for (invoice, reminder) in reminders {
        // Whoever inserts it writes it: a replica that comes second waits for the first and finds it
        // done. All take them in the order of their numbers.
        let first = changed!(conn, c => sqlx::query(
            "INSERT INTO invoice_reminder (invoice, reminder, written_at) VALUES ($1, $2, $3)
             ON CONFLICT (invoice, reminder) DO NOTHING",
        )
        .bind(invoice.to_string())
        .bind(reminder.as_str())
        .bind(now)
        .execute(c)
        .await)?;
        if first == 1 {
            let payload = json!({ "number": invoice, "reminder": reminder }).to_string();
            outbox::add(conn, outbox::PAYMENT_MAIL, &payload, now).await?;
            written += 1;
        }
    }
    Ok(written)
}
