//! `preau demo`

use std::io::Write;

use domain::calendar::SchoolYear;

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;
use crate::store::{Db, settings};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The year in which the demo's school year starts; today's when absent.
    /// 2017 is the manual's.
    #[arg(long)]
    year: Option<i32>,
    /// How many families, with seats for them.
    #[arg(long, default_value_t = demo::FAMILIES)]
    families: usize,
    /// Prints so many parents' logins, then the guichet's, a line of JSON each.
    #[arg(long)]
    logins: Option<usize>,
}

pub(super) async fn run(args: &Args, config: &Config) -> Result<(), CommandError> {
    let now = config.clock.clone().unwrap_or_else(Clock::system).now();
    let year = args.year.map_or_else(|| demo::year_of(now), SchoolYear);
    let db = Db::open(&config.database).await?;
    let there = settings::is_demo(&mut db.read().await?).await?;
    match there {
        Some(false) => return Err("this database holds a real commune: choose another".into()),
        Some(true) => {}
        None => demo::make_of(&db, args.families, year, demo::demo_now(year, now)).await?,
    }
    let (parents, staff) = demo::logins(&mut db.read().await?).await?;
    db.close().await;
    let mut out = std::io::stdout().lock();
    match args.logins {
        Some(count) => {
            for login in parents.iter().take(count).chain(&staff) {
                writeln!(out, "{}", serde_json::to_string(login)?)?;
            }
        }
        None => {
            for login in parents.iter().take(1).chain(&staff) {
                writeln!(
                    out,
                    "{:<12} {:<34} {}",
                    login.role.as_str(),
                    login.email,
                    login.password
                )?;
            }
        }
    }
    Ok(())
}
