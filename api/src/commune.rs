//! A commune's settings as the manual has them, for a new commune to start from.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use domain::activity::{Activity, ActivitySlug, InvalidSlug, Service, ServiceKind, Weekdays};
use domain::calendar::{Calendar, SchoolYear, Term, Zone, closed_days, school_holidays};
use domain::deadline::{DeadlineRule, Deadlines};
use domain::ids::TermId;
use domain::settings::Settings;
use domain::week::Week;
use uuid::Uuid;

/// No settings can be made.
#[derive(Debug, thiserror::Error)]
pub enum CommuneError {
    #[error(
        "the school holidays of {0} are not known to this version; it knows 2017-2018 and \
         2024-2025 to 2027-2028"
    )]
    UnknownYear(SchoolYear),
    #[error(transparent)]
    Slug(#[from] InvalidSlug),
}

const NO_WEDNESDAY: [Weekday; 4] = [Weekday::Mon, Weekday::Tue, Weekday::Thu, Weekday::Fri];

fn time((hour, minute): (u32, u32)) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
}

/// An activity with its first seats.
pub struct NewActivity<'a> {
    pub slug: &'a str,
    pub service: ServiceKind,
    pub name: &'a str,
    pub hint: &'a str,
    pub weekdays: &'a [Weekday],
    pub starts_at: (u32, u32),
    pub wednesday_starts_at: Option<(u32, u32)>,
    pub minutes: u32,
    pub capacity: u32,
}

impl NewActivity<'_> {
    /// The activity, at that place on the screen.
    pub fn at(&self, position: i32) -> Result<Activity, CommuneError> {
        Ok(Activity {
            slug: ActivitySlug::parse(self.slug)?,
            service: self.service,
            name: self.name.to_owned(),
            hint: self.hint.to_owned(),
            weekdays: Weekdays::of(self.weekdays),
            starts_at: time(self.starts_at),
            wednesday_starts_at: self.wednesday_starts_at.map(time),
            minutes: self.minutes,
            capacity: self.capacity,
            position,
        })
    }
}

/// Canteen and the four bus trips (manual, 3.1 and 3.5: 64 seats on 8h30 and fin d'école; on
/// Wednesday school ends at 11:30, and that trip is the fin d'école).
const ACTIVITIES: [NewActivity<'_>; 5] = [
    NewActivity {
        slug: "cantine",
        service: ServiceKind::Canteen,
        name: "Cantine",
        hint: "repas",
        weekdays: &NO_WEDNESDAY,
        starts_at: (11, 30),
        wednesday_starts_at: None,
        minutes: 120,
        capacity: 240,
    },
    NewActivity {
        slug: "bus-0830",
        service: ServiceKind::Bus,
        name: "Bus 8h30",
        hint: "matin",
        weekdays: &Weekdays::SCHOOL_WEEK,
        starts_at: (8, 30),
        wednesday_starts_at: None,
        minutes: 30,
        capacity: 64,
    },
    NewActivity {
        slug: "bus-1130",
        service: ServiceKind::Bus,
        name: "Bus 11h30",
        hint: "midi",
        weekdays: &NO_WEDNESDAY,
        starts_at: (11, 30),
        wednesday_starts_at: None,
        minutes: 30,
        capacity: 64,
    },
    NewActivity {
        slug: "bus-1330",
        service: ServiceKind::Bus,
        name: "Bus 13h30",
        hint: "retour",
        weekdays: &NO_WEDNESDAY,
        starts_at: (13, 30),
        wednesday_starts_at: None,
        minutes: 30,
        capacity: 64,
    },
    NewActivity {
        slug: "bus-fin-ecole",
        service: ServiceKind::Bus,
        name: "Bus fin école",
        hint: "mer. 11h30",
        weekdays: &Weekdays::SCHOOL_WEEK,
        starts_at: (16, 30),
        wednesday_starts_at: Some((11, 30)),
        minutes: 30,
        capacity: 64,
    },
];

/// The manual's services and activities in a school year with its real holidays.
pub fn manual_settings(
    commune: &str,
    year: SchoolYear,
    zone: Zone,
) -> Result<Settings, CommuneError> {
    let tuesday = DeadlineRule::WeekBefore { weekday: Weekday::Tue, at: time((12, 0)) };
    let deadlines = Some(Deadlines { add: tuesday, remove: tuesday });
    let activities = ACTIVITIES
        .iter()
        .zip(1..)
        .map(|(activity, position)| activity.at(position * 10))
        .collect::<Result<_, _>>()?;
    Ok(Settings {
        commune: commune.to_owned(),
        services: vec![
            Service { kind: ServiceKind::Canteen, deadlines },
            Service { kind: ServiceKind::Bus, deadlines },
            Service { kind: ServiceKind::Tap, deadlines: None },
        ],
        activities,
        calendar: Calendar::new(terms(year, zone)?, closed_days(year, zone)),
    })
}

/// Three terms: from the first school day to the week of 1 December, to the week of 16 March, to
/// the last school day before the summer. In 2017-2018 these are the manual's.
fn terms(year: SchoolYear, zone: Zone) -> Result<Vec<Term>, CommuneError> {
    let holidays = school_holidays(year, zone);
    let summer = holidays.last().ok_or(CommuneError::UnknownYear(year))?.first_day;
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let friday = |date: NaiveDate| Week::of(date).day(Weekday::Fri);
    let monday_after = |date: NaiveDate| Week::of(date).next().monday();
    let start = first_school_day(year);
    let first_end = friday(day(year.0, 12, 1));
    let second_end = friday(day(year.0 + 1, 3, 16));
    let last = (1..=7)
        .map(|back| summer - Days::new(back))
        .find(|date| date.weekday().num_days_from_monday() < 5)
        .unwrap_or(summer);
    let bounds = [
        (start, first_end),
        (monday_after(first_end), second_end),
        (monday_after(second_end), last),
    ];
    Ok(bounds
        .into_iter()
        .zip(1..)
        .map(|((first_day, last_day), number)| Term {
            id: TermId(Uuid::now_v7()),
            year,
            number,
            first_day,
            last_day,
            subscribe_from: first_day - Days::new(28),
            subscribe_until: first_day - Days::new(7),
        })
        .collect())
}

/// 1 September, or the Monday after when that week has but a Friday left, or nothing.
fn first_school_day(year: SchoolYear) -> NaiveDate {
    let first = year.first_day();
    match first.weekday() {
        Weekday::Fri | Weekday::Sat | Weekday::Sun => Week::of(first).next().monday(),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(year: i32) -> Vec<(String, String)> {
        terms(SchoolYear(year), Zone::A)
            .unwrap()
            .iter()
            .map(|term| (term.first_day.to_string(), term.last_day.to_string()))
            .collect()
    }

    #[test]
    fn the_terms_of_the_manual() {
        let expected = [
            ("2017-09-04", "2017-12-01"),
            ("2017-12-04", "2018-03-16"),
            ("2018-03-19", "2018-07-06"),
        ];
        let expected = expected.map(|(first, last)| (first.to_owned(), last.to_owned()));
        assert_eq!(dates(2017), expected);
    }

    #[test]
    fn terms_follow_each_other_in_every_known_year() {
        for year in [2024, 2025, 2026, 2027] {
            let terms = terms(SchoolYear(year), Zone::A).unwrap();
            assert!(terms.is_sorted_by(|a, b| a.last_day < b.first_day), "{year}");
            assert_eq!(SchoolYear::of(terms[0].first_day), SchoolYear(year));
            assert_eq!(SchoolYear::of(terms[2].last_day), SchoolYear(year));
        }
        assert_eq!(dates(2026)[0].0, "2026-09-01");
    }

    #[test]
    fn an_unknown_year_is_told() {
        assert!(matches!(
            manual_settings("X", SchoolYear(1999), Zone::A),
            Err(CommuneError::UnknownYear(SchoolYear(1999)))
        ));
    }
}
