//! The roll-call: what is said of a child's presence in a session.

use domain::attendance::Attendance;
use domain::ids::ChildId;

use super::days::SessionKey;
use super::{Conn, StoreError, each_db};

/// Says whether a child was there, or takes back what was said. Answers what was said before.
pub async fn set(
    conn: &mut Conn,
    child: ChildId,
    session: &SessionKey,
    attendance: Option<Attendance>,
) -> Result<Option<Attendance>, StoreError> {
    let before: Option<String> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT attendance FROM attendance WHERE child_id = $1 AND date = $2 AND activity = $3",
    )
    .bind(child.0)
    .bind(session.date)
    .bind(session.activity.as_str())
    .fetch_optional(c)
    .await)?;
    match attendance {
        Some(attendance) => each_db!(conn, c => sqlx::query(
            "INSERT INTO attendance (child_id, date, activity, attendance) VALUES ($1, $2, $3, $4)
             ON CONFLICT (child_id, date, activity) DO UPDATE SET attendance = excluded.attendance",
        )
        .bind(child.0)
        .bind(session.date)
        .bind(session.activity.as_str())
        .bind(attendance.as_str())
        .execute(c)
        .await
        .map(|_| ()))?,
        None => each_db!(conn, c => sqlx::query(
            "DELETE FROM attendance WHERE child_id = $1 AND date = $2 AND activity = $3",
        )
        .bind(child.0)
        .bind(session.date)
        .bind(session.activity.as_str())
        .execute(c)
        .await
        .map(|_| ()))?,
    }
    let corrupt = |text: &str| StoreError::corrupt("attendance", "attendance", text);
    before.map(|text| Attendance::parse(&text).ok_or_else(|| corrupt(&text))).transpose()
}
