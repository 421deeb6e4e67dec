//! Sessions (*séances*): one activity on one date, with its seats.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::seats::Seats;
use domain::settings::Settings;

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
    let row: Option<(i32, i32)> = each_db!(conn, c => sqlx::query_as(
        "SELECT capacity, taken FROM session WHERE activity = $1 AND date = $2",
    )
    .bind(activity.as_str())
    .bind(date)
    .fetch_optional(c)
    .await)?;
    row.map(|(capacity, taken)| counted(capacity, taken)).transpose()
}

pub(super) fn counted(capacity: i32, taken: i32) -> Result<Seats, StoreError> {
    match (u32::try_from(capacity), u32::try_from(taken)) {
        (Ok(capacity), Ok(taken)) => Ok(Seats { capacity, taken }),
        _ => Err(StoreError::corrupt("session", "taken", taken)),
    }
}

/// Sets a session's capacity; refused by the database when more seats are taken.
pub async fn set_capacity(
    conn: &mut Conn,
    activity: &ActivitySlug,
    date: NaiveDate,
    capacity: u32,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "UPDATE session SET capacity = $3 WHERE activity = $1 AND date = $2",
    )
    .bind(activity.as_str())
    .bind(date)
    .bind(i32::try_from(capacity).unwrap_or(i32::MAX))
    .execute(c)
    .await)?;
    Ok(rows == 1)
}
