//! Weeks of the planning, read by one statement whatever the number of children and of days.

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

use super::children::{self, ChildRow};
use super::days::SessionKey;
use super::sessions::counted;
use super::settings::Cache;
use super::subscriptions::{self, in_one_text};
use super::{Conn, StoreError, each_db, table};

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

    /// Adds the texts of a child's row; the sessions are those of each row.
    fn read(
        &mut self,
        sessions: Option<&str>,
        child: ChildId,
        places: Option<&str>,
    ) -> Result<(), StoreError> {
        if self.seats.is_empty() {
            for row in table::rows(sessions, "session") {
                let [activity, date, capacity, taken, waiting] = row?;
                let number = |word| table::word(word, "session", "taken");
                let seats = counted((number(capacity)?, number(taken)?, number(waiting)?))?;
                self.seats.insert(session(activity, date)?, seats);
            }
        }
        for row in table::rows(places, "waiting") {
            let [activity, date, place] = row?;
            let place = match table::word(place, "waiting", "turn")? {
                0 => Place { booked: true, waiting: None },
                turn => Place { booked: false, waiting: Some(turn) },
            };
            self.add(session(activity, date)?, child, place);
        }
        Ok(())
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

/// The sessions from `$2` to `$3` with their seats, in one text.
macro_rules! sessions {
    () => {
        "(SELECT string_agg(activity || ' ' || date || ' ' || capacity || ' ' || taken || ' ' ||
             waiting, ',')
         FROM session WHERE date BETWEEN $2 AND $3)"
    };
}

/// The seats from `$2` to `$3` of the child that `$whose` says, and its places in lines, in one
/// text. A seat is a place of 0.
macro_rules! places {
    ($whose:literal) => {
        concat!(
            "(SELECT string_agg(activity || ' ' || date || ' ' || place, ',') FROM (
                 SELECT i.activity, i.date, 0 AS place FROM inscription AS i
                 WHERE i.date BETWEEN $2 AND $3 AND i.child_id = ",
            $whose,
            "    UNION ALL
                 SELECT w.activity, w.date, (
                     SELECT COUNT(*) FROM waiting AS ahead WHERE ahead.activity = w.activity
                         AND ahead.date = w.date AND ahead.turn <= w.turn)
                 FROM waiting AS w
                 WHERE w.date BETWEEN $2 AND $3 AND w.child_id = ",
            $whose,
            ") AS mine)"
        )
    };
}

#[derive(FromRow)]
struct WeekRow {
    #[sqlx(flatten)]
    child: ChildRow,
    /// Read along, so that it costs no statement of its own.
    settings_version: i32,
    subscriptions: Option<String>,
    sessions: Option<String>,
    places: Option<String>,
}

/// Reads a span of days of a guardian's children, both included.
pub async fn of_guardian(
    conn: &mut Conn,
    cache: &Cache,
    guardian: GuardianId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<WeekFacts, StoreError> {
    let rows: Vec<WeekRow> = each_db!(conn, c => sqlx::query_as(concat!(
        children::columns!(),
        ", (SELECT settings_version FROM commune) AS settings_version, ",
        in_one_text!("child.id AND term.first_day <= $3 AND term.last_day >= $2"),
        " AS subscriptions, ",
        sessions!(),
        " AS sessions, ",
        places!("child.id"),
        " AS places ",
        children::linked_to_guardian!(),
    ))
    .bind(guardian.0)
    .bind(first)
    .bind(last)
    .fetch_all(c)
    .await)?;
    let settings = match rows.first() {
        Some(row) => cache.at(conn, row.settings_version).await?,
        None => cache.current(conn).await?,
    };
    let mut facts = WeekFacts {
        settings,
        children: Vec::new(),
        subscriptions: Vec::new(),
        sessions: SessionFacts::default(),
    };
    for row in rows {
        let child = ChildView::from(row.child);
        let subscriptions = row.subscriptions.as_deref();
        facts.subscriptions.extend(subscriptions::read(
            child.id.0,
            subscriptions,
            &facts.settings,
        )?);
        facts.sessions.read(row.sessions.as_deref(), child.id, row.places.as_deref())?;
        facts.children.push(child);
    }
    Ok(facts)
}

/// Reads the sessions of a span of days, both included, and the places of a guardian's children
/// in them.
pub async fn sessions_between(
    conn: &mut Conn,
    guardian: GuardianId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<SessionFacts, StoreError> {
    let rows: Vec<(Uuid, Option<String>, Option<String>)> = each_db!(conn, c =>
        sqlx::query_as(concat!(
            "SELECT link.child_id, ",
            sessions!(),
            ", ",
            places!("link.child_id"),
            " FROM child_guardian AS link WHERE link.guardian_id = $1",
        ))
        .bind(guardian.0)
        .bind(first)
        .bind(last)
        .fetch_all(c)
        .await)?;
    let mut facts = SessionFacts::default();
    for (child, sessions, places) in rows {
        facts.read(sessions.as_deref(), ChildId(child), places.as_deref())?;
    }
    Ok(facts)
}

fn session(activity: &str, date: &str) -> Result<SessionKey, StoreError> {
    SessionKey::read(activity, table::word(date, "session", "date")?, "session")
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
