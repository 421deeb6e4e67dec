//! The demo commune: generated from a fixed seed and loaded through the code paths that a real
//! commune uses.

mod billing;
mod history;
mod logins;
mod names;
mod roster_files;
mod subscriptions;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use domain::activity::{ServiceKind, Weekdays};
use domain::calendar::{SchoolYear, Zone, last_known_year, paris_to_utc, utc_to_paris};
use domain::ids::AccountId;
use domain::problem::Language;
use domain::settings::Settings;
use domain::wire::Role;
use fastrand::Rng;
use uuid::Uuid;

use crate::clock::Clock;
use crate::commune::{CommuneError, NewActivity, manual_settings};
use crate::roster;
use crate::security::passwords::{self, HashError};
use crate::store::accounts::{self, Account};
use crate::store::{Db, StoreError, Undo, dialect, outbox, sessions, settings};

pub use billing::{demo_office, demo_tariffs};
pub use logins::{Login, logins};

/// Everyone's password in the demo.
pub const PASSWORD: &str = "preau-demo";
/// Its families; a larger one has more of everything, and starts with the same ones.
pub const FAMILIES: usize = 300;
/// The demo is the same each time.
const SEED: u64 = 2017;

/// The demo can't be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Commune(#[from] CommuneError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error("the demo's own roster is refused: {0}")]
    Roster(String),
    #[error("the demo's own papers are refused: {0}")]
    Billing(String),
}

/// The school year of a demo made today: today's, or the last one whose holidays are known.
#[must_use]
pub fn year_of(now: DateTime<Utc>) -> SchoolYear {
    let today = SchoolYear::of(utc_to_paris(now).date());
    last_known_year().map_or(today, |last| today.min(last))
}

/// The clock of a demo for which none was set; see [`demo_now`].
#[must_use]
pub fn clock(settings: &Settings) -> Clock {
    let system = Clock::system();
    match settings.calendar.terms().first() {
        Some(term) => Clock::running_from(demo_now(term.year, system.now())),
        None => system,
    }
}

/// The demo's now: the given one if it lies in the school year, else a Tuesday morning in
/// November, before the deadline.
#[must_use]
pub fn demo_now(year: SchoolYear, now: DateTime<Utc>) -> DateTime<Utc> {
    if SchoolYear::of(utc_to_paris(now).date()) == year {
        return now;
    }
    let tuesday = NaiveDate::from_isoywd_opt(year.0, 45, Weekday::Tue).unwrap_or_default();
    let morning = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    paris_to_utc(tuesday.and_time(morning))
}

/// Six TAP activities, one afternoon each.
const TAP: [(&str, &str, Weekday); 6] = [
    ("tap-theatre", "Théâtre", Weekday::Tue),
    ("tap-echecs", "Échecs", Weekday::Thu),
    ("tap-eveil-musical", "Éveil musical", Weekday::Mon),
    ("tap-jardinage", "Jardinage", Weekday::Fri),
    ("tap-judo", "Judo", Weekday::Tue),
    ("tap-arts-plastiques", "Arts plastiques", Weekday::Thu),
];

/// The demo commune's settings: the manual's, and six TAP activities of 18 seats.
pub fn demo_settings(year: SchoolYear) -> Result<Settings, CommuneError> {
    let mut settings = manual_settings("Neuvecelle", year, Zone::A)?;
    for ((slug, name, weekday), position) in TAP.into_iter().zip(100..) {
        settings.activities.push(
            NewActivity {
                slug,
                service: ServiceKind::Tap,
                name,
                hint: "TAP",
                weekdays: &[weekday],
                starts_at: (15, 45),
                wednesday_starts_at: None,
                minutes: 60,
                capacity: 18,
            }
            .at(position)?,
        );
    }
    debug_assert!(settings.activities.iter().all(|a| a.weekdays != Weekdays::default()));
    Ok(settings)
}

fn staff(hash: &str) -> [Account; 2] {
    let account = |email: &str, role, first: &str, last: &str| Account {
        id: AccountId(Uuid::now_v7()),
        email: email.to_owned(),
        role,
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        guardian: None,
        password_hash: Some(hash.to_owned()),
        language: Language::default(),
    };
    [
        account("guichet@example.org", Role::Coordinator, "Claire", "Morand"),
        account("cantine@example.org", Role::Attendant, "Hugo", "Perrin"),
    ]
}

/// How much larger than the demo a commune is.
#[derive(Clone, Copy, Debug)]
struct Size {
    families: usize,
}

impl Size {
    /// What the demo has so many of. A smaller commune keeps the demo's seats.
    fn of(self, count: usize) -> usize {
        count * self.families.max(FAMILIES) / FAMILIES
    }

    fn seats(self, count: u32) -> u32 {
        usize::try_from(count)
            .ok()
            .and_then(|count| u32::try_from(self.of(count)).ok())
            .unwrap_or(count)
    }
}

/// Makes the whole demo in an empty database, or nothing of it.
pub async fn make(db: &Db, year: SchoolYear, now: DateTime<Utc>) -> Result<(), DemoError> {
    make_of(db, FAMILIES, year, now).await
}

/// [`make`] with so many families, one at least, and seats for them.
pub async fn make_of(
    db: &Db,
    families: usize,
    year: SchoolYear,
    now: DateTime<Utc>,
) -> Result<(), DemoError> {
    let size = Size { families };
    let mut commune = demo_settings(year)?;
    for activity in &mut commune.activities {
        activity.capacity = size.seats(activity.capacity);
    }
    let mut rng = Rng::with_seed(SEED);
    let (pupils, guardians) = roster_files::write(&mut rng, year, families);
    let files = roster::read(&pupils, &guardians).map_err(|e| DemoError::Roster(e.to_string()))?;
    let hash = passwords::hash_now(PASSWORD)?;
    let founded =
        paris_to_utc(year.first_day().and_time(NaiveTime::MIN)) - chrono::TimeDelta::days(60);
    db.write(move |conn| {
        Box::pin(async move {
            settings::found(conn, &commune, Zone::A, true).await?;
            sessions::open_all(conn, &commune).await?;
            roster::enrol(conn, &files, founded).await?;
            accounts::set_missing_passwords(conn, &hash).await?;
            outbox::done_all(conn, outbox::INVITATION_MAIL, founded).await?;
            for account in staff(&hash) {
                accounts::add_staff(conn, &account, founded).await?;
            }
            subscriptions::subscribe(conn, &mut rng, &commune, size, now).await?;
            history::change(conn, &mut rng, &commune, size, now).await?;
            billing::found(conn, year).await?;
            let billed = billing::bill(conn, &commune, year, now).await;
            dialect::look_around(conn).await?;
            match billed {
                Err(DemoError::Store(error)) => Err(Undo::Failed(error)),
                Err(why) => Err(Undo::Answer(Err(why))),
                Ok(()) => Ok(Ok(())),
            }
        })
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_demo_is_of_todays_school_year_as_far_as_its_holidays_are_known() {
        assert_eq!(year_of(utc("2026-08-31T21:59:59Z")), SchoolYear(2025));
        assert_eq!(year_of(utc("2026-08-31T22:00:00Z")), SchoolYear(2026), "1 September in Paris");
        assert_eq!(Some(year_of(utc("2099-10-01T00:00:00Z"))), last_known_year());
    }

    #[test]
    fn another_school_years_demo_lives_on_a_tuesday_before_the_deadline() {
        let today = utc("2026-11-24T16:00:00Z");
        assert_eq!(demo_now(SchoolYear(2026), today), today);
        assert_eq!(demo_now(SchoolYear(2017), today), utc("2017-11-07T08:00:00Z"));
        let served = clock(&demo_settings(SchoolYear(2017)).unwrap()).now();
        assert!((utc("2017-11-07T08:00:00Z")..utc("2017-11-07T09:00:00Z")).contains(&served));
    }
}
