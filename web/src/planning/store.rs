//! The planning in memory: what is asked of the server, and when.
//!
//! It outlives the page, so that coming back shows a known week at once, while it is asked for
//! again.

use std::sync::Arc;
use std::time::Duration;

use domain::problem::ProblemCode;
use domain::week::Week;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::book::{Book, Progress};
use super::clock::Clock;
use super::frame::{CellKey, Frame};
use super::tick::Look;
use crate::api::{ApiError, Session};

/// The next week is fetched once the shown one has settled.
const IDLE: Duration = Duration::from_millis(800);

#[derive(Clone, Copy)]
pub(crate) struct Planning {
    book: RwSignal<Book>,
    pub(crate) clock: Clock,
    session: Session,
    /// Told of each change that the server made or refused.
    outcome: RwSignal<Option<Outcome>>,
}

/// What became of a tap.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Done { key: CellKey, booked: bool },
    Refused { key: CellKey, error: ApiError },
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

    /// Tracked: why a shown week may be out of date.
    pub(crate) fn stale(self, week: Week) -> Option<ApiError> {
        self.book.with(|book| book.stale(week).cloned())
    }

    /// Tracked.
    pub(crate) fn look(self, key: &CellKey) -> Option<Look> {
        self.book.with(|book| book.look(key))
    }

    /// Tracked.
    pub(crate) fn is_loading(self, week: Week) -> bool {
        self.book.with(|book| book.is_loading(week))
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
                    self.book.update(|book| book.loaded(view, asked_at));
                }
                Err(error) => self.book.update(|book| book.failed(week, error, asked_at)),
            }
        });
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
        let ask = self.book.try_update(|known| known.wish(key, book)).flatten();
        self.send(key.clone(), ask);
    }

    /// Nothing of one guardian's is left to the next.
    pub(crate) fn forget(self) {
        self.book.update(Book::forget);
        self.outcome.set(None);
    }

    fn send(self, key: CellKey, ask: Option<bool>) {
        let Some(book) = ask else { return };
        spawn_local(async move {
            let answer = self.session.tick(&key, book).await;
            let (next, outcome) = match answer {
                Ok(cell) => {
                    let next = self.book.try_update(|known| known.answered(&key, cell));
                    (next, Outcome::Done { key: key.clone(), booked: book })
                }
                Err(error) => {
                    let code = error.code();
                    let next = self.book.try_update(|known| known.refused(&key, code));
                    self.after_refusal(&key, code);
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
    fn after_refusal(self, key: &CellKey, code: Option<ProblemCode>) {
        if code.is_some_and(|code| code != ProblemCode::SessionFull) {
            self.load(Week::of(key.date));
        }
    }
}
