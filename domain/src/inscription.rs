//! Adding and removing an inscription: what a parent may do on a day, and why not.

use chrono::{DateTime, Utc};

use crate::calendar::ClosedDay;

/// One activity on one day for one child, as far as settings and subscriptions decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// The activity runs on that weekday.
    pub runs: bool,
    /// The day lies in a term.
    pub in_term: bool,
    /// The closed day that it is.
    pub closed: Option<&'a ClosedDay>,
    /// The child is subscribed to the activity in that day's term.
    pub subscribed: bool,
    /// From this instant nothing can be added; `None` when parents never add.
    pub add_until: Option<DateTime<Utc>>,
    /// From this instant nothing can be removed; `None` when parents never remove.
    pub remove_until: Option<DateTime<Utc>>,
}

/// Why a parent's change is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The activity does not run on that weekday, or no term has the day.
    NotRunning,
    /// A holiday, a bridge, a strike.
    ClosedDay { label: String },
    /// The child is not subscribed to the activity for that term (manual, 3: “adressez-vous à la
    /// coordinatrice”).
    NotSubscribed,
    /// Held for the whole term: TAP (manual, 3.2).
    FixedForTerm,
    /// Too late (manual, 3.2).
    DeadlinePassed { deadline: DateTime<Utc> },
    /// No seat left (manual, 3.5).
    SessionFull,
}

impl Day<'_> {
    /// Whether a parent may add the day at that instant, seats aside.
    pub fn may_add(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.takes_place()?;
        if !self.subscribed {
            return Err(Refusal::NotSubscribed);
        }
        before(now, self.add_until)
    }

    /// Whether a parent may remove the day at that instant. A subscription that has ended since
    /// does not keep anyone from giving a seat back.
    pub fn may_remove(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.takes_place()?;
        before(now, self.remove_until)
    }

    /// Whether the guichet may add the day: late too, and beyond the capacity on purpose.
    pub fn guichet_may_add(&self) -> Result<(), Refusal> {
        self.takes_place()?;
        if self.subscribed { Ok(()) } else { Err(Refusal::NotSubscribed) }
    }

    /// Whether the guichet may remove the day: late too.
    pub fn guichet_may_remove(&self) -> Result<(), Refusal> {
        self.takes_place()
    }

    /// Whether a seat that comes free at that instant goes to the first in line: as long as
    /// parents may add the day themselves, and never after.
    #[must_use]
    pub fn serves_waiting(&self, now: DateTime<Utc>) -> bool {
        self.takes_place().is_ok() && before(now, self.add_until).is_ok()
    }

    fn takes_place(&self) -> Result<(), Refusal> {
        if !self.runs {
            return Err(Refusal::NotRunning);
        }
        if let Some(closed) = self.closed {
            return Err(Refusal::ClosedDay { label: closed.label.clone() });
        }
        if self.in_term { Ok(()) } else { Err(Refusal::NotRunning) }
    }
}

fn before(now: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Result<(), Refusal> {
    match until {
        None => Err(Refusal::FixedForTerm),
        Some(deadline) if now < deadline => Ok(()),
        Some(deadline) => Err(Refusal::DeadlinePassed { deadline }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guichet_is_bound_by_no_deadline_but_by_what_takes_place() {
        let day = Day {
            runs: true,
            in_term: true,
            closed: None,
            subscribed: true,
            add_until: None,
            remove_until: None,
        };
        assert_eq!(day.guichet_may_add(), Ok(()));
        let other = Day { subscribed: false, ..day };
        assert_eq!(other.guichet_may_add(), Err(Refusal::NotSubscribed));
        assert_eq!(other.guichet_may_remove(), Ok(()));
        let sunday = Day { runs: false, ..day };
        assert_eq!(sunday.guichet_may_add(), Err(Refusal::NotRunning));
        assert_eq!(sunday.guichet_may_remove(), Err(Refusal::NotRunning));
    }

    #[test]
    fn the_line_is_served_until_parents_can_no_longer_add() {
        let noon: DateTime<Utc> = "2017-09-12T10:00:00Z".parse().unwrap();
        let just_before = noon - chrono::TimeDelta::milliseconds(1);
        let bus = Day {
            runs: true,
            in_term: true,
            closed: None,
            subscribed: false,
            add_until: Some(noon),
            remove_until: None,
        };
        assert!(bus.serves_waiting(just_before) && !bus.serves_waiting(noon));
        assert!(!Day { runs: false, ..bus }.serves_waiting(just_before));
        assert!(!Day { add_until: None, ..bus }.serves_waiting(just_before), "TAP");
    }
}
