//! `preau invoice-run`

use std::io::Write;

use chrono::NaiveDate;
use domain::billing::{Month, Period};
use domain::calendar::utc_to_paris;
use domain::week;

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;
use crate::invoice_run::{RunError, Runner};
use crate::store::billing::{office, runs};
use crate::store::{Db, settings};

/// Some families could not be billed.
const FAILURES: u8 = 3;

/// Issues the invoices of a month's canteen, or of a term's bus and TAP; a run that was cut off goes on
/// where it was.
#[derive(clap::Args)]
#[command(
    after_help = "Running it again changes nothing, but for what has changed since: that is \
credited and billed again. The exit code is 3 when some families could not be billed."
)]
pub(super) struct Args {
    /// The month, as 2017-10.
    #[arg(required_unless_present = "term")]
    month: Option<String>,
    /// The term, by a day of it, as 2017-09-04.
    #[arg(long, value_name = "DAY", conflicts_with = "month")]
    term: Option<String>,
    /// Works out everything and issues nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What is to be billed.
enum Wish {
    Month(Month),
    /// The term of this day.
    Term(NaiveDate),
}

impl Wish {
    fn read(args: &Args) -> Result<Self, CommandError> {
        match (&args.month, &args.term) {
            (_, Some(day)) => {
                let day = week::parse_date(day).ok_or("a day is written as 2017-09-04")?;
                Ok(Self::Term(day))
            }
            (month, None) => {
                let month = month.as_deref().and_then(Month::parse);
                Ok(Self::Month(month.ok_or("a month is written as 2017-10")?))
            }
        }
    }
}

pub(super) async fn run(args: &Args, config: Config) -> Result<u8, CommandError> {
    let wish = Wish::read(args)?;
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
    let period = match wish {
        Wish::Month(month) => {
            if !args.dry_run && !month.is_over(utc_to_paris(clock.now()).date()) {
                let why = format!("{month} is not over: it is billed from its last day on");
                return Err(why.into());
            }
            Period::Month(month)
        }
        Wish::Term(day) => {
            let settings = settings::load(&mut conn).await?;
            let term = settings.calendar.term_of(day);
            Period::Term(term.ok_or_else(|| format!("no term has the {day}"))?.id)
        }
    };
    drop(conn);
    let (now, dry) = (clock.now(), args.dry_run);
    let started = db
        .write(move |conn| {
            Box::pin(async move { Ok(runs::start(conn, period, dry, None, now).await?) })
        })
        .await?;
    let runner = Runner::new(db.clone(), clock);
    let run = loop {
        match runner.lead_next().await {
            // It comes to its end elsewhere.
            Ok(_) | Err(RunError::Overtaken) => {}
            Err(error) => return Err(error.into()),
        }
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
