//! What is known of a family's month at the canteen.

use chrono::NaiveDate;
use domain::attendance::Attendance;
use domain::billing::{Meal, Month, SubscribedDays};
use domain::ids::{ChildId, FamilyId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::store::{Conn, StoreError, each_db};

#[derive(FromRow)]
struct MealRow {
    child_id: Uuid,
    date: NaiveDate,
    inscribed: bool,
    attendance: Option<String>,
}

/// The meals of a family's children in a month, on the days on which they are in its dossier:
/// inscriptions with what the roll-call says of them, and what it says of children without one.
pub async fn meals(
    conn: &mut Conn,
    family: FamilyId,
    month: Month,
) -> Result<Vec<Meal>, StoreError> {
    let rows: Vec<MealRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT i.child_id, i.date, TRUE AS inscribed, a.attendance
         FROM child_dossier AS dossier
         JOIN inscription AS i ON i.child_id = dossier.child_id AND i.date BETWEEN $2 AND $3
             AND i.date > dossier.after AND i.date <= dossier.last_day
         JOIN activity ON activity.slug = i.activity AND activity.service = 'canteen'
         LEFT JOIN attendance AS a ON a.child_id = i.child_id AND a.date = i.date
             AND a.activity = i.activity
         WHERE dossier.family_id = $1
         UNION ALL
         SELECT a.child_id, a.date, FALSE, a.attendance
         FROM child_dossier AS dossier
         JOIN attendance AS a ON a.child_id = dossier.child_id AND a.date BETWEEN $2 AND $3
             AND a.date > dossier.after AND a.date <= dossier.last_day
         JOIN activity ON activity.slug = a.activity AND activity.service = 'canteen'
         WHERE dossier.family_id = $1 AND NOT EXISTS (SELECT 1 FROM inscription AS i
             WHERE i.child_id = a.child_id AND i.date = a.date AND i.activity = a.activity)",
    )
    .bind(family.0)
    .bind(month.first_day())
    .bind(month.last_day())
    .fetch_all(c)
    .await)?;
    rows.into_iter()
        .map(|row| {
            let attendance = row.attendance.map(|text| {
                let corrupt = || StoreError::corrupt("attendance", "attendance", &text);
                Attendance::parse(&text).ok_or_else(corrupt)
            });
            Ok(Meal {
                child: ChildId(row.child_id),
                date: row.date,
                inscribed: row.inscribed,
                attendance: attendance.transpose()?,
            })
        })
        .collect()
}

/// When a family's children are subscribed to the canteen, as far as it touches a month.
pub async fn subscribed(
    conn: &mut Conn,
    family: FamilyId,
    month: Month,
) -> Result<Vec<SubscribedDays>, StoreError> {
    let rows: Vec<(Uuid, NaiveDate, NaiveDate)> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.child_id, COALESCE(s.first_day, term.first_day),
             COALESCE(s.last_day, term.last_day)
         FROM child_dossier AS dossier
         JOIN subscription AS s ON s.child_id = dossier.child_id AND s.service = 'canteen'
         JOIN term ON term.id = s.term_id AND term.first_day <= $3 AND term.last_day >= $2
             AND term.last_day > dossier.after AND term.last_day <= dossier.last_day
         WHERE dossier.family_id = $1",
    )
    .bind(family.0)
    .bind(month.first_day())
    .bind(month.last_day())
    .fetch_all(c)
    .await)?;
    let days = |(child, first_day, last_day)| SubscribedDays {
        child: ChildId(child),
        first_day,
        last_day,
    };
    Ok(rows.into_iter().map(days).collect())
}
