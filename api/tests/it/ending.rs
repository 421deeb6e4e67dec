//! The guichet changes what a family has confirmed.

use domain::activity::ActivitySlug;
use domain::activity::ServiceKind::{self, Bus, Canteen, Tap};
use domain::billing::InvoiceState;
use domain::bus::BusPackage;
use domain::cents::Cents;
use domain::wire::HistoryWhat::{Ended, Package};
use domain::wire::{
    ConfirmationView, DocumentsView, FamilyBillingView, HistoryView, SubscriptionChanged,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Person, Site, db_test, serve, utc};

/// The first child of a family has a bus, two TAP activities and the canteen on Mondays.
async fn confirmed(db: &api::store::Db, families: usize) -> (Commune, Site, uuid::Uuid) {
    let commune = Commune::unsubscribed(db.clone(), families).await;
    commune.bills().await;
    let site = serve(db).await;
    site.clock.set(utc("2017-11-13T08:00:00Z"));
    let term = commune.settings.calendar.terms()[1].id;
    for person in &commune.people {
        let family = commune.family(person).await;
        let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
        let body = json!({ "children": [{
            "child_id": person.children[0],
            "canteen": { "rhythm": "regular", "type_week": { "cantine": ["Mon"] } },
            "bus": { "rhythm": "occasional", "package": "1AR" },
            "taps": ["tap-echecs", "tap-judo"],
        }] });
        let made: ConfirmationView = site.ask(person, Method::POST, &path, body).await.json();
        assert_eq!(made.total, Cents(6600 + 6300));
    }
    (commune, site, term.0)
}

async fn change(
    site: &Site,
    commune: &Commune,
    method: Method,
    path: &str,
    body: &Value,
) -> Answer {
    site.send(site.guichet(commune, method, &format!("/subscriptions/{path}")).json(body)).await
}

fn ending(person: &Person, term: uuid::Uuid, service: &str, last_day: &str) -> Value {
    json!({
        "child_id": person.children[0], "term_id": term, "service": service,
        "last_day": last_day, "reason": "Déménagement",
    })
}

db_test! {
    async fn another_package_is_credited_and_billed_again(db) {
        let (commune, site, term) = confirmed(&db, 1).await;
        let me = &commune.people[0];
        let body = json!({
            "child_id": me.children[0], "term_id": term, "package": "2AR", "reason": "Changement",
        });
        // Tried first: nothing is changed, and the sums are those of what follows.
        let mut dry = body.clone();
        dry["dry"] = true.into();
        let papers = commune.outbox("mail.document").await.len();
        let changes = commune.changes().await;
        let tried: SubscriptionChanged =
            change(&site, &commune, Method::PUT, "package", &dry).await.json();
        assert_eq!(commune.outbox("mail.document").await.len(), papers);
        assert_eq!(commune.changes().await, changes);
        let answer = change(&site, &commune, Method::PUT, "package", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let made: SubscriptionChanged = answer.json();
        assert_eq!(tried, made);
        assert_eq!((made.credited, made.billed), (Cents(6600), Cents(11_600)));
        assert_eq!((made.credit_notes.len(), made.days_freed), (1, 0));
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        // 66.00 + 63.00 less 66.00, and 116.00.
        assert_eq!(list.due, Cents(6300 + 11_600));
        let first = list.documents.iter().find(|d| !d.supplementary && d.balance.is_some()).unwrap();
        let balance = first.balance.as_ref().unwrap();
        assert_eq!((balance.state, balance.due), (InvoiceState::PartlyCredited, Cents(6300)));
        // The same again changes nothing.
        let again: SubscriptionChanged =
            change(&site, &commune, Method::PUT, "package", &body).await.json();
        assert!(again.invoice.is_none() && again.credit_notes.is_empty());
    }
}

db_test! {
    async fn a_tap_activity_ends_and_its_seat_goes_to_who_waits_for_nothing(db) {
        let (commune, site, term) = confirmed(&db, 1).await;
        let me = &commune.people[0];
        let mut body = ending(me, term, "tap", "2018-01-15");
        body["activity"] = "tap-judo".into();
        let seat = || commune.seats("tap-judo", "2018-01-16");
        let taken = seat().await.taken;
        let mut dry = body.clone();
        dry["dry"] = true.into();
        let tried: SubscriptionChanged =
            change(&site, &commune, Method::POST, "end", &dry).await.json();
        assert_eq!(seat().await.taken, taken, "nothing was changed");
        let made: SubscriptionChanged =
            change(&site, &commune, Method::POST, "end", &body).await.json();
        assert_eq!(tried, made);
        assert_eq!(seat().await.taken, taken - 1);
        assert!(made.days_freed > 0);
        let days = commune.days(me.children[0]).await;
        assert!(days.contains(&"tap-judo 2018-01-09".to_owned()), "was there, stays");
        assert!(!days.iter().any(|day| day.starts_with("tap-judo 2018-01-16")));
        assert!(days.iter().any(|day| day.starts_with("tap-echecs 2018-02")));
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        // Two activities 63.00 become one 33.00.
        assert_eq!(list.due, Cents(6600 + 3300));
        assert_eq!(change(&site, &commune, Method::POST, "end", &body).await.code(), "not_subscribed");
    }
}

db_test! {
    async fn what_ends_in_a_term_goes_on_in_the_others(db) {
        let commune = Commune::found(db.clone(), 1).await;
        commune.bills().await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let terms = commune.settings.calendar.terms().to_vec();
        let by_term = async || {
            let days = commune.days(me.children[0]).await;
            let days: Vec<chrono::NaiveDate> = days
                .iter()
                .filter_map(|day| day.strip_prefix("tap-theatre ")?.parse().ok())
                .collect();
            terms.iter().map(|term| days.iter().filter(|day| term.contains(**day)).count()).collect()
        };
        let before: Vec<usize> = by_term().await;
        assert!(before.iter().all(|days| *days > 3), "{before:?}");
        let end = async |term: usize, last_day: &str| -> SubscriptionChanged {
            let body = ending(me, terms[term].id.0, "tap", last_day);
            change(&site, &commune, Method::POST, "end", &body).await.json()
        };
        // After its day, and to the end of its term.
        let made = end(0, "2017-11-24").await;
        assert_eq!(made.days_freed, 1);
        assert_eq!(by_term().await, [before[0] - 1, before[1], before[2]]);
        // A term to come, from today on.
        let made = end(2, "2017-10-02").await;
        assert_eq!(made.days_freed as usize, before[2]);
        assert_eq!(by_term().await, [before[0] - 1, before[1], 0]);
    }
}

db_test! {
    async fn what_is_not_billed_yet_ends_without_a_paper(db) {
        let commune = Commune::found(db.clone(), 1).await;
        commune.bills().await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let term = commune.settings.calendar.terms()[1].id;
        for service in ["canteen", "bus"] {
            let body = ending(me, term.0, service, "2017-10-02");
            let made: SubscriptionChanged =
                change(&site, &commune, Method::POST, "end", &body).await.json();
            assert!(made.invoice.is_none() && made.credit_notes.is_empty(), "{service}: {made:?}");
        }
        let body = json!({
            "child_id": me.children[1], "term_id": term, "package": "1AR", "reason": "Changement",
        });
        let made: SubscriptionChanged =
            change(&site, &commune, Method::PUT, "package", &body).await.json();
        assert!(made.invoice.is_none(), "{made:?}");
        // Nor does the canteen, which is added again, bill the term's bus.
        let body = json!({
            "child_id": me.children[0], "activity": "cantine", "from": "2017-12-04",
            "reason": "Reprise",
        });
        let added = site.guichet(&commune, Method::POST, "/subscriptions").json(&body);
        assert_eq!(site.send(added).await.status, StatusCode::NO_CONTENT);
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        assert!(list.documents.is_empty());
    }
}

db_test! {
    async fn nothing_ends_on_its_terms_last_day(db) {
        let (commune, site, term) = confirmed(&db, 1).await;
        let me = &commune.people[0];
        let last = commune.settings.calendar.terms()[1].last_day;
        let papers = commune.outbox("mail.document").await.len();
        for service in ["canteen", "bus", "tap"] {
            for day in [last, last.succ_opt().unwrap()] {
                let body = ending(me, term, service, &day.to_string());
                let answer = change(&site, &commune, Method::POST, "end", &body).await;
                let problem = answer.problem();
                assert_eq!(problem.errors[0].pointer, "/last_day", "{service} {day}");
            }
        }
        assert_eq!(commune.outbox("mail.document").await.len(), papers);
        let body = ending(me, term, "bus", &last.pred_opt().unwrap().to_string());
        let made = change(&site, &commune, Method::POST, "end", &body).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    }
}

db_test! {
    async fn what_was_ended_is_confirmed_again_with_the_days_that_stayed(db) {
        let (commune, site, term) = confirmed(&db, 1).await;
        let me = &commune.people[0];
        let before = commune.days(me.children[0]).await;
        for service in ["tap", "bus"] {
            let body = ending(me, term, service, "2018-01-15");
            change(&site, &commune, Method::POST, "end", &body).await;
        }
        // The days that stayed are as full as can be: they are the child's own.
        commune.leave_seats("tap-judo", "2018-01-09", 0).await;
        let family = commune.family(me).await;
        let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
        let again = json!({ "children": [{
            "child_id": me.children[0], "taps": ["tap-echecs", "tap-judo"] }] });
        let answer = site.ask(me, Method::POST, &path, again).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        let made: ConfirmationView = answer.json();
        assert_eq!((made.full.len(), made.total), (0, Cents(6300)));
        let days = commune.days(me.children[0]).await;
        assert_eq!(days, before);
        let taps = days.iter().filter(|day| day.starts_with("tap-")).count();
        assert_eq!(usize::try_from(made.booked).unwrap(), taps);
    }
}

db_test! {
    async fn the_canteen_ends_after_a_day_and_its_seats_serve_the_line(db) {
        let (commune, site, term) = confirmed(&db, 2).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        commune.leave_seats("cantine", "2018-01-16", 0).await;
        site.tick(other, "cantine", "2018-01-15").await;
        let answer = change(
            &site, &commune, Method::POST, "end", &ending(me, term, "canteen", "2018-01-12"),
        ).await;
        let made: SubscriptionChanged = answer.json();
        assert!(made.invoice.is_none() && made.credit_notes.is_empty(), "billed by the month");
        let days = commune.days(me.children[0]).await;
        assert!(days.contains(&"cantine 2018-01-08".to_owned()));
        assert!(!days.contains(&"cantine 2018-01-15".to_owned()));
        // Parents can't go on with it, nor wait for it.
        site.clock.set(utc("2017-12-11T08:00:00Z"));
        assert_eq!(site.tick(me, "cantine", "2018-01-18").await.code(), "not_subscribed");
        assert_eq!(site.join(me, "cantine", "2018-01-16").await.code(), "not_subscribed");
        assert_eq!(site.tick(me, "cantine", "2018-01-11").await.status, StatusCode::OK);
    }
}

db_test! {
    async fn the_guichet_sees_what_is_held_and_until_when(db) {
        let (commune, site, term) = confirmed(&db, 2).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        let see = async |person: &Person| -> FamilyBillingView {
            let path = format!("/families/{}/billing", commune.family(person).await);
            site.send(site.guichet(&commune, Method::GET, &path)).await.json()
        };
        let view = see(me).await;
        assert_eq!(view.terms.iter().map(|term| term.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(view.activities.len(), commune.settings.activities.len());
        let held = |view: &FamilyBillingView| {
            let mut held: Vec<_> = view
                .subscriptions
                .iter()
                .inspect(|held| assert_eq!((held.child, held.term.0), (me.children[0], term)))
                .map(|held| (held.choice.service(), held.last_day.map(|day| day.to_string())))
                .collect();
            held.sort();
            held
        };
        assert_eq!(held(&view), [(Canteen, None), (Bus, None), (Tap, None)]);
        for (service, day) in [("canteen", "2018-01-12"), ("bus", "2018-01-12")] {
            change(&site, &commune, Method::POST, "end", &ending(me, term, service, day)).await;
        }
        assert_eq!(held(&see(me).await), [(Canteen, Some("2018-01-12".into())), (Tap, None)]);
        assert_eq!(see(other).await.subscriptions.len(), 3, "another family's stay");
        // A term that is over is history.
        site.clock.set(utc("2018-03-17T08:00:00Z"));
        let view = see(me).await;
        assert!(view.subscriptions.is_empty() && view.terms.len() == 1, "{:?}", view.terms);
        let path = format!("/api/v1/guichet/families/{}/billing", commune.family(me).await);
        assert_eq!(site.get(me, &path).await.code(), "forbidden");
        let nobody = format!("/families/{}/billing", uuid::Uuid::nil());
        let answer = site.send(site.guichet(&commune, Method::GET, &nobody)).await;
        assert_eq!(answer.code(), "family_not_found");
    }
}

db_test! {
    async fn a_child_that_waits_leaves_the_line(db) {
        let (commune, site, term) = confirmed(&db, 2).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        commune.leave_seats("bus-0830", "2018-01-16", 0).await;
        for person in [me, other] {
            assert_eq!(site.join(person, "bus-0830", "2018-01-16").await.status, StatusCode::OK);
        }
        let body = ending(me, term, "bus", "2017-12-01");
        change(&site, &commune, Method::POST, "end", &body).await;
        assert_eq!(commune.line("bus-0830", "2018-01-16").await, [other.children[0]]);
        let family = commune.family(me).await;
        let view: FamilyBillingView = site
            .send(site.guichet(&commune, Method::GET, &format!("/families/{family}/billing")))
            .await
            .json();
        assert_eq!(view.due, Cents(6300));
    }
}

db_test! {
    async fn what_is_not_there_is_not_changed(db) {
        let (commune, site, term) = confirmed(&db, 1).await;
        let me = &commune.people[0];
        let mut nobody = ending(me, term, "bus", "2018-01-12");
        nobody["child_id"] = json!(uuid::Uuid::nil());
        let ask = async |body: &Value| change(&site, &commune, Method::POST, "end", body).await;
        assert_eq!(ask(&nobody).await.code(), "child_not_found");
        assert_eq!(ask(&ending(me, uuid::Uuid::nil(), "bus", "2018-01-12")).await.code(), "term_not_found");
        let mut silent = ending(me, term, "bus", "2018-01-12");
        silent["reason"] = "".into();
        assert_eq!(ask(&silent).await.problem().errors[0].pointer, "/reason");
        assert_eq!(ask(&json!({})).await.code(), "invalid_request");
        let package = json!({
            "child_id": me.children[1], "term_id": term, "package": "2AR", "reason": "Erreur",
        });
        let answer = change(&site, &commune, Method::PUT, "package", &package).await;
        assert_eq!(answer.code(), "not_subscribed");
        for path in ["end", "package"] {
            let path = format!("/api/v1/guichet/subscriptions/{path}");
            let method = if path.ends_with("end") { Method::POST } else { Method::PUT };
            let answer = site.ask(me, method, &path, ending(me, term, "bus", "2018-01-12")).await;
            assert_eq!(answer.code(), "forbidden");
        }
    }
}

db_test! {
    async fn the_family_sees_in_its_history_what_has_ended_and_why(db) {
        let (commune, site, term) = confirmed(&db, 2).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        let child = me.children[0];
        let package = json!({
            "child_id": child, "term_id": term, "package": "2AR", "reason": "Deuxième trajet",
        });
        change(&site, &commune, Method::PUT, "package", &package).await;
        let mut judo = ending(me, term, "tap", "2018-01-15");
        judo["activity"] = "tap-judo".into();
        change(&site, &commune, Method::POST, "end", &judo).await;
        // Of a term to come, whole: until the day before it.
        change(&site, &commune, Method::POST, "end", &ending(me, term, "bus", "2017-11-14")).await;
        let history = async |monday: &str| -> Vec<String> {
            let path = format!("/api/v1/children/{child}/weeks/{monday}/history");
            let answer = site.get(me, &path).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            let whole = answer.json::<HistoryView>().entries.into_iter();
            let whole = whole.filter(|entry| matches!(entry.what, Ended | Package));
            let told = whole.map(|entry| {
                assert_eq!(entry.by.as_deref(), Some("Claire Morand"));
                let service = entry.service.map(ServiceKind::as_str);
                let what = entry.activity.as_ref().map(ActivitySlug::as_str).or(service).unwrap();
                let package = entry.package.map_or("", BusPackage::as_str);
                format!("{what} {package} {} {}", entry.date, entry.reason.unwrap())
            });
            told.collect()
        };
        let first_day = commune.settings.calendar.terms()[1].first_day;
        let bus = format!("bus  {} Déménagement", first_day.pred_opt().unwrap());
        let judo = "tap-judo  2018-01-15 Déménagement".to_owned();
        let package = format!("bus 2AR {first_day} Deuxième trajet");
        // In the week in which it was changed, and in its own.
        assert_eq!(history("2017-11-13").await, [bus, judo.clone(), package.clone()]);
        assert_eq!(history("2018-01-15").await, [judo]);
        let begins = domain::week::Week::of(first_day).to_string();
        assert!(history(&begins).await.contains(&package));
        assert!(history("2017-12-11").await.is_empty());
        let path = format!("/api/v1/children/{child}/weeks/2018-01-15/history");
        assert_eq!(site.get(other, &path).await.code(), "child_not_found");
    }
}
