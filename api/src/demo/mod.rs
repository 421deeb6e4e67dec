//! The demo commune: generated from a fixed seed and loaded through the code paths that a real
//! commune uses.

mod history;
mod logins;
mod names;
mod roster_files;
mod subscriptions;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use domain::activity::{ServiceKind, Weekdays};
use domain::calendar::{SchoolYear, Zone, paris_to_utc, utc_to_paris};
use domain::ids::AccountId;
use domain::settings::Settings;
use domain::wire::Role;
use fastrand::Rng;
use uuid::Uuid;

use crate::commune::{CommuneError, NewActivity, manual_settings};
use crate::roster;
use crate::security::passwords::{self, HashError};
use crate::store::accounts::{self, Account};
use crate::store::{Db, StoreError, sessions, settings};

pub use logins::{Login, logins};

/// Everyone's password in the demo.
pub const PASSWORD: &str = "preau-demo";
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
    };
    [
        account("guichet@example.org", Role::Coordinator, "Claire", "Morand"),
        account("cantine@example.org", Role::Attendant, "Hugo", "Perrin"),
    ]
}

/// Makes the whole demo in an empty database, or nothing of it.
pub async fn make(db: &Db, year: SchoolYear, now: DateTime<Utc>) -> Result<(), DemoError> {
    let commune = demo_settings(year)?;
    let mut rng = Rng::with_seed(SEED);
    let (pupils, guardians) = roster_files::write(&mut rng, year);
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
            for account in staff(&hash) {
                accounts::add_staff(conn, &account, founded).await?;
            }
            subscriptions::subscribe(conn, &mut rng, &commune, now).await?;
            history::change(conn, &mut rng, &commune, now).await?;
            Ok(())
        })
    })
    .await?;
    Ok(())
}
