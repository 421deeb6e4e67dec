//! The type week's update (manual, 3.4): what it would do, and doing it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::{Activity, Weekdays};
use domain::calendar::Term;
use domain::ids::{ChildId, GuardianId};
use domain::inscription::Refusal;
use domain::mistake::ListMistake;
use domain::problem::ProblemCode;
use domain::settings::Settings;
use domain::type_week::{self, Plan};
use domain::wire::{FullDay, TypeWeekChange, TypeWeekItem, TypeWeekRequest, TypeWeekView};

use crate::failure::Failure;
use crate::store::audit::Actor;
use crate::store::changes::{self, Changed, To, Wish};
use crate::store::days::SessionKey;
use crate::store::settings::Cache;
use crate::store::subscriptions::{self, Linked};
use crate::store::type_week::NewDays;
use crate::store::waiting::Line;
use crate::store::week::{self, SessionFacts};
use crate::store::{self, Conn};

/// An update that has been thought through and not made.
pub struct Update {
    settings: Arc<Settings>,
    term: Term,
    request: TypeWeekRequest,
    items: Vec<Planned>,
    sessions: SessionFacts,
}

struct Planned {
    child: ChildId,
    activity: Activity,
    before: Weekdays,
    after: Weekdays,
    plan: Plan,
}

impl Planned {
    fn session(&self, date: NaiveDate) -> SessionKey {
        SessionKey { activity: self.activity.slug.clone(), date }
    }

    fn days<'a>(&'a self, dates: &'a [NaiveDate]) -> impl Iterator<Item = (ChildId, SessionKey)> {
        dates.iter().map(|date| (self.child, self.session(*date)))
    }
}

/// Plans the update of a guardian's children, by two statements.
pub async fn plan(
    conn: &mut Conn,
    cache: &Cache,
    guardian: GuardianId,
    request: TypeWeekRequest,
    now: DateTime<Utc>,
) -> Result<Update, Failure> {
    let mistake = ListMistake::find(&request.items, TypeWeekRequest::MOST, TypeWeekItem::clone);
    if let Some((at, mistake)) = mistake {
        let pointer = at.map_or_else(|| "/items".to_owned(), |at| format!("/items/{at}"));
        return Err(Failure::List { pointer, mistake });
    }
    let linked = subscriptions::linked(conn, cache, guardian, None, None).await?;
    let shown = request.monday;
    let term = shown
        .school_days()
        .find_map(|date| linked.settings.calendar.term_of(date))
        .ok_or(Refusal::NotRunning)?
        .clone();
    let sessions = week::sessions_between(conn, guardian, shown.monday(), term.last_day).await?;
    let items = request
        .items
        .iter()
        .map(|item| planned(&linked, &sessions, &term, &request, item, now))
        .collect::<Result<_, _>>()?;
    Ok(Update { settings: linked.settings, term, request, items, sessions })
}

fn planned(
    linked: &Linked,
    sessions: &SessionFacts,
    term: &Term,
    request: &TypeWeekRequest,
    item: &TypeWeekItem,
    now: DateTime<Utc>,
) -> Result<Planned, Failure> {
    let settings = &linked.settings;
    if !linked.children.contains(&item.child_id) {
        return Err(ProblemCode::ChildNotFound.into());
    }
    let activity = settings.activity(&item.activity).ok_or(ProblemCode::ActivityNotFound)?;
    let mut mine = linked.subscriptions.iter();
    let subscription = mine
        .find(|held| {
            held.child == item.child_id && held.term == term.id && held.choice.covers(activity)
        })
        .ok_or(Refusal::NotSubscribed)?;
    let type_week = subscription.choice.type_week().ok_or(Refusal::FixedForTerm)?;
    let before = type_week.days(&activity.slug);
    let booked: BTreeSet<_> = sessions.booked(item.child_id, &activity.slug).collect();
    let shown = request.monday;
    let after = type_week::updated_days(settings, activity, shown, &booked, before);
    let mut plan = type_week::plan(settings, activity, shown, after, &booked, now);
    plan.add.retain(|date| subscription.holds_on(*date));
    Ok(Planned { child: item.child_id, activity: activity.clone(), before, after, plan })
}

impl Update {
    /// What the update would do now.
    #[must_use]
    pub fn preview(&self) -> TypeWeekView {
        let removed = self.items.iter().flat_map(|item| item.days(&item.plan.remove));
        let mut freed: HashMap<_, u32> = HashMap::new();
        for (_, session) in removed {
            *freed.entry(session).or_default() += 1;
        }
        let wished = self.items.iter().flat_map(|item| item.days(&item.plan.add));
        let wished: Vec<_> = wished.collect();
        let left = |session: &SessionKey| {
            let freed = freed.get(session).copied().unwrap_or_default();
            self.sessions.seats(session).map_or(0, |seats| seats.left_after(freed))
        };
        let seated = type_week::seated(wished.iter().map(|(_, session)| session.clone()), left);
        let booked: HashSet<_> = wished
            .iter()
            .zip(seated)
            .filter(|(_, (_, has))| *has)
            .map(|(day, _)| day.clone())
            .collect();
        self.view(&booked)
    }

    /// Makes it: as far as there are seats, in the transaction in which it was planned.
    pub async fn make(self, conn: &mut Conn, actor: &Actor) -> Result<TypeWeekView, Failure> {
        let wishes: Vec<_> = self.items.iter().flat_map(|item| self.wishes(item, actor)).collect();
        let Changed { booked, .. } = changes::apply(conn, actor, &wishes).await?;
        let new: Vec<_> = self
            .items
            .iter()
            .map(|item| NewDays {
                child: item.child,
                service: item.activity.service,
                activity: item.activity.slug.clone(),
                before: item.before,
                after: item.after,
            })
            .collect();
        store::type_week::set(conn, actor, self.term.id, &new).await?;
        Ok(self.view(&booked))
    }

    fn wishes(&self, item: &Planned, actor: &Actor) -> Vec<Wish> {
        let line = |date| {
            let day = self.settings.day(&item.activity, date, true);
            Line::served_if(day.serves_waiting(actor.now))
        };
        let wish =
            |date: &NaiveDate, to| Wish { child: item.child, session: item.session(*date), to };
        let removed = item.plan.remove.iter().map(|date| wish(date, To::Free(line(*date))));
        removed.chain(item.plan.add.iter().map(|date| wish(date, To::Booked))).collect()
    }

    fn view(&self, booked: &HashSet<(ChildId, SessionKey)>) -> TypeWeekView {
        TypeWeekView {
            monday: self.request.monday,
            until: self.term.last_day,
            items: self.items.iter().map(|item| self.change(item, booked)).collect(),
        }
    }

    fn change(&self, item: &Planned, booked: &HashSet<(ChildId, SessionKey)>) -> TypeWeekChange {
        let has_seat = |date: &NaiveDate| booked.contains(&(item.child, item.session(*date)));
        let (added, full): (Vec<_>, Vec<_>) = item.plan.add.iter().partition(|date| has_seat(date));
        let full_day = |date| {
            let session = item.session(date);
            FullDay {
                date,
                waiting: self.sessions.seats(&session).map_or(0, |seats| seats.waiting),
                position: self.sessions.place(item.child, &session).waiting,
            }
        };
        TypeWeekChange {
            child_id: item.child,
            activity: item.activity.slug.clone(),
            before: item.before.iter().collect(),
            after: item.after.iter().collect(),
            added,
            removed: item.plan.remove.clone(),
            kept: item.plan.kept.clone(),
            full: full.into_iter().map(full_day).collect(),
            locked: item.plan.locked.clone(),
            closed: item.plan.closed.clone(),
        }
    }
}
