//! From what the database knows to what the planning shows.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::{Activity, ActivitySlug};
use domain::cell::{Place, judge};
use domain::ids::{ChildId, GuardianId};
use domain::inscription::Day;
use domain::problem::ProblemCode;
use domain::seats::Seats;
use domain::settings::Settings;
use domain::week::{self, Week};
use domain::wire::{
    ActivityView, CellView, DayView, MonthDay, MonthView, MonthWeek, WeekTerm, WeekView,
};

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::days::SessionKey;
use crate::store::subscriptions::{self, Linked};
use crate::store::waiting::Line;
use crate::store::week::WeekFacts;
use crate::store::{self, Conn, StoreError};

/// A week from a path.
pub fn parse_week(monday: &str) -> Result<Week, Failure> {
    parse_date(monday)
        .and_then(|date| Week::starting(date).map_err(|_| Failure::from(ProblemCode::InvalidDate)))
}

/// A child's id from a path. A malformed one is no child's.
pub fn parse_child(id: &str) -> Result<ChildId, Failure> {
    id.parse().map_err(|_| ProblemCode::ChildNotFound.into())
}

/// A day from a path.
pub fn parse_date(text: &str) -> Result<NaiveDate, Failure> {
    week::parse_date(text).ok_or_else(|| ProblemCode::InvalidDate.into())
}

/// One activity on one day for one child, wished for by a guardian of the child.
pub struct Wish {
    pub child: ChildId,
    pub activity: Activity,
    pub date: NaiveDate,
    settings: Arc<Settings>,
    subscribed: bool,
}

impl Wish {
    /// Reads a path of child, activity and date, and what the guardian may do there.
    pub async fn read(
        app: &App,
        parent: &Parent,
        (child, activity, date): (String, String, String),
    ) -> Result<Self, Failure> {
        let child = parse_child(&child)?;
        let date = parse_date(&date)?;
        let slug = ActivitySlug::parse(&activity).map_err(|_| ProblemCode::ActivityNotFound)?;
        let mut conn = app.db.read().await?;
        let guardian = parent.guardian;
        let Linked { settings, children, subscriptions } =
            subscriptions::linked(&mut conn, &app.settings, guardian, Some(child), Some(date))
                .await?;
        if children.is_empty() {
            return Err(ProblemCode::ChildNotFound.into());
        }
        let activity = settings.activity(&slug).ok_or(ProblemCode::ActivityNotFound)?.clone();
        let subscribed = settings.is_subscribed(&subscriptions, child, &activity, date);
        Ok(Self { child, activity, date, settings, subscribed })
    }

    /// The day, for the rules to judge.
    #[must_use]
    pub fn day(&self) -> Day<'_> {
        self.settings.day(&self.activity, self.date, self.subscribed)
    }

    /// The session that it is about.
    #[must_use]
    pub fn session(&self) -> SessionKey {
        SessionKey { activity: self.activity.slug.clone(), date: self.date }
    }

    /// Whether a seat given back at that instant goes to whoever waits.
    #[must_use]
    pub fn line(&self, now: DateTime<Utc>) -> Line {
        Line::served_if(self.day().serves_waiting(now))
    }

    /// Its cell as it is now.
    #[must_use]
    pub fn cell(&self, seats: Seats, place: Place, now: DateTime<Utc>) -> CellView {
        cell_view(&self.day(), self.child, &self.session(), Some(seats), place, now)
    }
}

/// The cell of a day as it is now.
#[must_use]
pub fn cell_view(
    day: &Day<'_>,
    child: ChildId,
    session: &SessionKey,
    seats: Option<Seats>,
    place: Place,
    now: DateTime<Utc>,
) -> CellView {
    let judged = judge(day, seats, place, now);
    CellView::new(child, session.activity.clone(), session.date, &judged, seats, place)
}

/// What the database knows of a guardian's week.
pub async fn facts(
    conn: &mut Conn,
    app: &App,
    guardian: GuardianId,
    week: Week,
) -> Result<WeekFacts, StoreError> {
    let (first, last) = (week.monday(), week.sunday());
    store::week::of_guardian(conn, &app.settings, guardian, first, last).await
}

/// A month as its guardian sees it: these weeks of it.
#[must_use]
pub fn month_view(
    facts: &WeekFacts,
    month: NaiveDate,
    weeks: &[Week],
    now: DateTime<Utc>,
) -> MonthView {
    let settings = &facts.settings;
    let shown = |date: NaiveDate| {
        settings.activities.iter().filter(move |activity| {
            facts
                .children
                .iter()
                .any(|child| settings.is_subscribed(&facts.subscriptions, child.id, activity, date))
        })
    };
    let day = |date: NaiveDate| MonthDay {
        date,
        booked: facts.sessions.any_booked_on(date),
        closed: !settings.calendar.is_school_day(date),
    };
    let week = |week: &Week| {
        let open_until = |date| settings.open_until(shown(date), [date]);
        MonthWeek {
            monday: *week,
            open: week.school_days().filter_map(open_until).any(|until| now < until),
            days: week.school_days().map(day).collect(),
        }
    };
    MonthView { month, weeks: weeks.iter().map(week).collect() }
}

/// A week as its guardian sees it.
#[must_use]
pub fn week_view(facts: WeekFacts, week: Week, now: DateTime<Utc>) -> WeekView {
    let WeekFacts { settings, children, subscriptions, sessions } = facts;
    let mut cells = Vec::new();
    let mut rows: Vec<&Activity> = Vec::new();
    for activity in &settings.activities {
        let before = cells.len();
        // What is the same for all children.
        let days: Vec<_> = week
            .school_days()
            .map(|date| {
                let session = SessionKey { activity: activity.slug.clone(), date };
                let seats = sessions.seats(&session);
                (settings.day(activity, date, false), session, seats)
            })
            .collect();
        for child in &children {
            let own: Vec<_> = days
                .iter()
                .map(|(day, session, seats)| {
                    let subscribed =
                        settings.is_subscribed(&subscriptions, child.id, activity, session.date);
                    let place = sessions.place(child.id, session);
                    (Day { subscribed, ..*day }, session, *seats, place)
                })
                .collect();
            if own.iter().any(|(day, _, _, place)| day.subscribed || place.booked) {
                cells.extend(own.into_iter().map(|(day, session, seats, place)| {
                    cell_view(&day, child.id, session, seats, place, now)
                }));
            }
        }
        if cells.len() > before {
            rows.push(activity);
        }
    }
    let terms = settings.calendar.terms();
    WeekView {
        monday: week,
        now,
        open_until: settings.open_until(rows.iter().copied(), week.school_days()),
        term: WeekTerm::of(&settings.calendar, week),
        first_week: terms.first().map(|term| Week::of(term.first_day)),
        last_week: terms.last().map(|term| Week::of(term.last_day)),
        days: DayView::of_week(&settings.calendar, week),
        activities: rows.into_iter().map(ActivityView::from).collect(),
        children,
        cells,
    }
}
