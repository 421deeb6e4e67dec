//! What a child gives back where a subscription ends.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::calendar::Term;
use domain::ids::ChildId;

use super::seats::leave_line;
use crate::store::audit::Actor;
use crate::store::changes::{self, To, Wish};
use crate::store::days::{DayRow, SessionKey};
use crate::store::waiting::Line;
use crate::store::{Conn, StoreError, dialect, each_db};

/// Frees a child's days of a term after a day, those of these activities, and takes it out of their
/// lines. `line` says what becomes of those who wait for a seat. Answers how many days it had.
pub async fn give_back(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    activities: &[&ActivitySlug],
    term: &Term,
    last_day: NaiveDate,
    line: impl Fn(&SessionKey) -> Line,
) -> Result<usize, StoreError> {
    let days: Vec<(String, NaiveDate, bool)> = each_db!(conn, c => sqlx::query_as(
        "SELECT activity, date, TRUE AS booked FROM inscription
         WHERE child_id = $1 AND date > $2 AND date BETWEEN $3 AND $4
         UNION ALL
         SELECT activity, date, FALSE FROM waiting
         WHERE child_id = $1 AND date > $2 AND date BETWEEN $3 AND $4
         ORDER BY 1, 2",
    )
    .bind(child.0)
    .bind(last_day)
    .bind(term.first_day)
    .bind(term.last_day)
    .fetch_all(c)
    .await)?;
    let days = days
        .into_iter()
        .filter(|(activity, ..)| activities.iter().any(|known| known.as_str() == activity))
        .map(|(activity, date, booked)| {
            Ok((SessionKey::read(&activity, date, "inscription")?, booked))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    dialect::lock_sessions(conn, &DayRow::json(days.iter().map(|(key, _)| DayRow::session(key))))
        .await?;
    for (session, _) in days.iter().filter(|(_, booked)| !booked) {
        leave_line(conn, child, session).await?;
        conn.touch(session);
    }
    let freed: Vec<_> = days
        .into_iter()
        .filter(|(_, booked)| *booked)
        .map(|(session, _)| Wish { child, to: To::Free(line(&session)), session })
        .collect();
    if freed.is_empty() {
        return Ok(0);
    }
    Ok(changes::apply(conn, actor, &freed).await?.freed.len())
}
