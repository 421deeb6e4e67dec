//! The coordinator opens an activity that a child is missing.

use domain::cell::CellState;
use domain::wire::{HistoryView, HistoryWhat, WeekView};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Person, Site, date, db_test, serve, session, slug};

fn missing(person: &Person, activity: &str) -> Value {
    json!({
        "child_id": person.children[0], "activity": activity, "from": "2017-09-18",
        "reason": "Oublié à l'inscription",
    })
}

async fn add(site: &Site, commune: &Commune, body: &Value) -> Answer {
    site.send(site.guichet(commune, Method::POST, "/subscriptions").json(body)).await
}

async fn week(site: &Site, person: &Person) -> WeekView {
    site.get(person, "/api/v1/family/weeks/2017-09-18").await.json()
}

db_test! {
    async fn canteen_and_bus_are_open_to_the_parents_from_then_on(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        assert_eq!(site.tick(me, "cantine", "2017-09-18").await.code(), "not_subscribed");
        assert!(week(&site, me).await.cells.is_empty());

        let answer = add(&site, &commune, &missing(me, "cantine")).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
        assert_eq!(site.tick(me, "cantine", "2017-09-18").await.status, StatusCode::OK);
        assert_eq!(commune.days(me.children[0]).await, ["cantine 2017-09-18"], "nothing by itself");
        let next_term = site.tick(me, "cantine", "2017-12-04").await;
        assert_eq!(next_term.code(), "not_subscribed");
        let again = add(&site, &commune, &missing(me, "cantine")).await;
        assert_eq!(again.code(), "already_subscribed");

        let without = add(&site, &commune, &missing(me, "bus-0830")).await.problem();
        assert_eq!(without.errors[0].pointer, "/package");
        let mut bus = missing(me, "bus-0830");
        bus["package"] = "1AR".into();
        assert_eq!(add(&site, &commune, &bus).await.status, StatusCode::NO_CONTENT);
        // One package opens all four trips.
        assert_eq!(site.tick(me, "bus-fin-ecole", "2017-09-20").await.status, StatusCode::OK);

        let path = format!("/api/v1/children/{}/weeks/2017-09-18/history", me.children[0]);
        let history: HistoryView = site.get(me, &path).await.json();
        let told: Vec<_> =
            history.entries.iter().filter(|e| e.what == HistoryWhat::Subscribed).collect();
        assert_eq!(told.len(), 2);
        assert_eq!(told[1].reason.as_deref(), Some("Oublié à l'inscription"));
    }
}

db_test! {
    async fn a_tap_activity_is_booked_to_the_end_of_the_term_or_not_at_all(db) {
        let commune = Commune::unsubscribed(db.clone(), 2).await;
        let site = serve(&db).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        let child = me.children[0];
        // One Thursday in the middle is full.
        let full = session("tap-echecs", "2017-10-12");
        commune.leave_seats("tap-echecs", "2017-10-12", 0).await;
        let changes = commune.changes().await;
        let refused = add(&site, &commune, &missing(me, "tap-echecs")).await.problem();
        assert_eq!(refused.code.as_str(), "session_full");
        assert_eq!(refused.full_days, [full.date]);
        assert!(refused.detail.contains("12/10"), "{}", refused.detail);
        assert_eq!(commune.changes().await, changes);
        assert!(commune.days(child).await.is_empty());

        let mut beyond = missing(me, "tap-echecs");
        beyond["beyond_capacity"] = true.into();
        let answer = add(&site, &commune, &beyond).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
        let days = commune.days(child).await;
        assert_eq!(days.first().map(String::as_str), Some("tap-echecs 2017-09-21"));
        assert_eq!(days.last().map(String::as_str), Some("tap-echecs 2017-11-30"));
        assert!(days.contains(&format!("{} {}", full.activity, full.date)));
        assert_eq!(days.len(), 9, "eleven Thursdays, two of them in the holidays");
        let week = week(&site, me).await;
        let cell = week.cells.iter().find(|cell| {
            cell.activity == slug("tap-echecs") && cell.date == date("2017-09-21")
        });
        assert_eq!(cell.map(|cell| cell.state), Some(CellState::Fixed));

        // A second one beside it; another child's is its own.
        assert_eq!(
            add(&site, &commune, &missing(me, "tap-judo")).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(
            add(&site, &commune, &missing(me, "tap-judo")).await.code(),
            "already_subscribed"
        );
        assert!(commune.days(other.children[0]).await.is_empty());
        // Judo is on Tuesdays, as the theatre; two are the most.
        let same_day = add(&site, &commune, &missing(me, "tap-theatre")).await;
        assert_eq!(same_day.code(), "same_day_tap");
        let third = add(&site, &commune, &missing(me, "tap-jardinage")).await;
        assert_eq!(third.code(), "two_taps");
    }
}

db_test! {
    async fn two_who_add_the_same_at_once_add_it_once(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        let body = missing(&commune.people[0], "tap-judo");
        let answers = futures_util::future::join_all(
            (0..6).map(|_| async { add(&site, &commune, &body).await.status }),
        )
        .await;
        let done = answers.iter().filter(|status| **status == StatusCode::NO_CONTENT).count();
        let refused = answers.iter().filter(|status| **status == StatusCode::CONFLICT).count();
        assert_eq!((done, refused), (1, 5), "{answers:?}");
    }
}

db_test! {
    async fn each_wrong_wish_has_its_own_problem(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        let with = |field: &str, value: Value| {
            let mut body = missing(&commune.people[0], "cantine");
            body[field] = value;
            body
        };
        for (body, code) in [
            (with("child_id", json!("0190a000-0000-7000-8000-000000000000")), "child_not_found"),
            (with("activity", json!("piscine")), "activity_not_found"),
            (with("from", json!("2018-07-10")), "not_running"),
            (with("from", json!("x")), "invalid_request"),
            (with("reason", json!("\n")), "validation_failed"),
            (with("package", json!("3AR")), "invalid_request"),
        ] {
            assert_eq!(add(&site, &commune, &body).await.code(), code, "{body}");
        }
    }
}
