//! Invoices and credit notes: issued once, read for ever.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::billing::{
    Balance, CreditNote, DocumentNumber, Invoice, InvoiceLine, Month, Payer, Period, RevenueOffice,
    Series, SetOff, credit_left, total,
};
use domain::cents::Cents;
use domain::ids::{FamilyId, TermId};
use domain::wire::{BilledChildView, SetOffView};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::{read, write};
use crate::store::{Conn, StoreError, each_db};

/// The names that a document prints, as they were when it was issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Printed {
    pub office: RevenueOffice,
    pub addressee: Payer,
    pub children: Vec<BilledChildView>,
}

/// A document that is about to be issued.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    pub family: FamilyId,
    pub period: Period,
    pub what: What,
    pub lines: &'a [InvoiceLine],
    pub printed: &'a Printed,
    pub at: DateTime<Utc>,
    pub on: NaiveDate,
}

/// An invoice or a credit note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Invoice { due_on: NaiveDate, supplementary: bool },
    CreditNote { of: DocumentNumber },
}

/// A document with what has become of it.
#[derive(Clone, Debug)]
pub struct Document {
    pub number: DocumentNumber,
    pub family: FamilyId,
    pub period: Period,
    pub what: What,
    pub issued_on: NaiveDate,
    pub total: Cents,
    pub lines: Vec<InvoiceLine>,
    pub printed: Printed,
    /// Receipts, less contra entries.
    pub received: Cents,
    /// Of an invoice: what credit notes have paid of it.
    pub credited: Cents,
    /// Of a credit note: what is spent of it.
    pub spent: Cents,
    pub(super) issued_at: DateTime<Utc>,
}

impl Document {
    /// Where an invoice stands.
    pub fn balance(&self) -> Result<Balance, StoreError> {
        Balance::of(self.total, self.received, self.credited).map_err(|why| {
            StoreError::corrupt("document", "balance", format!("{}: {why}", self.number))
        })
    }

    /// What is left of a credit note.
    pub fn left(&self) -> Result<Cents, StoreError> {
        credit_left(self.total, self.spent, Cents::ZERO).map_err(|why| {
            StoreError::corrupt("document", "credit", format!("{}: {why}", self.number))
        })
    }

    /// Whether what is kept of it makes sense.
    pub fn adds_up(&self) -> Result<(), StoreError> {
        match self.what {
            What::Invoice { .. } => self.balance().map(|_| ()),
            What::CreditNote { .. } => self.left().map(|_| ()),
        }
    }
}

/// What is kept of some invoices and credit notes, for the rules to compare.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    pub invoices: Vec<Invoice>,
    pub credit_notes: Vec<CreditNote>,
}

impl Papers {
    /// Of these documents.
    #[must_use]
    pub fn of(documents: &[Document]) -> Self {
        let mut papers = Self::default();
        for document in documents {
            let (number, issued_on) = (document.number, document.issued_on);
            let lines = document.lines.clone();
            match document.what {
                What::Invoice { due_on, .. } => {
                    papers.invoices.push(Invoice { number, issued_on, due_on, lines });
                }
                What::CreditNote { of } => {
                    papers.credit_notes.push(CreditNote { number, invoice: of, issued_on, lines });
                }
            }
        }
        papers
    }

    /// As the rules take them.
    #[must_use]
    pub fn issued(&self) -> domain::billing::Issued<'_> {
        domain::billing::Issued { invoices: &self.invoices, credit_notes: &self.credit_notes }
    }
}

/// Issues a document under the next number of its series and year.
pub async fn issue(conn: &mut Conn, new: NewDocument<'_>) -> Result<Document, StoreError> {
    let (series, due_on, invoice, supplementary) = match new.what {
        What::Invoice { due_on, supplementary } => {
            (Series::Invoice, Some(due_on), None, supplementary)
        }
        What::CreditNote { of } => (Series::CreditNote, None, Some(of.to_string()), false),
    };
    let total = total(new.lines).map_err(|why| StoreError::corrupt("document", "lines", why))?;
    let number = next_number(conn, series, new.on).await?;
    let (term, month) = columns(new.period);
    each_db!(conn, c => sqlx::query(
        "INSERT INTO document (number, family_id, term_id, month, invoice, supplementary, issued_at,
             issued_on, due_on, total, lines, printed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(number.to_string())
    .bind(new.family.0)
    .bind(term)
    .bind(month)
    .bind(invoice)
    .bind(supplementary)
    .bind(new.at)
    .bind(new.on)
    .bind(due_on)
    .bind(total.0)
    .bind(write(&new.lines))
    .bind(write(&new.printed))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(Document {
        number,
        family: new.family,
        period: new.period,
        what: new.what,
        issued_on: new.on,
        total,
        lines: new.lines.to_vec(),
        printed: new.printed.clone(),
        received: Cents::ZERO,
        credited: Cents::ZERO,
        spent: Cents::ZERO,
        issued_at: new.at,
    })
}

/// The counter's row stays locked until the transaction ends: whoever comes next waits, and a
/// number that is rolled back is given again.
pub(super) async fn next_number(
    conn: &mut Conn,
    series: Series,
    day: NaiveDate,
) -> Result<DocumentNumber, StoreError> {
    let year = day.year();
    let counter: i32 = each_db!(conn, c => sqlx::query_scalar(
        "INSERT INTO document_counter (series, year, last) VALUES ($1, $2, 1)
         ON CONFLICT (series, year) DO UPDATE SET last = document_counter.last + 1
         RETURNING last",
    )
    .bind(series.letter().to_string())
    .bind(year)
    .fetch_one(c)
    .await)?;
    u32::try_from(counter)
        .ok()
        .and_then(|counter| DocumentNumber::new(series, year, counter).ok())
        .ok_or_else(|| StoreError::corrupt("document_counter", "last", counter))
}

fn columns(period: Period) -> (Option<Uuid>, Option<NaiveDate>) {
    match period {
        Period::Term(term) => (Some(term.0), None),
        Period::Month(month) => (None, Some(month.first_day())),
    }
}

/// Pays part of an invoice with part of a credit note.
pub async fn set_off(
    conn: &mut Conn,
    invoice: DocumentNumber,
    SetOff { credit_note, amount }: SetOff,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO set_off (credit_note, invoice, amount) VALUES ($1, $2, $3)
         ON CONFLICT (credit_note, invoice) DO UPDATE SET amount = set_off.amount + excluded.amount",
    )
    .bind(credit_note.to_string())
    .bind(invoice.to_string())
    .bind(amount.0)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

#[derive(FromRow)]
pub(super) struct Row {
    number: String,
    family_id: Uuid,
    term_id: Option<Uuid>,
    month: Option<NaiveDate>,
    invoice: Option<String>,
    supplementary: bool,
    issued_at: DateTime<Utc>,
    issued_on: NaiveDate,
    due_on: Option<NaiveDate>,
    total: i64,
    lines: String,
    printed: String,
    received: i64,
    credited: i64,
    spent: i64,
}

impl TryFrom<Row> for Document {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::corrupt("document", column, &row.number);
        let period = match (row.term_id, row.month) {
            (Some(term), None) => Period::Term(TermId(term)),
            (None, Some(month)) => Period::Month(Month::of(month)),
            _ => return Err(corrupt("month")),
        };
        let what = match (&row.invoice, row.due_on) {
            (None, Some(due_on)) => What::Invoice { due_on, supplementary: row.supplementary },
            (Some(of), None) => What::CreditNote { of: number(of)? },
            _ => return Err(corrupt("due_on")),
        };
        Ok(Self {
            number: number(&row.number)?,
            family: FamilyId(row.family_id),
            period,
            what,
            issued_on: row.issued_on,
            total: Cents(row.total),
            lines: read(&row.lines, "document", "lines")?,
            printed: read(&row.printed, "document", "printed")?,
            received: Cents(row.received),
            credited: Cents(row.credited),
            spent: Cents(row.spent),
            issued_at: row.issued_at,
        })
    }
}

pub(super) fn number(text: &str) -> Result<DocumentNumber, StoreError> {
    DocumentNumber::parse(text).map_err(|_| StoreError::corrupt("document", "number", text))
}

/// Documents with the sums of what was paid and credited, of those that a condition names.
macro_rules! documents {
    ($($where:expr),+) => {
        concat!(
            "SELECT d.number, d.family_id, d.term_id, d.month, d.invoice, d.supplementary,
                 d.issued_at, d.issued_on, d.due_on, d.total, d.lines, d.printed,
                 CAST(COALESCE((SELECT SUM(r.amount) FROM receipt AS r
                     WHERE r.invoice = d.number), 0) AS BIGINT) AS received,
                 CAST(COALESCE((SELECT SUM(o.amount) FROM set_off AS o
                     WHERE o.invoice = d.number), 0) AS BIGINT) AS credited,
                 CAST(COALESCE((SELECT SUM(o.amount) FROM set_off AS o
                     WHERE o.credit_note = d.number), 0) AS BIGINT) AS spent
             FROM document AS d ",
            $($where),+
        )
    };
}
pub(super) use documents;

pub(super) fn all(rows: Vec<Row>) -> Result<Vec<Document>, StoreError> {
    rows.into_iter().map(Document::try_from).collect()
}

/// A family's documents of a period, in the order of their numbers.
pub async fn of_period(
    conn: &mut Conn,
    family: FamilyId,
    period: Period,
) -> Result<Vec<Document>, StoreError> {
    let (term, month) = columns(period);
    all(each_db!(conn, c => sqlx::query_as(documents!(
        "WHERE d.family_id = $1 AND (d.term_id = $2 OR d.month = $3) ORDER BY d.number"
    ))
    .bind(family.0)
    .bind(term)
    .bind(month)
    .fetch_all(c)
    .await)?)
}

/// The terms of which a family has documents, the earliest first.
pub async fn terms(conn: &mut Conn, family: FamilyId) -> Result<Vec<TermId>, StoreError> {
    let ids: Vec<Uuid> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT id FROM term WHERE id IN (
             SELECT d.term_id FROM document AS d WHERE d.family_id = $1)
         ORDER BY first_day",
    )
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    Ok(ids.into_iter().map(TermId).collect())
}

/// All of a family's documents, in the order of their numbers.
pub async fn of_family(conn: &mut Conn, family: FamilyId) -> Result<Vec<Document>, StoreError> {
    all(each_db!(conn, c => sqlx::query_as(documents!("WHERE d.family_id = $1 ORDER BY d.number"))
        .bind(family.0)
        .fetch_all(c)
        .await)?)
}

/// A family's credit notes, the oldest first, that are not spent.
pub async fn open_credits(
    conn: &mut Conn,
    family: FamilyId,
) -> Result<Vec<(DocumentNumber, Cents)>, StoreError> {
    let rows: Vec<(String, i64)> = each_db!(conn, c => sqlx::query_as(
        "SELECT number, rest FROM (
             SELECT d.number, CAST(d.total - COALESCE((SELECT SUM(o.amount) FROM set_off AS o
                 WHERE o.credit_note = d.number), 0) AS BIGINT) AS rest
             FROM document AS d WHERE d.family_id = $1 AND d.invoice IS NOT NULL
         ) AS credit
         WHERE rest > 0 ORDER BY number",
    )
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(|(text, rest)| Ok((number(&text)?, Cents(rest)))).collect()
}

/// The credit notes of an invoice.
pub async fn credit_notes(
    conn: &mut Conn,
    invoice: DocumentNumber,
) -> Result<Vec<DocumentNumber>, StoreError> {
    let numbers: Vec<String> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT number FROM document WHERE invoice = $1 ORDER BY number",
    )
    .bind(invoice.to_string())
    .fetch_all(c)
    .await)?;
    numbers.iter().map(|text| number(text)).collect()
}

/// One document.
pub async fn get(conn: &mut Conn, number: DocumentNumber) -> Result<Option<Document>, StoreError> {
    let row: Option<Row> = each_db!(conn, c => sqlx::query_as(documents!("WHERE d.number = $1"))
        .bind(number.to_string())
        .fetch_optional(c)
        .await)?;
    row.map(Document::try_from).transpose()
}

/// What an invoice's credit notes have paid, or where a credit note was spent.
pub async fn set_offs(
    conn: &mut Conn,
    document: DocumentNumber,
) -> Result<Vec<SetOffView>, StoreError> {
    let rows: Vec<(String, String, i64)> = each_db!(conn, c => sqlx::query_as(
        "SELECT credit_note, invoice, amount FROM set_off
         WHERE credit_note = $1 OR invoice = $1 ORDER BY credit_note, invoice",
    )
    .bind(document.to_string())
    .fetch_all(c)
    .await)?;
    rows.into_iter()
        .map(|(credit_note, invoice, amount)| {
            let set_off = SetOff { credit_note: number(&credit_note)?, amount: Cents(amount) };
            Ok(SetOffView::against(number(&invoice)?, set_off))
        })
        .collect()
}
