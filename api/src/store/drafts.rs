//! Subscription forms that are not confirmed yet.

use chrono::{DateTime, Utc};
use domain::ids::{FamilyId, TermId};
use domain::subscribing::Choices;
use domain::wire::SubscriptionDraft;

use super::{Conn, StoreError, changed, each_db};

/// The draft of a family's term.
pub async fn get(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
) -> Result<Option<SubscriptionDraft>, StoreError> {
    let row: Option<(String, i32)> = each_db!(conn, c => sqlx::query_as(
        "SELECT choices, version FROM subscription_draft WHERE family_id = $1 AND term_id = $2",
    )
    .bind(family.0)
    .bind(term.0)
    .fetch_optional(c)
    .await)?;
    row.map(|(json, version)| {
        let children: Vec<Choices> = serde_json::from_str(&json)
            .map_err(|_| StoreError::corrupt("subscription_draft", "choices", &json))?;
        Ok(SubscriptionDraft { children, version })
    })
    .transpose()
}

/// Keeps a draft that follows the version that it names. Answers whether it does: another one may
/// have been kept meanwhile.
pub async fn keep(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
    draft: &SubscriptionDraft,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    // Choices can always be written.
    let choices = serde_json::to_string(&draft.children).unwrap_or_default();
    let statement = if draft.version == 0 {
        "INSERT INTO subscription_draft (family_id, term_id, choices, updated_at, version)
         VALUES ($1, $2, $3, $4, $5 + 1) ON CONFLICT (family_id, term_id) DO NOTHING"
    } else {
        "UPDATE subscription_draft SET choices = $3, updated_at = $4, version = version + 1
         WHERE family_id = $1 AND term_id = $2 AND version = $5"
    };
    let rows = changed!(conn, c => sqlx::query(statement)
        .bind(family.0)
        .bind(term.0)
        .bind(choices)
        .bind(now)
        .bind(draft.version)
        .execute(c)
        .await)?;
    Ok(rows == 1)
}

/// Forgets the draft of a family's term, which is confirmed.
pub async fn forget(conn: &mut Conn, family: FamilyId, term: TermId) -> Result<(), StoreError> {
    changed!(conn, c => sqlx::query(
        "DELETE FROM subscription_draft WHERE family_id = $1 AND term_id = $2",
    )
    .bind(family.0)
    .bind(term.0)
    .execute(c)
    .await)?;
    Ok(())
}
