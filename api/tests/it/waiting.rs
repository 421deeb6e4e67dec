//! The waiting list: first come, first served, until the deadline.

use api::store::inscriptions::{self, Freed};
use api::store::waiting::{self, Line};
use api::store::{Db, sessions};
use domain::cell::CellState;
use domain::wire::HistoryWhat::{Added, Waited};
use domain::wire::{CellView, HistoryView, WeekView};
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};

use crate::support::{
    Commune, Person, Site, date, db_test, nothing_is_wrong, serve, session, slug, system, utc,
    waiting,
};

const DAY: &str = "2017-09-18";

async fn cell(site: &Site, person: &Person, activity: &str) -> CellView {
    let week: WeekView = site.get(person, &format!("/api/v1/family/weeks/{DAY}")).await.json();
    week.cells
        .into_iter()
        .find(|cell| {
            cell.child_id == person.children[0]
                && cell.activity.as_str() == activity
                && cell.date == date(DAY)
        })
        .unwrap()
}

db_test! {
    async fn places_in_line_have_no_holes(db) {
        let commune = Commune::found(db.clone(), 4).await;
        let site = serve(&db).await;
        commune.leave_seats("bus-0830", DAY, 1).await;
        let [seated, first, second, third] = &commune.people[..] else { panic!("four") };
        site.tick(seated, "bus-0830", DAY).await;
        for (person, position) in [(first, 1), (second, 2), (third, 3)] {
            let full = cell(&site, person, "bus-0830").await;
            assert_eq!((full.state, full.waiting), (CellState::Full, Some(position - 1)));
            let joined: CellView = site.join(person, "bus-0830", DAY).await.json();
            assert_eq!(joined.state, CellState::Waiting);
            assert_eq!((joined.position, joined.waiting), (Some(position), Some(position)));
        }
        let again: CellView = site.join(second, "bus-0830", DAY).await.json();
        assert_eq!(again.position, Some(2), "again is no mistake");
        let booked: CellView = site.join(seated, "bus-0830", DAY).await.json();
        assert_eq!(booked.state, CellState::BookedOpen, "who has a seat waits for none");

        let left: CellView = site.leave(first, "bus-0830", DAY).await.json();
        assert_eq!((left.state, left.position), (CellState::Full, None));
        assert_eq!(site.leave(first, "bus-0830", DAY).await.status, StatusCode::OK);
        for (person, position) in [(second, 1), (third, 2)] {
            let shown = cell(&site, person, "bus-0830").await;
            assert_eq!((shown.state, shown.position), (CellState::Waiting, Some(position)));
            assert_eq!(shown.waiting, Some(2));
        }
    }
}

db_test! {
    async fn a_free_seat_is_taken_rather_than_waited_for(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        for _ in 0..2 {
            let joined: CellView = site.join(person, "cantine", DAY).await.json();
            assert_eq!((joined.state, joined.position), (CellState::BookedOpen, None));
        }
        assert_eq!(commune.seats("cantine", DAY).await.taken, 1);
    }
}

db_test! {
    async fn a_seat_given_back_goes_to_the_first_in_line(db) {
        let commune = Commune::found(db.clone(), 3).await;
        let site = serve(&db).await;
        commune.leave_seats("bus-0830", DAY, 1).await;
        let [seated, first, second] = &commune.people[..] else { panic!("three") };
        site.tick(seated, "bus-0830", DAY).await;
        site.join(first, "bus-0830", DAY).await;
        site.join(second, "bus-0830", DAY).await;
        let freed: CellView = site.untick(seated, "bus-0830", DAY).await.json();
        assert_eq!((freed.state, freed.waiting), (CellState::Full, Some(1)), "it is gone already");
        assert_eq!(cell(&site, first, "bus-0830").await.state, CellState::BookedOpen);
        let next = cell(&site, second, "bus-0830").await;
        assert_eq!((next.state, next.position), (CellState::Waiting, Some(1)));

        let told = commune.outbox(waiting::SERVED).await;
        assert_eq!(told, [serde_json::json!({
            "child": first.children[0], "activity": "bus-0830", "date": DAY,
        })]);
        let path = format!("/api/v1/children/{}/weeks/{DAY}/history", first.children[0]);
        let history: HistoryView = site.get(first, &path).await.json();
        let entries: Vec<_> = history
            .entries
            .iter()
            .map(|entry| (entry.what, entry.origin.as_str(), entry.by.as_deref()))
            .collect();
        assert_eq!(entries, [
            (Added, "waiting_list", None),
            (Waited, "app", Some("Anne FAMILLEbaa")),
        ]);
    }
}

db_test! {
    async fn nobody_is_served_after_the_deadline(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        commune.leave_seats("bus-0830", DAY, 1).await;
        let [seated, waits] = &commune.people[..] else { panic!("two") };
        site.tick(seated, "bus-0830", DAY).await;
        site.join(waits, "bus-0830", DAY).await;

        let noon = utc("2017-09-12T10:00:00Z");
        site.clock.set(noon);
        assert_eq!(site.join(seated, "bus-1130", DAY).await.code(), "deadline_passed");
        // As the guichet does.
        let (child, settings) = (seated.children[0], commune.settings.clone());
        let line = Line::served_if(settings.serves_waiting(&slug("bus-0830"), date(DAY), noon));
        assert_eq!(line, Line::Over);
        let freed = db.write(move |conn| Box::pin(async move {
            inscriptions::free(conn, &system(), child, &slug("bus-0830"), date(DAY), line).await
        })).await.unwrap();
        assert!(matches!(freed, Freed::Now(seats) if seats.left() == 1));
        assert_eq!(commune.line("bus-0830", DAY).await, waits.children[..1]);
        assert!(commune.outbox(waiting::SERVED).await.is_empty());
        // Leaving the line is always possible.
        let left: CellView = site.leave(waits, "bus-0830", DAY).await.json();
        assert_eq!(left.state, CellState::FreeLocked);
        assert!(commune.line("bus-0830", DAY).await.is_empty());
    }
}

db_test! {
    async fn more_seats_serve_the_line(db) {
        let commune = Commune::found(db.clone(), 5).await;
        let site = serve(&db).await;
        commune.leave_seats("cantine", DAY, 1).await;
        for person in &commune.people {
            site.join(person, "cantine", DAY).await;
        }
        let resize = |capacity| {
            let db = db.clone();
            async move {
                db.write(move |conn| Box::pin(async move {
                    let (actor, session) = (system(), session("cantine", DAY));
                    let line = Line::Served;
                    Ok(sessions::set_capacity(conn, &actor, &session, capacity, line).await?)
                })).await.unwrap().unwrap()
            }
        };
        let seats = resize(3).await;
        assert_eq!((seats.taken, seats.waiting), (3, 2));
        let expected: Vec<_> = commune.people[3..].iter().map(|p| p.children[0]).collect();
        assert_eq!(commune.line("cantine", DAY).await, expected);
        // Fewer seats than are taken: nobody loses one, and the next to go frees none.
        let seats = resize(2).await;
        assert_eq!((seats.taken, seats.left()), (3, 0));
        site.untick(&commune.people[0], "cantine", DAY).await;
        assert_eq!(commune.line("cantine", DAY).await, expected);
        site.untick(&commune.people[1], "cantine", DAY).await;
        assert_eq!(commune.line("cantine", DAY).await, expected[1..]);
    }
}

db_test! {
    async fn each_wrong_wish_to_wait_has_its_own_problem(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (me, other) = (&commune.people[0], &commune.people[1]);
        let changes = commune.changes().await;
        let child = me.children[0];
        for (path, code) in [
            (waiting(other.children[0], "cantine", DAY), "child_not_found"),
            (waiting("0", "cantine", DAY), "child_not_found"),
            (waiting(child, "piscine", DAY), "activity_not_found"),
            (waiting(child, "cantine", "18-09-2017"), "invalid_date"),
            (waiting(child, "cantine", "2017-09-20"), "not_running"),
            (waiting(child, "cantine", "2017-10-23"), "closed_day"),
            (waiting(child, "tap-theatre", "2017-09-19"), "fixed_for_term"),
            (waiting(child, "tap-echecs", "2017-09-21"), "not_subscribed"),
            (waiting(child, "cantine", "2017-09-11"), "deadline_passed"),
        ] {
            let request = site.request(Method::PUT, &path).bearer_auth(site.token(me));
            assert_eq!(site.send(request).await.code(), code, "{path}");
        }
        let path = waiting(other.children[0], "cantine", DAY);
        let request = site.request(Method::DELETE, &path).bearer_auth(site.token(me));
        assert_eq!(site.send(request).await.code(), "child_not_found");
        for method in [Method::PUT, Method::DELETE] {
            let path = waiting(child, "cantine", DAY);
            let bare = site.request(method.clone(), &path);
            assert_eq!(site.send(bare).await.code(), "token_missing");
            let token = site.staff_token(domain::wire::Role::Coordinator);
            let staff = site.request(method, &path).bearer_auth(token);
            assert_eq!(site.send(staff).await.code(), "forbidden");
        }
        assert_eq!(commune.changes().await, changes, "nothing was written");
    }
}

async fn free(db: &Db, child: domain::ids::ChildId) {
    let freed = db.write(move |conn| {
        Box::pin(async move {
            let (activity, day) = (slug("bus-0830"), date(DAY));
            inscriptions::free(conn, &system(), child, &activity, day, Line::Served).await
        })
    });
    assert!(matches!(freed.await.unwrap(), Freed::Now(_)));
}

db_test! {
    async fn sixty_seats_freed_at_random_go_to_the_first_sixty_of_a_hundred(db) {
        let commune = Commune::found(db.clone(), 160).await;
        let site = serve(&db).await;
        let (seated, line) = commune.people.split_at(60);
        commune.leave_seats("bus-0830", DAY, 60).await;
        join_all(seated.iter().map(|person| site.tick(person, "bus-0830", DAY))).await;
        for person in line {
            let joined = site.join(person, "bus-0830", DAY).await;
            assert_eq!(joined.json::<CellView>().state, CellState::Waiting);
        }
        let expected: Vec<_> = line.iter().map(|person| person.children[0]).collect();
        assert_eq!(commune.line("bus-0830", DAY).await, expected);

        let mut rng = fastrand::Rng::with_seed(7);
        let mut leaving: Vec<_> = seated.iter().map(|person| person.children[0]).collect();
        rng.shuffle(&mut leaving);
        join_all(leaving.chunks(60_usize.div_ceil(8)).map(|mine| {
            let (db, waits) = (db.clone(), rng.u64(0..4));
            async move {
                for child in mine {
                    actix_web::rt::time::sleep(std::time::Duration::from_millis(waits)).await;
                    free(&db, *child).await;
                }
            }
        }))
        .await;

        assert_eq!(commune.line("bus-0830", DAY).await, expected[60..]);
        for person in &line[..60] {
            let days = commune.days(person.children[0]).await;
            assert!(days.contains(&format!("bus-0830 {DAY}")), "{}", person.email);
        }
        let told: Vec<_> = commune.outbox(waiting::SERVED).await;
        let told: Vec<domain::ids::ChildId> =
            told.iter().map(|told| serde_json::from_value(told["child"].clone()).unwrap()).collect();
        assert_eq!(told, expected[..60], "in order, each once");
        nothing_is_wrong(&db).await;
    }
}
