//! The first evening of a term: thousands ask for the last seats of one session.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use api::store::days::SessionKey;
use chrono::{Days, NaiveDate};
use domain::cell::CellState;
use domain::ids::ChildId;
use domain::wire::WeekView;
use futures_util::future::try_join_all;

use super::week::mondays;
use crate::commune::{
    Backend, Commune, Parent, Place, Seat, nothing_is_wrong, seats, session, week,
};
use crate::http::Http;
use crate::measure::{Rounds, Sample};
use crate::report::{self, Row};
use crate::server::Server;
use crate::{Plan, Rush};

const BUS: &str = "bus-0830";
/// Parents who tick one after the other on an idle server.
const IDLE: usize = 200;
/// Longest wait in the rush, in waits of the idle server.
const AIM: f64 = 20.0;

/// A week in which a rush and its yardstick take place.
struct Evening {
    rush: NaiveDate,
    idle: NaiveDate,
}

pub(crate) async fn measure(plan: &Plan, place: &Place, backend: Backend) -> Result<()> {
    let Rush { families, at_once, seats: left } = plan.rush;
    // Some of them have the seat already.
    let commune = Commune::found(place, backend, families + families / 4).await?;
    let parents = commune.parents(families + families / 4).await?;
    let evenings: Vec<_> = mondays()?.into_iter().take(plan.rounds).map(Evening::of).collect();
    let db = commune.db().await?;
    for Evening { rush, idle } in &evenings {
        commune.leave_seats(&db, &session(BUS, *rush)?, left).await?;
        commune.leave_seats(&db, &session(BUS, *idle)?, u32::try_from(IDLE)?).await?;
    }
    db.close().await;

    let server = commune.serve().await?;
    let mut rounds = Rounds::default();
    for evening in &evenings {
        let wishes = evening.wishes(&server, &parents).await?;
        ensure!(wishes.len() >= families, "{} families have no seat yet only", wishes.len());
        let alone = ask(&server, 1, wishes.iter().map(|(idle, _)| idle).take(IDLE)).await?;
        ensure!(alone.given == IDLE.min(families), "a seat is refused on an idle server");
        let rush =
            ask(&server, at_once, wishes.iter().map(|(_, rush)| rush).take(families)).await?;
        ensure!(
            rush.given == left as usize && rush.refused == families - rush.given,
            "{} parents have {left} seats, {} are told that none is left",
            rush.given,
            rush.refused
        );
        rounds.add(rush.sample.percentile(99), alone.sample.percentile(50));
    }
    server.stop()?;

    let db = commune.db().await?;
    for Evening { rush, .. } in &evenings {
        let seats = seats(&db, &session(BUS, *rush)?).await?;
        ensure!(seats.left() == 0 && seats.taken == seats.capacity, "after the rush: {seats:?}");
    }
    nothing_is_wrong(&db).await?;
    report::row(&Row {
        work: &format!("rush, {families} families, {at_once} at once, {}", backend.name()),
        measured: format!("{left} seats given each time"),
        yardstick: format!("{left} seats"),
        figure: String::new(),
        aim: "all, nobody over".into(),
        met: true,
    });
    report::time("its p99", &rounds, "p50 of an idle server", AIM);
    Ok(())
}

impl Evening {
    fn of(monday: NaiveDate) -> Self {
        Self { rush: monday + Days::new(1), idle: monday + Days::new(3) }
    }

    /// The wishes of all families with a child who has neither seat yet: one for the idle server,
    /// one for the rush.
    async fn wishes(&self, server: &Server, parents: &[Parent]) -> Result<Vec<(Seat, Seat)>> {
        let mut http = Http::open(server.address).await?;
        let monday = self.rush - Days::new(1);
        let mut wishes = Vec::new();
        for parent in parents {
            let week = week(&mut http, parent, monday).await?;
            let wish = week.children.iter().find_map(|child| {
                let wish = |date| free_seat(&week, parent, child.id, date);
                Some((wish(self.idle)?, wish(self.rush)?))
            });
            wishes.extend(wish);
        }
        Ok(wishes)
    }
}

fn free_seat(week: &WeekView, parent: &Parent, child: ChildId, date: NaiveDate) -> Option<Seat> {
    let cell = week.cells.iter().find(|cell| {
        cell.child_id == child && cell.date == date && cell.activity.as_str() == BUS
    })?;
    (cell.state == CellState::FreeOpen).then(|| Seat {
        account: parent.account,
        token: parent.token.clone(),
        child,
        session: SessionKey { activity: cell.activity.clone(), date },
    })
}

struct Outcome {
    sample: Sample,
    given: usize,
    refused: usize,
}

/// Asks for all these seats, so many at once; an answer that is neither yes nor no is wrong.
async fn ask<'a>(
    server: &Server,
    at_once: usize,
    wishes: impl Iterator<Item = &'a Seat>,
) -> Result<Outcome> {
    let queue: RefCell<VecDeque<_>> =
        RefCell::new(wishes.map(|seat| seat.request("PUT")).collect());
    let mut connections = Vec::new();
    for _ in 0..at_once {
        connections.push(Http::open(server.address).await?);
    }
    let started = Instant::now();
    let all = connections.into_iter().map(|mut http| {
        let queue = &queue;
        async move {
            let mut answers: Vec<(Duration, bool)> = Vec::new();
            loop {
                let Some(request) = queue.borrow_mut().pop_front() else { break };
                let asked = Instant::now();
                let answer = http.ask(&request).await?;
                let given = match answer.status {
                    200 => true,
                    409 if answer.text().contains("session_full") => false,
                    status => anyhow::bail!("a tick is answered {status}: {}", answer.text()),
                };
                answers.push((asked.elapsed(), given));
            }
            Ok(answers)
        }
    });
    let answers = try_join_all(all).await?.concat();
    let lasted = started.elapsed();
    let given = answers.iter().filter(|(_, given)| *given).count();
    let refused = answers.len() - given;
    let times = answers.into_iter().map(|(time, _)| time).collect();
    Ok(Outcome { sample: Sample::new(lasted, times), given, refused })
}
