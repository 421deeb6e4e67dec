//! Lists of invoices and credit notes, the latest first, and what is due of them.

use chrono::{DateTime, Datelike, Utc};
use domain::billing::DocumentNumber;
use domain::cents::Cents;
use domain::ids::{FamilyId, GuardianId};
use domain::week::YEARS;
use uuid::Uuid;

use super::documents::{Document, all, documents};
use super::unpaid::due;
use crate::store::{Conn, StoreError, each_db};

/// Where a page begins: before the document of that instant and number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    at: DateTime<Utc>,
    number: DocumentNumber,
}

impl Before {
    /// Reads [`Self::cursor`].
    #[must_use]
    pub fn parse(cursor: &str) -> Option<Self> {
        let (micros, number) = cursor.split_once('_')?;
        // PostgreSQL's instants begin in 4713 BC.
        let at = DateTime::from_timestamp_micros(micros.parse().ok()?)
            .filter(|at| YEARS.contains(&at.year()))?;
        Some(Self { at, number: DocumentNumber::parse(number).ok()? })
    }

    /// Where the page after a document begins.
    #[must_use]
    pub fn cursor(document: &Document) -> String {
        format!("{}_{}", document.issued_at.timestamp_micros(), document.number)
    }
}

/// Whose documents a list has.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Those of the dossiers of a guardian.
    Guardian(GuardianId),
    Family(FamilyId),
}

impl Whose {
    fn columns(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Guardian(guardian) => (Some(guardian.0), None),
            Self::Family(family) => (None, Some(family.0)),
        }
    }
}

/// The dossiers of [`Whose::columns`].
macro_rules! dossiers {
    () => {
        "(SELECT link.family_id FROM family_guardian AS link WHERE link.guardian_id = $1
             UNION SELECT f.id FROM family AS f WHERE f.id = $2)"
    };
}

/// A page of documents, the latest first.
pub async fn page(
    conn: &mut Conn,
    whose: Whose,
    before: Option<Before>,
    most: i64,
) -> Result<Vec<Document>, StoreError> {
    let (guardian, family) = whose.columns();
    let at = before.as_ref().map(|before| before.at);
    let number = before.map(|before| before.number.to_string());
    all(each_db!(conn, c => sqlx::query_as(documents!(
        "WHERE d.family_id IN ",
        dossiers!(),
        " AND ($3 IS NULL OR (d.issued_at, d.number) < ($3, $4))
         ORDER BY d.issued_at DESC, d.number DESC LIMIT $5"
    ))
    .bind(guardian)
    .bind(family)
    .bind(at)
    .bind(number)
    .bind(most)
    .fetch_all(c)
    .await)?)
}

/// What is due of all invoices of these dossiers.
pub async fn due(conn: &mut Conn, whose: Whose) -> Result<Cents, StoreError> {
    let (guardian, family) = whose.columns();
    let due: i64 = each_db!(conn, c => sqlx::query_scalar(concat!(
        "SELECT CAST(COALESCE(SUM(due), 0) AS BIGINT) FROM (
             SELECT ", due!(), " AS due FROM document AS d
             WHERE d.invoice IS NULL AND d.family_id IN ", dossiers!(), "
         ) AS invoice WHERE due > 0"
    ))
    .bind(guardian)
    .bind(family)
    .fetch_one(c)
    .await)?;
    Ok(Cents(due))
}
