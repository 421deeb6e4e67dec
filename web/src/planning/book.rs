//! The weeks that the app has seen, each as the server last told it and the parent changed it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::problem::ProblemCode;
use domain::week::Week;
use domain::wire::{CellView, WeekView};

use super::frame::{CellKey, Frame};
use super::tick::{Look, Tick};
use crate::api::ApiError;

#[derive(Default)]
pub(crate) struct Book {
    weeks: HashMap<Week, Page>,
    loading: HashSet<Week>,
    failed: HashMap<Week, ApiError>,
    /// Counts what was asked and answered, so that old news is known as such.
    count: u64,
    /// What was asked up to here is another guardian's.
    forgotten: u64,
}

struct Page {
    frame: Arc<Frame>,
    ticks: HashMap<CellKey, Tick>,
}

/// How far a week is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Not here yet.
    Loading,
    /// Nothing to show, and why.
    Failed(ApiError),
    Shown(Arc<Frame>),
}

impl Book {
    /// Starts a request for a week, unless one is on its way. The number goes to [`Self::loaded`].
    pub(crate) fn ask(&mut self, week: Week) -> Option<u64> {
        self.loading.insert(week).then(|| self.next())
    }

    pub(crate) fn loaded(&mut self, view: WeekView, asked_at: u64) {
        if asked_at <= self.forgotten {
            return;
        }
        let week = view.monday;
        self.loading.remove(&week);
        self.failed.remove(&week);
        let frame = Frame::of(&view);
        let page = self
            .weeks
            .entry(week)
            .or_insert_with(|| Page { frame: Arc::new(frame.clone()), ticks: HashMap::new() });
        if *page.frame != frame {
            page.frame = Arc::new(frame);
        }
        let mut before = std::mem::take(&mut page.ticks);
        for cell in view.cells {
            let key = CellKey::from(&cell);
            let tick = match before.remove(&key) {
                Some(mut tick) => {
                    tick.refreshed(cell, asked_at);
                    tick
                }
                None => Tick::new(cell, asked_at),
            };
            page.ticks.insert(key, tick);
        }
    }

    pub(crate) fn failed(&mut self, week: Week, error: ApiError, asked_at: u64) {
        if asked_at <= self.forgotten {
            return;
        }
        self.loading.remove(&week);
        self.failed.insert(week, error);
    }

    /// A week that is known stays on the screen, whatever its latest request came to.
    pub(crate) fn progress(&self, week: Week) -> Progress {
        match (self.weeks.get(&week), self.failed.get(&week)) {
            (Some(page), _) => Progress::Shown(page.frame.clone()),
            (None, Some(error)) if !self.loading.contains(&week) => Progress::Failed(error.clone()),
            (None, _) => Progress::Loading,
        }
    }

    /// Why a shown week may be out of date.
    pub(crate) fn stale(&self, week: Week) -> Option<&ApiError> {
        self.failed.get(&week).filter(|_| self.weeks.contains_key(&week))
    }

    pub(crate) fn is_loading(&self, week: Week) -> bool {
        self.loading.contains(&week)
    }

    pub(crate) fn knows(&self, week: Week) -> bool {
        self.weeks.contains_key(&week)
    }

    /// First and last week of the terms, as any week tells them.
    pub(crate) fn bounds(&self) -> (Option<Week>, Option<Week>) {
        let frame = self.weeks.values().next().map(|page| &page.frame);
        (frame.and_then(|f| f.first_week), frame.and_then(|f| f.last_week))
    }

    pub(crate) fn look(&self, key: &CellKey) -> Option<Look> {
        self.weeks.get(&Week::of(key.date))?.ticks.get(key).map(Tick::look)
    }

    /// The parent wants a cell booked or free. `Some` is what to ask of the server.
    pub(crate) fn wish(&mut self, key: &CellKey, book: bool) -> Option<bool> {
        self.tick(key)?.wish(book)
    }

    /// `Some` is what to ask next.
    pub(crate) fn answered(&mut self, key: &CellKey, cell: CellView) -> Option<bool> {
        let at = self.next();
        self.tick(key)?.answered(cell, at)
    }

    /// `Some` is what to ask next.
    pub(crate) fn refused(&mut self, key: &CellKey, code: Option<ProblemCode>) -> Option<bool> {
        self.tick(key)?.refused(code)
    }

    /// Nothing of one guardian's is left to the next.
    pub(crate) fn forget(&mut self) {
        *self = Self { count: self.count, forgotten: self.count, ..Self::default() };
    }

    fn tick(&mut self, key: &CellKey) -> Option<&mut Tick> {
        self.weeks.get_mut(&Week::of(key.date))?.ticks.get_mut(key)
    }

    fn next(&mut self) -> u64 {
        self.count += 1;
        self.count
    }
}

#[cfg(test)]
mod tests {
    use domain::cell::CellState;

    use super::*;
    use crate::planning::testing::{cell, cell_view, key, week_view};

    fn week() -> Week {
        week_view().monday
    }

    fn loaded() -> Book {
        let mut book = Book::default();
        let asked = book.ask(week()).unwrap();
        book.loaded(week_view(), asked);
        book
    }

    fn state(book: &Book, key: &CellKey) -> CellState {
        book.look(key).unwrap().state
    }

    #[test]
    fn a_week_is_asked_for_once_at_a_time() {
        let mut book = Book::default();
        let asked = book.ask(week()).unwrap();
        assert_eq!(book.ask(week()), None);
        assert_eq!(book.progress(week()), Progress::Loading);
        assert!(book.is_loading(week()));
        book.loaded(week_view(), asked);
        assert!(!book.is_loading(week()));
        assert!(matches!(book.progress(week()), Progress::Shown(_)));
        assert!(book.ask(week()).is_some());
    }

    #[test]
    fn a_failure_shows_only_where_nothing_else_can() {
        let mut book = Book::default();
        book.ask(week());
        book.failed(week(), ApiError::Unreachable, u64::MAX);
        assert_eq!(book.progress(week()), Progress::Failed(ApiError::Unreachable));
        book.ask(week());
        assert_eq!(book.progress(week()), Progress::Loading);

        let mut book = loaded();
        book.ask(week());
        book.failed(week(), ApiError::Unreachable, u64::MAX);
        assert!(matches!(book.progress(week()), Progress::Shown(_)));
        assert_eq!(book.stale(week()), Some(&ApiError::Unreachable));
        let asked = book.ask(week()).unwrap();
        book.loaded(week_view(), asked);
        assert_eq!(book.stale(week()), None);
    }

    #[test]
    fn the_tables_stay_while_ticks_change() {
        let mut book = loaded();
        let Progress::Shown(before) = book.progress(week()) else { panic!("no week") };
        let mut view = week_view();
        let monday = key(0, "cantine", "2017-09-18");
        cell(&mut view, &monday).state = CellState::FreeOpen;
        let asked = book.ask(week()).unwrap();
        book.loaded(view, asked);
        let Progress::Shown(after) = book.progress(week()) else { panic!("no week") };
        assert!(Arc::ptr_eq(&before, &after));
        assert_eq!(state(&book, &monday), CellState::FreeOpen);
    }

    #[test]
    fn a_week_on_its_way_does_not_undo_a_tick() {
        let mut book = loaded();
        let monday = key(0, "cantine", "2017-09-18");
        let asked = book.ask(week()).unwrap();
        assert_eq!(book.wish(&monday, false), Some(false));
        assert_eq!(book.answered(&monday, cell_view(&monday, CellState::FreeOpen)), None);
        // Read by the server before the tick.
        book.loaded(week_view(), asked);
        assert_eq!(state(&book, &monday), CellState::FreeOpen);
    }

    #[test]
    fn a_refused_tick_falls_back() {
        let mut book = loaded();
        let monday = key(1, "bus-0830", "2017-09-18");
        assert_eq!(book.wish(&monday, true), Some(true));
        assert_eq!(state(&book, &monday), CellState::BookedOpen);
        assert_eq!(book.refused(&monday, Some(ProblemCode::SessionFull)), None);
        assert_eq!(state(&book, &monday), CellState::Full);
    }

    #[test]
    fn nothing_is_left_to_the_next_guardian() {
        let mut book = loaded();
        let asked = book.ask(week()).unwrap();
        book.forget();
        book.loaded(week_view(), asked);
        book.failed(week(), ApiError::Unreachable, asked);
        assert_eq!(book.progress(week()), Progress::Loading);
        assert!(!book.knows(week()));
        assert_eq!(book.look(&key(0, "cantine", "2017-09-18")), None);
        assert_eq!(book.bounds(), (None, None));
    }
}
