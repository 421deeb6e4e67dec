//! Seats that the guichet gives: beyond the capacity too, where it says so.

use chrono::NaiveDate;
use domain::ids::ChildId;
use domain::seats::Seats;

use crate::store::audit::Actor;
use crate::store::days::{DayRow, SessionKey};
use crate::store::inscriptions::{self, Freed, Taken};
use crate::store::sessions::{self, counted};
use crate::store::waiting::{self, Line};
use crate::store::week::{self, SessionFacts};
use crate::store::{Conn, StoreError, Undo, changed, dialect, each_db};

/// Gives a child a seat: one that is free, or with `beyond_capacity` another, which is marked as
/// such. A child that waited for it waits no longer.
pub async fn give(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    session: &SessionKey,
    beyond_capacity: bool,
) -> Result<Taken, StoreError> {
    // With the row held, who has a seat is known for certain: nothing is to be undone later.
    let SessionKey { activity, date } = session;
    dialect::lock_sessions(conn, &DayRow::json([DayRow::session(session)])).await?;
    let seat: Option<(i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "UPDATE session SET taken = taken + 1,
             overrides = CASE WHEN taken >= capacity THEN taken + 1 - capacity ELSE 0 END
         WHERE activity = $1 AND date = $2 AND (taken < capacity OR $4) AND NOT EXISTS (
             SELECT 1 FROM inscription AS mine
             WHERE mine.child_id = $3 AND mine.date = $2 AND mine.activity = $1)
         RETURNING capacity, taken, waiting",
    )
    .bind(activity.as_str())
    .bind(date)
    .bind(child.0)
    .bind(beyond_capacity)
    .fetch_optional(c)
    .await)?;
    let Some(row) = seat else {
        return Ok(match inscriptions::place(conn, child, activity, *date).await? {
            None => Taken::NoSession,
            Some((true, seats)) => Taken::Before(seats),
            Some((false, seats)) => Taken::Full(seats),
        });
    };
    let seats = counted(row)?;
    let waited = leave_line(conn, child, session).await?;
    let before = if waited { "waiting" } else { "free" };
    if !inscriptions::book(conn, actor, child, session, before).await? {
        return Err(StoreError::corrupt("session", "taken", activity));
    }
    Ok(Taken::Now(Seats { waiting: seats.waiting - u32::from(waited), ..seats }))
}

/// Takes a child out of the line, where it has what it waited for. Answers whether it was in it.
pub(super) async fn leave_line(
    conn: &mut Conn,
    child: ChildId,
    session: &SessionKey,
) -> Result<bool, StoreError> {
    let left = changed!(conn, c => sqlx::query(
        "DELETE FROM waiting WHERE child_id = $1 AND activity = $2 AND date = $3",
    )
    .bind(child.0)
    .bind(session.activity.as_str())
    .bind(session.date)
    .execute(c)
    .await)?;
    if left > 0 {
        each_db!(conn, c => sqlx::query(
            "UPDATE session SET waiting = waiting - 1 WHERE activity = $1 AND date = $2",
        )
        .bind(session.activity.as_str())
        .bind(session.date)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(left > 0)
}

/// Takes a child's seat back, for whoever waits first where `line` says so; or takes it out of the
/// line.
pub async fn take_back(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    session: &SessionKey,
    line: Line,
) -> Result<Freed, StoreError> {
    dialect::lock_sessions(conn, &DayRow::json([DayRow::session(session)])).await?;
    let SessionKey { activity, date } = session;
    match inscriptions::free(conn, actor, child, activity, *date, line).await {
        Ok(Freed::Before(seats)) => {
            let left = match waiting::leave(conn, actor, child, session).await {
                Ok(left) | Err(Undo::Answer(left)) => left,
                Err(Undo::Failed(error)) => return Err(error),
            };
            Ok(Freed::Before(Seats { waiting: seats.waiting - u32::from(left), ..seats }))
        }
        Ok(freed) => Ok(freed),
        Err(Undo::Failed(error)) => Err(error),
        // Nobody else can have taken it while the row is held.
        Err(Undo::Answer(_)) => Err(StoreError::corrupt("session", "taken", activity)),
    }
}

/// The sessions of a span of days, both included, and a child's places in them.
pub async fn of_child(
    conn: &mut Conn,
    child: ChildId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<SessionFacts, StoreError> {
    let places: Vec<(String, NaiveDate, Option<i64>)> = each_db!(conn, c => sqlx::query_as(
        "SELECT activity, date, NULL AS position
         FROM inscription WHERE child_id = $1 AND date BETWEEN $2 AND $3
         UNION ALL
         SELECT w.activity, w.date, (
             SELECT COUNT(*) FROM waiting AS ahead WHERE ahead.activity = w.activity
                 AND ahead.date = w.date AND ahead.turn <= w.turn)
         FROM waiting AS w WHERE w.child_id = $1 AND w.date BETWEEN $2 AND $3",
    )
    .bind(child.0)
    .bind(first)
    .bind(last)
    .fetch_all(c)
    .await)?;
    let seats = sessions::seats_between(conn, first, last).await?;
    let places = places.into_iter().map(|(activity, date, position)| {
        let session = SessionKey::read(&activity, date, "inscription")?;
        Ok((session, child, week::place(position)?))
    });
    Ok(SessionFacts::new(seats, places.collect::<Result<Vec<_>, StoreError>>()?))
}
