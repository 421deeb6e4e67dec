//! The waiting list of a session: first come, first served (product rule, “Waiting list”).
//!
//! As everywhere, the session's row is taken first. While parents can still add a day, no seat is
//! free where somebody waits: a seat that comes free goes to the first in line in the same
//! transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::ChildId;
use domain::seats::Seats;
use serde_json::json;
use uuid::Uuid;

use super::audit::{self, Actor, Entry, Origin};
use super::days::{DayRow, SessionKey};
use super::dialect::over_days;
use super::sessions::{self, counted};
use super::{Conn, StoreError, Undo, changed, each_db, outbox};

pub use super::outbox::SERVED;

/// Whether a seat that comes free goes to the first in line; see
/// [`domain::inscription::Day::serves_waiting`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// By itself, in time.
    Served,
    Over,
    /// After the deadline, because the guichet says so: with its name and its reason.
    Given,
}

impl Line {
    /// As the rule says.
    #[must_use]
    pub fn served_if(serves: bool) -> Self {
        if serves { Self::Served } else { Self::Over }
    }
}

/// What became of the wish to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// The child waits now.
    Waiting(Seats),
    /// A seat was free: the child has it.
    Seated(Seats),
    /// The child waited already, or has a seat.
    Before,
    /// No such session takes place.
    NoSession,
}

/// Takes the last place of the line for a child, or a seat if one is free.
pub async fn join(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    session: &SessionKey,
) -> Result<Joined, Undo<Joined>> {
    // One statement decides, as with a tick: nobody overtakes the line, and a free seat is taken.
    let row: Option<(i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "UPDATE session SET
             taken = CASE WHEN taken < capacity AND waiting = 0 THEN taken + 1 ELSE taken END,
             waiting = CASE WHEN taken < capacity AND waiting = 0 THEN 0 ELSE waiting + 1 END
         WHERE activity = $1 AND date = $2
         RETURNING capacity, taken, waiting",
    )
    .bind(session.activity.as_str())
    .bind(session.date)
    .fetch_optional(c)
    .await)
    .map_err(StoreError::from)?;
    let Some(row) = row else { return Ok(Joined::NoSession) };
    let seats = counted(row)?;
    let (statement, action, after) = if seats.waiting == 0 {
        (
            "INSERT INTO inscription (child_id, date, activity, origin, created_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (child_id, date, activity) DO NOTHING",
            "inscription.added",
            "booked",
        )
    } else {
        (
            "INSERT INTO waiting (child_id, date, activity, origin, created_at, turn)
             SELECT $1, $2, $3, $4, $5, COALESCE(MAX(turn), 0) + 1
             FROM waiting WHERE activity = $3 AND date = $2
             HAVING NOT EXISTS (SELECT 1 FROM inscription AS mine
                 WHERE mine.child_id = $1 AND mine.date = $2 AND mine.activity = $3)
             ON CONFLICT (child_id, date, activity) DO NOTHING",
            "waiting.joined",
            "waiting",
        )
    };
    let inserted = changed!(conn, c => sqlx::query(statement)
        .bind(child.0)
        .bind(session.date)
        .bind(session.activity.as_str())
        .bind(actor.origin.as_str())
        .bind(actor.now)
        .execute(c)
        .await)
    .map_err(StoreError::from)?;
    if inserted == 0 {
        return Err(Undo::Answer(Joined::Before));
    }
    write_down(conn, actor, action, child, session, "free", after).await?;
    conn.touch(session);
    Ok(if seats.waiting == 0 { Joined::Seated(seats) } else { Joined::Waiting(seats) })
}

/// Leaves the line. Answers whether the child was in it.
pub async fn leave(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    session: &SessionKey,
) -> Result<bool, Undo<bool>> {
    let counted = changed!(conn, c => sqlx::query(
        "UPDATE session SET waiting = waiting - 1
         WHERE activity = $1 AND date = $2 AND waiting > 0 AND EXISTS (
             SELECT 1 FROM waiting AS mine
             WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1)",
    )
    .bind(session.activity.as_str())
    .bind(session.date)
    .bind(child.0)
    .execute(c)
    .await)
    .map_err(StoreError::from)?;
    if counted == 0 {
        return Ok(false);
    }
    let deleted = changed!(conn, c => sqlx::query(
        "DELETE FROM waiting WHERE child_id = $1 AND date = $2 AND activity = $3",
    )
    .bind(child.0)
    .bind(session.date)
    .bind(session.activity.as_str())
    .execute(c)
    .await)
    .map_err(StoreError::from)?;
    if deleted == 0 {
        // Served, or gone by another request, while this one waited for the session's row.
        return Err(Undo::Answer(false));
    }
    write_down(conn, actor, "waiting.left", child, session, "waiting", "free").await?;
    conn.touch(session);
    Ok(true)
}

/// A child in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InLine {
    pub child: ChildId,
    pub since: DateTime<Utc>,
}

/// Who waits for a seat of a session, the first in line first.
pub async fn line(conn: &mut Conn, session: &SessionKey) -> Result<Vec<InLine>, StoreError> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = each_db!(conn, c => sqlx::query_as(
        "SELECT child_id, created_at FROM waiting WHERE activity = $1 AND date = $2 ORDER BY turn",
    )
    .bind(session.activity.as_str())
    .bind(session.date)
    .fetch_all(c)
    .await)?;
    Ok(rows.into_iter().map(|(child, since)| InLine { child: ChildId(child), since }).collect())
}

/// Gives what is free in a session, whose row this transaction holds, to whoever waits.
pub(super) async fn served(
    conn: &mut Conn,
    actor: &Actor,
    session: &SessionKey,
    seats: Seats,
    line: Line,
) -> Result<Seats, StoreError> {
    if line == Line::Over || seats.waiting == 0 || seats.left() == 0 {
        return Ok(seats);
    }
    let by_itself = Actor::system(Origin::WaitingList, actor.now);
    let by = if line == Line::Given { actor } else { &by_itself };
    serve(conn, by, &BTreeSet::from([session.clone()])).await?;
    Ok(sessions::seats(conn, &session.activity, session.date).await?.unwrap_or(seats))
}

/// Gives what is free in these sessions, whose rows this transaction holds, to those first in
/// line, and has their guardians told.
pub(super) async fn serve(
    conn: &mut Conn,
    by: &Actor,
    sessions: &BTreeSet<SessionKey>,
) -> Result<(), StoreError> {
    let listed = DayRow::json(sessions.iter().map(DayRow::session));
    let first_in_line = over_days!(
        conn,
        "DELETE FROM waiting WHERE (activity, date, turn) IN (
             SELECT activity, date, turn FROM (
                 SELECT line.activity, line.date, line.turn,
                     session.capacity - session.taken AS seats,
                     ROW_NUMBER() OVER (PARTITION BY line.activity, line.date ORDER BY line.turn)
                         AS position
                 FROM day
                 JOIN session ON session.activity = day.activity AND session.date = day.date
                 JOIN waiting AS line ON line.activity = day.activity AND line.date = day.date
             ) AS numbered
             WHERE position <= seats)
         RETURNING activity, date, child_id"
    );
    let rows: Vec<(String, NaiveDate, Uuid)> = each_db!(conn, c =>
        sqlx::query_as(first_in_line).bind(&listed).fetch_all(c).await)?;
    if rows.is_empty() {
        return Ok(());
    }
    let served = rows
        .iter()
        .map(|(activity, date, child)| {
            Ok((ChildId(*child), SessionKey::read(activity, *date, "waiting")?))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let got = DayRow::json(served.iter().map(|(child, session)| DayRow::of(*child, session)));
    let insert = over_days!(
        conn,
        "INSERT INTO inscription (child_id, date, activity, origin, created_at)
         SELECT child, date, activity, $2, $3 FROM day"
    );
    let origin = by.origin.as_str();
    each_db!(conn, c =>
        sqlx::query(insert).bind(&got).bind(origin).bind(by.now).execute(c).await.map(|_| ()))?;
    let count = over_days!(
        conn,
        "UPDATE session SET taken = taken + served.seats, waiting = waiting - served.seats
         FROM (SELECT activity, date, COUNT(*) AS seats FROM day GROUP BY activity, date) AS served
         WHERE session.activity = served.activity AND session.date = served.date"
    );
    each_db!(conn, c => sqlx::query(count).bind(&got).execute(c).await.map(|_| ()))?;
    for (child, session) in &served {
        write_down(conn, by, "inscription.added", *child, session, "waiting", "booked").await?;
        let told = json!({ "child": child, "activity": session.activity, "date": session.date });
        outbox::add(conn, SERVED, &told.to_string(), by.now).await?;
        conn.touch(session);
    }
    Ok(())
}

async fn write_down(
    conn: &mut Conn,
    actor: &Actor,
    action: &str,
    child: ChildId,
    session: &SessionKey,
    before: &str,
    after: &str,
) -> Result<(), StoreError> {
    let entry = Entry {
        action,
        child: Some(child),
        activity: Some(&session.activity),
        date: Some(session.date),
        before: Some(before),
        after: Some(after),
    };
    audit::write(conn, actor, entry).await
}
