//! The history of a child's week, from the audit trail.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::activity::{ActivitySlug, ServiceKind};
use domain::bus::BusPackage;
use domain::calendar::paris_to_utc;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{ChangeOrigin, HistoryEntry, HistoryWhat};
use sqlx::FromRow;

use super::{Conn, StoreError, each_db};

/// Entries at most: a week that was changed more often shows the latest.
const MOST: i64 = 200;

#[derive(FromRow)]
struct Row {
    at: DateTime<Utc>,
    action: String,
    origin: String,
    activity: Option<String>,
    date: NaiveDate,
    before: Option<String>,
    after: Option<String>,
    reason: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
}

/// What was changed in a child's week, the latest first. What holds for a term and not for a day is
/// shown in the week in which it was changed, too: nobody looks for it elsewhere.
pub async fn of_week(
    conn: &mut Conn,
    child: ChildId,
    week: Week,
) -> Result<Vec<HistoryEntry>, StoreError> {
    let midnight = |week: Week| paris_to_utc(week.monday().and_time(NaiveTime::MIN));
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(
        "SELECT a.at, a.action, a.origin, a.activity, a.date, a.before, a.after, a.reason,
             who.first_name, who.last_name
         FROM audit AS a
         LEFT JOIN account AS who ON who.id = a.account_id
         WHERE a.child_id = $1 AND a.date IS NOT NULL
           AND (a.date BETWEEN $2 AND $3 AND a.action IN (
                 'inscription.added', 'inscription.removed', 'waiting.joined', 'waiting.left',
                 'subscription.added', 'subscription.ended', 'subscription.package')
             OR a.at >= $4 AND a.at < $5 AND a.action IN (
                 'subscription.ended', 'subscription.package'))
         ORDER BY a.at DESC, a.id DESC
         LIMIT $6",
    )
    .bind(child.0)
    .bind(week.monday())
    .bind(week.sunday())
    .bind(midnight(week))
    .bind(midnight(week.next()))
    .bind(MOST)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(entry).collect()
}

fn entry(row: Row) -> Result<HistoryEntry, StoreError> {
    let corrupt = |column, text: Option<&str>| {
        StoreError::corrupt("audit", column, text.unwrap_or("nothing"))
    };
    let what = match row.action.as_str() {
        "inscription.added" => HistoryWhat::Added,
        "inscription.removed" => HistoryWhat::Removed,
        "waiting.joined" => HistoryWhat::Waited,
        "waiting.left" => HistoryWhat::StoppedWaiting,
        "subscription.added" => HistoryWhat::Subscribed,
        "subscription.ended" => HistoryWhat::Ended,
        "subscription.package" => HistoryWhat::Package,
        other => return Err(StoreError::corrupt("audit", "action", other)),
    };
    let (before, after) = (row.before.as_deref(), row.after.as_deref());
    let activity = row.activity.as_deref().map(ActivitySlug::parse).transpose();
    let activity = activity.map_err(|_| corrupt("activity", row.activity.as_deref()))?;
    let (service, package) = match what {
        HistoryWhat::Package => {
            let package = after.and_then(BusPackage::parse);
            let package = package.ok_or_else(|| corrupt("after", after))?;
            (Some(ServiceKind::Bus), Some(package))
        }
        HistoryWhat::Ended if activity.is_none() => {
            let service = before.and_then(ServiceKind::parse);
            (Some(service.ok_or_else(|| corrupt("before", before))?), None)
        }
        _ if activity.is_none() => return Err(corrupt("activity", None)),
        _ => (None, None),
    };
    let origin = ChangeOrigin::parse(&row.origin)
        .ok_or_else(|| StoreError::corrupt("audit", "origin", &row.origin))?;
    let name = |first: String| format!("{first} {}", row.last_name.unwrap_or_default());
    let by = row.first_name.map(|first| name(first).trim().to_owned());
    Ok(HistoryEntry {
        at: row.at,
        activity,
        service,
        package,
        date: row.date,
        what,
        origin,
        by,
        reason: row.reason,
    })
}
