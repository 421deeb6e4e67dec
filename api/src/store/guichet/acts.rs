//! The guichet's own changes, from the audit trail.

use chrono::{DateTime, NaiveDate, Utc};
use domain::wire::{GuichetAct, GuichetWhat};
use sqlx::FromRow;

use crate::store::days::SessionKey;
use crate::store::{Conn, StoreError, each_db};

#[derive(FromRow)]
struct Row {
    at: DateTime<Utc>,
    action: String,
    activity: String,
    date: NaiveDate,
    before: Option<String>,
    after: Option<String>,
    reason: Option<String>,
    by_first: Option<String>,
    by_last: Option<String>,
    child_first: Option<String>,
    child_last: Option<String>,
    child_usage: Option<String>,
}

/// The latest changes of single days by the guichet, the latest first.
pub async fn latest(conn: &mut Conn, most: i64) -> Result<Vec<GuichetAct>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(
        "SELECT a.at, a.action, a.activity, a.date, a.before, a.after, a.reason,
             who.first_name AS by_first, who.last_name AS by_last,
             child.first_name AS child_first, child.last_name AS child_last,
             child.usage_name AS child_usage
         FROM audit AS a
         LEFT JOIN account AS who ON who.id = a.account_id
         LEFT JOIN child ON child.id = a.child_id
         WHERE a.origin = 'guichet' AND a.date IS NOT NULL AND a.action IN (
             'inscription.added', 'inscription.removed', 'waiting.left', 'session.capacity',
             'subscription.added')
         ORDER BY a.at DESC, a.id DESC
         LIMIT $1",
    )
    .bind(most)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(act).collect()
}

fn act(row: Row) -> Result<GuichetAct, StoreError> {
    let what = match row.action.as_str() {
        "inscription.added" => GuichetWhat::Added,
        "inscription.removed" => GuichetWhat::Removed,
        "waiting.left" => GuichetWhat::LeftLine,
        "session.capacity" => GuichetWhat::Capacity,
        "subscription.added" => GuichetWhat::Subscribed,
        other => return Err(StoreError::corrupt("audit", "action", other)),
    };
    let number = |text: Option<String>| text.and_then(|text| text.parse::<u32>().ok());
    let capacity = number(row.before).zip(number(row.after));
    let SessionKey { activity, date } = SessionKey::read(&row.activity, row.date, "audit")?;
    let name = |first: Option<String>, last: Option<String>| {
        let full = format!("{} {}", first.unwrap_or_default(), last.unwrap_or_default());
        full.trim().to_owned()
    };
    let last = row.child_usage.filter(|name| !name.is_empty()).or(row.child_last);
    let child = name(row.child_first, last);
    Ok(GuichetAct {
        at: row.at,
        what,
        activity,
        date,
        child: (!child.is_empty()).then_some(child),
        by: name(row.by_first, row.by_last),
        reason: row.reason.unwrap_or_default(),
        capacity: capacity.filter(|_| what == GuichetWhat::Capacity),
    })
}
