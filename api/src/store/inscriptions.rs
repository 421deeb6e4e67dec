//! Inscriptions: a child's seat in a session.
//!
//! Every path takes the session's row first, so that writers queue on it instead of deadlocking;
//! [`super::changes`] takes those of several in one fixed order. Seats are never read before they
//! are taken.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::seats::Seats;

use super::audit::{self, Actor, Entry};
use super::days::SessionKey;
use super::sessions::counted;
use super::waiting::{Line, served};
use super::{Conn, StoreError, Undo, changed, each_db};

/// Takes a seat where there is one.
pub const TAKE_SEAT: &str = "UPDATE session SET taken = taken + 1
    WHERE activity = $1 AND date = $2 AND taken < capacity
    RETURNING capacity, taken, waiting";

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
    let seat: Option<(i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(statement)
        .bind(activity.as_str())
        .bind(date)
        .fetch_optional(c)
        .await)
    .map_err(StoreError::from)?;
    let Some(row) = seat else {
        return Ok(match place(conn, child, activity, date).await? {
            None => Taken::NoSession,
            Some((true, seats)) => Taken::Before(seats),
            Some((false, seats)) => Taken::Full(seats),
        });
    };
    let seats = counted(row)?;
    let session = SessionKey { activity: activity.clone(), date };
    if !book(conn, actor, child, &session, "free").await.map_err(Undo::Failed)? {
        let seats = Seats { taken: seats.taken.saturating_sub(1), ..seats };
        return Err(Undo::Answer(Taken::Before(seats)));
    }
    Ok(Taken::Now(seats))
}

/// Writes down the child that has a seat taken in this transaction, unless it had one, and what it
/// was before.
pub(super) async fn book(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    session: &SessionKey,
    before: &str,
) -> Result<bool, StoreError> {
    let SessionKey { activity, date } = session;
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
    .await)?;
    if inserted > 0 {
        let entry = changed_day("inscription.added", child, activity, *date, (before, "booked"));
        audit::write(conn, actor, entry).await?;
        conn.touch(session);
    }
    Ok(inserted > 0)
}

/// Gives a child's seat back, to whoever waits first where the line is still served.
pub async fn free(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
    line: Line,
) -> Result<Freed, Undo<Freed>> {
    let seat: Option<(i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "UPDATE session SET taken = taken - 1,
             overrides = CASE WHEN overrides > 0 THEN overrides - 1 ELSE 0 END
         WHERE activity = $1 AND date = $2 AND taken > 0 AND EXISTS (
             SELECT 1 FROM inscription AS mine
             WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1)
         RETURNING capacity, taken, waiting",
    )
    .bind(activity.as_str())
    .bind(date)
    .bind(child.0)
    .fetch_optional(c)
    .await)
    .map_err(StoreError::from)?;
    let Some(row) = seat else {
        return Ok(match place(conn, child, activity, date).await? {
            None => Freed::NoSession,
            Some((_, seats)) => Freed::Before(seats),
        });
    };
    let seats = counted(row)?;
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
    let entry = changed_day("inscription.removed", child, activity, date, ("booked", "free"));
    audit::write(conn, actor, entry).await?;
    let session = SessionKey { activity: activity.clone(), date };
    conn.touch(&session);
    let seats = served(conn, actor, &session, seats, line).await.map_err(Undo::Failed)?;
    Ok(Freed::Now(seats))
}

fn changed_day<'a>(
    action: &'a str,
    child: ChildId,
    activity: &'a ActivitySlug,
    date: NaiveDate,
    (before, after): (&'a str, &'a str),
) -> Entry<'a> {
    Entry {
        action,
        child: Some(child),
        activity: Some(activity),
        date: Some(date),
        before: Some(before),
        after: Some(after),
    }
}

/// Whether the child has a seat in a session, and the session's seats.
pub(super) async fn place(
    conn: &mut Conn,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Option<(bool, Seats)>, StoreError> {
    let row: Option<(bool, i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM inscription AS mine
             WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1),
             capacity, taken, waiting
         FROM session WHERE activity = $1 AND date = $2",
    )
    .bind(activity.as_str())
    .bind(date)
    .bind(child.0)
    .fetch_optional(c)
    .await)?;
    row.map(|(mine, capacity, taken, waiting)| Ok((mine, counted((capacity, taken, waiting))?)))
        .transpose()
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
