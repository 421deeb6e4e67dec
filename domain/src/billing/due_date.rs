//! Until when an invoice is to be paid.

use chrono::{Days, NaiveDate};

use super::Balance;
use crate::cents::Cents;
use crate::deadline::is_working_day;

/// «Le délai de paiement des factures est de 10 jours environ» (manual, 5.1).
pub const DAYS_TO_PAY: u64 = 10;

/// The last day to pay: ten days after issue, moved to the next working day.
#[must_use]
pub fn due_on(issued_on: NaiveDate) -> NaiveDate {
    let tenth = issued_on + Days::new(DAYS_TO_PAY);
    tenth.iter_days().find(|day| is_working_day(*day)).unwrap_or(tenth)
}

/// Whether something is still to be paid after the last day for it.
#[must_use]
pub fn is_late(due_on: NaiveDate, balance: Balance, today: NaiveDate) -> bool {
    balance.due() > Cents::ZERO && today > due_on
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::date;

    #[test]
    fn ten_days_and_on_to_a_working_day() {
        for (issued, due) in [
            ("2026-11-09", "2026-11-19"), // a Thursday
            ("2017-10-31", "2017-11-10"), // a Friday, the day before the Armistice
            ("2017-11-01", "2017-11-13"), // the Armistice, a Saturday; Monday
            ("2018-03-20", "2018-03-30"), // Good Friday is a working day
            ("2018-03-21", "2018-04-03"), // a Saturday, Easter, Easter Monday; Tuesday
            ("2017-12-22", "2018-01-02"), // New Year's Day
            ("2018-04-28", "2018-05-09"), // 8 May, a Tuesday
            ("2018-04-30", "2018-05-11"), // Ascension, a Thursday; Friday
        ] {
            assert_eq!(due_on(date(issued)), date(due), "{issued}");
        }
    }

    #[test]
    fn what_is_settled_is_never_late() {
        let due = date("2017-11-10");
        let late = |received, day| {
            let balance = Balance::of(Cents(100), Cents(received), Cents::ZERO).unwrap();
            is_late(due, balance, date(day))
        };
        assert!(!late(0, "2017-11-10") && late(0, "2017-11-11"));
        assert!(!late(100, "2017-11-11"));
    }

    proptest! {
        #[test]
        fn nobody_has_less_than_ten_days(offset in 0..20_000u64) {
            let issued = date("2000-01-01") + Days::new(offset);
            let due = due_on(issued);
            prop_assert!(is_working_day(due));
            // Four days at most: a week end with a holiday beside it, and another one.
            let days = (due - issued).num_days();
            prop_assert!((10..=14).contains(&days), "{days}");
        }
    }
}
