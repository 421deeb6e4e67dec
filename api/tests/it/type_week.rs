//! «Mettre à jour ma semaine-type» (manual, 3.4).

use std::collections::BTreeSet;

use api::store::Db;
use chrono::NaiveDate;
use domain::ids::ChildId;
use domain::wire::{TypeWeekView, WeekView};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Commune, Person, Site, date, db_test, inscription, serve, utc};

const PREVIEW: &str = "/api/v1/family/type-week/preview";
const UPDATE: &str = "/api/v1/family/type-week";

fn request(monday: &str, items: &[(ChildId, &str)]) -> Value {
    let items: Vec<_> = items
        .iter()
        .map(|(child, activity)| json!({ "child_id": child, "activity": activity }))
        .collect();
    json!({ "monday": monday, "items": items })
}

async fn preview(site: &Site, person: &Person, body: &Value) -> TypeWeekView {
    site.ask(person, Method::POST, PREVIEW, body.clone()).await.json()
}

async fn update(site: &Site, person: &Person, body: &Value) -> TypeWeekView {
    let answer = site.ask(person, Method::PUT, UPDATE, body.clone()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

/// The number of statements, once what was changed before has been told to all screens.
async fn quiet(db: &Db) -> u64 {
    loop {
        let before = db.statements();
        actix_web::rt::time::sleep(std::time::Duration::from_millis(400)).await;
        if db.statements() == before {
            return before;
        }
    }
}

async fn tick(site: &Site, person: &Person, child: ChildId, activity: &str, day: &str) {
    let request = site.request(Method::PUT, &inscription(child, activity, day));
    let answer = site.send(request.bearer_auth(site.token(person))).await;
    assert_eq!(answer.status, StatusCode::OK, "{day}: {}", answer.text);
}

async fn days(commune: &Commune, child: ChildId, activity: &str) -> BTreeSet<NaiveDate> {
    let days = commune.days(child).await;
    days.iter().filter_map(|day| day.strip_prefix(&format!("{activity} "))).map(date).collect()
}

db_test! {
    async fn the_shown_week_becomes_the_type_week(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let child = me.children[0];
        // Shown: Monday and Thursday. Later: a Tuesday that is to go, a Monday that stays.
        for day in ["2017-09-18", "2017-09-21", "2017-09-26", "2017-10-02"] {
            tick(&site, me, child, "bus-0830", day).await;
        }
        tick(&site, me, child, "cantine", "2017-09-26").await;
        // The line for a full day is no place for the type week.
        commune.leave_seats("bus-0830", "2017-09-28", 0).await;

        let body = request("2017-09-18", &[(child, "bus-0830")]);
        let planned = preview(&site, me, &body).await;
        assert_eq!(days(&commune, child, "bus-0830").await.len(), 4, "a preview changes nothing");
        let done = update(&site, me, &body).await;
        assert_eq!(done, planned);
        assert_eq!(done.until, date("2017-12-01"));
        let [item] = &done.items[..] else { panic!("one item") };
        assert!(item.before.is_empty());
        assert_eq!(item.after, [chrono::Weekday::Mon, chrono::Weekday::Thu]);
        assert_eq!(item.removed, [date("2017-09-26")]);
        assert_eq!(item.kept, [date("2017-10-02")]);
        assert_eq!(item.full.iter().map(|full| full.date).collect::<Vec<_>>(), [date("2017-09-28")]);
        assert_eq!(item.added.first(), Some(&date("2017-09-25")));
        assert_eq!(item.added.last(), Some(&date("2017-11-30")));
        assert_eq!(item.closed, ["2017-10-23", "2017-10-26", "2017-10-30", "2017-11-02"].map(date));
        assert!(item.locked.is_empty());

        let now = days(&commune, child, "bus-0830").await;
        assert!(now.is_superset(&item.added.iter().copied().collect()));
        assert!(!now.contains(&date("2017-09-26")) && !now.contains(&date("2017-09-28")));
        assert!(now.iter().all(|day| *day < date("2017-12-04")), "the next term is another");
        assert_eq!(days(&commune, child, "cantine").await, [date("2017-09-26")].into());

        let again = update(&site, me, &body).await;
        assert!(again.items[0].added.is_empty() && again.items[0].removed.is_empty());
        assert_eq!(again.items[0].before, again.items[0].after);
    }
}

db_test! {
    async fn locked_weeks_and_holidays_keep_what_they_have(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let child = me.children[0];
        site.clock.set(utc("2018-03-12T08:00:00Z"));
        // The type week: Monday and Thursday.
        for day in ["2018-03-26", "2018-03-29", "2018-04-03"] {
            tick(&site, me, child, "bus-0830", day).await;
        }
        update(&site, me, &request("2018-03-26", &[(child, "bus-0830")])).await;
        let before = days(&commune, child, "bus-0830").await;
        assert!(before.contains(&date("2018-04-05")) && before.contains(&date("2018-04-23")));
        assert!(!before.contains(&date("2018-04-03")), "a Tuesday");

        // Easter Monday is closed: that weekday keeps its old value, whatever else is shown. The
        // week of the 2nd is locked, that of the 23rd (after the holidays) is not.
        site.clock.set(utc("2018-03-28T08:00:00Z"));
        let untick = site
            .request(Method::DELETE, &inscription(child, "bus-0830", "2018-04-26"))
            .bearer_auth(site.token(me));
        site.send(untick).await;
        let done = update(&site, me, &request("2018-04-02", &[(child, "bus-0830")])).await;
        let item = &done.items[0];
        assert_eq!(item.after, [chrono::Weekday::Mon, chrono::Weekday::Thu]);
        assert_eq!(item.added, [date("2018-04-26")]);
        assert!(item.removed.is_empty());

        // Now with nothing shown but the week before the locked one.
        let done = preview(&site, me, &request("2018-03-19", &[(child, "bus-0830")])).await;
        let item = &done.items[0];
        assert!(item.after.is_empty());
        assert_eq!(item.locked, ["2018-03-26", "2018-03-29", "2018-04-05"].map(date));
        assert!(item.removed.contains(&date("2018-04-23")));
    }
}

db_test! {
    async fn three_children_and_a_whole_term_take_ten_statements(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let mut items = Vec::new();
        for child in &me.children {
            for activity in ["cantine", "bus-0830", "bus-fin-ecole"] {
                for day in ["2017-09-18", "2017-09-22", "2017-09-26"] {
                    tick(&site, me, *child, activity, day).await;
                }
                items.push((*child, activity));
            }
        }
        commune.leave_seats("bus-0830", "2017-10-02", 2).await;
        let body = request("2017-09-18", &items);
        // The settings are read once and kept while their version holds.
        preview(&site, me, &body).await;
        let before = quiet(&db).await;
        let done = update(&site, me, &body).await;
        let statements = db.statements() - before;
        assert!(statements <= 10, "{statements}");
        assert_eq!(done.items.len(), 9);
        let full: Vec<_> = done.items.iter().map(|item| item.full.len()).collect();
        assert_eq!(full, [0, 0, 0, 0, 0, 0, 0, 1, 0], "the third child finds the bus full");
        for item in &done.items {
            assert_eq!(item.removed, [date("2017-09-26")]);
            assert_eq!(item.added.len() + item.full.len(), 16, "Mondays and Fridays to 1 December");
            assert_eq!(item.added.last(), Some(&date("2017-12-01")));
        }
    }
}

db_test! {
    async fn a_day_given_up_goes_to_whoever_waits(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (me, other) = (&commune.people[0], &commune.people[1]);
        let child = me.children[0];
        commune.leave_seats("bus-0830", "2017-09-26", 1).await;
        tick(&site, me, child, "bus-0830", "2017-09-26").await;
        site.join(other, "bus-0830", "2017-09-26").await;
        let done = update(&site, me, &request("2017-09-18", &[(child, "bus-0830")])).await;
        assert_eq!(done.items[0].removed, [date("2017-09-26")]);
        assert_eq!(days(&commune, other.children[0], "bus-0830").await, [date("2017-09-26")].into());
        assert_eq!(commune.outbox(api::store::waiting::SERVED).await.len(), 1);
    }
}

db_test! {
    async fn the_type_week_is_kept_for_the_next_look(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        tick(&site, me, me.children[0], "cantine", "2017-09-19").await;
        let body = request("2017-09-18", &[(me.children[0], "cantine")]);
        update(&site, me, &body).await;
        let later = request("2017-10-02", &[(me.children[0], "cantine")]);
        let shown = preview(&site, me, &later).await;
        assert_eq!(shown.items[0].before, [chrono::Weekday::Tue]);
        assert_eq!(shown.items[0].before, shown.items[0].after);
        let week: WeekView = site.get(me, "/api/v1/family/weeks/2017-10-02").await.json();
        let booked = week.cells.iter().filter(|cell| cell.state.is_booked());
        assert_eq!(booked.filter(|cell| cell.activity.as_str() == "cantine").count(), 1);
    }
}

db_test! {
    async fn each_wrong_update_has_its_own_problem(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (me, other) = (&commune.people[0], &commune.people[1]);
        let child = me.children[0];
        let changes = commune.changes().await;
        for path in [(Method::POST, PREVIEW), (Method::PUT, UPDATE)] {
            let ask = |body: Value| site.ask(me, path.0.clone(), path.1, body);
            for (body, code) in [
                (request("2017-09-18", &[(other.children[0], "cantine")]), "child_not_found"),
                (request("2017-09-18", &[(child, "piscine")]), "activity_not_found"),
                (request("2017-09-18", &[(child, "tap-theatre")]), "fixed_for_term"),
                (request("2017-09-18", &[(child, "tap-echecs")]), "not_subscribed"),
                (request("2018-07-16", &[(child, "cantine")]), "not_running"),
                (request("2017-09-18", &[]), "validation_failed"),
                (request("2017-09-18", &[(child, "cantine"); 2]), "validation_failed"),
                (request("2017-09-19", &[(child, "cantine")]), "invalid_request"),
                (json!({ "monday": "2017-09-18" }), "invalid_request"),
            ] {
                assert_eq!(ask(body.clone()).await.code(), code, "{body}");
            }
            let twice = ask(request("2017-09-18", &[(child, "cantine"); 2])).await.problem();
            assert_eq!(twice.errors[0].pointer, "/items/1");
            let staff = site
                .request(path.0, path.1)
                .bearer_auth(site.staff_token(domain::wire::Role::Coordinator))
                .json(&request("2017-09-18", &[(child, "cantine")]));
            assert_eq!(site.send(staff).await.code(), "forbidden");
        }
        assert_eq!(commune.changes().await, changes);
    }
}
