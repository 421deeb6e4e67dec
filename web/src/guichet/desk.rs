//! What is on the coordinator's desk: the shown week, and what the forms are to be filled with.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::week::Week;
use domain::wire::{ActivityView, BusCheckView, ChildView, GuichetActsView, GuichetWeekView};
use leptos::prelude::*;

use crate::api::{Asked, Session};
use crate::planning::Clock;

/// A child's day that somebody chose elsewhere on the page.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) child: ChildView,
    pub(super) activity: ActivitySlug,
    pub(super) date: NaiveDate,
    /// A seat is to be given although none is left.
    pub(super) beyond: bool,
}

#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) clock: Clock,
    pub(super) week: Memo<Week>,
    pub(super) seats: Asked<GuichetWeekView>,
    pub(super) buses: Asked<BusCheckView>,
    pub(super) acts: Asked<GuichetActsView>,
    /// What the form of a change is to be filled with, until it is.
    pub(super) chosen: RwSignal<Option<Chosen>>,
    /// Counts the changes made here.
    changes: RwSignal<u32>,
}

impl Desk {
    pub(super) fn provide(session: Session, clock: Clock, week: Memo<Week>) -> Self {
        let desk = Self {
            session,
            clock,
            week,
            seats: Asked::new(),
            buses: Asked::new(),
            acts: Asked::new(),
            chosen: RwSignal::new(None),
            changes: RwSignal::new(0),
        };
        provide_context(desk);
        desk
    }

    /// Shows another week.
    pub(super) fn turn(self) {
        self.seats.clear();
        self.buses.clear();
        self.load();
    }

    /// Asks for all that is shown.
    pub(super) fn load(self) {
        let week = self.week.get_untracked();
        self.load_seats(week);
        self.buses.ask(self.session.bus_check(week));
        self.acts.ask(self.session.guichet_acts());
    }

    /// Asks for the seats of a week, if it is the one that is shown.
    pub(super) fn load_seats(self, week: Week) {
        if self.week.get_untracked() != week {
            return;
        }
        self.seats.ask(async move {
            let answer = self.session.guichet_week(week).await;
            if let Ok(view) = &answer {
                self.clock.set(view.now);
            }
            answer
        });
    }

    /// Something was changed here.
    pub(super) fn changed(self) {
        self.changes.update(|changes| *changes += 1);
        self.load();
    }

    /// Tracked: changes with each change made here.
    pub(super) fn changes(self) -> u32 {
        self.changes.get()
    }

    /// Tracked: the activity's row, once it is known.
    pub(super) fn activity(self, slug: &ActivitySlug) -> Option<ActivityView> {
        let week = self.seats.get().shown()?;
        week.activities.iter().find(|activity| activity.slug == *slug).cloned()
    }

    /// Tracked: what an activity is called.
    pub(super) fn name(self, slug: &ActivitySlug) -> String {
        self.activity(slug).map_or_else(|| slug.to_string(), |activity| activity.name)
    }
}
