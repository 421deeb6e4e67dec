//! The type week (*semaine-type*, manual 3.4): the (activity, weekday) pairs that a regular child
//! takes each week.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::activity::{Activity, ActivitySlug, Weekdays};
use crate::settings::Settings;
use crate::week::Week;

/// A set of (activity, weekday) pairs; in JSON `{"bus-0830": ["Mon", "Thu"]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, Weekdays>))]
#[serde(from = "BTreeMap<ActivitySlug, Weekdays>")]
pub struct TypeWeek(BTreeMap<ActivitySlug, Weekdays>);

impl From<BTreeMap<ActivitySlug, Weekdays>> for TypeWeek {
    fn from(days: BTreeMap<ActivitySlug, Weekdays>) -> Self {
        days.into_iter().collect()
    }
}

impl TypeWeek {
    /// The days of an activity.
    #[must_use]
    pub fn days(&self, activity: &ActivitySlug) -> Weekdays {
        self.0.get(activity).copied().unwrap_or_default()
    }

    /// Whether it has an activity on a weekday.
    #[must_use]
    pub fn contains(&self, activity: &ActivitySlug, weekday: Weekday) -> bool {
        self.days(activity).contains(weekday)
    }

    /// Sets the days of an activity.
    pub fn set(&mut self, activity: ActivitySlug, days: Weekdays) {
        if days == Weekdays::default() {
            self.0.remove(&activity);
        } else {
            self.0.insert(activity, days);
        }
    }

    /// The activities with their days.
    pub fn iter(&self) -> impl Iterator<Item = (&ActivitySlug, Weekdays)> {
        self.0.iter().map(|(slug, days)| (slug, *days))
    }
}

impl FromIterator<(ActivitySlug, Weekdays)> for TypeWeek {
    fn from_iter<I: IntoIterator<Item = (ActivitySlug, Weekdays)>>(pairs: I) -> Self {
        let mut week = Self::default();
        for (activity, days) in pairs {
            week.set(activity, days);
        }
        week
    }
}

/// The type week's days for one activity after «mettre à jour ma semaine-type» in a shown week:
/// the weekdays booked there, and the old value of each weekday on which it did not run.
#[must_use]
pub fn updated_days(
    settings: &Settings,
    activity: &Activity,
    shown: Week,
    booked: &BTreeSet<NaiveDate>,
    old: Weekdays,
) -> Weekdays {
    let days: Vec<_> = shown
        .school_days()
        .filter(|date| {
            if settings.runs_on(activity, *date) {
                booked.contains(date)
            } else {
                old.contains(date.weekday())
            }
        })
        .map(|date| date.weekday())
        .collect();
    Weekdays::of(&days)
}

/// What applying a type week asks for, before seats are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Days to book, by date.
    pub add: Vec<NaiveDate>,
    /// Days to give back, by date.
    pub remove: Vec<NaiveDate>,
    /// Days that are and stay as the type week has them, by date.
    pub kept: Vec<NaiveDate>,
    /// Days that would change but are past their deadline, by date.
    pub locked: Vec<NaiveDate>,
    /// Days of the type week on which nothing runs, by date.
    pub closed: Vec<NaiveDate>,
}

/// Plans one activity's later weeks of the shown week's term: missing days are added, other days
/// removed, where they are still open at that instant. Closed days, earlier weeks and the shown
/// week itself stay as they are.
#[must_use]
pub fn plan(
    settings: &Settings,
    activity: &Activity,
    shown: Week,
    days: Weekdays,
    booked: &BTreeSet<NaiveDate>,
    now: DateTime<Utc>,
) -> Plan {
    let mut plan = Plan::default();
    let Some(term) = shown.school_days().find_map(|date| settings.calendar.term_of(date)) else {
        return plan;
    };
    let later = term.days().filter(|date| *date > shown.sunday());
    for date in later.filter(|date| activity.weekdays.contains(date.weekday())) {
        if !settings.calendar.is_school_day(date) {
            if days.contains(date.weekday()) {
                plan.closed.push(date);
            }
            continue;
        }
        let day = settings.day(activity, date, true);
        match (booked.contains(&date), days.contains(date.weekday())) {
            (false, true) if day.may_add(now).is_ok() => plan.add.push(date),
            (true, false) if day.may_remove(now).is_ok() => plan.remove.push(date),
            (false, true) | (true, false) => plan.locked.push(date),
            (true, true) => plan.kept.push(date),
            (false, false) => {}
        }
    }
    plan
}

/// Which days to add have a seat: the first wished for has the last one, as the server gives them.
/// `left` tells the seats of a day once the days to give back are free; the others are full.
pub fn seated<K: Clone + Eq + std::hash::Hash>(
    wished: impl IntoIterator<Item = K>,
    left: impl Fn(&K) -> u32,
) -> impl Iterator<Item = (K, bool)> {
    let mut given = std::collections::HashMap::<K, u32>::new();
    wished.into_iter().map(move |day| {
        let given = given.entry(day.clone()).or_default();
        let has = *given < left(&day);
        *given += u32::from(has);
        (day, has)
    })
}

/// The dates on which a type week books an activity in a term: every running day of it.
pub fn dates_in_term<'a>(
    settings: &'a Settings,
    activity: &'a Activity,
    days: Weekdays,
    term: &crate::calendar::Term,
) -> impl Iterator<Item = NaiveDate> + 'a {
    settings.calendar.school_days(term).filter(move |date| {
        days.contains(date.weekday()) && activity.weekdays.contains(date.weekday())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{bus_0830, date, neuvecelle};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn week(monday: &str) -> Week {
        Week::starting(date(monday)).unwrap()
    }

    const MON_WED: [Weekday; 2] = [Weekday::Mon, Weekday::Wed];

    #[test]
    fn a_holiday_in_the_shown_week_keeps_its_old_value() {
        // Monday 2 April 2018 is Easter Monday.
        let settings = neuvecelle();
        let booked = [date("2018-04-05")].into();
        let old = Weekdays::of(&MON_WED);
        let days = updated_days(&settings, &bus_0830(), week("2018-04-02"), &booked, old);
        assert_eq!(days, Weekdays::of(&[Weekday::Mon, Weekday::Thu]));
    }

    #[test]
    fn later_open_weeks_change_and_no_others() {
        let settings = neuvecelle();
        // Tuesday 12 September, noon: the week of the 18th has just closed.
        let now = utc("2017-09-12T10:00:00Z");
        let booked = [date("2017-09-18"), date("2017-09-19"), date("2017-09-26")].into();
        let days = Weekdays::of(&[Weekday::Mon]);
        let plan = plan(&settings, &bus_0830(), week("2017-09-11"), days, &booked, now);
        assert_eq!(plan.locked, [date("2017-09-19")]);
        assert_eq!(plan.remove, [date("2017-09-26")]);
        assert_eq!(plan.add.first(), Some(&date("2017-09-25")));
        assert_eq!(plan.add.last(), Some(&date("2017-11-27")), "the term ends on 1 December");
        assert_eq!(plan.closed, [date("2017-10-23"), date("2017-10-30")], "school holidays");
    }

    #[test]
    fn outside_the_terms_there_is_nothing_to_plan() {
        let now = utc("2018-07-10T10:00:00Z");
        let days = Weekdays::of(&MON_WED);
        let plan =
            plan(&neuvecelle(), &bus_0830(), week("2018-07-16"), days, &BTreeSet::new(), now);
        assert_eq!(plan, Plan::default());
    }

    #[test]
    fn two_children_share_what_is_left() {
        let wished = ["mon", "tue", "mon", "mon"];
        let left = |day: &&str| if *day == "mon" { 2 } else { 0 };
        let has: Vec<_> = seated(wished, left).map(|(_, has)| has).collect();
        assert_eq!(has, [true, false, true, false]);
    }

    proptest! {
        /// Applying a plan once leaves nothing to plan but the locked days.
        #[test]
        fn a_plan_is_idempotent(
            bits in 0..32u8,
            shown in 0..12u64,
            hour in 0..(100 * 24i64),
            booked in proptest::collection::btree_set(0..90u64, 0..40),
        ) {
            let settings = neuvecelle();
            let activity = bus_0830();
            let start = date("2017-09-04");
            let shown = Week::of(start + chrono::Days::new(7 * shown));
            let now = utc("2017-08-25T00:00:00Z") + chrono::TimeDelta::hours(hour);
            let days = Weekdays::from_bits(bits);
            let mut booked: BTreeSet<_> = booked.into_iter().map(|n| start + chrono::Days::new(n)).collect();
            let before = booked.clone();
            let first = plan(&settings, &activity, shown, days, &booked, now);
            booked.extend(&first.add);
            for date in &first.remove { prop_assert!(booked.remove(date)); }
            let again = plan(&settings, &activity, shown, days, &booked, now);
            prop_assert_eq!(&again.locked, &first.locked);
            prop_assert!(again.add.is_empty() && again.remove.is_empty());
            // Nothing up to the shown week has changed.
            for date in before.symmetric_difference(&booked) { prop_assert!(*date > shown.sunday()); }
        }
    }
}
