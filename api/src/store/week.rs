//! Weeks of the planning, read by three statements whatever the number of children and of days.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::cell::Place;
use domain::ids::{ChildId, GuardianId};
use domain::seats::Seats;
use domain::settings::Settings;
use domain::subscription::Subscription;
use domain::wire::ChildView;
use sqlx::FromRow;
use uuid::Uuid;

use super::days::SessionKey;
use super::sessions::counted;
use super::settings::Cache;
use super::{Conn, StoreError, children, each_db, subscriptions};

/// What the database knows of some days of a guardian's.
#[derive(Clone, Debug)]
pub struct WeekFacts {
    pub settings: Arc<Settings>,
    /// Eldest first.
    pub children: Vec<ChildView>,
    pub subscriptions: Vec<Subscription>,
    pub sessions: SessionFacts,
}

/// What the database knows of the sessions of some days, and of some children in them.
#[derive(Clone, Debug, Default)]
pub struct SessionFacts {
    seats: HashMap<SessionKey, Seats>,
    /// Of the few children that are asked about.
    places: HashMap<SessionKey, Vec<(ChildId, Place)>>,
}

impl SessionFacts {
    pub(super) fn new(
        seats: impl IntoIterator<Item = (SessionKey, Seats)>,
        places: impl IntoIterator<Item = (SessionKey, ChildId, Place)>,
    ) -> Self {
        let mut facts = Self { seats: seats.into_iter().collect(), places: HashMap::new() };
        for (session, child, place) in places {
            facts.add(session, child, place);
        }
        facts
    }

    fn add(&mut self, session: SessionKey, child: ChildId, place: Place) {
        self.places.entry(session).or_default().push((child, place));
    }

    /// The seats of a session, if it takes place.
    #[must_use]
    pub fn seats(&self, session: &SessionKey) -> Option<Seats> {
        self.seats.get(session).copied()
    }

    /// A child's own part in a session.
    #[must_use]
    pub fn place(&self, child: ChildId, session: &SessionKey) -> Place {
        let mut places = self.places.get(session).into_iter().flatten();
        places.find(|(who, _)| *who == child).map(|(_, place)| *place).unwrap_or_default()
    }

    /// Whether one of the children has a seat on a day.
    #[must_use]
    pub fn any_booked_on(&self, date: NaiveDate) -> bool {
        let mut days = self.places.iter().filter(|(session, _)| session.date == date);
        days.any(|(_, places)| places.iter().any(|(_, place)| place.booked))
    }

    /// The dates on which a child is booked for an activity.
    pub fn booked(
        &self,
        child: ChildId,
        activity: &ActivitySlug,
    ) -> impl Iterator<Item = NaiveDate> {
        self.places
            .iter()
            .filter(move |(session, places)| {
                session.activity == *activity
                    && places.iter().any(|(who, place)| *who == child && place.booked)
            })
            .map(|(session, _)| session.date)
    }
}

#[derive(FromRow)]
struct SessionRow {
    activity: String,
    date: NaiveDate,
    capacity: i32,
    taken: i32,
    waiting: i32,
    child_id: Option<Uuid>,
    position: Option<i64>,
}

/// Reads a span of days of a guardian's children, both included.
pub async fn of_guardian(
    conn: &mut Conn,
    cache: &Cache,
    guardian: GuardianId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<WeekFacts, StoreError> {
    let rows = children::rows_of_guardian(conn, guardian).await?;
    let settings = match rows.first() {
        Some(row) => cache.at(conn, row.settings_version).await?,
        None => cache.current(conn).await?,
    };
    Ok(WeekFacts {
        settings,
        children: rows.into_iter().map(|row| row.child.into()).collect(),
        subscriptions: subscriptions::of_guardian(conn, guardian, first, last).await?,
        sessions: sessions_between(conn, guardian, first, last).await?,
    })
}

/// Reads the sessions of a span of days, both included, and the places of a guardian's children
/// in them.
pub async fn sessions_between(
    conn: &mut Conn,
    guardian: GuardianId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<SessionFacts, StoreError> {
    let rows: Vec<SessionRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.activity, s.date, s.capacity, s.taken, s.waiting, mine.child_id, mine.position
         FROM session AS s
         LEFT JOIN (
             SELECT i.child_id, i.activity, i.date, NULL AS position
             FROM child_guardian AS link
             JOIN inscription AS i ON i.child_id = link.child_id
             WHERE link.guardian_id = $1 AND i.date BETWEEN $2 AND $3
             UNION ALL
             SELECT w.child_id, w.activity, w.date, (
                 SELECT COUNT(*) FROM waiting AS ahead WHERE ahead.activity = w.activity
                     AND ahead.date = w.date AND ahead.turn <= w.turn)
             FROM child_guardian AS link
             JOIN waiting AS w ON w.child_id = link.child_id
             WHERE link.guardian_id = $1 AND w.date BETWEEN $2 AND $3
         ) AS mine ON mine.activity = s.activity AND mine.date = s.date
         WHERE s.date BETWEEN $2 AND $3",
    )
    .bind(guardian.0)
    .bind(first)
    .bind(last)
    .fetch_all(c)
    .await)?;

    let mut facts = SessionFacts::default();
    for row in rows {
        let session = SessionKey::read(&row.activity, row.date, "session")?;
        facts.seats.entry(session.clone()).or_insert(counted((
            row.capacity,
            row.taken,
            row.waiting,
        ))?);
        if let Some(child) = row.child_id {
            let place = place(row.position)?;
            facts.add(session, ChildId(child), place);
        }
    }
    Ok(facts)
}

/// A place in line, or without one, a seat.
pub(super) fn place(position: Option<i64>) -> Result<Place, StoreError> {
    let waiting = position
        .map(|position| {
            u32::try_from(position).map_err(|_| StoreError::corrupt("waiting", "turn", position))
        })
        .transpose()?;
    Ok(Place { booked: waiting.is_none(), waiting })
}

/// A session's seats and a child's place in it, if it takes place.
pub async fn of_child(
    conn: &mut Conn,
    child: ChildId,
    session: &SessionKey,
) -> Result<Option<(Seats, Place)>, StoreError> {
    let row: Option<(i32, i32, i32, bool, i64)> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.capacity, s.taken, s.waiting,
             EXISTS (SELECT 1 FROM inscription AS mine WHERE mine.child_id = $3
                 AND mine.date = s.date AND mine.activity = s.activity),
             (SELECT COUNT(ahead.turn) FROM waiting AS w
              JOIN waiting AS ahead ON ahead.activity = w.activity AND ahead.date = w.date
                  AND ahead.turn <= w.turn
              WHERE w.child_id = $3 AND w.date = s.date AND w.activity = s.activity)
         FROM session AS s WHERE s.activity = $1 AND s.date = $2",
    )
    .bind(session.activity.as_str())
    .bind(session.date)
    .bind(child.0)
    .fetch_optional(c)
    .await)?;
    let Some((capacity, taken, waiting, booked, position)) = row else { return Ok(None) };
    let position = u32::try_from(position).ok().filter(|position| *position > 0);
    let place = Place { booked, waiting: position };
    Ok(Some((counted((capacity, taken, waiting))?, place)))
}
