//! Subscription forms that are not confirmed yet.
//!
//! A family's term has one row with the choices for all children, each with the version in which they
//! were kept: guardians of one dossier may have different children, and nobody changes or sees those
//! of another.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::ids::{ChildId, FamilyId, TermId};
use domain::subscribing::Choices;
use domain::wire::SubscriptionDraft;
use serde::{Deserialize, Serialize};

use super::{Conn, StoreError, each_db};

/// One child's choices as they are kept.
#[derive(Deserialize, Serialize)]
struct Kept {
    #[serde(flatten)]
    choices: Choices,
    /// The draft's, when they were kept.
    #[serde(default)]
    version: i32,
}

/// The whole row.
#[derive(Default)]
struct Row {
    children: Vec<Kept>,
    /// 0 where there is none.
    version: i32,
}

async fn read(conn: &mut Conn, family: FamilyId, term: TermId) -> Result<Row, StoreError> {
    let row: Option<(String, i32)> = each_db!(conn, c => sqlx::query_as(
        "SELECT choices, version FROM subscription_draft WHERE family_id = $1 AND term_id = $2",
    )
    .bind(family.0)
    .bind(term.0)
    .fetch_optional(c)
    .await)?;
    let Some((json, version)) = row else { return Ok(Row::default()) };
    // What a family chooses is nothing for the log.
    let children = serde_json::from_str(&json)
        .map_err(|_| StoreError::corrupt("subscription_draft", "choices", family))?;
    Ok(Row { children, version })
}

async fn write(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
    row: &Row,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    // Choices can always be written.
    let choices = serde_json::to_string(&row.children).unwrap_or_default();
    each_db!(conn, c => sqlx::query(
        "INSERT INTO subscription_draft (family_id, term_id, choices, updated_at, version)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (family_id, term_id) DO UPDATE SET choices = excluded.choices,
             updated_at = excluded.updated_at, version = excluded.version",
    )
    .bind(family.0)
    .bind(term.0)
    .bind(choices)
    .bind(now)
    .bind(row.version)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// What is kept of these children, if anything is.
pub async fn get(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
    children: &BTreeSet<ChildId>,
) -> Result<Option<SubscriptionDraft>, StoreError> {
    let mut kept = read(conn, family, term).await?.children;
    kept.retain(|kept| children.contains(&kept.choices.child));
    Ok(kept.iter().map(|kept| kept.version).max().map(|version| SubscriptionDraft {
        children: kept.into_iter().map(|kept| kept.choices).collect(),
        version,
    }))
}

/// Keeps a draft in the place of what was kept of these children, if it follows that. Answers its
/// version, or none where another one was kept meanwhile. The family's row is to be held.
pub async fn keep(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
    children: &BTreeSet<ChildId>,
    draft: SubscriptionDraft,
    now: DateTime<Utc>,
) -> Result<Option<i32>, StoreError> {
    let Row { children: kept, version } = read(conn, family, term).await?;
    let (own, mut kept): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|kept| children.contains(&kept.choices.child));
    if own.iter().map(|kept| kept.version).max().unwrap_or_default() != draft.version {
        return Ok(None);
    }
    let version = version + 1;
    kept.extend(draft.children.into_iter().map(|choices| Kept { choices, version }));
    write(conn, family, term, &Row { children: kept, version }, now).await?;
    Ok(Some(version))
}

/// Forgets what is kept of these children, whose choices are confirmed. The family's row is to be
/// held.
pub async fn forget(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
    children: &BTreeSet<ChildId>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Row { children: mut kept, version } = read(conn, family, term).await?;
    kept.retain(|kept| !children.contains(&kept.choices.child));
    if !kept.is_empty() {
        return write(conn, family, term, &Row { children: kept, version }, now).await;
    }
    each_db!(conn, c => sqlx::query(
        "DELETE FROM subscription_draft WHERE family_id = $1 AND term_id = $2",
    )
    .bind(family.0)
    .bind(term.0)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
