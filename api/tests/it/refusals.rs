//! The server believes a client in nothing but which day it wishes, and says what is wrong.

use domain::cell::CellState;
use domain::wire::{FamilyView, Role};
use reqwest::{Method, StatusCode};
use serde_json::json;
use sqlx::Connection;

use crate::support::{Commune, Site, db_test, inscription, serve};

const DAY: &str = "2017-09-18";

/// A PUT of the path must be refused with the code, in words, and change nothing.
async fn refused(site: &Site, commune: &Commune, path: &str, code: &str) {
    let before = commune.changes().await;
    let token = site.token(&commune.people[0]);
    for language in ["fr", "en"] {
        let request =
            site.request(Method::PUT, path).bearer_auth(&token).header("accept-language", language);
        let answer = site.send(request).await;
        assert_eq!(answer.code(), code, "{path}");
        assert_eq!(answer.headers["content-language"], language);
    }
    assert_eq!(commune.changes().await, before, "{path} changed something");
}

db_test! {
    async fn each_wrong_wish_has_its_own_problem(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let mine = commune.people[0].children[0];
        let theirs = commune.people[1].children[0];
        let unknown = "0190a000-0000-7000-8000-000000000000";
        for (path, code) in [
            (inscription(theirs, "cantine", DAY), "child_not_found"),
            (inscription(unknown, "cantine", DAY), "child_not_found"),
            (inscription("not-an-id", "cantine", DAY), "child_not_found"),
            (inscription(mine, "piscine", DAY), "activity_not_found"),
            (inscription(mine, "CANTINE", DAY), "activity_not_found"),
            (inscription(mine, "cantine", "18-09-2017"), "invalid_date"),
            (inscription(mine, "cantine", "2017-9-18"), "invalid_date"),
            (inscription(mine, "cantine", "2017-02-30"), "invalid_date"),
            (inscription(mine, "cantine", "2017-10-23"), "closed_day"),
            (inscription(mine, "cantine", "2018-04-02"), "closed_day"),
            (inscription(mine, "cantine", "2017-09-20"), "not_running"),
            (inscription(mine, "cantine", "2017-09-23"), "not_running"),
            (inscription(mine, "cantine", "2019-03-04"), "not_running"),
            (inscription(mine, "tap-echecs", "2017-09-21"), "not_subscribed"),
            (inscription(mine, "tap-theatre", "2017-09-19"), "fixed_for_term"),
            (inscription(mine, "cantine", "2017-09-11"), "deadline_passed"),
        ] {
            refused(&site, &commune, &path, code).await;
        }
    }
}

db_test! {
    async fn nothing_that_a_body_says_is_believed(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let body = json!({
            "price": 0, "state": "fixed", "family_id": commune.people[1].account,
            "child_id": commune.people[1].children[0], "seats_left": 64, "capacity": 1000,
            "taken": 0, "now": "2017-01-01T00:00:00Z", "date": "2017-09-19", "override": true,
        });
        let path = inscription(person.children[0], "cantine", DAY);
        let request = site.request(Method::PUT, &path).bearer_auth(site.token(person));
        let answer = site.send(request.json(&body)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(commune.days(person.children[0]).await.contains(&format!("cantine {DAY}")));
        assert!(commune.days(commune.people[1].children[0]).await.is_empty());
        let seats = commune.seats("cantine", DAY).await;
        assert_eq!((seats.capacity, seats.taken), (240, 1));
        // Nor does it open a week that is closed, or a session that is full.
        let late = inscription(person.children[0], "cantine", "2017-09-11");
        let request = site.request(Method::PUT, &late).bearer_auth(site.token(person));
        assert_eq!(site.send(request.json(&body)).await.code(), "deadline_passed");
        commune.leave_seats("bus-0830", DAY, 0).await;
        let full = inscription(person.children[0], "bus-0830", DAY);
        let request = site.request(Method::PUT, &full).bearer_auth(site.token(person));
        assert_eq!(site.send(request.json(&body)).await.code(), "session_full");
    }
}

db_test! {
    async fn another_familys_inscription_stays(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (me, other) = (&commune.people[0], &commune.people[1]);
        assert_eq!(site.tick(other, "cantine", DAY).await.status, StatusCode::OK);
        let path = inscription(other.children[0], "cantine", DAY);
        let request = site.request(Method::DELETE, &path).bearer_auth(site.token(me));
        let answer = site.send(request).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "child_not_found"));
        assert_eq!(commune.days(other.children[0]).await, [format!("cantine {DAY}")]);
        let weeks = format!("/api/v1/children/{}/weeks/{DAY}", other.children[0]);
        assert_eq!(site.get(me, &weeks).await.code(), "child_not_found");
        let family: FamilyView = site.get(me, "/api/v1/family").await.json();
        assert!(family.children.iter().all(|child| me.children.contains(&child.id)));
    }
}

db_test! {
    async fn a_body_of_ten_megabytes_is_refused(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let path = inscription(person.children[0], "cantine", DAY);
        let request = site
            .request(Method::PUT, &path)
            .bearer_auth(site.token(person))
            .body(vec![b' '; 10 * 1024 * 1024]);
        let answer = site.send(request).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large")
        );
        let login = site
            .request(Method::POST, "/api/v1/auth/login")
            .header("content-type", "application/json")
            .body(vec![b' '; 10 * 1024 * 1024]);
        assert_eq!(site.send(login).await.code(), "payload_too_large");
        assert!(commune.days(person.children[0]).await.iter().all(|day| day.starts_with("tap-")));
    }
}

db_test! {
    async fn tokens_are_checked(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let path = inscription(person.children[0], "cantine", DAY);
        let put = |token: Option<String>| {
            let request = site.request(Method::PUT, &path);
            site.send(match token {
                Some(token) => request.header("authorization", token),
                None => request,
            })
        };
        let good = site.token(person);
        let mut forged = good.clone();
        forged.replace_range(forged.len() - 4.., "AAAA");
        assert_eq!(put(None).await.code(), "token_missing");
        assert_eq!(put(Some(format!("Bearer {forged}"))).await.code(), "token_invalid");
        assert_eq!(put(Some("Bearer x".into())).await.code(), "token_invalid");
        assert_eq!(put(Some(format!("Basic {good}"))).await.code(), "token_invalid");
        site.clock.set(site.clock.now() + chrono::TimeDelta::minutes(10));
        let expired = put(Some(format!("Bearer {good}"))).await;
        assert_eq!((expired.status, expired.code()), (StatusCode::UNAUTHORIZED, "token_expired"));
        assert_eq!(expired.headers["www-authenticate"], "Bearer");
        assert!(commune.days(person.children[0]).await.iter().all(|day| day.starts_with("tap-")));
    }
}

db_test! {
    async fn the_guichets_accounts_have_no_children(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let child = commune.people[0].children[0];
        for role in [Role::Coordinator, Role::Attendant] {
            let token = site.staff_token(role);
            for (method, path) in [
                (Method::GET, "/api/v1/family".to_owned()),
                (Method::GET, format!("/api/v1/family/weeks/{DAY}")),
                (Method::GET, format!("/api/v1/children/{child}/weeks/{DAY}")),
                (Method::PUT, inscription(child, "cantine", DAY)),
                (Method::DELETE, inscription(child, "cantine", DAY)),
            ] {
                let answer = site.send(site.request(method, &path).bearer_auth(&token)).await;
                assert_eq!(
                    (answer.status, answer.code()),
                    (StatusCode::FORBIDDEN, "forbidden"),
                    "{path}"
                );
            }
            for path in ["/api/v1/terms", "/api/v1/calendars/2017"] {
                let request = site.request(Method::GET, path).bearer_auth(&token);
                assert_eq!(site.send(request).await.status, StatusCode::OK);
            }
        }
    }
}

db_test! {
    async fn every_address_of_the_api_answers_with_a_problem(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        for (path, code) in [
            ("/api/v1/family/weeks/2017-09-19", "invalid_date"),
            ("/api/v1/family/weeks/soon", "invalid_date"),
            ("/api/v1/family/weeks/+262142-12-31", "invalid_date"),
            ("/api/v1/family/weeks/-4799-01-01", "invalid_date"),
            ("/api/v1/calendars/1999", "not_found"),
            ("/api/v1/calendars/x", "not_found"),
            ("/api/v1/nothing", "not_found"),
            ("/api/nothing", "not_found"),
        ] {
            assert_eq!(site.get(person, path).await.code(), code, "{path}");
        }
        let wrong_method = site.request(Method::PATCH, "/api/v1/family");
        let answer = site.send(wrong_method.bearer_auth(site.token(person))).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
        );
        assert_eq!(answer.headers["allow"], "GET");
        for path in ["/api/v1/family", "/api/v1/me", "/api/v1/terms", "/api/v1/calendars/2017"] {
            let answer = site.send(site.request(Method::GET, path)).await;
            assert_eq!(answer.code(), "token_missing", "{path}");
            assert_eq!(site.get(person, path).await.status, StatusCode::OK, "{path}");
        }
    }
}

db_test! {
    async fn a_seat_without_a_subscription_is_shown_and_can_be_given_back(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let child = person.children[0];
        site.tick(person, "cantine", DAY).await;
        let url = db.address().as_str().to_owned();
        forget_subscription(&url).await;
        let week: domain::wire::WeekView =
            site.get(person, &format!("/api/v1/family/weeks/{DAY}")).await.json();
        let row: Vec<_> = week
            .cells
            .iter()
            .filter(|cell| cell.child_id == child && cell.activity.as_str() == "cantine")
            .map(|cell| cell.state)
            .collect();
        assert_eq!(row[..2], [CellState::BookedOpen, CellState::FreeLocked]);
        assert_eq!(site.tick(person, "cantine", "2017-09-19").await.code(), "not_subscribed");
        assert_eq!(site.untick(person, "cantine", DAY).await.status, StatusCode::OK);
        assert_eq!(site.tick(person, "cantine", DAY).await.code(), "not_subscribed");
    }
}

/// As the guichet will: all canteen subscriptions end.
async fn forget_subscription(url: &str) {
    const ENDED: &str = "DELETE FROM subscription WHERE service = 'canteen'";
    if url.starts_with("sqlite") {
        let mut conn = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query(ENDED).execute(&mut conn).await.unwrap();
    } else {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query(ENDED).execute(&mut conn).await.unwrap();
    }
}

db_test! {
    async fn a_date_beyond_what_a_database_knows_is_refused(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let (child, family) = (me.children[0], commune.family(me).await);
        let term = commune.settings.calendar.terms()[0].id;
        let reason = "Erreur";
        for day in ["-262143-01-01", "+262142-12-31", "2200-01-01", "2017-9-18", ""] {
            let session = json!({
                "child_id": child, "activity": "cantine", "date": day, "book": true,
                "attendance": "present", "reason": reason,
            });
            let quotient = |from: &str, until: &str| json!({
                "value": 1, "from": from, "until": until, "source": "caf", "reason": reason,
            });
            let quotients = format!("/families/{family}/quotients");
            for (method, path, body) in [
                (Method::PUT, quotients.clone(), quotient(day, "2018-08-31")),
                (Method::PUT, quotients, quotient("2017-09-01", day)),
                (
                    Method::PUT,
                    format!("/families/{family}/residence"),
                    json!({ "from": day, "outside": true, "reason": reason }),
                ),
                (
                    Method::PUT,
                    "/tariffs".to_owned(),
                    json!({
                        "service": "bus", "from": day, "brackets": [0], "reductions": [],
                        "prices": [{ "item": "bus_1ar", "by_bracket": [1], "outside": null }],
                    }),
                ),
                (
                    Method::POST,
                    "/subscriptions/end".to_owned(),
                    json!({
                        "child_id": child, "term_id": term, "service": "bus", "last_day": day,
                        "reason": reason,
                    }),
                ),
                (
                    Method::POST,
                    "/subscriptions".to_owned(),
                    json!({ "child_id": child, "activity": "tap-judo", "from": day, "reason": reason }),
                ),
                (Method::PUT, "/attendance".to_owned(), session.clone()),
                (Method::POST, "/changes".to_owned(), session.clone()),
            ] {
                let told = format!("{path} {day}");
                let answer = site.send(site.guichet(&commune, method, &path).json(&body)).await;
                assert_eq!(answer.code(), "invalid_request", "{told}");
            }
            let body = json!({ "mode": "each", "changes": [session] });
            let answer = site.ask(me, Method::POST, "/api/v1/family/changes", body).await;
            assert_eq!(answer.code(), "invalid_request", "{day}");
        }
    }
}
