//! The planning in memory: what is asked of the server, and when.
//!
//! It outlives the page, so that coming back shows a known week at once, while it is asked for
//! again.

use std::sync::Arc;
use std::time::Duration;

use domain::cell::CellState;
use domain::problem::ProblemCode;
use domain::week::Week;
use domain::wire::{CellView, SessionSeats};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::book::{Book, Progress, Stale};
use super::clock::Clock;
use super::frame::{CellKey, Frame};
use super::kept;
use super::tick::Look;
use crate::api::{ApiError, Session};
use crate::browser;

/// The next week is fetched once the shown one has settled.
const IDLE: Duration = Duration::from_millis(800);

#[derive(Clone, Copy)]
pub(crate) struct Planning {
    pub(super) book: RwSignal<Book>,
    pub(crate) clock: Clock,
    pub(super) session: Session,
    /// Told of each change that the server made or refused.
    pub(super) outcome: RwSignal<Option<Outcome>>,
}

/// What became of a tap.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Done {
        key: CellKey,
        booked: bool,
        /// Seats left since, for who would take it back.
        seats_left: Option<u32>,
    },
    /// On the waiting list, at this place.
    Waits {
        key: CellKey,
        position: u32,
    },
    /// No longer on the waiting list.
    LeftLine {
        key: CellKey,
    },
    /// Several days of a row, and how many others could not be changed.
    Several {
        keys: Vec<CellKey>,
        booked: bool,
        /// In the session that has the fewest.
        seats_left: Option<u32>,
        refused: usize,
    },
    /// What was to be taken back has found its seat taken.
    TooLate {
        key: CellKey,
    },
    /// Nothing of a row was changed, for a reason that the cells themselves say.
    NothingToDo,
    TypeWeek {
        news: TypeWeekNews,
        added: usize,
        removed: usize,
        full: usize,
        joined: usize,
    },
    /// Known to be without connection, nothing was asked: no cell's, or this one's.
    Offline(Option<CellKey>),
    /// A change of several days has failed as a whole.
    Failed(ApiError),
    Refused {
        key: CellKey,
        error: ApiError,
    },
}

/// Whose type week is told of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeWeekNews {
    pub(crate) child: String,
    pub(crate) title: String,
}

impl Planning {
    pub(crate) fn provide(session: Session) -> Self {
        let planning = Self {
            book: RwSignal::new(Book::default()),
            clock: Clock::new(),
            session,
            outcome: RwSignal::new(None),
        };
        provide_context(planning);
        planning
    }

    /// Tracked.
    pub(crate) fn progress(self, week: Week) -> Progress {
        self.book.with(|book| book.progress(week))
    }

    pub(crate) fn frame(self, week: Week) -> Option<Arc<Frame>> {
        match self.book.with_untracked(|book| book.progress(week)) {
            Progress::Shown(frame) => Some(frame),
            _ => None,
        }
    }

    /// Tracked: a week, if it is known.
    pub(crate) fn known(self, week: Week) -> Option<Arc<Frame>> {
        match self.progress(week) {
            Progress::Shown(frame) => Some(frame),
            _ => None,
        }
    }

    /// Tracked: whether and why a shown week may be out of date.
    pub(crate) fn stale(self, week: Week) -> Option<Stale> {
        self.book.with(|book| book.stale(week))
    }

    /// Tracked: whether weeks of an earlier visit have been looked up.
    pub(crate) fn has_recalled(self) -> bool {
        self.book.with(Book::has_recalled)
    }

    /// Tracked: another week that is known, the nearest.
    pub(crate) fn nearest(self, week: Week) -> Option<Week> {
        self.book.with(|book| book.nearest(week))
    }

    /// Tracked.
    pub(crate) fn look(self, key: &CellKey) -> Option<Look> {
        self.book.with(|book| book.look(key))
    }

    /// Tracked: first and last week of the terms.
    pub(crate) fn bounds(self) -> (Option<Week>, Option<Week>) {
        self.book.with(Book::bounds)
    }

    /// Tracked.
    pub(crate) fn outcome(self) -> Option<Outcome> {
        self.outcome.get()
    }

    /// Asks for a week, known or not.
    pub(crate) fn load(self, week: Week) {
        let Some(asked_at) = self.book.try_update(|book| book.ask(week)).flatten() else { return };
        spawn_local(async move {
            match self.session.week(week).await {
                Ok(view) => {
                    self.clock.set(view.now);
                    self.book.update(|book| book.loaded(kept::as_shown(view), asked_at));
                    // It is on the screen first.
                    browser::pause().await;
                    self.keep(week);
                }
                Err(error) => self.book.update(|book| book.failed(week, error, asked_at)),
            }
        });
    }

    /// The parent does not want to wait for the next try.
    pub(crate) fn retry(self, week: Week) {
        self.session.is_cut_off();
        self.load(week);
    }

    /// Asks for the week after, if nobody has looked at it yet.
    pub(crate) fn prefetch_after(self, week: Week) {
        let next = week.next();
        let wanted = self.book.with_untracked(|book| {
            book.knows(week) && !book.knows(next) && book.bounds().1.is_none_or(|last| next <= last)
        });
        if wanted {
            set_timeout(move || self.load(next), IDLE);
        }
    }

    /// The parent wants a cell booked or free.
    pub(crate) fn wish(self, key: &CellKey, book: bool) {
        if self.is_offline(Week::of(key.date), Some(key)) {
            return;
        }
        let look = self.book.with_untracked(|known| known.look(key));
        if book && look.is_some_and(|look| look.state == CellState::Full) {
            self.outcome.set(Some(Outcome::TooLate { key: key.clone() }));
            return;
        }
        let ask = self.book.try_update(|known| known.wish(key, book)).flatten();
        self.send(key.clone(), ask);
    }

    /// The parent wants a child on the waiting list, or off it.
    pub(crate) fn wait(self, key: CellKey, join: bool) {
        if self.is_offline(Week::of(key.date), Some(&key)) {
            return;
        }
        spawn_local(async move {
            let outcome = match self.session.wait(&key, join).await {
                Ok(cell) => {
                    let (state, position, seats_left) =
                        (cell.state, cell.position, cell.seats_left);
                    self.heard(&key, cell);
                    match position {
                        Some(position) => Outcome::Waits { key, position },
                        // A seat was free meanwhile.
                        None if state.is_booked() => {
                            Outcome::Done { key, booked: true, seats_left }
                        }
                        None => Outcome::LeftLine { key },
                    }
                }
                Err(ApiError::SignedOut) => return,
                Err(error) => {
                    self.load(Week::of(key.date));
                    Outcome::Refused { key, error }
                }
            };
            self.outcome.set(Some(outcome));
        });
    }

    /// Seats have changed on the server, whoever changed them.
    pub(crate) fn seats_changed(self, week: Week, seats: &[SessionSeats]) {
        let in_line = self.book.try_update(|book| book.seats_changed(week, seats));
        if in_line == Some(true) {
            self.load(week);
        }
    }

    /// Nothing of one guardian's is left to the next.
    pub(crate) fn forget(self) {
        self.book.update(Book::forget);
        self.outcome.set(None);
        kept::forget_others();
    }

    /// Whether a change in this week can't be asked for now, which is said at once: nothing waits
    /// for the connection, and nothing looks as if it were done.
    pub(super) fn is_offline(self, week: Week, key: Option<&CellKey>) -> bool {
        let recalled = self.book.with_untracked(|book| book.is_recalled(week));
        let offline = self.session.is_cut_off() || recalled;
        if offline {
            self.outcome.set(Some(Outcome::Offline(key.cloned())));
        }
        offline
    }

    /// A cell as it is now, by another request than a tap's.
    pub(super) fn heard(self, key: &CellKey, cell: CellView) {
        let next = self.book.try_update(|known| known.answered(key, cell)).flatten();
        self.keep(Week::of(key.date));
        self.send(key.clone(), next);
    }

    fn send(self, key: CellKey, ask: Option<bool>) {
        let Some(book) = ask else { return };
        spawn_local(async move {
            let answer = self.session.tick(&key, book).await;
            let (next, outcome) = match answer {
                Ok(cell) => {
                    let seats_left = cell.seats_left;
                    let next = self.book.try_update(|known| known.answered(&key, cell));
                    self.keep(Week::of(key.date));
                    (next, Outcome::Done { key: key.clone(), booked: book, seats_left })
                }
                Err(error) => {
                    let code = error.code();
                    let next = self.book.try_update(|known| known.refused(&key, code));
                    self.after_refusal(&key, &error);
                    (next, Outcome::Refused { key: key.clone(), error })
                }
            };
            let next = next.flatten();
            // While another wish is on its way, the one before is no news.
            if next.is_none()
                && !matches!(outcome, Outcome::Refused { error: ApiError::SignedOut, .. })
            {
                self.outcome.set(Some(outcome));
            }
            self.send(key, next);
        });
    }

    /// A refusal means that the screen was behind; a full session is all that it says itself.
    fn after_refusal(self, key: &CellKey, error: &ApiError) {
        let full = error.code() == Some(ProblemCode::SessionFull);
        // Without the server, the week is asked for once it is back.
        if !full && !matches!(error, ApiError::Unreachable | ApiError::SignedOut) {
            self.load(Week::of(key.date));
        }
    }
}
