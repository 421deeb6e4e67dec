//! When guardians who wish for it are reminded of a week's deadline: at six in the evening before
//! the first one, as one e-mail serves families of every service.

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
    /// The week's last deadline: from this instant on it is of no use to anybody.
    pub deadline: DateTime<Utc>,
}

impl Reminder {
    /// The reminder of a week; none where parents can't change anything in it, as in holidays.
    #[must_use]
    pub fn of(settings: &Settings, week: Week) -> Option<Self> {
        let deadlines = || settings.deadlines(&settings.activities, week.school_days());
        let (first, deadline) = (deadlines().min()?, deadlines().max()?);
        let eve = utc_to_paris(first).date() - Days::new(1);
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

    /// The week of 18 September 2017, by the bus's rules and the canteen's.
    fn by_rules(bus: Deadlines, canteen: Deadlines) -> (DateTime<Utc>, DateTime<Utc>) {
        let mut settings = neuvecelle();
        settings.services[0].deadlines = Some(canteen);
        settings.services[1].deadlines = Some(bus);
        let week = Week::starting(date("2017-09-18")).unwrap();
        let reminder = Reminder::of(&settings, week).unwrap();
        (reminder.due_at, reminder.deadline)
    }

    #[test]
    fn the_first_of_the_deadlines_sets_the_evening() {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        let tuesday = DeadlineRule::WeekBefore { weekday: chrono::Weekday::Tue, at: noon };
        let daily = DeadlineRule::WorkingDaysBefore { days: 2, at: noon };
        let both = |rule| Deadlines { add: rule, remove: rule };
        // Monday's is Thursday the 14th, Friday's Wednesday the 20th.
        let from_wednesday = (utc("2017-09-13T16:00:00Z"), utc("2017-09-20T10:00:00Z"));
        assert_eq!(by_rules(both(daily), both(daily)), from_wednesday);
        // Services apart, in either order; adding and removing apart.
        let from_monday = (utc("2017-09-11T16:00:00Z"), utc("2017-09-20T10:00:00Z"));
        let (add_early, remove_early) =
            (Deadlines { add: tuesday, remove: daily }, Deadlines { add: daily, remove: tuesday });
        for (bus, canteen) in [
            (both(tuesday), both(daily)),
            (both(daily), both(tuesday)),
            (both(daily), add_early),
            (both(daily), remove_early),
        ] {
            assert_eq!(by_rules(bus, canteen), from_monday, "{bus:?} {canteen:?}");
        }
    }

    #[test]
    fn two_weeks_may_be_due_at_once() {
        let mut settings = neuvecelle();
        let rule = DeadlineRule::HoursBefore { hours: 24 };
        settings.services[0].deadlines = Some(Deadlines { add: rule, remove: rule });
        let due: Vec<_> = Reminder::due(&settings, utc("2017-09-18T16:00:00Z"))
            .map(|reminder| reminder.week.to_string())
            .collect();
        assert_eq!(due, ["2017-09-18", "2017-09-25"]);
    }

    #[test]
    fn where_nothing_can_be_changed_nobody_is_reminded() {
        let mut settings = neuvecelle();
        settings.services.iter_mut().for_each(|service| service.deadlines = None);
        let week = Week::starting(date("2017-09-18")).unwrap();
        assert_eq!(Reminder::of(&settings, week), None);
    }
}
