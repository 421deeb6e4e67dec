//! What a new subscription books.

use chrono::{DateTime, NaiveDate, Utc};

use crate::activity::{Activity, ActivitySlug, ServiceKind};
use crate::calendar::{Term, utc_to_paris};
use crate::settings::Settings;
use crate::subscription::Subscription;
use crate::type_week::dates_in_term;

/// The days that a subscription books when it is confirmed at that instant, activity by activity
/// (product rule, “Type week”: every running day of the term): of canteen and bus those that parents
/// can still add, of TAP all that are still to come.
#[must_use]
pub fn days_to_book(
    settings: &Settings,
    subscription: &Subscription,
    term: &Term,
    now: DateTime<Utc>,
) -> Vec<(ActivitySlug, NaiveDate)> {
    let today = utc_to_paris(now).date();
    let weekly = subscription.choice.weekly(&settings.activities);
    let mut days = Vec::new();
    for (slug, weekdays) in weekly.iter() {
        let Some(activity) = settings.activity(slug) else { continue };
        let is_open = |date: &NaiveDate| match activity.service {
            ServiceKind::Tap => *date > today,
            ServiceKind::Canteen | ServiceKind::Bus => {
                let day = settings.day(activity, *date, true);
                day.add_until.is_some_and(|until| now < until)
            }
        };
        let dates = dates_in_term(settings, activity, weekdays, term).filter(is_open);
        days.extend(dates.map(|date| (slug.clone(), date)));
    }
    days
}

/// The days that are booked when the guichet opens an activity to a child from a day on: those of TAP,
/// which holds for the term; canteen and bus are taken now and then.
#[must_use]
pub fn added_days(
    settings: &Settings,
    activity: &Activity,
    term: &Term,
    from: NaiveDate,
) -> Vec<NaiveDate> {
    match activity.service {
        ServiceKind::Canteen | ServiceKind::Bus => Vec::new(),
        ServiceKind::Tap => dates_in_term(settings, activity, activity.weekdays, term)
            .filter(|date| *date >= from)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};
    use uuid::Uuid;

    use super::*;
    use crate::activity::Weekdays;
    use crate::ids::ChildId;
    use crate::subscription::{Choice, Rhythm};
    use crate::testing::neuvecelle;

    fn slug(text: &str) -> ActivitySlug {
        ActivitySlug::parse(text).unwrap()
    }

    fn booked(choice: Choice, now: &str) -> Vec<String> {
        let settings = neuvecelle();
        let term = settings.calendar.terms()[0].clone();
        let held = Subscription::new(ChildId(Uuid::nil()), term.id, choice);
        let days = days_to_book(&settings, &held, &term, now.parse().unwrap());
        days.into_iter().map(|(slug, date)| format!("{slug} {date}")).collect()
    }

    fn mondays() -> Choice {
        let days = [(slug("cantine"), Weekdays::of(&[Weekday::Mon]))];
        Choice::Canteen { rhythm: Rhythm::Regular, type_week: days.into_iter().collect() }
    }

    #[test]
    fn before_the_term_every_running_day_is_booked() {
        let all = booked(mondays(), "2017-08-20T08:00:00Z");
        assert_eq!(all.first().map(String::as_str), Some("cantine 2017-09-04"));
        // Thirteen Mondays, two of them in the autumn holidays.
        assert_eq!(all.len(), 11);
        let Choice::Canteen { type_week, .. } = mondays() else { return };
        let occasional = Choice::Canteen { rhythm: Rhythm::Occasional, type_week };
        assert!(booked(occasional, "2017-08-20T08:00:00Z").is_empty());
    }

    #[test]
    fn within_the_term_what_is_locked_stays_as_it_is() {
        let before = booked(mondays(), "2017-09-12T09:59:59Z");
        assert_eq!(before[0], "cantine 2017-09-18");
        assert_eq!(booked(mondays(), "2017-09-12T10:00:00Z")[0], "cantine 2017-09-25");
    }

    #[test]
    fn of_tap_all_that_is_to_come() {
        let choice = || Choice::Tap { activities: vec![slug("tap-echecs")] };
        // A Tuesday, on which it runs.
        assert_eq!(booked(choice(), "2017-09-19T08:00:00Z")[0], "tap-echecs 2017-09-26");
    }

    #[test]
    fn what_the_guichet_adds_books_tap_from_its_day_on() {
        let settings = neuvecelle();
        let term = &settings.calendar.terms()[0];
        let added = |name: &str, from: &str| {
            let activity = settings.activity(&slug(name)).unwrap();
            added_days(&settings, activity, term, from.parse().unwrap())
        };
        for (from, first) in [("2017-09-19", "2017-09-19"), ("2017-09-20", "2017-09-26")] {
            assert_eq!(added("tap-echecs", from)[0].to_string(), first);
        }
        let days = added("tap-echecs", "2017-01-01");
        assert!(days.iter().all(|day| term.contains(*day) && day.weekday() == Weekday::Tue));
        assert!(added("tap-echecs", "2018-01-09").is_empty(), "the next term has its own");
        assert!(added("cantine", "2017-09-19").is_empty());
    }
}
