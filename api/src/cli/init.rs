//! `preau init`

use std::io::Write;

use domain::calendar::{SchoolYear, Zone, utc_to_paris};
use domain::ids::AccountId;
use domain::problem::Language;
use domain::wire::Role;
use uuid::Uuid;

use super::{CommandError, password};
use crate::clock::Clock;
use crate::commune;
use crate::config::Config;
use crate::store::accounts::{self, Account};
use crate::store::{Db, sessions, settings};

/// Makes the school year's terms and closed days, canteen and the four bus trips with the
/// settings of the manual, and the coordinator's account.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The commune's name.
    #[arg(long)]
    commune: String,
    /// The academy's zone: A, B or C.
    #[arg(long, value_parser = zone)]
    zone: Zone,
    /// The year in which the school year starts; today's when absent.
    #[arg(long)]
    year: Option<i32>,
    /// The coordinator's e-mail address.
    #[arg(long)]
    coordinator: String,
    /// A file whose first line is the coordinator's password.
    #[arg(long)]
    password_file: std::path::PathBuf,
}

fn zone(text: &str) -> Result<Zone, String> {
    Zone::parse(&text.to_uppercase()).ok_or_else(|| "a zone is A, B or C".to_owned())
}

pub(super) async fn run(args: Args, config: &Config) -> Result<(), CommandError> {
    let now = Clock::system().now();
    let year = args.year.map_or_else(|| SchoolYear::of(utc_to_paris(now).date()), SchoolYear);
    let settings = commune::manual_settings(&args.commune, year, args.zone)?;
    let hash = password::hash_from(&args.password_file, &args.coordinator)?;
    let account = Account {
        id: AccountId(Uuid::now_v7()),
        email: args.coordinator,
        role: Role::Coordinator,
        first_name: String::new(),
        last_name: String::from("Guichet"),
        guardian: None,
        password_hash: Some(hash),
        language: Language::default(),
    };
    let db = Db::open(&config.database).await?;
    if settings::is_demo(&mut db.read().await?).await?.is_some() {
        return Err("this database holds a commune already".into());
    }
    let opened = db
        .write(move |conn| {
            Box::pin(async move {
                settings::found(conn, &settings, args.zone, false).await?;
                accounts::add_staff(conn, &account, now).await?;
                Ok(sessions::open_all(conn, &settings).await?)
            })
        })
        .await?;
    db.close().await;
    writeln!(std::io::stdout(), "{} is founded for {year}: {opened} sessions.", args.commune)?;
    Ok(())
}
