//! The régie's journal: receipts and the contra entries that correct them, in unbroken numbers.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::billing::{DocumentNumber, Series};
use domain::cents::Cents;
use domain::ids::{AccountId, FamilyId};
use domain::wire::ReceiptView;
use sqlx::FromRow;
use uuid::Uuid;

use super::documents::{next_number, number};
use crate::store::{Conn, StoreError, each_db};

/// An entry that is about to be made.
#[derive(Clone, Debug)]
pub struct NewReceipt<'a> {
    pub invoice: DocumentNumber,
    /// Negative for a contra entry.
    pub amount: Cents,
    pub at: DateTime<Utc>,
    pub on: NaiveDate,
    pub account: AccountId,
    /// The receipt that it takes back, and why.
    pub contra: Option<(DocumentNumber, &'a str)>,
}

/// Makes an entry under the next number.
pub async fn add(conn: &mut Conn, new: NewReceipt<'_>) -> Result<DocumentNumber, StoreError> {
    let number = next_number(conn, Series::Receipt, new.on).await?;
    let (contra, reason) = new.contra.unzip();
    each_db!(conn, c => sqlx::query(
        "INSERT INTO receipt (number, invoice, received_at, received_on, means, amount, account_id,
             contra, reason)
         VALUES ($1, $2, $3, $4, 'cheque', $5, $6, $7, $8)",
    )
    .bind(number.to_string())
    .bind(new.invoice.to_string())
    .bind(new.at)
    .bind(new.on)
    .bind(new.amount.0)
    .bind(new.account.0)
    .bind(contra.map(|number| number.to_string()))
    .bind(reason.unwrap_or_default())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(number)
}

#[derive(FromRow)]
struct Row {
    number: String,
    invoice: String,
    family_id: Uuid,
    printed: String,
    received_on: NaiveDate,
    amount: i64,
    contra: Option<String>,
    reason: String,
    first_name: String,
    last_name: String,
    taken_back: bool,
}

macro_rules! receipts {
    ($where:literal) => {
        concat!(
            "SELECT r.number, r.invoice, d.family_id, d.printed, r.received_on, r.amount, r.contra,
                 r.reason, who.first_name, who.last_name,
                 EXISTS (SELECT 1 FROM receipt AS later WHERE later.contra = r.number) AS taken_back
             FROM receipt AS r
             JOIN document AS d ON d.number = r.invoice
             JOIN account AS who ON who.id = r.account_id ",
            $where
        )
    };
}

/// An entry, and whether another takes it back.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub view: ReceiptView,
    pub taken_back: bool,
}

impl TryFrom<Row> for Receipt {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let printed: super::documents::Printed = super::read(&row.printed, "document", "printed")?;
        Ok(Self {
            view: ReceiptView {
                number: number(&row.number)?,
                invoice: number(&row.invoice)?,
                family_id: FamilyId(row.family_id),
                payer: printed.addressee.name,
                received_on: row.received_on,
                amount: Cents(row.amount),
                by: format!("{} {}", row.first_name, row.last_name),
                contra: row.contra.as_deref().map(number).transpose()?,
                reason: (!row.reason.is_empty()).then_some(row.reason),
            },
            taken_back: row.taken_back,
        })
    }
}

/// One entry.
pub async fn get(conn: &mut Conn, number: DocumentNumber) -> Result<Option<Receipt>, StoreError> {
    let row: Option<Row> = each_db!(conn, c => sqlx::query_as(receipts!("WHERE r.number = $1"))
        .bind(number.to_string())
        .fetch_optional(c)
        .await)?;
    row.map(Receipt::try_from).transpose()
}

/// A page of the journal, the latest first.
pub async fn page(
    conn: &mut Conn,
    before: Option<DocumentNumber>,
    most: i64,
) -> Result<Vec<Receipt>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(receipts!(
        "WHERE $1 IS NULL OR r.number < $1 ORDER BY r.number DESC LIMIT $2"
    ))
    .bind(before.map(|number| number.to_string()))
    .bind(most)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(Receipt::try_from).collect()
}

/// The day of the last entry or set-off of each of a family's invoices that has any.
pub async fn settled(
    conn: &mut Conn,
    family: FamilyId,
) -> Result<BTreeMap<DocumentNumber, NaiveDate>, StoreError> {
    let rows: Vec<(String, NaiveDate)> = each_db!(conn, c => sqlx::query_as(
        "SELECT invoice, MAX(day) FROM (
             SELECT r.invoice, r.received_on AS day
             FROM receipt AS r JOIN document AS bill ON bill.number = r.invoice
             WHERE bill.family_id = $1
             UNION ALL
             SELECT o.invoice, CASE WHEN note.issued_on > bill.issued_on THEN note.issued_on
                 ELSE bill.issued_on END
             FROM set_off AS o
             JOIN document AS note ON note.number = o.credit_note
             JOIN document AS bill ON bill.number = o.invoice
             WHERE bill.family_id = $1
         ) AS settled GROUP BY invoice",
    )
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(|(text, day)| Ok((number(&text)?, day))).collect()
}
