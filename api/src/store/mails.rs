//! What e-mails are made from, as the database knows it when they are sent.

use domain::ids::{ChildId, FamilyId, GuardianId};
use sqlx::FromRow;
use uuid::Uuid;

use super::days::SessionKey;
use super::{Conn, StoreError, each_db};

/// A guardian with an e-mail address.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub guardian: GuardianId,
    pub email: String,
}

/// The guardians of a child who have an e-mail address, one for each address.
pub async fn addressees(conn: &mut Conn, child: ChildId) -> Result<Vec<Addressee>, StoreError> {
    let rows: Vec<(Uuid, String)> = each_db!(conn, c => sqlx::query_as(
        "SELECT guardian.id, guardian.email
         FROM child_guardian AS link
         JOIN guardian ON guardian.id = link.guardian_id
         WHERE link.child_id = $1 AND guardian.email IS NOT NULL
         ORDER BY guardian.id",
    )
    .bind(child.0)
    .fetch_all(c)
    .await)?;
    let mut seen = std::collections::HashSet::new();
    Ok(rows
        .into_iter()
        .map(|(guardian, email)| Addressee { guardian: GuardianId(guardian), email })
        .filter(|one| !one.email.trim().is_empty() && seen.insert(one.email.to_lowercase()))
        .collect())
}

/// The guardian to whom a family's papers go, by e-mail.
pub async fn billing_address(
    conn: &mut Conn,
    family: FamilyId,
) -> Result<Option<Addressee>, StoreError> {
    let row: Option<(Uuid, Option<String>)> = each_db!(conn, c => sqlx::query_as(
        "SELECT guardian.id, guardian.email FROM family_guardian AS link
         JOIN guardian ON guardian.id = link.guardian_id
         WHERE link.family_id = $1 AND link.billing",
    )
    .bind(family.0)
    .fetch_optional(c)
    .await)?;
    Ok(row.and_then(|(guardian, email)| {
        let email = email.filter(|email| !email.trim().is_empty())?;
        Some(Addressee { guardian: GuardianId(guardian), email })
    }))
}

/// A child in a session, as one of its guardians may know it.
#[derive(Clone, Debug, FromRow)]
pub struct SeatFacts {
    pub email: Option<String>,
    pub first_name: String,
    /// Whether the child has the seat.
    pub booked: bool,
}

/// What an e-mail about a child's seat says; `None` where the guardian is none of the child's.
pub async fn seat(
    conn: &mut Conn,
    guardian: GuardianId,
    child: ChildId,
    session: &SessionKey,
) -> Result<Option<SeatFacts>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_as(
        "SELECT guardian.email, child.first_name,
             EXISTS (SELECT 1 FROM inscription AS mine WHERE mine.child_id = child.id
                 AND mine.date = $4 AND mine.activity = $3) AS booked
         FROM child_guardian AS link
         JOIN guardian ON guardian.id = link.guardian_id
         JOIN child ON child.id = link.child_id
         WHERE link.guardian_id = $1 AND link.child_id = $2",
    )
    .bind(guardian.0)
    .bind(child.0)
    .bind(session.activity.as_str())
    .bind(session.date)
    .fetch_optional(c)
    .await)?)
}
