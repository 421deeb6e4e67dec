//! The calendar feed: a secret address, and nothing but the caller's children behind it.

use domain::ids::{ChildId, GuardianId};
use domain::wire::{CalendarFeedView, Role};
use reqwest::{Method, StatusCode};
use sqlx::Connection;

use crate::ics::Calendar;
use crate::support::{Answer, Commune, Person, Site, db_test, inscription, serve, utc};

const FEED: &str = "/api/v1/me/calendar-feed";
const DAY: &str = "2017-09-18";

async fn path(site: &Site, person: &Person) -> String {
    let answer = site.get(person, FEED).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.headers["cache-control"], "no-store");
    answer.json::<CalendarFeedView>().path
}

async fn fetch(site: &Site, path: &str) -> Answer {
    site.send(site.request(Method::GET, path)).await
}

pub(crate) async fn read(site: &Site, person: &Person) -> Calendar {
    let answer = fetch(site, &path(site, person).await).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    Calendar::read(&answer.text)
}

/// Ticks a day of any of the person's children.
async fn tick(site: &Site, person: &Person, child: ChildId, activity: &str, day: &str) {
    let request = site.request(Method::PUT, &inscription(child, activity, day));
    let answer = site.send(request.bearer_auth(site.token(person))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

/// Runs a statement of two ids, behind the server's back.
async fn behind(db: &api::store::Db, statement: &'static str, one: uuid::Uuid, other: uuid::Uuid) {
    let url = db.address().as_str();
    if db.is_postgres() {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query(statement).bind(one).bind(other).execute(&mut conn).await.unwrap();
    } else {
        let mut conn = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query(statement).bind(one).bind(other).execute(&mut conn).await.unwrap();
    }
}

async fn link(db: &api::store::Db, child: ChildId, guardian: GuardianId) {
    let statement = "INSERT INTO child_guardian (child_id, guardian_id) VALUES ($1, $2)";
    behind(db, statement, child.0, guardian.0).await;
}

db_test! {
    async fn a_phone_reads_the_childrens_inscriptions(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let [lou, max, _] = person.children[..] else { panic!("three") };
        tick(&site, person, lou, "cantine", DAY).await;
        tick(&site, person, max, "bus-fin-ecole", "2017-09-20").await;

        let path = path(&site, person).await;
        let secret = path.strip_prefix("/feeds/").and_then(|path| path.strip_suffix(".ics"));
        let secret = secret.unwrap();
        assert!(secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_hexdigit()));
        let answer = fetch(&site, &path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.headers["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(answer.headers["cache-control"], "private, max-age=900");
        let head = site.send(site.request(Method::HEAD, &path)).await;
        assert_eq!((head.status, &*head.text), (StatusCode::OK, ""));

        let calendar = Calendar::read(&answer.text);
        assert_eq!(calendar.text("NAME"), "Préau · Neuvecelle");
        assert_eq!(calendar.text("X-WR-CALNAME"), "Préau · Neuvecelle");
        let meal = calendar.with(&format!("{lou}-cantine-{DAY}@preau"))[0];
        assert_eq!(meal.summary, "Lou · Cantine");
        assert_eq!(meal.stamp, utc("2017-09-11T08:00:00Z"));
        assert_eq!((meal.start, meal.end), (utc("2017-09-18T09:30:00Z"), utc("2017-09-18T11:30:00Z")));
        let bus = calendar.with(&format!("{max}-bus-fin-ecole-2017-09-20@preau"))[0];
        assert_eq!(bus.summary, "Max · Bus fin école");
        assert_eq!((bus.start, bus.end), (utc("2017-09-20T09:30:00Z"), utc("2017-09-20T10:00:00Z")));
        let days = commune.days(lou).await.len() + commune.days(max).await.len();
        assert_eq!(calendar.events.len(), days, "theatre too, to the end of the last term");
        assert!(calendar.events.iter().any(|event| event.start > utc("2018-06-25T00:00:00Z")));
    }
}

db_test! {
    async fn uids_stay_and_what_is_removed_is_gone(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        site.tick(person, "cantine", DAY).await;
        site.tick(person, "bus-0830", DAY).await;
        let address = path(&site, person).await;
        let first = fetch(&site, &address).await.text;
        site.clock.set(utc("2017-09-11T20:00:00Z"));
        let second = fetch(&site, &address).await.text;
        assert_eq!(first, second, "nothing changed, down to the letter");

        site.untick(person, "cantine", DAY).await;
        let (before, after) = (Calendar::read(&first), read(&site, person).await);
        let gone = format!("{}-cantine-{DAY}@preau", person.children[0]);
        let mut expected = before.uids();
        expected.retain(|uid| *uid != gone);
        assert_eq!(after.uids(), expected);
        assert_eq!(before.uids().len(), expected.len() + 1);

        site.tick(person, "cantine", DAY).await;
        let again = read(&site, person).await;
        assert_eq!(again.uids(), before.uids(), "the same event, inscribed anew");
        assert!(again.with(&gone)[0].stamp > before.with(&gone)[0].stamp);
    }
}

db_test! {
    async fn a_renewed_secret_kills_the_old_address(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let [person, other] = &commune.people[..] else { panic!("two") };
        let old = path(&site, person).await;
        let others = path(&site, other).await;
        assert_eq!(path(&site, person).await, old, "it stays until it is renewed");
        let renew = || site.ask(person, Method::POST, FEED, serde_json::json!({}));
        let new = renew().await.json::<CalendarFeedView>().path;
        assert_ne!(new, old);
        let dead = fetch(&site, &old).await;
        assert_eq!((dead.status, dead.code()), (StatusCode::NOT_FOUND, "not_found"));
        assert_eq!(fetch(&site, &new).await.status, StatusCode::OK);
        assert_eq!(path(&site, person).await, new);
        let newest = renew().await.json::<CalendarFeedView>().path;
        assert_eq!(fetch(&site, &new).await.code(), "not_found");
        assert_eq!(fetch(&site, &newest).await.status, StatusCode::OK);
        assert_eq!(fetch(&site, &others).await.status, StatusCode::OK, "another's stays");
    }
}

db_test! {
    async fn a_feed_is_made_once_however_many_ask(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let asked = (0..8).map(|_| path(&site, person));
        let paths = futures_util::future::join_all(asked).await;
        assert!(paths.iter().all(|path| *path == paths[0]), "{paths:?}");
        let renewing = async { site.ask(person, Method::POST, FEED, serde_json::json!({})).await };
        assert_eq!(renewing.await.status, StatusCode::OK);
    }
}

db_test! {
    async fn only_a_parent_has_an_address_and_only_a_known_one_leads_anywhere(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        for method in [Method::GET, Method::POST] {
            let unknown = site.send(site.request(method.clone(), FEED)).await;
            assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
            assert_eq!(unknown.code(), "token_missing");
            for role in [Role::Coordinator, Role::Attendant] {
                let token = site.staff_token(role);
                let staff = site.request(method.clone(), FEED).bearer_auth(token);
                let staff = site.send(staff).await;
                assert_eq!((staff.status, staff.code()), (StatusCode::FORBIDDEN, "forbidden"));
            }
        }
        let known = path(&site, &commune.people[0]).await;
        let secret = known.trim_start_matches("/feeds/").trim_end_matches(".ics");
        for path in [
            format!("/feeds/{}.ics", "0".repeat(64)),
            format!("/feeds/{}.ics", secret.to_uppercase()),
            format!("/feeds/{}.ics", &secret[..63]),
            format!("/feeds/{}.ics", commune.people[0].guardian),
            format!("/feeds/{secret}"),
            "/feeds/.ics".into(),
            "/feeds/%27%20OR%201=1.ics".into(),
        ] {
            let answer = fetch(&site, &path).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
            assert_eq!(answer.headers["cache-control"], "no-store");
        }
        let posted = site.send(site.request(Method::POST, &known)).await;
        assert_eq!(posted.code(), "method_not_allowed");
        assert_eq!(posted.headers["allow"], "GET, HEAD");
    }
}

db_test! {
    async fn another_familys_children_are_never_in_it(db) {
        let commune = Commune::found(db.clone(), 3).await;
        let site = serve(&db).await;
        let [person, parent, stranger] = &commune.people[..] else { panic!("three") };
        // The second parent's child has half-siblings in the first family: one child in common.
        let shared = person.children[1];
        link(&db, shared, parent.guardian).await;
        for someone in [person, parent, stranger] {
            for child in &someone.children {
                tick(&site, someone, *child, "cantine", DAY).await;
            }
        }
        for (someone, children) in [
            (person, person.children.clone()),
            (parent, vec![parent.children[0], shared]),
            (stranger, stranger.children.clone()),
        ] {
            let calendar = read(&site, someone).await;
            let mut shown: Vec<_> = calendar.with("-cantine-").iter().map(|e| &e.uid[..36]).collect();
            let mut expected: Vec<_> = children.iter().map(ToString::to_string).collect();
            shown.sort_unstable();
            expected.sort_unstable();
            assert_eq!(shown, expected);
            let theirs = |uid: &&str| children.iter().any(|child| uid.starts_with(&child.to_string()));
            assert!(calendar.uids().iter().all(theirs));
        }
        behind(&db, "DELETE FROM child_guardian WHERE child_id = $1 AND guardian_id = $2", shared.0,
            parent.guardian.0).await;
        assert!(read(&site, parent).await.with(&shared.to_string()).is_empty(), "no longer linked");
    }
}

db_test! {
    async fn names_come_through_whatever_they_are(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let child = person.children[1].0;
        tick(&site, person, person.children[1], "cantine", DAY).await;
        behind(&db, "UPDATE child SET first_name = 'Zoé, Ève; \\n Anne\nEND:VEVENT ' || \
             'Françoise-Éléonore Ségolène Maëlys-Philippine de la Très-Sainte-Trinité, dite 🚌🚌🚌' \
             WHERE id = $1 AND id <> $2", child, person.children[0].0).await;
        let expected = "Zoé, Ève; \\n Anne\nEND:VEVENT Françoise-Éléonore Ségolène \
            Maëlys-Philippine de la Très-Sainte-Trinité, dite 🚌🚌🚌 · Cantine";
        assert!(read(&site, person).await.summaries().contains(expected));
        let nobody = read(&site, &commune.people[1]).await;
        assert!(nobody.events.is_empty(), "a calendar all the same");
    }
}

db_test! {
    async fn a_reading_costs_one_statement_however_many_children(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        for person in &commune.people {
            for child in &person.children {
                tick(&site, person, *child, "cantine", DAY).await;
            }
            let path = path(&site, person).await;
            fetch(&site, &path).await;
            let before = db.statements();
            assert_eq!(fetch(&site, &path).await.status, StatusCode::OK);
            assert_eq!(db.statements() - before, 1, "{} children", person.children.len());
            let before = db.statements();
            fetch(&site, "/feeds/0.ics").await;
            assert_eq!(db.statements() - before, 1, "a guess costs no more");
        }
    }
}

db_test! {
    async fn guessing_is_slowed_down(db) {
        Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        for tries in 0.. {
            let guess = fetch(&site, "/feeds/0.ics").await;
            if guess.status == StatusCode::TOO_MANY_REQUESTS {
                assert_eq!(guess.code(), "rate_limited");
                assert!(guess.headers.contains_key("retry-after"));
                assert!(tries >= 600, "a service that reads many feeds is let through");
                break;
            }
            assert_eq!(guess.code(), "not_found");
            assert!(tries < 6_000, "nobody is stopped");
        }
    }
}
