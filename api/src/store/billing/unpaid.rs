//! Invoices of which something is due.

use chrono::NaiveDate;
use domain::billing::DocumentNumber;
use domain::cents::Cents;

use super::documents::{Document, Row, What, all, documents};
use crate::store::{Conn, StoreError, each_db};

/// Where a page begins: after the invoice of that last day to pay and number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    due_on: NaiveDate,
    number: DocumentNumber,
}

impl After {
    /// Reads [`Self::cursor`].
    #[must_use]
    pub fn parse(cursor: &str) -> Option<Self> {
        let (due_on, number) = cursor.split_once('_')?;
        let due_on = domain::week::parse_date(due_on)?;
        Some(Self { due_on, number: DocumentNumber::parse(number).ok()? })
    }

    /// Where the page after an invoice begins.
    #[must_use]
    pub fn cursor(document: &Document) -> Option<String> {
        match document.what {
            What::Invoice { due_on, .. } => Some(format!("{due_on}_{}", document.number)),
            What::CreditNote { .. } => None,
        }
    }
}

/// What is due of the invoice `d`.
macro_rules! due {
    () => {
        "(d.total
             - COALESCE((SELECT SUM(r.amount) FROM receipt AS r WHERE r.invoice = d.number), 0)
             - COALESCE((SELECT SUM(o.amount) FROM set_off AS o WHERE o.invoice = d.number), 0))"
    };
}
pub(super) use due;

/// A page of them, those that wait for longest first.
pub async fn page(
    conn: &mut Conn,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Document>, StoreError> {
    let due_on = after.as_ref().map(|after| after.due_on);
    let number = after.map(|after| after.number.to_string());
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(documents!(
        "WHERE d.invoice IS NULL AND ",
        due!(),
        " > 0 AND ($1 IS NULL OR (d.due_on, d.number) > ($1, $2))
         ORDER BY d.due_on, d.number LIMIT $3"
    ))
    .bind(due_on)
    .bind(number)
    .bind(most)
    .fetch_all(c)
    .await)?;
    all(rows)
}

/// How many there are, and what is due of all of them.
pub async fn sum(conn: &mut Conn) -> Result<(i64, Cents), StoreError> {
    let (count, due): (i64, i64) = each_db!(conn, c => sqlx::query_as(concat!(
        "SELECT COUNT(*), CAST(COALESCE(SUM(due), 0) AS BIGINT) FROM (
             SELECT ", due!(), " AS due FROM document AS d WHERE d.invoice IS NULL
         ) AS invoice WHERE due > 0"
    ))
    .fetch_one(c)
    .await)?;
    Ok((count, Cents(due)))
}
