//! From what the database knows to what the planning shows.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::{Activity, ActivitySlug};
use domain::cell::{Place, judge};
use domain::ids::ChildId;
use domain::inscription::Day;
use domain::problem::ProblemCode;
use domain::seats::Seats;
use domain::settings::Settings;
use domain::week::{self, Week};
use domain::wire::{ActivityView, CellView, DayView, WeekTerm, WeekView};

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::subscriptions;
use crate::store::week::WeekFacts;

/// A week from a path.
pub fn parse_week(monday: &str) -> Result<Week, Failure> {
    parse_date(monday)
        .and_then(|date| Week::starting(date).map_err(|_| Failure::from(ProblemCode::InvalidDate)))
}

/// A child's id from a path. A malformed one is no child's.
pub fn parse_child(id: &str) -> Result<ChildId, Failure> {
    id.parse().map_err(|_| ProblemCode::ChildNotFound.into())
}

fn parse_date(text: &str) -> Result<NaiveDate, Failure> {
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
        let settings = app.settings.current(&mut conn).await?;
        let activity = settings.activity(&slug).ok_or(ProblemCode::ActivityNotFound)?.clone();
        let subscriptions = subscriptions::of_linked_child(&mut conn, parent.guardian, child)
            .await?
            .ok_or(ProblemCode::ChildNotFound)?;
        let subscribed = settings.is_subscribed(&subscriptions, child, &activity, date);
        Ok(Self { child, activity, date, settings, subscribed })
    }

    /// The day, for the rules to judge.
    #[must_use]
    pub fn day(&self) -> Day<'_> {
        self.settings.day(&self.activity, self.date, self.subscribed)
    }
}

/// The cell of a wish as it is now.
#[must_use]
pub fn cell_view(wish: &Wish, seats: Seats, place: Place, now: DateTime<Utc>) -> CellView {
    let judged = judge(&wish.day(), Some(seats), place, now);
    CellView::new(wish.child, wish.activity.slug.clone(), wish.date, &judged, Some(seats))
}

/// A week as its guardian sees it.
#[must_use]
pub fn week_view(facts: WeekFacts, week: Week, now: DateTime<Utc>) -> WeekView {
    let WeekFacts { settings, children, subscriptions, seats, booked } = facts;
    let subscribed = |child: ChildId, activity: &Activity, date: NaiveDate| {
        settings.is_subscribed(&subscriptions, child, activity, date)
    };
    let mut cells = Vec::new();
    let mut rows = Vec::new();
    for activity in &settings.activities {
        let before = cells.len();
        for child in &children {
            let has = |date| booked.contains(&(child.id, activity.slug.to_string(), date));
            let shown =
                week.school_days().any(|date| subscribed(child.id, activity, date) || has(date));
            if !shown {
                continue;
            }
            for date in week.school_days() {
                let day = settings.day(activity, date, subscribed(child.id, activity, date));
                let session = seats.get(&(activity.slug.to_string(), date)).copied();
                let place = Place { booked: has(date), waiting: false };
                let judged = judge(&day, session, place, now);
                cells.push(CellView::new(child.id, activity.slug.clone(), date, &judged, session));
            }
        }
        if cells.len() > before {
            rows.push(ActivityView::from(activity));
        }
    }
    let terms = settings.calendar.terms();
    let term = week.school_days().find_map(|date| settings.calendar.term_of(date));
    WeekView {
        monday: week,
        now,
        open_until: settings.open_until(week.school_days()),
        term: term.map(|term| WeekTerm {
            number: term.number,
            first_day: term.first_day,
            last_day: term.last_day,
        }),
        first_week: terms.first().map(|term| Week::of(term.first_day)),
        last_week: terms.last().map(|term| Week::of(term.last_day)),
        days: week
            .school_days()
            .map(|date| {
                let closed = settings.calendar.closed_on(date);
                DayView {
                    date,
                    closed: closed.map(|day| day.label.clone()),
                    closed_reason: closed.map(|day| day.reason),
                }
            })
            .collect(),
        activities: rows,
        children,
        cells,
    }
}
