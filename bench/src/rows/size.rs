//! What a hundred times as many families cost one of them.

use anyhow::Result;

use super::book::{Ticker, different_seats};
use super::week::Reader;
use crate::commune::{Backend, Commune, Place, nothing_is_wrong};
use crate::measure::{Rounds, run};
use crate::report;
use crate::server::Server;
use crate::{CLIENTS, Plan};

const SMALL: usize = 300;
const AIM: f64 = 1.5;

/// A served commune of some size, with the clients that call it.
struct Town<'p> {
    commune: Commune<'p>,
    server: Server,
    weeks: Vec<Reader>,
    tickers: Vec<Ticker>,
}

impl<'p> Town<'p> {
    async fn found(place: &'p Place, backend: Backend, families: usize) -> Result<Self> {
        let commune = Commune::found(place, backend, families).await?;
        let parents = commune.parents(SMALL).await?;
        let server = commune.serve().await?;
        let weeks = Reader::of_weeks(&server, &parents[..CLIENTS]).await?;
        let mut tickers = Vec::new();
        // Not of those whose weeks must stay the same.
        for seat in different_seats(&server, &parents[CLIENTS..], CLIENTS).await? {
            tickers.push(Ticker::open(&server, &seat).await?);
        }
        Ok(Self { commune, server, weeks, tickers })
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
    let mut village = Town::found(place, backend, SMALL).await?;
    let mut city = Town::found(place, backend, plan.city).await?;
    let (mut weeks, mut ticks) = (Rounds::default(), Rounds::default());
    for _ in 0..plan.rounds {
        let small = run(&mut village.weeks, plan.time).await?;
        let large = run(&mut city.weeks, plan.time).await?;
        weeks.add(large.percentile(50), small.percentile(50));
        let small = run(&mut village.tickers, plan.time).await?;
        let large = run(&mut city.tickers, plan.time).await?;
        ticks.add(large.percentile(50), small.percentile(50));
    }
    village.end().await?;
    city.end().await?;
    for (work, rounds) in [("week", weeks), ("tick", ticks)] {
        let work = format!("{SMALL} → {} families: a {work}, {}", plan.city, backend.name());
        report::time(&work, &rounds, &format!("at {SMALL}"), AIM);
    }
    Ok(())
}
