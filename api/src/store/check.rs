//! What must always hold of the data: looked for by `preau check` and after every test.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::{Conn, StoreError, billing, each_db};

#[derive(FromRow)]
struct Miscounted {
    activity: String,
    date: NaiveDate,
    capacity: i32,
    taken: i32,
    overrides: i32,
    counted: i64,
}

/// Everything that is wrong, a sentence each; empty when all is well.
pub async fn findings(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut findings = Vec::new();
    let miscounted: Vec<Miscounted> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.activity, s.date, s.capacity, s.taken, s.overrides, COUNT(i.child_id) AS counted
         FROM session AS s
         LEFT JOIN inscription AS i ON i.activity = s.activity AND i.date = s.date
         GROUP BY s.activity, s.date, s.capacity, s.taken, s.overrides
         HAVING COUNT(i.child_id) <> s.taken OR s.taken > s.capacity + s.overrides
         ORDER BY s.date, s.activity",
    )
    .fetch_all(c)
    .await)?;
    findings.extend(miscounted.into_iter().map(|row| {
        format!(
            "session {} {}: {} taken, {} inscriptions, capacity {} and {} beyond it",
            row.activity, row.date, row.taken, row.counted, row.capacity, row.overrides
        )
    }));

    let orphans: Vec<(String, NaiveDate)> = each_db!(conn, c => sqlx::query_as(
        "SELECT i.activity, i.date FROM inscription AS i
         LEFT JOIN session AS s ON s.activity = i.activity AND s.date = i.date
         WHERE s.activity IS NULL ORDER BY i.date, i.activity",
    )
    .fetch_all(c)
    .await)?;
    findings.extend(
        orphans
            .into_iter()
            .map(|(activity, date)| format!("inscription without session: {activity} {date}")),
    );

    let families: Vec<(uuid::Uuid, i64, i64)> = each_db!(conn, c => sqlx::query_as(
        "SELECT family_id,
             SUM(CASE WHEN billing THEN 1 ELSE 0 END),
             SUM(CASE WHEN emergency THEN 1 ELSE 0 END)
         FROM family_guardian GROUP BY family_id
         HAVING SUM(CASE WHEN billing THEN 1 ELSE 0 END) <> 1
             OR SUM(CASE WHEN emergency THEN 1 ELSE 0 END) <> 1",
    )
    .fetch_all(c)
    .await)?;
    findings.extend(families.into_iter().map(|(family, billing, emergency)| {
        format!("family {family}: {billing} billing addresses, {emergency} emergency contacts")
    }));

    let lines: Vec<(String, NaiveDate, i32, i64)> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.activity, s.date, s.waiting, COUNT(w.child_id)
         FROM session AS s
         LEFT JOIN waiting AS w ON w.activity = s.activity AND w.date = s.date
         GROUP BY s.activity, s.date, s.waiting
         HAVING COUNT(w.child_id) <> s.waiting
         ORDER BY s.date, s.activity",
    )
    .fetch_all(c)
    .await)?;
    findings.extend(lines.into_iter().map(|(activity, date, told, counted)| {
        format!("session {activity} {date}: {told} said to wait, {counted} waiting")
    }));

    let both: Vec<(String, NaiveDate)> = each_db!(conn, c => sqlx::query_as(
        "SELECT w.activity, w.date FROM waiting AS w
         JOIN inscription AS i ON i.child_id = w.child_id AND i.date = w.date
             AND i.activity = w.activity
         ORDER BY w.date, w.activity",
    )
    .fetch_all(c)
    .await)?;
    findings.extend(
        both.into_iter()
            .map(|(activity, date)| format!("a child waits for its own seat: {activity} {date}")),
    );
    findings.extend(billing::check::findings(conn).await?);
    Ok(findings)
}

/// Sessions in which a seat is free although somebody waits for it: right after the deadline, and
/// never before it.
pub async fn idle_seats(conn: &mut Conn) -> Result<Vec<(String, NaiveDate)>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_as(
        "SELECT activity, date FROM session WHERE waiting > 0 AND taken < capacity
         ORDER BY date, activity",
    )
    .fetch_all(c)
    .await)?)
}
