//! One seat taken or given back, by 16 clients at once.

use std::collections::HashSet;

use anyhow::{Context, Result, ensure};

use super::week::mondays;
use crate::commune::{
    Backend, Commune, Parent, Place, Seat, changes, nothing_is_wrong, open_seats, week,
};
use crate::http::{Http, find};
use crate::measure::{Client, Rounds, run};
use crate::report;
use crate::server::Server;
use crate::store;
use crate::yardstick::commit::BareCommit;
use crate::yardstick::pgbench::Pgbench;
use crate::{CLIENTS, Plan};

const FAMILIES: usize = 300;

/// Takes and gives back a seat of its own.
pub(crate) struct Ticker {
    http: Http,
    tick: Vec<u8>,
    untick: Vec<u8>,
    booked: bool,
}

impl Ticker {
    pub(crate) async fn open(server: &Server, seat: &Seat) -> Result<Self> {
        Ok(Self {
            http: Http::open(server.address).await?,
            tick: seat.request("PUT"),
            untick: seat.request("DELETE"),
            booked: false,
        })
    }
}

/// Gives back the seats that are still taken; answers how many those were.
async fn give_back(tickers: &mut [Ticker]) -> Result<usize> {
    let mut given = 0;
    for ticker in tickers.iter_mut().filter(|ticker| ticker.booked) {
        ticker.call().await?;
        given += 1;
    }
    Ok(given)
}

impl Client for Ticker {
    async fn call(&mut self) -> Result<()> {
        let (request, state) = if self.booked {
            (&self.untick, &b"\"state\":\"free_open\""[..])
        } else {
            (&self.tick, &b"\"state\":\"booked_open\""[..])
        };
        let answer = self.http.ask(request).await?;
        let right = answer.status == 200 && find(answer.body, state).is_some();
        ensure!(right, "a tick is answered {} {}", answer.status, answer.text());
        self.booked = !self.booked;
        Ok(())
    }
}

/// Open seats of so many children, each in a session of its own, so that what is measured is not
/// the wait for one row.
pub(crate) async fn different_seats(
    server: &Server,
    parents: &[Parent],
    count: usize,
) -> Result<Vec<Seat>> {
    let mut http = Http::open(server.address).await?;
    let (mut seats, mut sessions) = (Vec::new(), HashSet::new());
    for monday in mondays()? {
        for parent in parents {
            let week = week(&mut http, parent, monday).await?;
            if let Some(seat) =
                open_seats(parent, &week).find(|seat| !sessions.contains(&seat.session))
            {
                sessions.insert(seat.session.clone());
                seats.push(seat);
            }
            if seats.len() == count {
                return Ok(seats);
            }
        }
    }
    anyhow::bail!("the commune has {} sessions with free seats only", seats.len())
}

pub(crate) async fn on_postgres(plan: &Plan, place: &Place) -> Result<()> {
    let pgbench = plan.pgbench.as_deref().context(
        "pgbench is missing, which measures PostgreSQL alone: it comes with the server, in \
         Debian's package postgresql",
    )?;
    let commune = Commune::found(place, Backend::Postgres, FAMILIES).await?;
    let alone = commune.copy().await?;
    let stage = Stage::set(&commune).await?;
    let mut yardstick = Pgbench::prepare(pgbench, &alone, &stage.seats).await?;
    let alone_before = changes(&alone.db().await?).await?;
    let (mut ticks, mut tickers) = (0, stage.tickers().await?);
    let mut rounds = Rounds::default();
    for _ in 0..plan.rounds {
        let alone = yardstick.run(plan.time)?;
        let ours = run(&mut tickers, plan.time).await?;
        ticks += ours.calls();
        rounds.add(ours.rate(), alone);
    }
    ticks += give_back(&mut tickers).await?;
    drop(tickers);
    let seats = stage.check(&commune, ticks).await?;
    let db = alone.db().await?;
    let counted = changes(&db).await? - alone_before;
    ensure!(counted == yardstick.done, "pgbench made {} of {counted} changes", yardstick.done);
    nothing_is_wrong(&db).await?;
    report::rate("book / unbook, 16 clients, PostgreSQL", &rounds, "pgbench", 0.8);
    without_http(plan, &commune, &seats).await
}

pub(crate) async fn on_sqlite(plan: &Plan, place: &Place) -> Result<()> {
    let commune = Commune::found(place, Backend::Sqlite, FAMILIES).await?;
    let alone = commune.copy().await?;
    let stage = Stage::set(&commune).await?;
    let seat = stage.seats.first().context("no seat")?.clone();
    let mut yardstick = [BareCommit::open(&alone, seat).await?];
    let (mut ticks, mut tickers) = (0, stage.tickers().await?);
    let (mut rates, mut slowest) = (Rounds::default(), Rounds::default());
    for _ in 0..plan.rounds {
        let alone = run(&mut yardstick, plan.time).await?;
        let ours = run(&mut tickers, plan.time).await?;
        ticks += ours.calls();
        rates.add(ours.rate(), alone.rate());
        slowest.add(ours.percentile(99), alone.percentile(50));
    }
    ticks += give_back(&mut tickers).await?;
    drop(tickers);
    let seats = stage.check(&commune, ticks).await?;
    for yardstick in yardstick {
        yardstick.close().await?;
    }
    nothing_is_wrong(&alone.db().await?).await?;
    report::rate("book / unbook, 16 clients, SQLite", &rates, "a bare commit", 5.0);
    report::time("its p99", &slowest, "the bare commit's p50", 10.0);
    without_http(plan, &commune, &seats).await
}

/// A served commune and what its clients will do.
struct Stage {
    server: Server,
    seats: Vec<Seat>,
    changes_before: usize,
}

impl Stage {
    async fn set(commune: &Commune<'_>) -> Result<Self> {
        let parents = commune.parents(FAMILIES).await?;
        let db = commune.db().await?;
        let changes_before = changes(&db).await?;
        db.close().await;
        let server = commune.serve().await?;
        let seats = different_seats(&server, &parents, CLIENTS).await?;
        Ok(Self { server, seats, changes_before })
    }

    async fn tickers(&self) -> Result<Vec<Ticker>> {
        let mut tickers = Vec::new();
        for seat in &self.seats {
            tickers.push(Ticker::open(&self.server, seat).await?);
        }
        Ok(tickers)
    }

    /// Everything acknowledged was done, once, and nothing else.
    async fn check(self, commune: &Commune<'_>, ticks: usize) -> Result<Vec<Seat>> {
        self.server.stop()?;
        let db = commune.db().await?;
        let counted = changes(&db).await? - self.changes_before;
        ensure!(counted == ticks, "{ticks} changes were acknowledged, {counted} were made");
        nothing_is_wrong(&db).await?;
        db.close().await;
        Ok(self.seats)
    }
}

/// What HTTP costs: the same seats by the same number of tasks, calling the store.
async fn without_http(plan: &Plan, commune: &Commune<'_>, seats: &[Seat]) -> Result<()> {
    let sample = store::ticks(commune.url.clone(), seats.to_vec(), plan.time).await?;
    report::note(&format!(
        "without HTTP, rights and rules, {} tasks calling the store: {:.0}/s, p50 {:.2} ms, \
         p99 {:.2} ms",
        seats.len(),
        sample.rate(),
        sample.percentile(50),
        sample.percentile(99),
    ));
    Ok(())
}
