//! A family's week, against an answer that costs nothing.

use anyhow::{Context, Result, ensure};
use chrono::{Days, NaiveDate};

use crate::commune::{Backend, Commune, Parent, Place, now};
use crate::http::{Http, request};
use crate::measure::{Client, Rounds, as_f64, run};
use crate::report::{self, Row};
use crate::server::Server;
use crate::{CLIENTS, Plan};

const FAMILIES: usize = 300;
const STATEMENTS: f64 = 3.0;

/// The weeks whose days can be changed, the first one first, until the holidays.
pub(crate) fn mondays() -> Result<Vec<NaiveDate>> {
    let this = now()?.date_naive();
    (1..6)
        .map(|weeks| this.checked_add_days(Days::new(7 * weeks)).context("no such week"))
        .collect()
}

/// Asks for the same thing again and again, and expects the same answer.
pub(crate) struct Reader {
    http: Http,
    request: Vec<u8>,
    expected: Vec<u8>,
}

impl Reader {
    async fn open(server: &Server, path: &str, token: &str) -> Result<Self> {
        let mut http = Http::open(server.address).await?;
        let request = request("GET", path, token);
        let answer = http.ask(&request).await?;
        ensure!(answer.status == 200, "{path} is answered {}", answer.status);
        let expected = answer.body.to_vec();
        Ok(Self { http, request, expected })
    }

    /// A reader of each parent's first open week.
    pub(crate) async fn of_weeks(server: &Server, parents: &[Parent]) -> Result<Vec<Self>> {
        let monday = mondays()?.first().copied().context("no week")?;
        let path = format!("/api/v1/family/weeks/{monday}");
        let mut readers = Vec::new();
        for parent in parents {
            let reader = Self::open(server, &path, &parent.token).await?;
            let week: domain::wire::WeekView = serde_json::from_slice(&reader.expected)?;
            ensure!(!week.children.is_empty() && !week.cells.is_empty(), "an empty week");
            readers.push(reader);
        }
        Ok(readers)
    }
}

impl Client for Reader {
    async fn call(&mut self) -> Result<()> {
        let answer = self.http.ask(&self.request).await?;
        let right = answer.status == 200 && answer.body == self.expected;
        ensure!(right, "a week is answered {}, or another week", answer.status);
        Ok(())
    }
}

pub(crate) async fn measure(plan: &Plan, place: &Place, backend: Backend) -> Result<()> {
    let commune = Commune::found(place, backend, FAMILIES).await?;
    let parents = commune.parents(CLIENTS).await?;
    let server = commune.serve().await?;
    let mut weeks = Reader::of_weeks(&server, &parents).await?;
    let mut health = Vec::new();
    for parent in &parents {
        health.push(Reader::open(&server, "/healthz", &parent.token).await?);
    }
    let (mut rounds, mut calls) = (Rounds::default(), 0);
    let before = statements(&server).await?;
    for _ in 0..plan.rounds {
        let nothing = run(&mut health, plan.time).await?;
        let week = run(&mut weeks, plan.time).await?;
        calls += week.calls();
        rounds.add(week.rate(), nothing.rate());
    }
    let each = (statements(&server).await? - before) / as_f64(calls);
    server.stop()?;
    let work = format!("a family's week, {}", backend.name());
    report::rate(&work, &rounds, "/healthz", 0.25);
    report::row(&Row {
        work: "its SQL statements",
        measured: format!("{each:.2}"),
        yardstick: String::new(),
        figure: String::new(),
        aim: format!("≤ {STATEMENTS}"),
        met: each <= STATEMENTS,
    });
    Ok(())
}

/// SQL statements that the server has run so far.
async fn statements(server: &Server) -> Result<f64> {
    let mut http = Http::open(server.address).await?;
    let figures = http.ask(&request("GET", "/metrics", "")).await?.text();
    let count = figures.lines().find_map(|line| line.strip_prefix("preau_sql_statements_total "));
    Ok(count.context("no count of statements")?.parse()?)
}
