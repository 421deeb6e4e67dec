//! When a family is reminded of an invoice: shortly before the last day to pay, and a week after it.

use std::ops::RangeInclusive;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::utc_to_paris;

/// Days from the first reminder to the last day to pay.
const BEFORE: u64 = 3;
/// Days from the last day to pay to the second reminder.
const AFTER: u64 = 7;
/// A server that was down sends the second until so many days after the last day to pay: by then the
/// public accountant is on the case.
const GIVEN_UP: u64 = 30;
/// Nobody's telephone rings before, Europe/Paris.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// A reminder of an invoice of which something is due. Each is sent once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentReminder {
    Before,
    After,
}

impl PaymentReminder {
    /// In the order in which they come.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// Its word in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// Reads [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reminder| reminder.as_str() == text)
    }

    /// The day whose reminders are sent at an instant; none in the small hours.
    #[must_use]
    pub fn day(now: DateTime<Utc>) -> Option<NaiveDate> {
        let local = utc_to_paris(now);
        (local.time() >= MORNING).then_some(local.date())
    }

    /// Which reminder is due today of an invoice that is to be paid until `due_on`, unless it was
    /// sent on one of the days before.
    #[must_use]
    pub fn of(due_on: NaiveDate, today: NaiveDate) -> Option<Self> {
        Self::ALL.into_iter().find(|reminder| reminder.due_dates(today).contains(&due_on))
    }

    /// The last days to pay of the invoices of which this one is due today, unless it was sent.
    #[must_use]
    pub fn due_dates(self, today: NaiveDate) -> RangeInclusive<NaiveDate> {
        match self {
            Self::Before => today..=today + Days::new(BEFORE),
            Self::After => today - Days::new(GIVEN_UP)..=today - Days::new(AFTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PaymentReminder::{After, Before};
    use super::*;
    use crate::testing::date;

    #[test]
    fn three_days_before_and_the_seventh_after() {
        for (due_on, today, reminder) in [
            ("2017-11-10", "2017-11-06", None),
            ("2017-11-10", "2017-11-07", Some(Before)),
            // Until the last day itself, had the server been down.
            ("2017-11-10", "2017-11-10", Some(Before)),
            ("2017-11-10", "2017-11-11", None),
            ("2017-11-10", "2017-11-16", None),
            ("2017-11-10", "2017-11-17", Some(After)),
            ("2017-11-10", "2017-12-10", Some(After)),
            ("2017-11-10", "2017-12-11", None),
            // On a Saturday and a Sunday as well.
            ("2017-11-14", "2017-11-11", Some(Before)),
            ("2017-11-12", "2017-11-19", Some(After)),
            // From one year into the next.
            ("2018-01-02", "2017-12-29", None),
            ("2018-01-02", "2017-12-30", Some(Before)),
            ("2017-12-27", "2018-01-02", None),
            ("2017-12-27", "2018-01-03", Some(After)),
            // Across 29 February.
            ("2024-03-01", "2024-02-27", Some(Before)),
            ("2024-02-23", "2024-03-01", Some(After)),
        ] {
            assert_eq!(
                PaymentReminder::of(date(due_on), date(today)),
                reminder,
                "{due_on} {today}"
            );
        }
    }

    #[test]
    fn no_invoice_has_two_on_a_day() {
        for offset in 0..400 {
            let (due_on, today) = (date("2017-06-01"), date("2017-05-01") + Days::new(offset));
            let due = PaymentReminder::ALL.map(|one| one.due_dates(today).contains(&due_on));
            assert_ne!(due, [true, true]);
        }
    }

    #[test]
    fn the_day_begins_at_eight_in_paris() {
        for (now, day) in [
            ("2017-11-07T06:59:59.999999Z", None),
            ("2017-11-07T07:00:00Z", Some("2017-11-07")),
            ("2017-11-07T22:59:59Z", Some("2017-11-07")),
            ("2017-11-07T23:00:00Z", None),
            // Summer.
            ("2017-07-07T06:00:00Z", Some("2017-07-07")),
        ] {
            assert_eq!(PaymentReminder::day(now.parse().unwrap()), day.map(date), "{now}");
        }
    }
}
