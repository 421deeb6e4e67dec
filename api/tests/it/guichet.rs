//! What the coordinator does for a family: late, beyond the capacity, and with a reason.

use api::store::waiting::SERVED;
use domain::wire::{
    ChangeOrigin, FoundChildren, GuichetActsView, GuichetChildWeek, GuichetDay, GuichetWeekView,
    GuichetWhat, HistoryView, HistoryWhat, Role, SessionDetail, SessionView,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Person, Site, date, db_test, serve, session, slug, utc};

const DAY: &str = "2017-09-18";
const WEEK: &str = "/weeks/2017-09-18";

/// The week of the 18th has closed for parents.
fn after_the_deadline(site: &Site) {
    site.clock.set(utc("2017-09-12T10:00:00Z"));
}

fn wish(person: &Person, book: bool) -> Value {
    json!({
        "child_id": person.children[0], "activity": "bus-0830", "date": DAY, "book": book,
        "reason": "Rendez-vous annulé",
    })
}

async fn change(site: &Site, commune: &Commune, body: &Value) -> Answer {
    site.send(site.guichet(commune, Method::POST, "/changes").json(body)).await
}

async fn changed(site: &Site, commune: &Commune, body: &Value) -> GuichetDay {
    let answer = change(site, commune, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn get<T: serde::de::DeserializeOwned>(site: &Site, commune: &Commune, path: &str) -> T {
    let answer = site.send(site.guichet(commune, Method::GET, path)).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    answer.json()
}

async fn detail(site: &Site, commune: &Commune) -> SessionDetail {
    get(site, commune, &format!("/sessions/bus-0830/{DAY}")).await
}

db_test! {
    async fn a_late_change_stands_in_the_family_s_history_with_its_reason(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        after_the_deadline(&site);
        assert_eq!(site.tick(me, "bus-0830", DAY).await.code(), "deadline_passed");
        let day = changed(&site, &commune, &wish(me, true)).await;
        assert!(day.booked && day.subscribed && !day.parents_can);
        assert_eq!(day.session.taken, 1);
        // Again is no mistake, and no second change.
        let changes = commune.changes().await;
        changed(&site, &commune, &wish(me, true)).await;
        assert_eq!(commune.changes().await, changes);
        assert_eq!(site.untick(me, "bus-0830", DAY).await.code(), "deadline_passed");
        let day = changed(&site, &commune, &wish(me, false)).await;
        assert!(!day.booked && day.session.taken == 0);
        changed(&site, &commune, &wish(me, false)).await;

        let path = format!("/api/v1/children/{}{WEEK}/history", me.children[0]);
        let history: HistoryView = site.get(me, &path).await.json();
        // The theatre came with the subscription.
        let mut entries = history.entries;
        entries.retain(|entry| entry.activity == Some(slug("bus-0830")));
        let told: Vec<_> = entries.iter().map(|entry| entry.what).collect();
        assert_eq!(told, [HistoryWhat::Removed, HistoryWhat::Added]);
        for entry in &entries {
            assert_eq!(entry.origin, ChangeOrigin::Guichet);
            assert_eq!(entry.by.as_deref(), Some("Claire Morand"));
            assert_eq!(entry.reason.as_deref(), Some("Rendez-vous annulé"));
        }
        let acts: GuichetActsView = get(&site, &commune, "/changes").await;
        assert_eq!(acts.acts.len(), 2);
        let act = &acts.acts[1];
        assert_eq!((act.what, act.date), (GuichetWhat::Added, date(DAY)));
        assert_eq!(act.by, "Claire Morand");
        assert!(act.child.as_deref().is_some_and(|name| name.starts_with("Lou")), "{act:?}");
    }
}

db_test! {
    async fn a_seat_beyond_the_capacity_is_given_on_purpose_alone(db) {
        let commune = Commune::found(db.clone(), 3).await;
        let site = serve(&db).await;
        let [first, second, third] = &commune.people[..] else { panic!("three") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        site.tick(first, "bus-0830", DAY).await;
        let refused = change(&site, &commune, &wish(second, true)).await;
        assert_eq!(refused.code(), "session_full");
        assert_eq!(commune.days(second.children[0]).await.len(), 0);
        let mut beyond = wish(second, true);
        beyond["beyond_capacity"] = true.into();
        let day = changed(&site, &commune, &beyond).await;
        assert_eq!((day.session.taken, day.session.capacity), (2, 1));
        assert_eq!(site.tick(third, "bus-0830", DAY).await.code(), "session_full");
        // What a parent gives back fills the overrun first.
        site.untick(first, "bus-0830", DAY).await;
        assert_eq!(site.tick(third, "bus-0830", DAY).await.code(), "session_full");
        site.untick(second, "bus-0830", DAY).await;
        assert_eq!(site.tick(third, "bus-0830", DAY).await.status, StatusCode::OK);
    }
}

db_test! {
    async fn whoever_is_given_a_seat_waits_for_it_no_longer(db) {
        let commune = Commune::found(db.clone(), 4).await;
        let site = serve(&db).await;
        let [first, second, third, fourth] = &commune.people[..] else { panic!("four") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        for person in [first, second, third, fourth] {
            site.join(person, "bus-0830", DAY).await;
        }
        after_the_deadline(&site);
        let mut beyond = wish(third, true);
        beyond["beyond_capacity"] = true.into();
        let day = changed(&site, &commune, &beyond).await;
        assert_eq!((day.session.taken, day.session.waiting), (2, 2));
        let detail = detail(&site, &commune).await;
        assert!(!detail.session.serves_waiting);
        let ids = |list: &[domain::wire::Inscribed]| -> Vec<_> {
            list.iter().map(|inscribed| inscribed.child.id).collect()
        };
        assert_eq!(ids(&detail.line), [second.children[0], fourth.children[0]]);
        assert!(ids(&detail.children).contains(&third.children[0]));
        assert_eq!(detail.children.len(), 2);
    }
}

db_test! {
    async fn after_the_deadline_the_guichet_says_who_has_the_seat(db) {
        let commune = Commune::found(db.clone(), 4).await;
        let site = serve(&db).await;
        let [first, second, third, fourth] = &commune.people[..] else { panic!("four") };
        commune.leave_seats("bus-0830", DAY, 2).await;
        for person in [first, second, third, fourth] {
            site.join(person, "bus-0830", DAY).await;
        }
        after_the_deadline(&site);
        let day = changed(&site, &commune, &wish(first, false)).await;
        assert_eq!((day.session.taken, day.session.waiting), (1, 2), "nobody by itself");
        let mut given = wish(second, false);
        given["serve_waiting"] = true.into();
        let day = changed(&site, &commune, &given).await;
        assert_eq!((day.session.taken, day.session.waiting), (2, 0), "both seats, in order");
        assert_eq!(commune.outbox(SERVED).await.len(), 2);
        assert!(commune.days(fourth.children[0]).await.len() == 1);
        // Whoever has it after the deadline reads who decided so, and why.
        let path = format!("/api/v1/children/{}{WEEK}/history", third.children[0]);
        let history: HistoryView = site.get(third, &path).await.json();
        let entry = &history.entries[0];
        assert_eq!((entry.what, entry.origin), (HistoryWhat::Added, ChangeOrigin::Guichet));
        assert_eq!(entry.by.as_deref(), Some("Claire Morand"));
        assert_eq!(entry.reason.as_deref(), Some("Rendez-vous annulé"));
    }
}

db_test! {
    async fn a_child_that_waits_can_be_taken_out_of_the_line(db) {
        let commune = Commune::found(db.clone(), 3).await;
        let site = serve(&db).await;
        let [first, second, third] = &commune.people[..] else { panic!("three") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        for person in [first, second, third] {
            site.join(person, "bus-0830", DAY).await;
        }
        after_the_deadline(&site);
        let day = changed(&site, &commune, &wish(second, false)).await;
        assert_eq!((day.booked, day.position, day.session.waiting), (false, None, 1));
        assert_eq!(commune.line("bus-0830", DAY).await, [third.children[0]]);
        let acts: GuichetActsView = get(&site, &commune, "/changes").await;
        assert_eq!(acts.acts[0].what, GuichetWhat::LeftLine);
        let path = format!("/api/v1/children/{}{WEEK}/history", second.children[0]);
        let history: HistoryView = site.get(second, &path).await.json();
        assert_eq!(history.entries[0].what, HistoryWhat::StoppedWaiting);
        assert_eq!(history.entries[0].reason.as_deref(), Some("Rendez-vous annulé"));
    }
}

db_test! {
    async fn before_the_deadline_the_line_is_served_as_ever(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let [first, second] = &commune.people[..] else { panic!("two") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        site.join(first, "bus-0830", DAY).await;
        site.join(second, "bus-0830", DAY).await;
        assert!(detail(&site, &commune).await.session.serves_waiting);
        changed(&site, &commune, &wish(first, false)).await;
        assert_eq!(commune.days(second.children[0]).await.len(), 1);
    }
}

db_test! {
    async fn a_session_can_have_another_capacity(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let [first, second] = &commune.people[..] else { panic!("two") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        site.join(first, "bus-0830", DAY).await;
        site.join(second, "bus-0830", DAY).await;
        let path = format!("/sessions/bus-0830/{DAY}/capacity");
        let set = |body: Value| site.send(site.guichet(&commune, Method::PUT, &path).json(&body));
        let answer = set(json!({ "capacity": 2, "reason": "Un second car" })).await;
        let seats: SessionView = answer.json();
        assert_eq!((seats.capacity, seats.taken, seats.waiting), (2, 2, 0));
        let acts: GuichetActsView = get(&site, &commune, "/changes").await;
        assert_eq!(acts.acts[0].capacity, Some((1, 2)));
        assert_eq!(acts.acts[0].reason, "Un second car");
        let answer = set(json!({ "capacity": 0, "reason": "Panne" })).await;
        assert_eq!(answer.json::<SessionView>().taken, 2, "nobody loses a seat");

        for (body, pointer) in [
            (json!({ "capacity": 2, "reason": " " }), "/reason"),
            (json!({ "capacity": 2, "reason": "x".repeat(301) }), "/reason"),
            (json!({ "capacity": 10_001, "reason": "x" }), "/capacity"),
        ] {
            let problem = set(body).await.problem();
            assert_eq!(problem.code.as_str(), "validation_failed");
            assert_eq!(problem.errors[0].pointer, pointer);
        }
        assert_eq!(set(json!({ "capacity": -1, "reason": "x" })).await.code(), "invalid_request");
        let sunday = site.guichet(&commune, Method::PUT, "/sessions/bus-0830/2017-09-24/capacity");
        let sunday = site.send(sunday.json(&json!({ "capacity": 1, "reason": "x" }))).await;
        assert_eq!(sunday.code(), "not_running");
    }
}

db_test! {
    async fn a_week_shows_the_seats_of_everything_that_takes_place(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        site.tick(me, "bus-0830", DAY).await;
        let week: GuichetWeekView = get(&site, &commune, WEEK).await;
        assert_eq!(week.activities.len(), commune.settings.activities.len());
        assert_eq!(week.days.len(), 5);
        assert_eq!(week.open_until, Some(utc("2017-09-12T10:00:00Z")));
        let key = session("bus-0830", DAY);
        let seats = week.sessions.iter().find(|s| s.activity == key.activity && s.date == key.date);
        assert_eq!(seats.map(|seats| (seats.taken, seats.capacity)), Some((1, 64)));
        let wednesday = date("2017-09-20");
        let runs = week.sessions.iter().filter(|session| session.date == wednesday);
        assert_eq!(runs.count(), 2, "the first and the last bus");

        let path = format!("/children/{}{WEEK}", me.children[0]);
        let child: GuichetChildWeek = get(&site, &commune, &path).await;
        assert_eq!(child.days.len(), week.sessions.len());
        assert_eq!(child.days.iter().filter(|day| day.booked).count(), 2, "and the theatre");
        let theatre = child.days.iter().find(|day| day.session.activity.as_str() == "tap-theatre");
        assert!(theatre.is_some_and(|day| day.subscribed && day.booked && !day.parents_can));
        assert!(child.days.iter().any(|day| !day.subscribed), "the other TAP activities");
        assert_eq!(child.guardians[0].email.as_deref(), Some(me.email.as_str()));
    }
}

db_test! {
    async fn children_are_found_by_any_name(db) {
        let commune = Commune::found(db.clone(), 30).await;
        let site = serve(&db).await;
        let find = async |name: &str| -> FoundChildren {
            get(&site, &commune, &format!("/children?name={name}")).await
        };
        let found = find("ZOE").await;
        assert_eq!((found.children.len(), found.more), (1, false));
        assert_eq!(found.children[0].first_name, "Zoé");
        let found = find("famille+lou").await;
        assert_eq!((found.children.len(), found.more), (20, true));
        assert!(found.children.is_sorted_by(|a, b| a.last_name < b.last_name));
        assert!(find("").await.children.is_empty());
        // A guardian's name finds the children, too, after those who are named so.
        let names = |found: FoundChildren| -> Vec<String> {
            found.children.into_iter().map(|child| child.first_name).collect()
        };
        assert_eq!(find("anne").await.children.len(), 20);
        assert_eq!(names(find("anne+familleaaa").await), ["Lou", "Max", "Zoé"]);
        // And an invoice's number, those whom it may concern.
        commune.bills().await;
        let term = commune.settings.calendar.terms()[0].id;
        let family = commune.family(&commune.people[0]).await;
        db.write(move |conn| Box::pin(async move {
            let actor = crate::support::system();
            api::billing::settle_term(conn, &actor, family, term).await.unwrap();
            Ok(())
        })).await.unwrap();
        assert_eq!(names(find("f2017000001").await), ["Lou", "Max", "Zoé"]);
        assert!(find("F2017000002").await.children.is_empty());
        assert!(find("%25").await.children.is_empty());
    }
}

db_test! {
    async fn each_wrong_change_has_its_own_problem(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let changes = commune.changes().await;
        let with = |field: &str, value: Value| {
            let mut body = wish(&commune.people[0], true);
            body[field] = value;
            body
        };
        for (body, code) in [
            (with("child_id", json!("0190a000-0000-7000-8000-000000000000")), "child_not_found"),
            (with("activity", json!("piscine")), "activity_not_found"),
            (with("activity", json!("tap-echecs")), "not_running"),
            (with("date", json!("2017-09-24")), "not_running"),
            (with("date", json!("2017-10-23")), "closed_day"),
            (with("date", json!("demain")), "invalid_request"),
            (with("reason", json!("")), "validation_failed"),
            (with("child_id", json!(7)), "invalid_request"),
        ] {
            assert_eq!(change(&site, &commune, &body).await.code(), code, "{body}");
        }
        let mut chess = with("activity", json!("tap-echecs"));
        chess["date"] = json!("2017-09-21");
        assert_eq!(change(&site, &commune, &chess).await.code(), "not_subscribed");
        for path in ["/weeks/2017-09-19", "/weeks/x/bus-check", "/sessions/bus-0830/x"] {
            let answer = site.send(site.guichet(&commune, Method::GET, path)).await;
            assert_eq!(answer.code(), "invalid_date", "{path}");
        }
        assert_eq!(commune.changes().await, changes);
    }
}

db_test! {
    async fn nobody_but_the_coordinator(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let child = me.children[0];
        for (method, path) in [
            (Method::GET, format!("/api/v1/guichet{WEEK}")),
            (Method::GET, format!("/api/v1/guichet{WEEK}/bus-check")),
            (Method::GET, "/api/v1/guichet/changes".into()),
            (Method::GET, "/api/v1/guichet/children?name=zoe".into()),
            (Method::GET, format!("/api/v1/guichet/children/{child}{WEEK}")),
            (Method::GET, format!("/api/v1/guichet/sessions/bus-0830/{DAY}")),
            (Method::PUT, format!("/api/v1/guichet/sessions/bus-0830/{DAY}/capacity")),
            (Method::POST, "/api/v1/guichet/changes".into()),
            (Method::POST, "/api/v1/guichet/subscriptions".into()),
        ] {
            let ask = |token: String| {
                let request = site.request(method.clone(), &path).json(&wish(me, true));
                site.send(request.bearer_auth(token))
            };
            assert_eq!(ask(site.token(me)).await.code(), "forbidden", "{path}");
            let attendant = site.staff_token(Role::Attendant);
            assert_eq!(ask(attendant).await.code(), "forbidden", "{path}");
            let nobody = site.send(site.request(method.clone(), &path)).await;
            assert_eq!(nobody.code(), "token_missing", "{path}");
        }
        assert!(commune.days(child).await.iter().all(|day| day.starts_with("tap-")));
    }
}
