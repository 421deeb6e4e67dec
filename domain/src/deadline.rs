//! Until when parents may change a day (manual, 3.2).

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::{paris_to_utc, public_holiday};
use crate::week::Week;

/// How the last instant for a change follows from a session's day. Times are Europe/Paris.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeadlineRule {
    /// A weekday and time of the week before the session's week. Neuvecelle: Tuesday 12:00.
    WeekBefore {
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "Tue"))]
        weekday: Weekday,
        at: NaiveTime,
    },
    /// A time on the n-th working day before: Monday to Friday, public holidays excepted.
    WorkingDaysBefore { days: u8, at: NaiveTime },
    /// Hours before the session starts.
    HoursBefore { hours: u16 },
}

/// A service's two deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadlines {
    pub add: DeadlineRule,
    pub remove: DeadlineRule,
}

impl DeadlineRule {
    /// The instant from which the session is closed to changes: open while `now` is before it.
    #[must_use]
    pub fn closes_at(self, date: NaiveDate, starts_at: NaiveTime) -> DateTime<Utc> {
        match self {
            Self::WeekBefore { weekday, at } => {
                paris_to_utc(Week::of(date).previous().day(weekday).and_time(at))
            }
            Self::WorkingDaysBefore { days, at } => {
                let mut day = date;
                let mut left = days;
                while left > 0 {
                    day = day - Days::new(1);
                    if is_working_day(day) {
                        left -= 1;
                    }
                }
                paris_to_utc(day.and_time(at))
            }
            Self::HoursBefore { hours } => {
                paris_to_utc(date.and_time(starts_at)) - TimeDelta::hours(hours.into())
            }
        }
    }
}

/// Monday to Friday, public holidays excepted (*jour ouvré*).
#[must_use]
pub fn is_working_day(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() < 5 && public_holiday(date).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    const START: NaiveTime = NaiveTime::from_hms_opt(8, 30, 0).unwrap();
    const NEUVECELLE: DeadlineRule = DeadlineRule::WeekBefore { weekday: Weekday::Tue, at: NOON };

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn tuesday_noon_of_the_week_before() {
        for (monday, instant) in [
            ("2017-09-18", "2017-09-12T10:00:00Z"),
            ("2017-11-06", "2017-10-31T11:00:00Z"),
            ("2018-01-08", "2018-01-02T11:00:00Z"),
            ("2018-04-02", "2018-03-27T10:00:00Z"),
        ] {
            for day in Week::starting(date(monday)).unwrap().school_days() {
                assert_eq!(NEUVECELLE.closes_at(day, START), utc(instant), "{day}");
            }
        }
    }

    #[test]
    fn the_clocks_change_on_the_sunday_between() {
        // 29 October 2017: the week of the 30th closes in summer time, the next in winter time.
        assert_eq!(NEUVECELLE.closes_at(date("2017-10-30"), START), utc("2017-10-24T10:00:00Z"));
        // 25 March 2018: the week of the 26th closes in winter time, the next in summer time.
        assert_eq!(NEUVECELLE.closes_at(date("2018-03-26"), START), utc("2018-03-20T11:00:00Z"));
    }

    #[test]
    fn working_days_skip_week_ends_and_public_holidays() {
        let rule = DeadlineRule::WorkingDaysBefore { days: 2, at: NOON };
        // Monday 13 November 2017: Friday 10 is the first, Thursday 9 the second.
        assert_eq!(rule.closes_at(date("2017-11-13"), START), utc("2017-11-09T11:00:00Z"));
        // Wednesday 3 January 2018: Tuesday 2, then Friday 29 December (Monday is New Year).
        assert_eq!(rule.closes_at(date("2018-01-03"), START), utc("2017-12-29T11:00:00Z"));
        let same_day = DeadlineRule::WorkingDaysBefore { days: 0, at: START };
        assert_eq!(same_day.closes_at(date("2018-01-03"), NOON), utc("2018-01-03T07:30:00Z"));
    }

    #[test]
    fn hours_count_from_the_start_in_real_hours() {
        let rule = DeadlineRule::HoursBefore { hours: 48 };
        // Monday 30 October 2017, 8:30 in winter time; 48 hours before lies in summer time.
        assert_eq!(rule.closes_at(date("2017-10-30"), START), utc("2017-10-28T07:30:00Z"));
    }

    #[test]
    fn on_wednesday_hours_count_from_the_earlier_start() {
        use crate::activity::ServiceKind;
        let mut last_trip = crate::testing::activity(
            "bus-fin-ecole",
            ServiceKind::Bus,
            &[Weekday::Tue, Weekday::Wed],
        );
        last_trip.starts_at = NaiveTime::from_hms_opt(16, 30, 0).unwrap();
        last_trip.wednesday_starts_at = NaiveTime::from_hms_opt(11, 30, 0);
        let rule = DeadlineRule::HoursBefore { hours: 2 };
        let closes = |day| rule.closes_at(date(day), last_trip.starts_at(date(day)));
        assert_eq!(closes("2017-09-19"), utc("2017-09-19T12:30:00Z"));
        assert_eq!(closes("2017-09-20"), utc("2017-09-20T07:30:00Z"), "Wednesday");
    }

    #[test]
    fn a_rule_reads_back_from_its_json() {
        let json = serde_json::to_string(&NEUVECELLE).unwrap();
        assert_eq!(json, r#"{"kind":"week_before","weekday":"Tue","at":"12:00:00"}"#);
        assert_eq!(serde_json::from_str::<DeadlineRule>(&json).unwrap(), NEUVECELLE);
    }

    proptest! {
        #[test]
        fn all_days_of_a_week_close_together_and_before_it(offset in 0..4_000u64) {
            let day = date("2016-01-01") + Days::new(offset);
            let week = Week::of(day);
            let closes = NEUVECELLE.closes_at(day, START);
            prop_assert_eq!(closes, NEUVECELLE.closes_at(week.monday(), START));
            prop_assert!(closes < paris_to_utc(week.monday().and_time(NaiveTime::MIN)));
            prop_assert!(closes < NEUVECELLE.closes_at(week.next().monday(), START));
        }
    }
}
