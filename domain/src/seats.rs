//! Seats of a session (*séance*): one activity on one date.

/// How many seats a session has, how many are taken, and how many children wait for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    pub capacity: u32,
    /// Never above `capacity` plus the seats that the guichet gave beyond it on purpose.
    pub taken: u32,
    /// Children on the waiting list.
    pub waiting: u32,
}

impl Seats {
    /// From this many on, the screen says how many are left.
    pub const FEW: u32 = 5;

    /// Seats that a parent can still take: zero as well when the guichet went beyond the capacity.
    #[must_use]
    pub fn left(self) -> u32 {
        self.capacity.saturating_sub(self.taken)
    }

    /// Seats left to somebody who asks once so many of those taken are given back: those who wait
    /// come first.
    #[must_use]
    pub fn left_after(self, freed: u32) -> u32 {
        let taken = self.taken.saturating_sub(freed);
        self.capacity.saturating_sub(taken).saturating_sub(self.waiting)
    }

    /// Whether the last seats are going.
    #[must_use]
    pub fn are_few(left: u32) -> bool {
        left <= Self::FEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(taken: u32) -> Seats {
        Seats { capacity: 64, taken, waiting: 0 }
    }

    #[test]
    fn the_last_seat_is_a_seat() {
        assert_eq!(taken(63).left(), 1);
        assert_eq!(taken(64).left(), 0);
    }

    #[test]
    fn a_seat_beyond_the_capacity_leaves_none_not_minus_one() {
        assert_eq!(taken(65).left(), 0);
    }

    #[test]
    fn what_is_given_back_fills_the_overrun_first_then_the_line() {
        assert_eq!(taken(64).left_after(1), 1);
        assert_eq!(taken(66).left_after(2), 0, "two beyond the capacity");
        assert_eq!(taken(66).left_after(3), 1);
        assert_eq!(Seats { waiting: 2, ..taken(64) }.left_after(3), 1);
        assert_eq!(taken(1).left_after(2), 64);
    }

    #[test]
    fn few_starts_at_five() {
        assert!(Seats::are_few(5) && !Seats::are_few(6));
    }
}
