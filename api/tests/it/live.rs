//! Live seats: what one screen changes, the others see.

use std::time::Duration;

use actix_web::rt::time::timeout;
use api::store::Db;
use domain::wire::SessionSeats;
use reqwest::StatusCode;

use crate::support::{Commune, Person, Site, date, db_test, serve};

const DAY: &str = "2017-09-18";

/// A stream as a browser reads it.
struct Screen {
    answer: reqwest::Response,
    read: String,
}

impl Screen {
    async fn open(site: &Site, person: &Person, monday: &str) -> Self {
        let path = format!("/api/v1/weeks/{monday}/seats");
        let request = site.request(reqwest::Method::GET, &path).bearer_auth(site.token(person));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, read: String::new() }
    }

    /// The data of the next event; `None` when the stream has ended.
    async fn event(&mut self) -> Option<Vec<SessionSeats>> {
        loop {
            if let Some(end) = self.read.find("\n\n") {
                let event: String = self.read.drain(..end + 2).collect();
                // Anything else keeps the connection alive.
                let Some(data) = event.strip_prefix("event: seats\ndata: ") else { continue };
                return Some(serde_json::from_str(data).unwrap());
            }
            let chunk = timeout(Duration::from_secs(10), self.answer.chunk()).await;
            let chunk = chunk.expect("nothing comes").unwrap()?;
            self.read.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Reads until a session has so many seats left.
    async fn until(&mut self, activity: &str, seats_left: u32) {
        loop {
            let event = self.event().await.expect("the stream has ended");
            if event.iter().any(|seats| {
                seats.activity.as_str() == activity
                    && seats.date == date(DAY)
                    && seats.seats_left == seats_left
            }) {
                return;
            }
        }
    }
}

db_test! {
    async fn a_tick_changes_the_other_screens(db) {
        let commune = Commune::found(db.clone(), 2).await;
        commune.leave_seats("bus-0830", DAY, 5).await;
        // With connections of its own, as another process has; SQLite has one server.
        let other_db = if db.is_postgres() {
            Db::open(db.address()).await.unwrap()
        } else {
            db.clone()
        };
        let (site, replica) = (serve(&db).await, serve(&other_db).await);
        let (one, other) = (&commune.people[0], &commune.people[1]);
        let mut here = Screen::open(&site, one, DAY).await;
        let mut there = Screen::open(&replica, one, DAY).await;
        let mut elsewhere = Screen::open(&site, one, "2017-09-25").await;
        for screen in [&mut here, &mut there] {
            let first = screen.event().await.unwrap();
            assert!(first.iter().all(|seats| date(DAY) <= seats.date && seats.date <= date("2017-09-22")));
            assert!(first.iter().any(|s| s.activity.as_str() == "bus-0830" && s.seats_left == 5));
        }
        assert!(!elsewhere.event().await.unwrap().is_empty());

        site.tick(other, "bus-0830", DAY).await;
        here.until("bus-0830", 4).await;
        there.until("bus-0830", 4).await;
        replica.untick(other, "bus-0830", DAY).await;
        here.until("bus-0830", 5).await;
        there.until("bus-0830", 5).await;
        // What is told of the week after is about that week alone.
        site.tick(other, "cantine", "2017-09-25").await;
        let told = elsewhere.event().await.unwrap();
        assert!(told.iter().all(|seats| seats.date == date("2017-09-25")), "{told:?}");
        drop((site, replica));
        if db.is_postgres() {
            other_db.close().await;
        }
    }
}

db_test! {
    async fn a_screen_that_comes_back_is_told_what_it_missed(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (one, other) = (&commune.people[0], &commune.people[1]);
        commune.leave_seats("bus-0830", DAY, 3).await;
        drop(Screen::open(&site, one, DAY).await);
        site.tick(other, "bus-0830", DAY).await;
        Screen::open(&site, one, DAY).await.until("bus-0830", 2).await;
    }
}

db_test! {
    async fn streams_end_with_the_server_and_need_a_token(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let bare = site.request(reqwest::Method::GET, "/api/v1/weeks/2017-09-18/seats");
        assert_eq!(site.send(bare).await.code(), "token_missing");
        assert_eq!(site.get(person, "/api/v1/weeks/2017-09-19/seats").await.code(), "invalid_date");
        let mut screen = Screen::open(&site, person, DAY).await;
        screen.event().await.unwrap();
        site.end_streams();
        assert!(screen.event().await.is_none());
        assert_eq!(site.get(person, "/api/v1/weeks/2017-09-18/seats").await.code(), "unavailable");
    }
}
