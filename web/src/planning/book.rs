//! The weeks that the app has seen, each as the server last told it and the parent changed it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::problem::ProblemCode;
use domain::week::Week;
use domain::wire::{CellView, SessionSeats, WeekView};

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
    recalled: bool,
}

struct Page {
    frame: Arc<Frame>,
    ticks: HashMap<CellKey, Tick>,
    /// As it came; the ticks know what has changed since.
    view: WeekView,
    /// From an earlier visit: the server has not said it in this one.
    recalled: bool,
}

/// What is on the screen may no longer be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stale {
    /// When it was.
    pub(crate) of: DateTime<Utc>,
    /// Why it is not known better.
    pub(crate) error: ApiError,
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
        self.loading.remove(&view.monday);
        self.failed.remove(&view.monday);
        self.turn_to(view, asked_at, false);
    }

    /// A week of an earlier visit, until the server tells it anew.
    pub(crate) fn recall(&mut self, view: WeekView) {
        if !self.knows(view.monday) {
            self.turn_to(view, 0, true);
            self.recalled = true;
        }
    }

    fn turn_to(&mut self, view: WeekView, asked_at: u64, recalled: bool) {
        let frame = Frame::of(&view);
        let page = self.weeks.entry(view.monday).or_insert_with(|| Page {
            frame: Arc::new(frame.clone()),
            ticks: HashMap::new(),
            view: view.clone(),
            recalled,
        });
        if *page.frame != frame {
            page.frame = Arc::new(frame);
        }
        let mut before = std::mem::take(&mut page.ticks);
        for cell in view.cells.iter().cloned() {
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
        page.view = view;
        page.recalled = recalled;
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

    /// Whether and why a shown week may be out of date.
    pub(crate) fn stale(&self, week: Week) -> Option<Stale> {
        let page = self.weeks.get(&week)?;
        let error = self.failed.get(&week).cloned();
        let error = error.or_else(|| page.recalled.then_some(ApiError::Unreachable))?;
        Some(Stale { of: page.view.now, error })
    }

    /// Whether weeks of an earlier visit have been looked up.
    pub(crate) fn has_recalled(&self) -> bool {
        self.recalled
    }

    /// Whether a week is an earlier visit's.
    pub(crate) fn is_recalled(&self, week: Week) -> bool {
        self.weeks.get(&week).is_some_and(|page| page.recalled)
    }

    /// The weeks that the server has told in this visit.
    pub(crate) fn heard(&self) -> Vec<Week> {
        let heard = self.weeks.iter().filter(|(_, page)| !page.recalled);
        heard.map(|(week, _)| *week).collect()
    }

    /// A week that the server has told in this visit, with what it has told of its cells since.
    pub(crate) fn view(&self, week: Week) -> Option<WeekView> {
        let page = self.weeks.get(&week).filter(|page| !page.recalled)?;
        let mut view = page.view.clone();
        for cell in &mut view.cells {
            if let Some(tick) = page.ticks.get(&CellKey::from(&*cell)) {
                *cell = tick.known().clone();
            }
        }
        Some(view)
    }

    /// Of the weeks known, the one nearest to another, if it is not that one itself.
    pub(crate) fn nearest(&self, week: Week) -> Option<Week> {
        let distance = |other: &Week| (other.monday() - week.monday()).abs();
        self.weeks.keys().copied().min_by_key(distance).filter(|nearest| *nearest != week)
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

    /// Those of these cells that a wish would change now.
    pub(crate) fn open_to(&self, keys: &[CellKey], book: bool) -> Vec<CellKey> {
        let would_change = |key: &&CellKey| {
            self.look(key).is_some_and(|look| {
                look.state.is_open() && look.state.is_booked() != book && !look.pending
            })
        };
        keys.iter().filter(would_change).cloned().collect()
    }

    /// Later weeks are no longer known: something has changed in many of them.
    pub(crate) fn forget_after(&mut self, week: Week) {
        self.weeks.retain(|other, _| *other <= week);
        self.failed.retain(|other, _| *other <= week);
    }

    /// Seats as they are now. True where a child's place in line may have changed.
    pub(crate) fn seats_changed(&mut self, week: Week, seats: &[SessionSeats]) -> bool {
        let Some(page) = self.weeks.get_mut(&week) else { return false };
        let mut in_line = false;
        for (key, tick) in &mut page.ticks {
            let mut of_cell = seats.iter();
            let now = of_cell.find(|now| now.activity == key.activity && now.date == key.date);
            if let Some(now) = now {
                in_line |= tick.seats_changed(now);
            }
        }
        in_line
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
        book.loaded(week_view(), asked);
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
        let of = week_view().now;
        assert_eq!(book.stale(week()), Some(Stale { of, error: ApiError::Unreachable }));
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
    fn a_recalled_week_says_so_until_the_server_tells_it() {
        let mut book = Book::default();
        book.recall(week_view());
        assert!(matches!(book.progress(week()), Progress::Shown(_)));
        assert!(book.is_recalled(week()));
        let stale = Stale { of: week_view().now, error: ApiError::Unreachable };
        assert_eq!(book.stale(week()), Some(stale));
        // It is no news, to be kept as such.
        assert_eq!((book.heard(), book.view(week())), (vec![], None));

        let mut view = week_view();
        let monday = key(0, "cantine", "2017-09-18");
        cell(&mut view, &monday).state = CellState::FreeOpen;
        let asked = book.ask(week()).unwrap();
        book.loaded(view.clone(), asked);
        assert_eq!((book.stale(week()), book.is_recalled(week())), (None, false));
        assert_eq!(state(&book, &monday), CellState::FreeOpen);
        assert_eq!((book.heard(), book.view(week())), (vec![week()], Some(view)));
        // What the server has said is not undone.
        book.recall(week_view());
        assert_eq!(state(&book, &monday), CellState::FreeOpen);
    }

    #[test]
    fn a_week_is_kept_with_its_ticks_as_answered() {
        let mut book = loaded();
        let monday = key(0, "cantine", "2017-09-18");
        book.wish(&monday, false);
        // Nothing is feigned before the answer.
        assert_eq!(book.view(week()), Some(week_view()));
        book.answered(&monday, cell_view(&monday, CellState::FreeOpen));
        let mut changed = week_view();
        cell(&mut changed, &monday).state = CellState::FreeOpen;
        assert_eq!(book.view(week()), Some(changed));
    }

    #[test]
    fn a_way_leads_to_the_nearest_known_week() {
        let mut book = loaded();
        assert_eq!(book.nearest(week()), None);
        assert_eq!(book.nearest(week().next()), Some(week()));
        book.forget();
        assert_eq!(book.nearest(week().next()), None);
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
