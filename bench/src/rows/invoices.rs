//! A month's canteen invoices for a whole town.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::wire::RunView;
use tokio::time::sleep;

use crate::Plan;
use crate::commune::{Backend, Commune, Place, nothing_is_wrong};
use crate::http::{Http, post_as, request};
use crate::measure::{Rounds, as_f64};
use crate::report::{self, Row};
use crate::server::Server;

/// Whole months of the demo, each billed dry first, then for good.
const MONTHS: [&str; 2] = ["2017-09", "2017-10"];
/// More time for each family than in a town of a tenth of them.
const LINEAR: f64 = 1.2;
/// A larger demo takes long to make there.
const MADE_ON_POSTGRES: usize = 1_500;
/// A smaller town's run is over before one looks three times.
const VILLAGE: usize = 1_000;
/// Megabytes.
const MEMORY: f64 = 100.0;
const LOOK: Duration = Duration::from_millis(100);
const REST: Duration = Duration::from_secs(2);

/// A served commune and its coordinator.
struct Town<'p> {
    commune: Commune<'p>,
    server: Server,
    token: String,
    families: usize,
    /// Resident memory before any run, and the most during all of them, in megabytes.
    idle: f64,
    most: f64,
    invoices: u32,
}

impl<'p> Town<'p> {
    async fn found(place: &'p Place, backend: Backend, families: usize) -> Result<Self> {
        let commune = Commune::found(place, backend, families).await?;
        let token = commune.coordinator().await?;
        let server = commune.serve().await?;
        sleep(REST).await;
        let idle = server.memory()?;
        Ok(Self { commune, server, token, families, idle, most: idle, invoices: 0 })
    }

    /// A run from its first progress to its end: milliseconds for each family, and what it made.
    async fn run(&mut self, month: &str, dry: bool) -> Result<(f64, RunView)> {
        let json = format!(r#"{{"period":{{"month":"{month}"}},"dry":{dry}}}"#);
        let wish = post_as("/api/v1/guichet/invoice-runs", &self.token, &json);
        // A connection that was idle while the other town was made has been closed.
        let mut http = Http::open(self.server.address).await?;
        let wished = Instant::now();
        let answer = http.ask(&wish).await?;
        ensure!(answer.status == 202, "a run is answered {} {}", answer.status, answer.text());
        let mut run: RunView = serde_json::from_slice(answer.body)?;
        let path = format!("/api/v1/guichet/invoice-runs/{}", run.id);
        let mut begun = None;
        let mut steps = 0_usize;
        while run.finished_at.is_none() {
            sleep(LOOK).await;
            let answer = http.ask(&request("GET", &path, &self.token)).await?;
            ensure!(answer.status == 200, "its progress is answered {}", answer.text());
            let now: RunView = serde_json::from_slice(answer.body)?;
            ensure!(now.done >= run.done, "{} families were done, now {}", run.done, now.done);
            steps += usize::from(now.done > run.done);
            if now.done > 0 && begun.is_none() {
                begun = Some((now.done, Instant::now()));
            }
            self.most = self.most.max(self.server.memory()?);
            run = now;
        }
        ensure!(usize::try_from(run.done)? == self.families, "{} families are done", run.done);
        ensure!(steps > 2 || self.families < VILLAGE, "progress was shown {steps} times");
        ensure!(run.failures == 0, "{} families can't be billed", run.failures);
        // What was over at the first look is measured from the wish on.
        let (before, since) = begun.filter(|(before, _)| *before < run.done).unwrap_or((0, wished));
        let rest = as_f64(usize::try_from(run.done - before)?);
        Ok((since.elapsed().as_secs_f64() * 1e3 / rest, run))
    }

    /// A month: what it would be, what it is, and that nothing is left of it. Milliseconds for each
    /// family, dry and for good.
    async fn bill(&mut self, month: &str) -> Result<[f64; 2]> {
        let (tried, dry) = self.run(month, true).await?;
        let (billed, real) = self.run(month, false).await?;
        ensure!(dry.billed == real.billed && dry.invoices == real.invoices, "{dry:?}, {real:?}");
        ensure!(real.invoices > 0 && real.credit_notes == 0, "{real:?}");
        let (_, again) = self.run(month, false).await?;
        ensure!(again.invoices == 0 && again.credit_notes == 0, "billed again: {again:?}");
        self.invoices += real.invoices;
        Ok([tried, billed])
    }

    async fn end(self) -> Result<()> {
        self.server.stop()?;
        let db = self.commune.db().await?;
        nothing_is_wrong(&db).await?;
        db.close().await;
        Ok(())
    }
}

pub(crate) async fn measure(plan: &Plan, place: &Place, backend: Backend) -> Result<()> {
    let families = match backend {
        Backend::Sqlite => plan.billed,
        // A demo is one transaction, in which PostgreSQL keeps every version of a session's row.
        Backend::Postgres => plan.billed.min(MADE_ON_POSTGRES),
    };
    let mut small = Town::found(place, backend, families / 10).await?;
    let mut large = Town::found(place, backend, families).await?;
    let mut rounds = Rounds::default();
    for month in MONTHS {
        let village = small.bill(month).await?;
        let city = large.bill(month).await?;
        for (city, village) in city.into_iter().zip(village) {
            rounds.add(city, village);
        }
    }
    let more = large.most - large.idle;
    let work = format!("invoice run, {families} families, {}", backend.name());
    report::note(&format!("{work}: {} invoices", large.invoices));
    small.end().await?;
    large.end().await?;
    let name = format!("{work}: a family");
    report::time(&name, &rounds, &format!("of {}", families / 10), LINEAR);
    report::row(&Row {
        work: &format!("{work}: memory"),
        measured: format!("{more:.1} MB more"),
        yardstick: String::new(),
        figure: String::new(),
        aim: format!("≤ {MEMORY} MB"),
        met: more <= MEMORY,
    });
    Ok(())
}
