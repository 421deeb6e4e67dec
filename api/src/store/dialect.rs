//! What must differ between the two databases. Keep it short.

use super::{Conn, StoreError, each_db};

/// The one of two texts that is for this connection's database.
pub(crate) fn pick(conn: &Conn, sqlite: &'static str, postgres: &'static str) -> &'static str {
    if conn.is_postgres() { postgres } else { sqlite }
}

/// A statement over `day (id, child, activity, date, booked)`: the rows of the JSON array that is
/// its first parameter, in which whatever a statement does not need may be missing. Both databases
/// take the array as one text, so that a statement is the same whatever its length.
macro_rules! over_days {
    ($conn:expr, $statement:literal) => {
        $crate::store::dialect::pick(
            $conn,
            concat!(
                "WITH day (id, child, activity, date, booked) AS (
                     SELECT unhex(value ->> 'id'), unhex(value ->> 'child'), value ->> 'activity',
                         value ->> 'date', value ->> 'booked'
                     FROM json_each($1)) ",
                $statement
            ),
            concat!(
                "WITH day AS (
                     SELECT id, child, activity, date, booked FROM jsonb_to_recordset($1::jsonb)
                         AS listed (id UUID, child UUID, activity TEXT, date DATE, booked BOOLEAN)) ",
                $statement
            ),
        )
    };
}
pub(crate) use over_days;

/// A change of one row and what follows where it was made, in one way to the database: `$follows`
/// and `$written` end where a condition is still to come. Answers `$columns` of the changed row and
/// how many rows followed; no row where none was changed.
///
/// SQLite runs the three one after the other, and with its one writer what the change has found is
/// so for what follows. On PostgreSQL they are one statement, all parts of which see the database as
/// it was before: where another request was quicker, nothing follows, and the caller must undo it.
macro_rules! with_what_follows {
    (
        $conn:expr, change: $change:expr, $columns:literal,
        follows: $follows:literal $($else:literal)?, written: $written:expr $(,)?
    ) => {
        $crate::store::dialect::pick(
            $conn,
            concat!(
                $change, " RETURNING ", $columns, ", 1; ",
                $follows, " changes() > 0 " $(, $else)?, "; ",
                $written, " changes() > 0"
            ),
            concat!(
                "WITH changed AS (", $change, " RETURNING ", $columns, "),
                 following AS (", $follows, " EXISTS (SELECT 1 FROM changed) " $(, $else)?, " RETURNING 1),
                 written AS (", $written, " EXISTS (SELECT 1 FROM following))
                 SELECT ", $columns, ", (SELECT COUNT(*) FROM following)::INTEGER FROM changed"
            ),
        )
    };
}
pub(super) use with_what_follows;

/// Locks the sessions of these days in the order of their key, so that writers of several queue
/// instead of deadlocking, and so that the next statement sees what those before have done.
/// SQLite has one writer, who needs no lock.
pub(super) async fn lock_sessions(conn: &mut Conn, days: &str) -> Result<(), StoreError> {
    if !conn.is_postgres() {
        return Ok(());
    }
    let lock = over_days!(
        conn,
        "SELECT 1 FROM session WHERE (activity, date) IN (SELECT activity, date FROM day)
         ORDER BY activity, date FOR UPDATE"
    );
    each_db!(conn, c => sqlx::query(lock).bind(days).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Has the database look at what it holds, after much of it is new: PostgreSQL plans by what it knows
/// of its tables, and looks by itself a minute later only. SQLite plans as well without.
pub async fn look_around(conn: &mut Conn) -> Result<(), StoreError> {
    if conn.is_postgres() {
        each_db!(conn, c => sqlx::query("ANALYZE").execute(c).await.map(|_| ()))?;
    }
    Ok(())
}
