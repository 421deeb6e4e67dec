//! What a cell of the planning can be: one child, one activity, one day.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::inscription::{Day, Refusal};
use crate::seats::Seats;

/// Exactly one of these holds for each cell: `booked_open` (inscribed, can be removed), `free_open`
/// (can be added), `full` (no seat left), `waiting` (on the waiting list), `booked_locked` and
/// `free_locked` (the deadline has passed, or there is no subscription), `fixed` (inscribed for the
/// whole term), `closed` (a holiday), `not_running` (not on that day).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Inscribed, can be removed (orange).
    BookedOpen,
    /// Free, can be added (orange outline).
    FreeOpen,
    /// No seat left; the waiting list is offered.
    Full,
    /// On the waiting list.
    Waiting,
    /// Inscribed, too late to remove (grey).
    BookedLocked,
    /// Not inscribed, and can't be added (grey).
    FreeLocked,
    /// Inscribed for the whole term: TAP (grey).
    Fixed,
    /// A closed day.
    Closed,
    /// The activity does not run on that day.
    NotRunning,
}

/// The child's own part in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub booked: bool,
    /// Its place on the waiting list: 1 is the first in line.
    pub waiting: Option<u32>,
}

/// A cell's state, and why it can't be changed where it can't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub state: CellState,
    pub refusal: Option<Refusal>,
}

/// Judges a cell; `seats` is `None` where no session exists on that day. The one function that
/// decides: screens draw the state that it gave.
#[must_use]
pub fn judge(day: &Day<'_>, seats: Option<Seats>, place: Place, now: DateTime<Utc>) -> Judged {
    let verdict = if place.booked { day.may_remove(now) } else { day.may_add(now) };
    let (state, refusal) = match (verdict, seats) {
        (Err(refusal @ Refusal::ClosedDay { .. }), _) => (CellState::Closed, Some(refusal)),
        (Err(refusal @ Refusal::NotRunning), _) => (CellState::NotRunning, Some(refusal)),
        (Err(refusal @ Refusal::FixedForTerm), _) if place.booked => {
            (CellState::Fixed, Some(refusal))
        }
        (Err(refusal), _) if place.booked => (CellState::BookedLocked, Some(refusal)),
        (Err(refusal), _) => (CellState::FreeLocked, Some(refusal)),
        (Ok(()), None) => (CellState::NotRunning, Some(Refusal::NotRunning)),
        (Ok(()), Some(_)) if place.booked => (CellState::BookedOpen, None),
        (Ok(()), Some(_)) if place.waiting.is_some() => (CellState::Waiting, None),
        (Ok(()), Some(seats)) if seats.left() == 0 => (CellState::Full, Some(Refusal::SessionFull)),
        (Ok(()), Some(_)) => (CellState::FreeOpen, None),
    };
    Judged { state, refusal }
}

impl CellState {
    /// Whether the child has the seat.
    #[must_use]
    pub fn is_booked(self) -> bool {
        matches!(self, Self::BookedOpen | Self::BookedLocked | Self::Fixed)
    }

    /// Whether a tick can change it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::BookedOpen | Self::FreeOpen)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{ClosedDay, ClosedReason};

    fn noon() -> DateTime<Utc> {
        "2017-09-12T10:00:00Z".parse().unwrap()
    }

    fn just_before() -> DateTime<Utc> {
        noon() - TimeDelta::milliseconds(1)
    }

    fn canteen() -> Day<'static> {
        Day {
            runs: true,
            in_term: true,
            closed: None,
            subscribed: true,
            add_until: Some(noon()),
            remove_until: Some(noon()),
        }
    }

    fn tap() -> Day<'static> {
        Day { add_until: None, remove_until: None, ..canteen() }
    }

    const FREE: Option<Seats> = Some(Seats { capacity: 64, taken: 63, waiting: 0 });
    const FULL: Option<Seats> = Some(Seats { capacity: 64, taken: 64, waiting: 2 });
    const NOTHING: Place = Place { booked: false, waiting: None };
    const BOOKED: Place = Place { booked: true, waiting: None };
    const WAITING: Place = Place { booked: false, waiting: Some(2) };

    fn state(day: &Day<'_>, seats: Option<Seats>, place: Place, now: DateTime<Utc>) -> CellState {
        judge(day, seats, place, now).state
    }

    #[test]
    fn open_until_the_last_millisecond() {
        let day = canteen();
        assert_eq!(state(&day, FREE, NOTHING, just_before()), CellState::FreeOpen);
        assert_eq!(state(&day, FREE, BOOKED, just_before()), CellState::BookedOpen);
        assert_eq!(state(&day, FREE, NOTHING, noon()), CellState::FreeLocked);
        assert_eq!(state(&day, FREE, BOOKED, noon()), CellState::BookedLocked);
        assert_eq!(
            judge(&day, FREE, BOOKED, noon()).refusal,
            Some(Refusal::DeadlinePassed { deadline: noon() })
        );
    }

    #[test]
    fn adding_and_removing_close_apart() {
        let day = Day { add_until: Some(just_before()), ..canteen() };
        assert_eq!(state(&day, FREE, NOTHING, just_before()), CellState::FreeLocked);
        assert_eq!(state(&day, FREE, BOOKED, just_before()), CellState::BookedOpen);
    }

    #[test]
    fn the_last_seat() {
        let day = canteen();
        assert_eq!(state(&day, FULL, NOTHING, just_before()), CellState::Full);
        assert_eq!(state(&day, FULL, WAITING, just_before()), CellState::Waiting);
        assert_eq!(state(&day, FULL, BOOKED, just_before()), CellState::BookedOpen);
        assert_eq!(state(&day, FULL, WAITING, noon()), CellState::FreeLocked);
    }

    #[test]
    fn tap_holds_for_the_term() {
        assert_eq!(state(&tap(), FREE, BOOKED, just_before()), CellState::Fixed);
        assert_eq!(state(&tap(), FREE, NOTHING, just_before()), CellState::FreeLocked);
    }

    #[test]
    fn closed_and_not_running_days() {
        let strike = ClosedDay {
            date: "2017-09-19".parse().unwrap(),
            reason: ClosedReason::Other,
            label: "Grève".into(),
        };
        let closed = Day { closed: Some(&strike), ..canteen() };
        assert_eq!(state(&closed, FREE, NOTHING, just_before()), CellState::Closed);
        assert_eq!(state(&closed, FREE, BOOKED, just_before()), CellState::Closed);
        let wednesday = Day { runs: false, ..canteen() };
        assert_eq!(state(&wednesday, None, NOTHING, just_before()), CellState::NotRunning);
        let summer = Day { in_term: false, ..canteen() };
        assert_eq!(state(&summer, None, NOTHING, just_before()), CellState::NotRunning);
        assert_eq!(state(&canteen(), None, NOTHING, just_before()), CellState::NotRunning);
    }

    #[test]
    fn without_subscription_nothing_is_added_but_a_seat_can_be_given_back() {
        let day = Day { subscribed: false, ..canteen() };
        assert_eq!(
            judge(&day, FREE, NOTHING, just_before()),
            Judged { state: CellState::FreeLocked, refusal: Some(Refusal::NotSubscribed) }
        );
        assert_eq!(state(&day, FREE, BOOKED, just_before()), CellState::BookedOpen);
    }

    proptest! {
        /// An open cell is one that the rules let change, and a closed one says why.
        #[test]
        fn a_cell_promises_what_the_rules_keep(
            runs: bool, in_term: bool, subscribed: bool, fixed: bool, late: bool,
            booked: bool, waiting: bool, capacity in 0..4u32, taken in 0..6u32,
        ) {
            let until = (!fixed).then(noon);
            let day = Day { runs, in_term, subscribed, closed: None, add_until: until, remove_until: until };
            let now = if late { noon() } else { just_before() };
            let seats = Seats { capacity, taken, waiting: 0 };
            let waiting = waiting.then_some(1);
            let judged = judge(&day, Some(seats), Place { booked, waiting }, now);
            match judged.state {
                CellState::FreeOpen => prop_assert!(day.may_add(now).is_ok() && seats.left() > 0),
                CellState::BookedOpen => prop_assert!(booked && day.may_remove(now).is_ok()),
                CellState::Waiting => prop_assert!(waiting.is_some() && day.may_add(now).is_ok()),
                _ => prop_assert!(judged.refusal.is_some()),
            }
            if judged.state.is_booked() { prop_assert!(booked); }
        }
    }
}
