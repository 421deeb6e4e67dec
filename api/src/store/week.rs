//! A week of the planning, read by three statements whatever the number of children.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::ids::{ChildId, GuardianId};
use domain::seats::Seats;
use domain::settings::Settings;
use domain::subscription::Subscription;
use domain::week::Week;
use domain::wire::ChildView;
use sqlx::FromRow;
use uuid::Uuid;

use super::sessions::counted;
use super::settings::Cache;
use super::{Conn, StoreError, children, each_db, subscriptions};

/// What the database knows of a guardian's week.
#[derive(Clone, Debug)]
pub struct WeekFacts {
    pub settings: Arc<Settings>,
    /// Eldest first.
    pub children: Vec<ChildView>,
    pub subscriptions: Vec<Subscription>,
    /// Seats by activity and date.
    pub seats: HashMap<(String, NaiveDate), Seats>,
    /// Inscriptions of these children.
    pub booked: HashSet<(ChildId, String, NaiveDate)>,
}

#[derive(FromRow)]
struct SessionRow {
    activity: String,
    date: NaiveDate,
    capacity: i32,
    taken: i32,
    child_id: Option<Uuid>,
}

/// Reads the week of a guardian's children.
pub async fn of_guardian(
    conn: &mut Conn,
    cache: &Cache,
    guardian: GuardianId,
    week: Week,
) -> Result<WeekFacts, StoreError> {
    let rows = children::rows_of_guardian(conn, guardian).await?;
    let settings = match rows.first() {
        Some(row) => cache.at(conn, row.settings_version).await?,
        None => cache.current(conn).await?,
    };
    let subscriptions = subscriptions::of_guardian(conn, guardian).await?;
    let sessions: Vec<SessionRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.activity, s.date, s.capacity, s.taken, mine.child_id
         FROM session AS s
         LEFT JOIN inscription AS mine ON mine.activity = s.activity AND mine.date = s.date
             AND mine.child_id IN (SELECT child_id FROM child_guardian WHERE guardian_id = $1)
         WHERE s.date BETWEEN $2 AND $3",
    )
    .bind(guardian.0)
    .bind(week.monday())
    .bind(week.sunday())
    .fetch_all(c)
    .await)?;

    let mut seats = HashMap::new();
    let mut booked = HashSet::new();
    for row in sessions {
        if let Some(child) = row.child_id {
            booked.insert((ChildId(child), row.activity.clone(), row.date));
        }
        seats.insert((row.activity, row.date), counted(row.capacity, row.taken)?);
    }
    Ok(WeekFacts {
        settings,
        children: rows.into_iter().map(ChildView::from).collect(),
        subscriptions,
        seats,
        booked,
    })
}
