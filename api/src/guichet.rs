//! The guichet's changes: what was asked, judged, and made in one transaction.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::{Activity, ActivitySlug, ServiceKind};
use domain::attendance::Attendance;
use domain::cell::{Place, judge};
use domain::guichet::{NotAdded, missing_subscription};
use domain::ids::ChildId;
use domain::inscription::{Day, Refusal};
use domain::mistake::FieldMistake;
use domain::problem::ProblemCode;
use domain::seats::Seats;
use domain::settings::Settings;
use domain::subscribing::added_days;
use domain::subscription::Subscription;
use domain::week::Week;
use domain::wire::{
    AddActivityRequest, AttendanceRequest, ChildView, GuichetChange, GuichetDay, SessionView,
};

use crate::billing;
use crate::failure::Failure;
use crate::store::attendance;
use crate::store::audit::{self, Actor, Entry};
use crate::store::billing::households;
use crate::store::days::SessionKey;
use crate::store::guichet::{children, seats};
use crate::store::inscriptions::{Freed, Taken};
use crate::store::settings::Cache;
use crate::store::waiting::Line;
use crate::store::week::SessionFacts;
use crate::store::{Conn, subscriptions};

/// A child with what its days are judged by.
pub struct Judge {
    pub child: ChildView,
    settings: Arc<Settings>,
    subscriptions: Vec<Subscription>,
}

impl Judge {
    /// Reads what a child's days are judged by.
    pub async fn read(conn: &mut Conn, cache: &Cache, child: ChildId) -> Result<Self, Failure> {
        let view = children::get(conn, child).await?.ok_or(ProblemCode::ChildNotFound)?;
        let settings = cache.current(conn).await?;
        let subscriptions = subscriptions::of_child(conn, child).await?;
        Ok(Self { child: view, settings, subscriptions })
    }

    fn activity(&self, slug: &ActivitySlug) -> Result<&Activity, Failure> {
        self.settings.activity(slug).ok_or_else(|| ProblemCode::ActivityNotFound.into())
    }

    fn day<'a>(&'a self, activity: &'a Activity, date: NaiveDate) -> Day<'a> {
        let subscribed =
            self.settings.is_subscribed(&self.subscriptions, self.child.id, activity, date);
        self.settings.day(activity, date, subscribed)
    }

    /// The sessions of a week, in the order of the screen.
    pub fn week(
        &self,
        facts: &SessionFacts,
        week: Week,
        now: DateTime<Utc>,
    ) -> Result<Vec<GuichetDay>, Failure> {
        let mut days = Vec::new();
        for activity in &self.settings.activities {
            for date in week.school_days() {
                let session = SessionKey { activity: activity.slug.clone(), date };
                if let Some(seats) = facts.seats(&session) {
                    let place = facts.place(self.child.id, &session);
                    days.push(self.view(&session, seats, place, now)?);
                }
            }
        }
        Ok(days)
    }

    /// The child's day as the guichet sees it.
    fn view(
        &self,
        session: &SessionKey,
        seats: Seats,
        place: Place,
        now: DateTime<Utc>,
    ) -> Result<GuichetDay, Failure> {
        let day = self.day(self.activity(&session.activity)?, session.date);
        Ok(GuichetDay {
            session: session_view(&self.settings, session, seats, now),
            booked: place.booked,
            position: place.waiting,
            subscribed: day.subscribed,
            parents_can: judge(&day, Some(seats), place, now).state.is_open(),
        })
    }
}

/// A session's seats as the guichet sees them.
#[must_use]
pub fn session_view(
    settings: &Settings,
    session: &SessionKey,
    seats: Seats,
    now: DateTime<Utc>,
) -> SessionView {
    SessionView {
        activity: session.activity.clone(),
        date: session.date,
        capacity: seats.capacity,
        taken: seats.taken,
        waiting: seats.waiting,
        serves_waiting: settings.serves_waiting(&session.activity, session.date, now),
    }
}

/// What becomes of a seat that comes free: before the deadline the line has it, after it where the
/// guichet says so.
#[must_use]
pub fn line(settings: &Settings, session: &SessionKey, asked: bool, now: DateTime<Utc>) -> Line {
    if settings.serves_waiting(&session.activity, session.date, now) {
        Line::Served
    } else if asked {
        Line::Given
    } else {
        Line::Over
    }
}

/// Books or frees a child's day.
pub async fn change(
    conn: &mut Conn,
    cache: &Cache,
    actor: &Actor,
    wish: &GuichetChange,
) -> Result<GuichetDay, Failure> {
    let judge = Judge::read(conn, cache, wish.child_id).await?;
    let day = judge.day(judge.activity(&wish.activity)?, wish.date);
    let session = SessionKey { activity: wish.activity.clone(), date: wish.date };
    let seats = if wish.book {
        day.guichet_may_add()?;
        give(conn, actor, wish.child_id, &session, wish.beyond_capacity).await?
    } else {
        day.guichet_may_remove()?;
        let line = line(&judge.settings, &session, wish.serve_waiting, actor.now);
        match seats::take_back(conn, actor, wish.child_id, &session, line).await? {
            Freed::Now(seats) | Freed::Before(seats) => seats,
            Freed::NoSession => return Err(Refusal::NotRunning.into()),
        }
    };
    let place = Place { booked: wish.book, waiting: None };
    judge.view(&session, seats, place, actor.now)
}

async fn give(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    session: &SessionKey,
    beyond_capacity: bool,
) -> Result<Seats, Failure> {
    match seats::give(conn, actor, child, session, beyond_capacity).await? {
        Taken::Now(seats) | Taken::Before(seats) => Ok(seats),
        Taken::Full(_) => Err(Refusal::SessionFull.into()),
        Taken::NoSession => Err(Refusal::NotRunning.into()),
    }
}

/// Opens an activity to a child for the rest of a term.
pub async fn add_activity(
    conn: &mut Conn,
    cache: &Cache,
    actor: &Actor,
    wish: &AddActivityRequest,
) -> Result<(), Failure> {
    // Its papers come of it: the family's row first, as everywhere.
    let family = households::of_child(conn, wish.child_id, wish.from).await?;
    let family = family.ok_or(ProblemCode::ChildNotFound)?;
    households::hold(conn, family).await?;
    children::hold(conn, wish.child_id).await?;
    let judge = Judge::read(conn, cache, wish.child_id).await?;
    let activity = judge.activity(&wish.activity)?;
    let term = judge.settings.calendar.term_of(wish.from).ok_or(Refusal::NotRunning)?;
    let (all, held) = (&judge.settings.activities, &judge.subscriptions);
    let subscription =
        missing_subscription(all, held, wish.child_id, term.id, activity, wish.package)
            .map_err(refused)?;
    if !subscriptions::add_missing(conn, actor, &subscription, activity, wish.from).await? {
        // Nothing of it was missing: the rows of what was read are held.
        return Err(ProblemCode::AlreadySubscribed.into());
    }
    let mut full = Vec::new();
    for date in added_days(&judge.settings, activity, term, wish.from) {
        let session = SessionKey { activity: activity.slug.clone(), date };
        match seats::give(conn, actor, wish.child_id, &session, wish.beyond_capacity).await? {
            Taken::Now(_) | Taken::Before(_) => {}
            Taken::Full(_) => full.push(date),
            Taken::NoSession => return Err(Refusal::NotRunning.into()),
        }
    }
    if !full.is_empty() {
        return Err(Failure::FullDays(full));
    }
    // The canteen is billed by the month.
    if activity.service != ServiceKind::Canteen {
        billing::settle_term(conn, actor, family, term.id).await?;
    }
    Ok(())
}

/// Says whether a child was there.
pub async fn set_attendance(
    conn: &mut Conn,
    cache: &Cache,
    actor: &Actor,
    wish: &AttendanceRequest,
) -> Result<(), Failure> {
    let judge = Judge::read(conn, cache, wish.child_id).await?;
    judge.day(judge.activity(&wish.activity)?, wish.date).guichet_may_remove()?;
    let session = SessionKey { activity: wish.activity.clone(), date: wish.date };
    let before = attendance::set(conn, wish.child_id, &session, wish.attendance).await?;
    let entry = Entry {
        action: "attendance.set",
        child: Some(wish.child_id),
        activity: Some(&wish.activity),
        date: Some(wish.date),
        before: before.map(Attendance::as_str),
        after: wish.attendance.map(Attendance::as_str),
    };
    audit::write(conn, actor, entry).await?;
    Ok(())
}

fn refused(why: NotAdded) -> Failure {
    match why {
        NotAdded::Already => ProblemCode::AlreadySubscribed.into(),
        NotAdded::TwoTaps => ProblemCode::TwoTaps.into(),
        NotAdded::SameDay => ProblemCode::SameDayTap.into(),
        NotAdded::PackageMissing => {
            Failure::Field { pointer: "/package", mistake: FieldMistake::Missing }
        }
    }
}
