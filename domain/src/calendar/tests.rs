use chrono::Days;
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn term(number: u8, first: &str, last: &str) -> Term {
    Term {
        id: TermId(uuid::Uuid::nil()),
        year: SchoolYear(2017),
        number,
        first_day: date(first),
        last_day: date(last),
        subscribe_from: date(first) - Days::new(21),
        subscribe_until: date(first) - Days::new(7),
    }
}

/// Neuvecelle's three terms of 2017-2018.
fn neuvecelle() -> Calendar {
    Calendar::new(
        vec![
            term(3, "2018-03-19", "2018-07-06"),
            term(1, "2017-09-04", "2017-12-01"),
            term(2, "2017-12-04", "2018-03-16"),
        ],
        closed_days(SchoolYear(2017), Zone::A),
    )
}

#[test]
fn easter_of_known_years() {
    for (year, day) in [
        (1961, "1961-04-02"),
        (2000, "2000-04-23"),
        (2008, "2008-03-23"),
        (2011, "2011-04-24"),
        (2018, "2018-04-01"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2038, "2038-04-25"),
        (2049, "2049-04-18"),
        (2076, "2076-04-19"),
    ] {
        assert_eq!(easter_sunday(year), date(day));
    }
}

#[test]
fn the_moving_holidays_of_2018() {
    for (day, name) in [
        ("2018-04-02", "Lundi de Pâques"),
        ("2018-05-10", "Ascension"),
        ("2018-05-21", "Lundi de Pentecôte"),
        ("2017-11-11", "Armistice de 1918"),
    ] {
        assert_eq!(public_holiday(date(day)), Some(name));
    }
    assert_eq!(public_holiday(date("2018-04-03")), None);
    assert_eq!(public_holidays(2018).len(), 11);
}

#[test]
fn the_school_year_turns_on_1_september() {
    assert_eq!(SchoolYear::of(date("2018-08-31")), SchoolYear(2017));
    assert_eq!(SchoolYear::of(date("2018-09-01")), SchoolYear(2018));
    assert_eq!(SchoolYear::of(date("2018-01-01")), SchoolYear(2017));
    assert_eq!(SchoolYear(2017).to_string(), "2017-2018");
}

#[test]
fn zones_differ_in_winter() {
    let winter = |zone| {
        school_holidays(SchoolYear(2017), zone).into_iter().find(|h| h.name.contains("hiver"))
    };
    assert_eq!(winter(Zone::A).unwrap().first_day, date("2018-02-10"));
    assert_eq!(winter(Zone::B).unwrap().first_day, date("2018-02-24"));
    assert_eq!(winter(Zone::C).unwrap().first_day, date("2018-02-17"));
}

#[test]
fn each_known_year_has_its_holidays_in_each_zone() {
    for year in [2017, 2024, 2025, 2026, 2027] {
        for zone in [Zone::A, Zone::B, Zone::C] {
            let holidays = school_holidays(SchoolYear(year), zone);
            assert!(holidays.len() >= 5, "{year} {zone:?}");
            assert!(holidays.is_sorted_by(|a, b| a.last_day < b.first_day), "{year} {zone:?}");
        }
    }
    assert!(school_holidays(SchoolYear(1999), Zone::A).is_empty());
    let last = last_known_year().unwrap();
    assert!(last >= SchoolYear(2027));
    assert!(!school_holidays(last, Zone::A).is_empty());
    assert!(school_holidays(SchoolYear(last.0 + 1), Zone::A).is_empty());
}

#[test]
fn closed_days_are_named() {
    let calendar = neuvecelle();
    let closed = |day| calendar.closed_on(date(day)).map(|c| (c.reason, c.label.as_str()));
    assert_eq!(closed("2018-04-02"), Some((ClosedReason::PublicHoliday, "Lundi de Pâques")));
    assert_eq!(
        closed("2017-10-23"),
        Some((ClosedReason::SchoolHoliday, "Vacances de la Toussaint"))
    );
    assert_eq!(closed("2017-12-25"), Some((ClosedReason::SchoolHoliday, "Vacances de Noël")));
    assert_eq!(closed("2018-01-08"), None);
}

#[test]
fn school_days_lie_in_terms_and_outside_holidays() {
    let calendar = neuvecelle();
    for (day, on) in [
        ("2017-09-03", false), // Sunday before
        ("2017-09-04", true),
        ("2017-09-09", false), // Saturday
        ("2017-10-20", true),
        ("2017-10-23", false),
        ("2017-11-06", true),
        ("2017-12-01", true), // last day of term 1
        ("2017-12-04", true), // first day of term 2
        ("2018-07-06", true),
        ("2018-07-09", false),
    ] {
        assert_eq!(calendar.is_school_day(date(day)), on, "{day}");
    }
    let first = &calendar.terms()[0];
    assert_eq!(first.number, 1);
    // 13 weeks of five days less ten days of Toussaint; 11 November is a Saturday.
    assert_eq!(calendar.school_days(first).count(), 13 * 5 - 10);
}

#[test]
fn an_empty_term_has_no_days() {
    let calendar = neuvecelle();
    let holidays = term(1, "2017-10-23", "2017-11-03");
    assert_eq!(calendar.school_days(&holidays).count(), 0);
    let reversed = term(1, "2017-11-10", "2017-11-06");
    assert_eq!(calendar.school_days(&reversed).count(), 0);
}

#[test]
fn local_time_around_both_clock_changes() {
    let local = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    let utc = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    // Repeated hour: first passage.
    assert_eq!(paris_to_utc(local("2017-10-29T02:30:00")), utc("2017-10-29T00:30:00Z"));
    assert_eq!(paris_to_utc(local("2017-10-29T03:00:00")), utc("2017-10-29T02:00:00Z"));
    // Skipped hour: as if the clocks had not moved.
    assert_eq!(paris_to_utc(local("2018-03-25T02:30:00")), utc("2018-03-25T01:30:00Z"));
    assert_eq!(paris_to_utc(local("2018-03-25T03:00:00")), utc("2018-03-25T01:00:00Z"));
    assert_eq!(utc_to_paris(utc("2018-03-25T01:00:00Z")), local("2018-03-25T03:00:00"));
}

proptest! {
    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april(year in 1900..2500) {
        let easter = easter_sunday(year);
        prop_assert_eq!(easter.weekday(), chrono::Weekday::Sun);
        prop_assert!(NaiveDate::from_ymd_opt(year, 3, 22).unwrap() <= easter);
        prop_assert!(easter <= NaiveDate::from_ymd_opt(year, 4, 25).unwrap());
    }

    #[test]
    fn a_school_day_is_never_closed(offset in 0..400u64) {
        let calendar = neuvecelle();
        let day = date("2017-08-15") + Days::new(offset);
        if calendar.is_school_day(day) {
            prop_assert!(calendar.closed_on(day).is_none());
            prop_assert!(public_holiday(day).is_none());
            prop_assert!(day.weekday().num_days_from_monday() < 5);
            prop_assert_eq!(SchoolYear::of(day), SchoolYear(2017));
        }
    }
}
