//! The history of a child's week, from the audit trail.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{ChangeOrigin, HistoryEntry, HistoryWhat};
use sqlx::FromRow;

use super::days::SessionKey;
use super::{Conn, StoreError, each_db};

/// Entries at most: a week that was changed more often shows the latest.
const MOST: i64 = 200;

#[derive(FromRow)]
struct Row {
    at: DateTime<Utc>,
    action: String,
    origin: String,
    activity: String,
    date: NaiveDate,
    reason: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
}

/// What was changed in a child's week, the latest first.
pub async fn of_week(
    conn: &mut Conn,
    child: ChildId,
    week: Week,
) -> Result<Vec<HistoryEntry>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(
        "SELECT a.at, a.action, a.origin, a.activity, a.date, a.reason, who.first_name,
             who.last_name
         FROM audit AS a
         LEFT JOIN account AS who ON who.id = a.account_id
         WHERE a.child_id = $1 AND a.date BETWEEN $2 AND $3 AND a.action IN (
             'inscription.added', 'inscription.removed', 'waiting.joined', 'waiting.left',
             'subscription.added')
         ORDER BY a.at DESC, a.id DESC
         LIMIT $4",
    )
    .bind(child.0)
    .bind(week.monday())
    .bind(week.sunday())
    .bind(MOST)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(entry).collect()
}

fn entry(row: Row) -> Result<HistoryEntry, StoreError> {
    let what = match row.action.as_str() {
        "inscription.added" => HistoryWhat::Added,
        "inscription.removed" => HistoryWhat::Removed,
        "waiting.joined" => HistoryWhat::Waited,
        "waiting.left" => HistoryWhat::StoppedWaiting,
        "subscription.added" => HistoryWhat::Subscribed,
        other => return Err(StoreError::corrupt("audit", "action", other)),
    };
    let origin = ChangeOrigin::parse(&row.origin)
        .ok_or_else(|| StoreError::corrupt("audit", "origin", &row.origin))?;
    let SessionKey { activity, date } = SessionKey::read(&row.activity, row.date, "audit")?;
    let name = |first: String| format!("{first} {}", row.last_name.unwrap_or_default());
    let by = row.first_name.map(|first| name(first).trim().to_owned());
    Ok(HistoryEntry { at: row.at, activity, date, what, origin, by, reason: row.reason })
}
