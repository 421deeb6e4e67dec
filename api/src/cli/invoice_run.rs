//! `preau invoice-run`

use std::io::Write;

use domain::billing::{Month, Period};
use domain::calendar::utc_to_paris;

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;
use crate::invoice_run::Runner;
use crate::store::billing::{office, runs};
use crate::store::{Db, settings};

/// Some families could not be billed.
const FAILURES: u8 = 3;

/// Issues the invoices of a month's canteen; a run that was cut off goes on where it was.
#[derive(clap::Args)]
#[command(
    after_help = "Running a month again changes nothing, but for what has changed since: that is \
credited and billed again. The exit code is 3 when some families could not be billed."
)]
pub(super) struct Args {
    /// The month, as 2017-10.
    month: String,
    /// Works out everything and issues nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(args: &Args, config: Config) -> Result<u8, CommandError> {
    let month = Month::parse(&args.month).ok_or("a month is written as 2017-10")?;
    let db = Db::open_existing(&config.database).await?;
    let mut conn = db.read().await?;
    let clock = match config.clock {
        Some(clock) => clock,
        None if settings::is_demo(&mut conn).await? == Some(true) => {
            demo::clock(&settings::load(&mut conn).await?)
        }
        None => Clock::system(),
    };
    if office::get(&mut conn).await?.is_none() {
        return Err("the revenue office has not been entered: nothing can be billed".into());
    }
    drop(conn);
    let now = clock.now();
    if !args.dry_run && !month.is_over(utc_to_paris(now).date()) {
        return Err(format!("{month} is not over: it is billed from its last day on").into());
    }
    let dry = args.dry_run;
    let started = db
        .write(move |conn| {
            Box::pin(
                async move { Ok(runs::start(conn, Period::Month(month), dry, None, now).await?) },
            )
        })
        .await?;
    let runner = Runner::new(db.clone(), clock);
    let run = loop {
        runner.lead_next().await?;
        let run = runs::get(&mut db.read().await?, started.id).await?;
        if let Some(run) = run.filter(|run| run.finished_at.is_some()) {
            break run;
        }
        // Another process leads it.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    };
    db.close().await;
    let made = run.tally;
    writeln!(
        std::io::stdout(),
        "{} families: {} invoices ({}), {} credit notes ({}), {} to look at, {} not billed.",
        run.done,
        made.invoices,
        made.billed,
        made.credit_notes,
        made.credited,
        made.anomalies,
        made.failures,
    )?;
    Ok(if made.failures > 0 { FAILURES } else { 0 })
}
