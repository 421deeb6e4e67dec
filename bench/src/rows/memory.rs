//! What the server takes of the machine's memory: at rest, and with many screens open.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use api::demo;
use chrono::NaiveDate;
use domain::wire::SessionSeats;
use futures_util::future::try_join_all;
use tokio::time::{sleep, timeout};

use super::book::different_seats;
use super::week::mondays;
use crate::Plan;
use crate::commune::{Backend, Commune, Parent, Place, week};
use crate::http::{Events, Http, post, request};
use crate::report::{self, Row};
use crate::server::Server;

const FAMILIES: usize = 300;
/// Megabytes.
const IDLE: f64 = 30.0;
const SCREENS: f64 = 50.0;
const REST: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) async fn measure(plan: &Plan, place: &Place) -> Result<()> {
    let commune = Commune::found(place, Backend::Sqlite, FAMILIES).await?;
    let parents = commune.parents(FAMILIES).await?;
    let email = first_email(&commune).await?;
    let server = commune.serve().await?;
    let monday = mondays()?.first().copied().context("no week")?;

    visit(&server, &email, &parents, monday).await?;
    sleep(REST).await;
    let idle = server.memory()?;
    report::row(&Row {
        work: "memory at rest, demo commune, SQLite",
        measured: format!("{idle:.1} MB"),
        yardstick: String::new(),
        figure: String::new(),
        aim: format!("≤ {IDLE} MB"),
        met: idle <= IDLE,
    });

    let mut screens = Vec::new();
    for parent in parents.iter().cycle().take(plan.screens) {
        let http = Http::open(server.address).await?;
        let path = format!("/api/v1/weeks/{monday}/seats");
        let mut screen = http.listen(&request("GET", &path, &parent.token)).await?;
        screen.next().await.context("the first event")?;
        screens.push(screen);
    }
    all_are_told(&server, &parents, &mut screens).await?;
    sleep(REST).await;
    let more = server.memory()? - idle;
    ensure!(screens.len() == plan.screens, "{} screens are open", screens.len());
    drop(screens);
    server.stop()?;
    report::row(&Row {
        work: &format!("{} open screens, all told of a tick", plan.screens),
        measured: format!("{more:.1} MB more"),
        yardstick: String::new(),
        figure: String::new(),
        aim: format!("< {SCREENS} MB"),
        met: more < SCREENS,
    });
    Ok(())
}

async fn first_email(commune: &Commune<'_>) -> Result<String> {
    let db = commune.db().await?;
    let (parents, _) = demo::logins(&mut db.read().await?).await?;
    db.close().await;
    Ok(parents.into_iter().next().context("no parent")?.email)
}

/// A few requests, so that what is made once and then kept is there: the page, a sign-in, weeks.
async fn visit(server: &Server, email: &str, parents: &[Parent], monday: NaiveDate) -> Result<()> {
    let mut http = Http::open(server.address).await?;
    let page = http.ask(&request("GET", "/", "")).await?;
    ensure!(page.status == 200, "the page is answered {}", page.status);
    let login = format!(r#"{{"email":"{email}","password":"{}","client":"app"}}"#, demo::PASSWORD);
    let signed_in = http.ask(&post("/api/v1/auth/login", &login)).await?;
    ensure!(signed_in.status == 200, "a sign-in is answered {}", signed_in.text());
    for parent in parents.iter().take(10) {
        week(&mut http, parent, monday).await?;
    }
    Ok(())
}

/// One tick, of which every screen must hear.
async fn all_are_told(server: &Server, parents: &[Parent], screens: &mut [Events]) -> Result<()> {
    let seat = different_seats(server, parents, 1).await?;
    let seat = seat.first().context("no free seat")?;
    let mut http = Http::open(server.address).await?;
    let answer = http.ask(&seat.request("PUT")).await?;
    ensure!(answer.status == 200, "a tick is answered {}", answer.text());
    let cell: domain::wire::CellView = serde_json::from_slice(answer.body)?;
    let told = screens.iter_mut().map(|screen| async {
        let event = timeout(PATIENCE, screen.next()).await.context("a screen is not told")??;
        let seats: Vec<SessionSeats> = serde_json::from_str(&event)?;
        let right = seats.iter().any(|seats| {
            seats.activity == cell.activity
                && seats.date == cell.date
                && Some(seats.seats_left) == cell.seats_left
        });
        ensure!(right, "a screen is told {event}");
        Ok(())
    });
    try_join_all(told).await?;
    Ok(())
}
