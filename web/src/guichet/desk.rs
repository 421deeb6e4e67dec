//! What is on the coordinator's desk: the shown week, and what the forms are to be filled with.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::week::Week;
use domain::wire::{ActivityView, BusCheckView, ChildView, GuichetActsView, GuichetWeekView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Session};
use crate::planning::Clock;

/// Something that is asked of the server.
#[derive(Clone, Debug)]
pub(super) enum Load<T> {
    Loading,
    Failed(ApiError),
    Shown(Arc<T>),
}

impl<T> Load<T> {
    pub(super) fn shown(&self) -> Option<Arc<T>> {
        match self {
            Self::Shown(shown) => Some(Arc::clone(shown)),
            Self::Loading | Self::Failed(_) => None,
        }
    }

    /// Takes an answer. What is shown stays, rather than giving way to an error.
    pub(super) fn answered(&mut self, answer: Result<T, ApiError>) {
        match answer {
            Ok(answer) => *self = Self::Shown(Arc::new(answer)),
            Err(error) if !matches!(self, Self::Shown(_)) => *self = Self::Failed(error),
            Err(_) => {}
        }
    }
}

/// A child's day that somebody chose elsewhere on the page.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) child: ChildView,
    pub(super) activity: ActivitySlug,
    pub(super) date: NaiveDate,
}

#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) clock: Clock,
    pub(super) week: Memo<Week>,
    pub(super) seats: RwSignal<Load<GuichetWeekView>>,
    pub(super) buses: RwSignal<Load<BusCheckView>>,
    pub(super) acts: RwSignal<Load<GuichetActsView>>,
    /// What the form of a change is to be filled with.
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
            seats: RwSignal::new(Load::Loading),
            buses: RwSignal::new(Load::Loading),
            acts: RwSignal::new(Load::Loading),
            chosen: RwSignal::new(None),
            changes: RwSignal::new(0),
        };
        provide_context(desk);
        desk
    }

    /// Shows another week.
    pub(super) fn turn(self) {
        self.seats.set(Load::Loading);
        self.buses.set(Load::Loading);
        self.load();
    }

    /// Asks for all that is shown.
    pub(super) fn load(self) {
        let week = self.week.get_untracked();
        self.load_seats(week);
        spawn_local(async move {
            let answer = self.session.bus_check(week).await;
            if self.shows(week) {
                self.buses.update(|buses| buses.answered(answer));
            }
        });
        spawn_local(async move {
            let answer = self.session.guichet_acts().await;
            self.acts.update(|acts| acts.answered(answer));
        });
    }

    /// Asks for the seats of a week, if it is the one that is shown.
    pub(super) fn load_seats(self, week: Week) {
        if !self.shows(week) {
            return;
        }
        spawn_local(async move {
            let answer = self.session.guichet_week(week).await;
            if let Ok(view) = &answer {
                self.clock.set(view.now);
            }
            if self.shows(week) {
                self.seats.update(|seats| seats.answered(answer));
            }
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

    fn shows(self, week: Week) -> bool {
        self.week.get_untracked() == week
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
