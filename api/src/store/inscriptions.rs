//! Inscriptions: a child's seat in a session.
//!
//! Every path takes the session's row first, so that writers queue on it instead of deadlocking;
//! [`super::changes`] takes those of several in one fixed order. Seats are never read before they
//! are taken.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::seats::Seats;
use uuid::Uuid;

use super::audit::{self, Actor, Entry};
use super::days::SessionKey;
use super::dialect::with_what_follows;
use super::sessions::counted;
use super::waiting::{Line, served};
use super::{Conn, StoreError, Undo, changed, each_db};

/// One change of a day written down, where a condition that follows holds.
macro_rules! written {
    ($action:literal, $before:literal, $after:literal) => {
        concat!(
            "INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, date, before,
                 after, reason)
             SELECT $6, $5, $7, $4, '",
            $action,
            "', $3, $1, $2, '",
            $before,
            "', '",
            $after,
            "', $8 WHERE"
        )
    };
}

/// Takes a seat where there is one, or what `$guard` says instead.
macro_rules! take_seat {
    ($conn:expr, $guard:literal) => {
        with_what_follows!(
            $conn,
            change: concat!(
                "UPDATE session SET taken = taken + 1
                 WHERE activity = $1 AND date = $2 AND NOT EXISTS (
                     SELECT 1 FROM inscription AS mine
                     WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1)",
                $guard
            ), "capacity, taken, waiting",
            follows: "INSERT INTO inscription (child_id, date, activity, origin, created_at)
                SELECT $3, $2, $1, $4, $5 WHERE"
                "ON CONFLICT (child_id, date, activity) DO NOTHING",
            written: written!("inscription.added", "free", "booked"),
        )
    };
}

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
    let statement = take_seat!(conn, " AND taken < capacity");
    take_by(statement, conn, actor, child, activity, date).await
}

/// [`take`] whether a seat is left or not, for a test to show what the guard is for.
#[doc(hidden)]
pub async fn take_unguarded(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Taken, Undo<Taken>> {
    take_by(take_seat!(conn, ""), conn, actor, child, activity, date).await
}

async fn take_by(
    statement: &'static str,
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Taken, Undo<Taken>> {
    let Some((seats, booked)) = change(statement, conn, actor, child, activity, date).await? else {
        return Ok(match place(conn, child, activity, date).await? {
            None => Taken::NoSession,
            Some((true, seats)) => Taken::Before(seats),
            Some((false, seats)) => Taken::Full(seats),
        });
    };
    if !booked {
        // Another request took it while this one waited for the session's row.
        let seats = Seats { taken: seats.taken.saturating_sub(1), ..seats };
        return Err(Undo::Answer(Taken::Before(seats)));
    }
    conn.touch(&SessionKey { activity: activity.clone(), date });
    Ok(Taken::Now(seats))
}

/// Changes a session's seats and what follows from it. Answers the seats after it, if it was made,
/// and whether anything followed.
async fn change(
    statement: &'static str,
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Option<(Seats, bool)>, StoreError> {
    // All rows are asked for, or SQLite would stop at the first and not go on.
    let rows: Vec<(i32, i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(statement)
        .bind(activity.as_str())
        .bind(date)
        .bind(child.0)
        .bind(actor.origin.as_str())
        .bind(actor.now)
        .bind(Uuid::now_v7())
        .bind(actor.account.map(|id| id.0))
        .bind(actor.reason.as_deref())
        .fetch_all(c)
        .await)?;
    let row = rows.first();
    row.map(|&(capacity, taken, waiting, followed)| {
        Ok((counted((capacity, taken, waiting))?, followed > 0))
    })
    .transpose()
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
    let statement = with_what_follows!(
        conn,
        change: "UPDATE session SET taken = taken - 1,
                overrides = CASE WHEN overrides > 0 THEN overrides - 1 ELSE 0 END
            WHERE activity = $1 AND date = $2 AND taken > 0 AND EXISTS (
                SELECT 1 FROM inscription AS mine
                WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1)",
        "capacity, taken, waiting",
        follows: "DELETE FROM inscription
            WHERE child_id = $3 AND date = $2 AND activity = $1 AND",
        written: written!("inscription.removed", "booked", "free"),
    );
    let Some((seats, freed)) = change(statement, conn, actor, child, activity, date).await? else {
        return Ok(match place(conn, child, activity, date).await? {
            None => Freed::NoSession,
            Some((_, seats)) => Freed::Before(seats),
        });
    };
    if !freed {
        // Another request gave it back while this one waited for the session's row.
        let seats = Seats { taken: seats.taken + 1, ..seats };
        return Err(Undo::Answer(Freed::Before(seats)));
    }
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
