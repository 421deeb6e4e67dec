//! Reminders of the deadline: to whoever wishes for them, on Monday at six, once.

use api::store::outbox::DEADLINE_MAIL;
use api::store::{Address, Db};
use chrono::TimeDelta;
use domain::wire::{Me, RemindersView, Role};
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::mail::{behind, rows, sender};
use crate::smtp_sink::Sink;
use crate::support::{Commune, FreshDb, Person, Site, db_test, inscription, serve, utc};

const REMINDERS: &str = "/api/v1/me/reminders";

async fn wish(site: &Site, person: &Person, deadline: bool) {
    let answer = site.ask(person, Method::PUT, REMINDERS, json!({ "deadline": deadline })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json::<RemindersView>(), RemindersView { deadline });
}

db_test! {
    async fn nobody_is_reminded_who_does_not_wish_for_it(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let view = || async { site.get(person, REMINDERS).await.json::<RemindersView>().deadline };
        assert!(!view().await);
        let changes = commune.changes().await;
        wish(&site, person, true).await;
        wish(&site, person, true).await;
        assert!(view().await);
        assert_eq!(commune.changes().await, changes + 1, "written down once");
        let other = site.get(&commune.people[1], REMINDERS).await;
        assert!(!other.json::<RemindersView>().deadline);
        wish(&site, person, false).await;
        assert!(!view().await);
        assert_eq!(commune.changes().await, changes + 2);
        assert!(!site.get(person, "/api/v1/me").await.json::<Me>().sends_email);
    }
}

db_test! {
    async fn each_wrong_wish_has_its_own_problem(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        for method in [Method::GET, Method::PUT] {
            let body = json!({ "deadline": true });
            let bare = site.request(method.clone(), REMINDERS).json(&body);
            assert_eq!(site.send(bare).await.code(), "token_missing");
            for role in [Role::Coordinator, Role::Attendant] {
                let staff = site.request(method.clone(), REMINDERS).json(&body);
                let answer = site.send(staff.bearer_auth(site.staff_token(role))).await;
                assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "forbidden"));
            }
        }
        for body in [json!({}), json!({ "deadline": "yes" }), json!([])] {
            let answer = site.ask(person, Method::PUT, REMINDERS, body).await;
            assert_eq!(answer.code(), "invalid_request");
        }
        let empty = site.request(Method::PUT, REMINDERS).bearer_auth(site.token(person));
        assert_eq!(site.send(empty).await.code(), "unsupported_media_type");
        assert!(!site.get(person, REMINDERS).await.json::<RemindersView>().deadline);
    }
}

db_test! {
    async fn it_comes_on_monday_at_six_and_says_what_is_booked(db) {
        let commune = Commune::found(db.clone(), 3).await;
        let site = serve(&db).await;
        let [person, second, third] = &commune.people[..] else { panic!("three") };
        wish(&site, person, true).await;
        wish(&site, second, true).await;
        commune.leave_seats("bus-0830", "2017-09-22", 0).await;
        site.tick(person, "cantine", "2017-09-18").await;
        site.tick(person, "bus-0830", "2017-09-18").await;
        site.join(person, "bus-0830", "2017-09-22").await;
        let zoe = *person.children.last().unwrap();
        let path = inscription(zoe, "cantine", "2017-09-19");
        site.send(site.request(Method::PUT, &path).bearer_auth(site.token(person))).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        site.clock.set(utc("2017-09-11T15:59:59.999999Z"));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        site.clock.set(utc("2017-09-11T16:00:00Z"));
        assert_eq!(sender.send_due().await.unwrap(), 2);
        assert_eq!(sink.addresses(), [person.email.as_str(), second.email.as_str()]);
        assert!(!sink.addresses().contains(&third.email));

        let mails = sink.received();
        let mail = mails.iter().find(|mail| mail.to == person.email).unwrap();
        assert_eq!(
            mail.header("Subject"),
            "Semaine du 18 au 22 septembre\u{a0}: modifiable jusqu'au mardi 12 septembre à \
             12\u{a0}h\u{a0}00"
        );
        let text = mail.text().replace("\r\n", "\n");
        for said in [
            "\nLou\n\n\
             - lundi 18\u{a0}: Cantine, Bus 8h30\n\
             - mardi 19\u{a0}: Théâtre\n\
             - vendredi 22\u{a0}: Bus 8h30 (en liste d'attente)\n\n\
             Rien d'inscrit\u{a0}: mercredi 20, jeudi 21.\n",
            "\nMax\n\n\
             Rien d'inscrit\u{a0}: lundi 18, mardi 19, mercredi 20, jeudi 21, vendredi 22.\n",
            "\nZoé\n\n- mardi 19\u{a0}: Cantine\n",
            "https://preau.example/planning/2017-09-18",
            "Pour l'arrêter\u{a0}: https://preau.example/compte",
        ] {
            assert!(text.contains(said), "{said}\n---\n{text}");
        }

        // Not again, by this sender or by one that knows nothing, that day or the next morning.
        let mut afresh = crate::mail::sender(&db, &site.clock, &sink);
        wish(&site, third, true).await;
        for hours in [0, 1, 17] {
            site.clock.set(utc("2017-09-11T16:00:00Z") + TimeDelta::hours(hours));
            assert_eq!(sender.send_due().await.unwrap(), 0);
            assert_eq!(afresh.send_due().await.unwrap(), 0);
        }
        // The next week's, to all three.
        site.clock.set(utc("2017-09-18T16:00:00Z"));
        assert_eq!(afresh.send_due().await.unwrap(), 3);
    }
}

db_test! {
    async fn a_server_that_was_down_reminds_until_the_deadline_and_never_after(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        for person in &commune.people {
            wish(&site, person, true).await;
        }
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        let noon = utc("2017-09-12T10:00:00Z");
        sink.refuse(&commune.people[0].email, "451 not now");
        site.clock.set(noon - TimeDelta::seconds(20));
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sink.addresses(), [commune.people[1].email.as_str()]);
        // What was refused until then is of no use any more.
        sink.refuse_nobody();
        site.clock.set(noon + TimeDelta::seconds(20));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let done = rows(&db, DEADLINE_MAIL).await;
        assert!(done.len() == 2 && done.iter().all(|row| row.sent_at.is_some()), "{done:?}");

        // Down for the whole of the evening and the morning: nobody is reminded.
        site.clock.set(noon + TimeDelta::days(7));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        assert_eq!(rows(&db, DEADLINE_MAIL).await.len(), 2);
        assert_eq!(sink.received().len(), 1);
    }
}

db_test! {
    async fn who_thinks_better_of_it_is_not_reminded(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        wish(&site, person, true).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        sink.refuse("", "451 not now");
        site.clock.set(utc("2017-09-11T16:00:00Z"));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        wish(&site, person, false).await;
        sink.refuse_nobody();
        site.clock.set(utc("2017-09-11T17:00:00Z"));
        assert_eq!(sender.send_due().await.unwrap(), 0);
        assert!(sink.received().is_empty());
    }
}

/// From now on the canteen closes two working days before each day, at noon.
async fn canteen_by_the_day(db: &Db) {
    let rule = json!({ "kind": "working_days_before", "days": 2, "at": "12:00:00" });
    let rules = json!({ "add": rule, "remove": rule }).to_string();
    let statement = "UPDATE service SET deadlines = $2 WHERE $1 IS NOT NULL AND kind = 'canteen'";
    behind(db, statement, uuid::Uuid::nil(), Some(&rules)).await;
}

db_test! {
    async fn each_family_is_told_its_own_deadlines_before_the_first(db) {
        let commune = Commune::found(db.clone(), 3).await;
        canteen_by_the_day(&db).await;
        let [_, both, bus] = &commune.people[..] else { panic!("three") };
        let statement = "DELETE FROM subscription WHERE service = $2 AND child_id IN
            (SELECT child_id FROM child_guardian WHERE guardian_id = $1)";
        behind(&db, statement, bus.guardian.0, Some("canteen")).await;
        let site = serve(&db).await;
        wish(&site, both, true).await;
        wish(&site, bus, true).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        // The week before's last deadlines lie ahead, too: that reminder is out of the way.
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sink.addresses(), [both.email.as_str()]);
        site.clock.set(utc("2017-09-11T16:00:00Z"));
        assert_eq!(sender.send_due().await.unwrap(), 2);
        let mails = sink.received();
        let to = |person: &Person| mails.iter().rfind(|mail| mail.to == person.email).unwrap();
        let first = "mardi 12 septembre à 12\u{a0}h\u{a0}00";
        let week = "Semaine du 18 au 22 septembre\u{a0}:";
        assert_eq!(to(bus).header("Subject"), format!("{week} modifiable jusqu'au {first}"));
        assert_eq!(to(both).header("Subject"), format!("{week} premier délai, {first}"));
        let text = to(both).text();
        let last = "mercredi 20 septembre à 12\u{a0}h\u{a0}00";
        for said in [first, last] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!to(bus).text().contains("mercredi 20 septembre à"));
        // Once, whatever other deadlines follow.
        for day in ["2017-09-13T16:00:00Z", "2017-09-15T16:00:00Z"] {
            site.clock.set(utc(day));
            assert_eq!(sender.send_due().await.unwrap(), 0, "{day}");
        }
    }
}

/// A child's subscriptions of this guardian have a rhythm that nobody knows.
async fn corrupt(db: &Db, person: &Person) {
    use sqlx::{Connection, Executor};
    let (url, child) = (db.address().as_str(), person.children[0].0);
    let update = "UPDATE subscription SET rhythm = 'never' WHERE child_id = $1";
    if db.is_postgres() {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        let unchecked = "ALTER TABLE subscription DROP CONSTRAINT subscription_rhythm_check";
        conn.execute(unchecked).await.unwrap();
        sqlx::query(update).bind(child).execute(&mut conn).await.unwrap();
    } else {
        let mut conn = sqlx::SqliteConnection::connect(url).await.unwrap();
        conn.execute("PRAGMA ignore_check_constraints = ON").await.unwrap();
        sqlx::query(update).bind(child).execute(&mut conn).await.unwrap();
    }
}

db_test! {
    async fn a_familys_corrupt_row_keeps_nobody_else_waiting(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        for person in &commune.people {
            wish(&site, person, true).await;
        }
        corrupt(&db, &commune.people[0]).await;
        let sink = Sink::start().await;
        let mut sender = sender(&db, &site.clock, &sink);
        site.clock.set(utc("2017-09-11T16:00:00Z"));
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sink.addresses(), [commune.people[1].email.as_str()]);
        let rows = rows(&db, DEADLINE_MAIL).await;
        let waits = rows.iter().find(|row| row.sent_at.is_none()).unwrap();
        assert!(waits.last_error.as_deref().unwrap().contains("rhythm"), "{waits:?}");
    }
}

#[actix_web::test]
async fn replicas_remind_each_guardian_once() {
    let fresh = FreshDb::postgres().await;
    let db = fresh.db().await;
    let commune = Commune::found(db.clone(), 20).await;
    let site = serve(&db).await;
    for person in &commune.people {
        wish(&site, person, true).await;
    }
    let sink = Sink::start().await;
    let other = Db::open(&Address::new(fresh.url.clone())).await.unwrap();
    let mut senders = [&db, &other, &other].map(|db| sender(db, &site.clock, &sink));
    site.clock.set(utc("2017-09-11T16:00:00Z"));
    let sent = join_all(senders.iter_mut().map(api::mail::Sender::send_due)).await;
    assert_eq!(sent.into_iter().map(Result::unwrap).sum::<usize>(), 20);
    let everyone: Vec<_> = commune.people.iter().map(|person| person.email.clone()).collect();
    assert_eq!(sink.addresses(), everyone);
    other.close().await;
    db.close().await;
    fresh.discard().await;
}
