//! When guardians who wish for it are reminded of a week's deadline: at six in the evening of the
//! day before.

use chrono::{DateTime, Days, NaiveTime, Utc};

use crate::calendar::{paris_to_utc, utc_to_paris};
use crate::settings::Settings;
use crate::week::Week;

/// Six in the evening, Europe/Paris.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(18, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// How far ahead a week's deadline is looked for: Neuvecelle's lies in the week before, one of many
/// working days a little earlier.
const WEEKS_AHEAD: usize = 6;

/// The reminder of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub week: Week,
    /// From this instant on it is sent.
    pub due_at: DateTime<Utc>,
    /// From this instant on it is of no use.
    pub deadline: DateTime<Utc>,
}

impl Reminder {
    /// The reminder of a week; none where parents can't change anything in it, as in holidays.
    #[must_use]
    pub fn of(settings: &Settings, week: Week) -> Option<Self> {
        let deadline = settings.open_until(&settings.activities, week.school_days())?;
        let eve = utc_to_paris(deadline).date() - Days::new(1);
        Some(Self { week, due_at: paris_to_utc(eve.and_time(EVENING)), deadline })
    }

    /// The reminders to be sent at an instant, unless they have been.
    pub fn due(settings: &Settings, now: DateTime<Utc>) -> impl Iterator<Item = Self> {
        let this_week = Week::of(utc_to_paris(now).date());
        std::iter::successors(Some(this_week), |week| Some(week.next()))
            .take(WEEKS_AHEAD + 1)
            .filter_map(|week| Self::of(settings, week))
            .filter(move |reminder| reminder.due_at <= now && now < reminder.deadline)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::deadline::{DeadlineRule, Deadlines};
    use crate::testing::{date, neuvecelle};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn due_at(monday: &str) -> Option<DateTime<Utc>> {
        let week = Week::starting(date(monday)).unwrap();
        Reminder::of(&neuvecelle(), week).map(|reminder| reminder.due_at)
    }

    #[test]
    fn on_monday_evening_in_paris() {
        for (monday, instant) in [
            ("2017-09-18", "2017-09-11T16:00:00Z"),
            // The clocks change on the Sunday before the week; on the one before its deadline.
            ("2017-11-13", "2017-11-06T17:00:00Z"),
            ("2018-03-26", "2018-03-19T17:00:00Z"),
            ("2018-04-02", "2018-03-26T16:00:00Z"),
            // New Year's Day.
            ("2018-01-08", "2018-01-01T17:00:00Z"),
        ] {
            assert_eq!(due_at(monday), Some(utc(instant)), "{monday}");
        }
    }

    #[test]
    fn the_clocks_may_change_between_reminder_and_deadline() {
        let mut settings = neuvecelle();
        let weekday = chrono::Weekday::Sun;
        let rule = DeadlineRule::WeekBefore { weekday, at: EVENING };
        for service in &mut settings.services[..2] {
            service.deadlines = Some(Deadlines { add: rule, remove: rule });
        }
        let of = |monday: &str| {
            let reminder = Reminder::of(&settings, Week::starting(date(monday)).unwrap()).unwrap();
            (reminder.due_at, reminder.deadline - reminder.due_at)
        };
        // 25 March 2018 has 23 hours.
        assert_eq!(of("2018-03-26"), (utc("2018-03-24T17:00:00Z"), TimeDelta::hours(23)));
        assert_eq!(of("2018-04-02"), (utc("2018-03-31T16:00:00Z"), TimeDelta::hours(24)));
        // 29 October 2017 would have 25, in the holidays; a commune that works through them:
        settings.calendar =
            crate::calendar::Calendar::new(settings.calendar.terms().to_vec(), Vec::new());
        let reminder = Reminder::of(&settings, Week::starting(date("2017-10-30")).unwrap());
        let reminder = reminder.unwrap();
        assert_eq!(reminder.due_at, utc("2017-10-28T16:00:00Z"));
        assert_eq!(reminder.deadline - reminder.due_at, TimeDelta::hours(25));
    }

    #[test]
    fn a_week_without_school_has_none() {
        for monday in ["2017-10-23", "2017-12-25", "2018-01-01", "2018-07-09"] {
            assert_eq!(due_at(monday), None, "{monday}");
        }
    }

    #[test]
    fn it_is_due_from_the_evening_to_the_deadline() {
        let settings = neuvecelle();
        let due = |now: &str| -> Vec<_> {
            Reminder::due(&settings, utc(now)).map(|due| due.week.to_string()).collect()
        };
        assert!(due("2017-09-11T15:59:59.999999Z").is_empty());
        assert_eq!(due("2017-09-11T16:00:00Z"), ["2017-09-18"]);
        assert_eq!(due("2017-09-12T09:59:59.999999Z"), ["2017-09-18"]);
        assert!(due("2017-09-12T10:00:00Z").is_empty());
        // The week after holidays of two weeks; nothing within them.
        assert_eq!(due("2018-01-01T17:00:00Z"), ["2018-01-08"]);
        assert!(due("2017-12-18T18:00:00Z").is_empty());
        assert!(due("2018-07-30T18:00:00Z").is_empty(), "summer");
    }

    #[test]
    fn where_nothing_can_be_changed_nobody_is_reminded() {
        let mut settings = neuvecelle();
        settings.services.iter_mut().for_each(|service| service.deadlines = None);
        let week = Week::starting(date("2017-09-18")).unwrap();
        assert_eq!(Reminder::of(&settings, week), None);
    }
}
