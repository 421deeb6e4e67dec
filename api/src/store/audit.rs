//! The audit trail: every change, who made it, when, from where, before and after.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::ActivitySlug;
use domain::ids::{AccountId, ChildId};
pub use domain::wire::ChangeOrigin as Origin;
use uuid::Uuid;

use super::{Conn, StoreError, each_db};

/// Who makes a change, when, from where, and why where that is to be said.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `None` for the system itself.
    pub account: Option<AccountId>,
    pub origin: Origin,
    pub now: DateTime<Utc>,
    pub reason: Option<Arc<str>>,
}

impl Actor {
    /// Somebody with an account.
    #[must_use]
    pub fn account(account: AccountId, origin: Origin, now: DateTime<Utc>) -> Self {
        Self { account: Some(account), origin, now, reason: None }
    }

    /// The system itself.
    #[must_use]
    pub fn system(origin: Origin, now: DateTime<Utc>) -> Self {
        Self { account: None, origin, now, reason: None }
    }
}

/// One change.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// `inscription.added`, `password.changed`, …
    pub action: &'a str,
    pub child: Option<ChildId>,
    pub activity: Option<&'a ActivitySlug>,
    pub date: Option<NaiveDate>,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
}

/// Writes one change down.
pub async fn write(conn: &mut Conn, actor: &Actor, entry: Entry<'_>) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, date, before, after, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(Uuid::now_v7())
    .bind(actor.now)
    .bind(actor.account.map(|id| id.0))
    .bind(actor.origin.as_str())
    .bind(entry.action)
    .bind(entry.child.map(|id| id.0))
    .bind(entry.activity.map(ActivitySlug::as_str))
    .bind(entry.date)
    .bind(entry.before)
    .bind(entry.after)
    .bind(actor.reason.as_deref())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// How many changes are written down.
pub async fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM audit").fetch_one(c).await)?)
}
