//! The store without HTTP before it, on a runtime like the server's.

use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use api::store::audit::{Actor, Origin};
use api::store::inscriptions::{self, Freed, Taken};
use api::store::waiting::Line;
use api::store::{Address, Db};
use chrono::{DateTime, Utc};
use futures_util::future::try_join_all;
use tokio::runtime;

use crate::commune::{Seat, now};
use crate::measure::{Client, Sample, run};

/// Takes and gives back these seats for a while, a task for each.
pub(crate) async fn ticks(url: String, seats: Vec<Seat>, time: Duration) -> Result<Sample> {
    let work = move || {
        let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(all(&url, seats, time))
    };
    tokio::task::spawn_blocking(work).await?
}

async fn all(url: &str, seats: Vec<Seat>, time: Duration) -> Result<Sample> {
    let db = Db::open(&Address::new(url)).await?;
    let tasks = seats.into_iter().map(|seat| {
        let db = db.clone();
        let task = tokio::spawn(async move {
            let mut ticker = [Ticker { db, seat, now: now()?, booked: false }];
            run(&mut ticker, time).await
        });
        async { task.await.map_err(|error| anyhow!(error))? }
    });
    let samples = try_join_all(tasks).await?;
    db.close().await;
    Ok(Sample::together(samples))
}

struct Ticker {
    db: Db,
    seat: Seat,
    now: DateTime<Utc>,
    booked: bool,
}

impl Client for Ticker {
    async fn call(&mut self) -> Result<()> {
        let actor = Actor::account(self.seat.account, Origin::App, self.now);
        let (child, session) = (self.seat.child, self.seat.session.clone());
        let done = if self.booked {
            let freed = self.db.write(move |conn| {
                Box::pin(async move {
                    let line = Line::Served;
                    inscriptions::free(conn, &actor, child, &session.activity, session.date, line)
                        .await
                })
            });
            matches!(freed.await?, Freed::Now(_))
        } else {
            let taken = self.db.write(move |conn| {
                Box::pin(async move {
                    inscriptions::take(conn, &actor, child, &session.activity, session.date).await
                })
            });
            matches!(taken.await?, Taken::Now(_))
        };
        ensure!(done, "a seat could not be taken or given back");
        self.booked = !self.booked;
        Ok(())
    }
}
