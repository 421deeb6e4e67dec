//! Sessions (*séances*): one activity on one date, with its seats.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::seats::Seats;
use domain::settings::Settings;
use sqlx::FromRow;

use super::audit::{self, Actor, Entry};
use super::days::{DayRow, SessionKey};
use super::dialect::{self, over_days};
use super::waiting::{Line, served};
use super::{Conn, StoreError, changed, each_db};

/// Opens the sessions of all terms: one for each activity and each day on which it runs, with the
/// activity's capacity. Those that exist stay as they are. Answers how many are new.
pub async fn open_all(conn: &mut Conn, settings: &Settings) -> Result<u64, StoreError> {
    let mut opened = 0;
    for term in settings.calendar.terms() {
        for date in settings.calendar.school_days(term) {
            for activity in settings.activities.iter().filter(|a| settings.runs_on(a, date)) {
                opened += changed!(conn, c => sqlx::query(
                    "INSERT INTO session (activity, date, capacity) VALUES ($1, $2, $3)
                     ON CONFLICT (activity, date) DO NOTHING",
                )
                .bind(activity.slug.as_str())
                .bind(date)
                .bind(i32::try_from(activity.capacity).unwrap_or(i32::MAX))
                .execute(c)
                .await)?;
            }
        }
    }
    Ok(opened)
}

/// A session's seats, if it takes place.
pub async fn seats(
    conn: &mut Conn,
    activity: &ActivitySlug,
    date: NaiveDate,
) -> Result<Option<Seats>, StoreError> {
    let row: Option<(i32, i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "SELECT capacity, taken, waiting FROM session WHERE activity = $1 AND date = $2",
    )
    .bind(activity.as_str())
    .bind(date)
    .fetch_optional(c)
    .await)?;
    row.map(counted).transpose()
}

/// The seats of a row of `capacity, taken, waiting`.
pub(super) fn counted(row: (i32, i32, i32)) -> Result<Seats, StoreError> {
    let (capacity, taken, waiting) = row;
    match (u32::try_from(capacity), u32::try_from(taken), u32::try_from(waiting)) {
        (Ok(capacity), Ok(taken), Ok(waiting)) => Ok(Seats { capacity, taken, waiting }),
        _ => Err(StoreError::corrupt("session", "taken", taken)),
    }
}

/// The seats of these sessions, by activity and date.
pub async fn seats_of(
    conn: &mut Conn,
    sessions: impl IntoIterator<Item = &SessionKey>,
) -> Result<Vec<(SessionKey, Seats)>, StoreError> {
    let wanted = DayRow::json(sessions.into_iter().map(DayRow::session));
    let statement = over_days!(
        conn,
        "SELECT activity, date, capacity, taken, waiting FROM session
         WHERE (activity, date) IN (SELECT activity, date FROM day) ORDER BY activity, date"
    );
    let rows: Vec<SeatsRow> =
        each_db!(conn, c => sqlx::query_as(statement).bind(&wanted).fetch_all(c).await)?;
    rows.into_iter().map(SeatsRow::read).collect()
}

/// The seats of all sessions of a span of days, both included.
pub async fn seats_between(
    conn: &mut Conn,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<(SessionKey, Seats)>, StoreError> {
    let rows: Vec<SeatsRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT activity, date, capacity, taken, waiting FROM session
         WHERE date BETWEEN $1 AND $2 ORDER BY activity, date",
    )
    .bind(first)
    .bind(last)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(SeatsRow::read).collect()
}

#[derive(FromRow)]
struct SeatsRow {
    activity: String,
    date: NaiveDate,
    capacity: i32,
    taken: i32,
    waiting: i32,
}

impl SeatsRow {
    fn read(self) -> Result<(SessionKey, Seats), StoreError> {
        let key = SessionKey::read(&self.activity, self.date, "session")?;
        Ok((key, counted((self.capacity, self.taken, self.waiting))?))
    }
}

/// Sets a session's capacity. Those who have a seat keep it: what is beyond the new capacity is
/// marked as such. A seat that comes free goes to whoever waits, where the line is still served.
pub async fn set_capacity(
    conn: &mut Conn,
    actor: &Actor,
    session: &SessionKey,
    capacity: u32,
    line: Line,
) -> Result<Option<Seats>, StoreError> {
    let Some(before) = locked(conn, session).await? else { return Ok(None) };
    let row: (i32, i32, i32) = each_db!(conn, c => sqlx::query_as(
        "UPDATE session SET capacity = $3, overrides = CASE WHEN taken > $3 THEN taken - $3 ELSE 0 END
         WHERE activity = $1 AND date = $2 RETURNING capacity, taken, waiting",
    )
    .bind(session.activity.as_str())
    .bind(session.date)
    .bind(i32::try_from(capacity).unwrap_or(i32::MAX))
    .fetch_one(c)
    .await)?;
    let seats = counted(row)?;
    conn.touch(session);
    let (old, new) = (before.capacity.to_string(), seats.capacity.to_string());
    let entry = Entry {
        action: "session.capacity",
        activity: Some(&session.activity),
        date: Some(session.date),
        before: Some(&old),
        after: Some(&new),
        ..Entry::default()
    };
    audit::write(conn, actor, entry).await?;
    served(conn, actor, session, seats, line).await.map(Some)
}

/// The seats of a session whose row this transaction holds from now on.
async fn locked(conn: &mut Conn, session: &SessionKey) -> Result<Option<Seats>, StoreError> {
    let days = DayRow::json([DayRow::session(session)]);
    dialect::lock_sessions(conn, &days).await?;
    seats(conn, &session.activity, session.date).await
}
