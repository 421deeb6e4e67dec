//! One cell between the parent's taps and the server's answers.
//!
//! A tap shows at once. Only one request of a cell is on its way at a time; what is tapped
//! meanwhile waits, and the last wish wins.

use domain::cell::CellState;
use domain::problem::ProblemCode;
use domain::wire::{CellView, SessionSeats};

/// What the screen shows of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) state: CellState,
    pub(crate) seats_left: Option<u32>,
    /// The child's place on the waiting list.
    pub(crate) position: Option<u32>,
    /// Children on the waiting list.
    pub(crate) waiting: Option<u32>,
    pub(crate) reason: Option<ProblemCode>,
    pub(crate) deadline: Option<chrono::DateTime<chrono::Utc>>,
    /// The server has not confirmed it yet.
    pub(crate) pending: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Tick {
    /// What the server last said.
    known: CellView,
    /// On its way: to book, or to remove.
    sent: Option<bool>,
    /// Wished since.
    wished: Option<bool>,
    /// When `known` was said, in the count of the book's requests.
    known_at: u64,
}

impl Tick {
    pub(crate) fn new(known: CellView, known_at: u64) -> Self {
        Self { known, sent: None, wished: None, known_at }
    }

    /// What the server last said.
    pub(crate) fn known(&self) -> &CellView {
        &self.known
    }

    /// The state as the parent wants it.
    pub(crate) fn look(&self) -> Look {
        let wish = self.wished.or(self.sent);
        let known = &self.known;
        let (state, seats_left) = match wish {
            Some(true) => (CellState::BookedOpen, known.seats_left),
            Some(false) => {
                let own_seat = u32::from(known.state.is_booked());
                (CellState::FreeOpen, known.seats_left.map(|left| left + own_seat))
            }
            None => (known.state, known.seats_left),
        };
        Look {
            state,
            seats_left,
            position: known.position,
            waiting: known.waiting,
            reason: known.reason,
            deadline: known.deadline,
            pending: wish.is_some(),
        }
    }

    /// The parent wants it booked or free. `Some` is what to ask of the server now.
    pub(crate) fn wish(&mut self, book: bool) -> Option<bool> {
        if self.sent.is_some() {
            self.wished = Some(book);
            return None;
        }
        let changes = self.known.state.is_open() && self.known.state.is_booked() != book;
        self.sent = changes.then_some(book);
        self.sent
    }

    /// The server did it. `Some` is what to ask next.
    pub(crate) fn answered(&mut self, now: CellView, at: u64) -> Option<bool> {
        self.known = now;
        self.known_at = at;
        self.next()
    }

    /// The server refused; `known` is what it is as far as the refusal tells.
    pub(crate) fn refused(&mut self, code: Option<ProblemCode>) -> Option<bool> {
        if self.sent == Some(true) && code == Some(ProblemCode::SessionFull) {
            self.known.state = CellState::Full;
            self.known.seats_left = Some(0);
            self.known.reason = code;
        }
        self.next()
    }

    fn next(&mut self) -> Option<bool> {
        self.sent = None;
        self.wished.take().and_then(|book| self.wish(book))
    }

    /// A whole week came, asked for at `asked_at`. It knows nothing of an answer that came since,
    /// nor of a request on its way.
    pub(crate) fn refreshed(&mut self, now: CellView, asked_at: u64) {
        if self.sent.is_none() && self.known_at <= asked_at {
            self.known = now;
            self.known_at = asked_at;
        }
    }
}

impl Tick {
    /// The session's seats have changed, whoever changed them. True where this child's place in
    /// line may have changed too, which only the server knows.
    pub(crate) fn seats_changed(&mut self, now: &SessionSeats) -> bool {
        let known = &mut self.known;
        if known.seats_left.is_none() {
            return false;
        }
        known.seats_left = Some(now.seats_left);
        match known.state {
            CellState::FreeOpen if now.seats_left == 0 => {
                known.state = CellState::Full;
                known.reason = Some(ProblemCode::SessionFull);
                known.waiting = Some(now.waiting);
            }
            CellState::Full if now.seats_left > 0 => {
                known.state = CellState::FreeOpen;
                known.reason = None;
                known.waiting = None;
            }
            CellState::Full => known.waiting = Some(now.waiting),
            CellState::Waiting => return known.waiting != Some(now.waiting),
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use domain::cell::CellState::{BookedOpen, FreeOpen, Full};

    use super::*;
    use crate::planning::testing::{cell_view, key};

    fn view(state: CellState, seats_left: u32) -> CellView {
        CellView {
            seats_left: Some(seats_left),
            ..cell_view(&key(0, "bus-0830", "2017-09-18"), state)
        }
    }

    fn tick(state: CellState, seats_left: u32) -> Tick {
        Tick::new(view(state, seats_left), 0)
    }

    fn shown(tick: &Tick) -> (CellState, bool) {
        let look = tick.look();
        (look.state, look.pending)
    }

    #[test]
    fn a_tap_shows_at_once_and_is_confirmed() {
        let mut tick = tick(FreeOpen, 3);
        assert_eq!(tick.wish(true), Some(true));
        assert_eq!(shown(&tick), (BookedOpen, true));
        assert_eq!(tick.answered(view(BookedOpen, 2), 1), None);
        assert_eq!(shown(&tick), (BookedOpen, false));
    }

    #[test]
    fn giving_a_seat_back_shows_one_more() {
        let mut tick = tick(BookedOpen, 0);
        assert_eq!(tick.wish(false), Some(false));
        assert_eq!(tick.look().seats_left, Some(1));
    }

    #[test]
    fn a_refusal_takes_it_back() {
        let mut tick = tick(FreeOpen, 1);
        tick.wish(true);
        assert_eq!(tick.refused(Some(ProblemCode::SessionFull)), None);
        assert_eq!(shown(&tick), (Full, false));
        assert_eq!(tick.look().seats_left, Some(0));

        let mut tick = self::tick(BookedOpen, 1);
        tick.wish(false);
        assert_eq!(tick.refused(Some(ProblemCode::DeadlinePassed)), None);
        assert_eq!(shown(&tick), (BookedOpen, false));
    }

    #[test]
    fn taps_wait_for_the_answer_and_the_last_one_wins() {
        let mut tick = tick(FreeOpen, 9);
        assert_eq!(tick.wish(true), Some(true));
        assert_eq!(tick.wish(false), None);
        assert_eq!(shown(&tick), (FreeOpen, true));
        assert_eq!(tick.answered(view(BookedOpen, 8), 1), Some(false));
        assert_eq!(tick.answered(view(FreeOpen, 9), 2), None);
        assert_eq!(shown(&tick), (FreeOpen, false));
    }

    #[test]
    fn tapped_back_and_forth_asks_no_more_than_needed() {
        let mut tick = tick(FreeOpen, 9);
        tick.wish(true);
        tick.wish(false);
        assert_eq!(tick.wish(true), None);
        assert_eq!(tick.answered(view(BookedOpen, 8), 1), None);
        assert_eq!(shown(&tick), (BookedOpen, false));
    }

    #[test]
    fn a_wish_to_undo_what_was_refused_is_met_already() {
        let mut tick = tick(FreeOpen, 1);
        tick.wish(true);
        tick.wish(false);
        assert_eq!(tick.refused(Some(ProblemCode::SessionFull)), None);
        assert_eq!(shown(&tick), (Full, false));
    }

    #[test]
    fn what_cannot_be_changed_is_not_asked() {
        for state in [Full, CellState::BookedLocked, CellState::Fixed, CellState::Closed] {
            assert_eq!(tick(state, 0).wish(!state.is_booked()), None, "{state:?}");
        }
    }

    fn seats(seats_left: u32, waiting: u32) -> SessionSeats {
        let key = key(0, "bus-0830", "2017-09-18");
        SessionSeats { activity: key.activity, date: key.date, seats_left, waiting }
    }

    #[test]
    fn another_familys_booking_changes_the_seats() {
        let mut tick = tick(FreeOpen, 2);
        assert!(!tick.seats_changed(&seats(1, 0)));
        assert_eq!((tick.look().state, tick.look().seats_left), (FreeOpen, Some(1)));
        tick.seats_changed(&seats(0, 0));
        assert_eq!((shown(&tick), tick.look().waiting), ((Full, false), Some(0)));
        tick.seats_changed(&seats(0, 2));
        assert_eq!(tick.look().waiting, Some(2));
        tick.seats_changed(&seats(1, 0));
        assert_eq!((shown(&tick), tick.look().reason), ((FreeOpen, false), None));
    }

    #[test]
    fn a_tap_on_its_way_keeps_its_look() {
        let mut tick = tick(FreeOpen, 1);
        tick.wish(true);
        tick.seats_changed(&seats(0, 0));
        assert_eq!(shown(&tick), (BookedOpen, true));
        assert_eq!(tick.answered(view(BookedOpen, 0), 1), None);
        assert_eq!(shown(&tick), (BookedOpen, false));
    }

    #[test]
    fn who_waits_asks_for_the_place_in_line() {
        let waits = CellView { waiting: Some(3), position: Some(2), ..view(CellState::Waiting, 0) };
        let mut tick = Tick::new(waits, 0);
        assert!(!tick.seats_changed(&seats(0, 3)));
        assert!(tick.seats_changed(&seats(0, 2)));
    }

    #[test]
    fn an_old_week_does_not_undo_a_newer_answer() {
        let mut tick = tick(FreeOpen, 9);
        tick.wish(true);
        // Asked for before the tap was answered, and here before or after that answer.
        tick.refreshed(view(FreeOpen, 9), 1);
        assert_eq!(shown(&tick), (BookedOpen, true));
        tick.answered(view(BookedOpen, 8), 2);
        tick.refreshed(view(FreeOpen, 9), 1);
        assert_eq!(shown(&tick), (BookedOpen, false));
        tick.refreshed(view(FreeOpen, 9), 3);
        assert_eq!(shown(&tick), (FreeOpen, false));
    }
}
