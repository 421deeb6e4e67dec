//! Inscriptions: a child's seat in a session.
//!
//! Every path takes the session's row first, so that writers queue on it instead of deadlocking;
//! those that touch several take them in one fixed order. Seats are never read before they are
//! taken.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::seats::Seats;
use serde::Serialize;
use uuid::Uuid;

use super::audit::{self, Actor, Entry};
use super::dialect::{self, over_days};
use super::sessions::counted;
use super::{Conn, StoreError, Undo, changed, each_db};

/// Takes a seat where there is one.
pub const TAKE_SEAT: &str = "UPDATE session SET taken = taken + 1
    WHERE activity = $1 AND date = $2 AND taken < capacity
    RETURNING capacity, taken";

/// What became of a wish for a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The child has it now.
    Now(Seats),
    /// The child had it already.
    Before(Seats),
    /// No seat is left.
    Full(Seats),
    /// No such session takes place.
    NoSession,
}

/// What became of a seat given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freed {
    /// It is free now.
    Now(Seats),
    /// The child had none.
    Before(Seats),
    /// No such session takes place.
    NoSession,
}

/// Takes a seat for a child.
pub async fn take(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Taken, Undo<Taken>> {
    take_by(TAKE_SEAT, conn, actor, child, activity, date).await
}

/// [`take`] by another statement than [`TAKE_SEAT`], for a test to show what its guard is for.
#[doc(hidden)]
pub async fn take_by(
    statement: &'static str,
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Taken, Undo<Taken>> {
    let seat: Option<(i32, i32)> = each_db!(conn, c => sqlx::query_as(statement)
        .bind(activity.as_str())
        .bind(date)
        .fetch_optional(c)
        .await)
    .map_err(StoreError::from)?;
    let Some((capacity, taken)) = seat else {
        return Ok(match place(conn, child, activity, date).await? {
            None => Taken::NoSession,
            Some((true, seats)) => Taken::Before(seats),
            Some((false, seats)) => Taken::Full(seats),
        });
    };
    let seats = counted(capacity, taken)?;
    let inserted = changed!(conn, c => sqlx::query(
        "INSERT INTO inscription (child_id, date, activity, origin, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (child_id, date, activity) DO NOTHING",
    )
    .bind(child.0)
    .bind(date)
    .bind(activity.as_str())
    .bind(actor.origin.as_str())
    .bind(actor.now)
    .execute(c)
    .await)
    .map_err(StoreError::from)?;
    if inserted == 0 {
        let seats = Seats { taken: seats.taken.saturating_sub(1), ..seats };
        return Err(Undo::Answer(Taken::Before(seats)));
    }
    audit::write(conn, actor, changed_day("inscription.added", child, activity, date)).await?;
    Ok(Taken::Now(seats))
}

/// Gives a child's seat back.
pub async fn free(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Freed, Undo<Freed>> {
    let seat: Option<(i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "UPDATE session SET taken = taken - 1
         WHERE activity = $1 AND date = $2 AND taken > 0 AND EXISTS (
             SELECT 1 FROM inscription AS mine
             WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1)
         RETURNING capacity, taken",
    )
    .bind(activity.as_str())
    .bind(date)
    .bind(child.0)
    .fetch_optional(c)
    .await)
    .map_err(StoreError::from)?;
    let Some((capacity, taken)) = seat else {
        return Ok(match place(conn, child, activity, date).await? {
            None => Freed::NoSession,
            Some((_, seats)) => Freed::Before(seats),
        });
    };
    let seats = counted(capacity, taken)?;
    let deleted = changed!(conn, c => sqlx::query(
        "DELETE FROM inscription WHERE child_id = $1 AND date = $2 AND activity = $3",
    )
    .bind(child.0)
    .bind(date)
    .bind(activity.as_str())
    .execute(c)
    .await)
    .map_err(StoreError::from)?;
    if deleted == 0 {
        // Another request gave it back while this one waited for the session's row.
        let seats = Seats { taken: seats.taken + 1, ..seats };
        return Err(Undo::Answer(Freed::Before(seats)));
    }
    audit::write(conn, actor, changed_day("inscription.removed", child, activity, date)).await?;
    Ok(Freed::Now(seats))
}

fn changed_day<'a>(
    action: &'a str,
    child: ChildId,
    activity: &'a ActivitySlug,
    date: NaiveDate,
) -> Entry<'a> {
    let (before, after) =
        if action == "inscription.added" { ("free", "booked") } else { ("booked", "free") };
    Entry {
        action,
        child: Some(child),
        activity: Some(activity),
        date: Some(date),
        before: Some(before),
        after: Some(after),
        reason: None,
    }
}

/// Whether the child has a seat in a session, and the session's seats.
async fn place(
    conn: &mut Conn,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Option<(bool, Seats)>, StoreError> {
    let row: Option<(bool, i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM inscription AS mine
             WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1),
             capacity, taken
         FROM session WHERE activity = $1 AND date = $2",
    )
    .bind(activity.as_str())
    .bind(date)
    .bind(child.0)
    .fetch_optional(c)
    .await)?;
    row.map(|(mine, capacity, taken)| Ok((mine, counted(capacity, taken)?))).transpose()
}

/// One day, as [`over_days!`] reads it from JSON.
#[derive(Serialize)]
struct Wish<'a> {
    /// The audit entry's id, hexadecimal.
    id: String,
    activity: &'a str,
    date: NaiveDate,
}

fn as_json<'a>(days: impl Iterator<Item = (&'a ActivitySlug, NaiveDate)>) -> String {
    let wishes: Vec<_> = days
        .map(|(activity, date)| Wish {
            id: Uuid::now_v7().simple().to_string(),
            activity: activity.as_str(),
            date,
        })
        .collect();
    // Texts and dates always serialise.
    serde_json::to_string(&wishes).unwrap_or_default()
}

/// Takes a seat for a child in each of these sessions where there is one, by three statements
/// (on PostgreSQL four) whatever their number. Answers the days that it has now and had not
/// before.
pub async fn take_all(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    days: &[(ActivitySlug, NaiveDate)],
) -> Result<Vec<(ActivitySlug, NaiveDate)>, StoreError> {
    let wished = as_json(days.iter().map(|(activity, date)| (activity, *date)));
    dialect::lock_sessions(conn, &wished).await?;
    let take = over_days!(
        conn,
        "UPDATE session SET taken = taken + 1
         WHERE (activity, date) IN (SELECT activity, date FROM day)
             AND taken < capacity
             AND NOT EXISTS (SELECT 1 FROM inscription AS mine WHERE mine.child_id = $2
                 AND mine.date = session.date AND mine.activity = session.activity)
         RETURNING activity, date"
    );
    let rows: Vec<(String, NaiveDate)> = each_db!(conn, c =>
        sqlx::query_as(take).bind(&wished).bind(child.0).fetch_all(c).await)?;
    let taken = rows
        .into_iter()
        .map(|(activity, date)| {
            ActivitySlug::parse(&activity)
                .map(|slug| (slug, date))
                .map_err(|_| StoreError::corrupt("session", "activity", activity))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if taken.is_empty() {
        return Ok(taken);
    }

    let got = as_json(taken.iter().map(|(activity, date)| (activity, *date)));
    let insert = over_days!(
        conn,
        "INSERT INTO inscription (child_id, date, activity, origin, created_at)
         SELECT $2, date, activity, $3, $4 FROM day"
    );
    each_db!(conn, c => sqlx::query(insert)
        .bind(&got)
        .bind(child.0)
        .bind(actor.origin.as_str())
        .bind(actor.now)
        .execute(c)
        .await
        .map(|_| ()))?;
    let note = over_days!(
        conn,
        "INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, date, before, after)
         SELECT id, $4, $5, $3, 'inscription.added', $2, activity, date, 'free', 'booked' FROM day"
    );
    each_db!(conn, c => sqlx::query(note)
        .bind(&got)
        .bind(child.0)
        .bind(actor.origin.as_str())
        .bind(actor.now)
        .bind(actor.account.map(|id| id.0))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(taken)
}

/// The days on which a child is inscribed, as activity and date, by date.
pub async fn of_child(
    conn: &mut Conn,
    child: ChildId,
) -> Result<Vec<(String, NaiveDate)>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_as(
        "SELECT activity, date FROM inscription WHERE child_id = $1 ORDER BY date, activity",
    )
    .bind(child.0)
    .fetch_all(c)
    .await)?)
}
