//! A month's canteen is billed.

use api::clock::Clock;
use api::invoice_run::{RunError, Runner};
use api::store::billing::runs;
use domain::billing::{Anomaly, BillingError, Item, Month, Period};
use domain::cents::Cents;
use domain::wire::{
    DocumentView, DocumentsView, FamilyBillingView, FindingsView, Role, RunView, RunsView,
    UnpaidView,
};
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::crash::{killed_in, preau};
use crate::mail::behind;
use crate::support::{Answer, Commune, Person, Site, date, db_test, inscription, serve, utc};

pub(crate) const OCTOBER: &str = "2017-10-02T08:00:00Z";

pub(crate) async fn ask(
    site: &Site,
    commune: &Commune,
    method: Method,
    path: &str,
    body: Value,
) -> Answer {
    site.send(site.guichet(commune, method, path).json(&body)).await
}

pub(crate) async fn see<T: serde::de::DeserializeOwned>(
    site: &Site,
    commune: &Commune,
    path: &str,
) -> T {
    let answer = site.send(site.guichet(commune, Method::GET, path)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn start(site: &Site, commune: &Commune, dry: bool) -> RunView {
    start_of(site, commune, &json!({ "month": "2017-09" }), dry).await
}

async fn start_of(site: &Site, commune: &Commune, period: &Value, dry: bool) -> RunView {
    let body = json!({ "period": period, "dry": dry });
    let answer = ask(site, commune, Method::POST, "/invoice-runs", body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
    answer.json()
}

/// Starts a run and leads it to its end.
pub(crate) async fn bill(site: &Site, commune: &Commune, dry: bool) -> RunView {
    bill_of(site, commune, &json!({ "month": "2017-09" }), dry).await
}

pub(crate) async fn bill_of(site: &Site, commune: &Commune, period: &Value, dry: bool) -> RunView {
    let started = start_of(site, commune, period, dry).await;
    let runner = Runner::new(commune.db.clone(), site.clock.clone());
    runner.lead_next().await.unwrap();
    see(site, commune, &format!("/invoice-runs/{}", started.id)).await
}

pub(crate) async fn book(site: &Site, person: &Person, child: usize, day: &str) {
    let path = inscription(person.children[child], "cantine", day);
    let answer = site.ask(person, Method::PUT, &path, Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

pub(crate) fn attendance(person: &Person, child: usize, day: &str, what: &str) -> Value {
    json!({
        "child_id": person.children[child], "activity": "cantine", "date": day,
        "attendance": if what.is_empty() { Value::Null } else { what.into() }, "reason": "Pointage",
    })
}

/// Lou eats on the 18th and 19th, Max on the 18th and, but for an illness, on the 19th; Zoé comes
/// on the 21st without being inscribed.
pub(crate) async fn september(db: &api::store::Db) -> (Commune, Site) {
    let commune = Commune::found(db.clone(), 3).await;
    commune.bills().await;
    let site = serve(db).await;
    let me = &commune.people[0];
    for (child, day) in [(0, "2017-09-18"), (0, "2017-09-19"), (1, "2017-09-18"), (1, "2017-09-19")]
    {
        book(&site, me, child, day).await;
    }
    site.clock.set(utc(OCTOBER));
    for (child, day, what) in [(1, "2017-09-19", "justified_absence"), (2, "2017-09-21", "present")]
    {
        let body = attendance(me, child, day, what);
        let answer = ask(&site, &commune, Method::PUT, "/attendance", body).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }
    (commune, site)
}

db_test! {
    async fn dry_first_then_for_good_and_again_without_effect(db) {
        let (commune, site) = september(&db).await;
        let me = &commune.people[0];
        let dry = bill(&site, &commune, true).await;
        // Without a quotient the highest bracket: Lou 2 × 6.40; Max 6.40 less 10 %, once; Zoé's
        // unexpected meal 7.90 less 25 %: 5.925, half up 5.93.
        let total = Cents(2 * 640 + 576 + 593);
        let made = |run: &RunView| (run.done, run.invoices, run.billed, run.credit_notes);
        assert_eq!(made(&dry), (3, 1, total, 0));
        assert!(dry.finished_at.is_some() && dry.families == 3);
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        assert!(list.documents.is_empty(), "a dry run issues nothing");
        let found: FindingsView =
            see(&site, &commune, &format!("/invoice-runs/{}/findings", dry.id)).await;
        let [family] = &found.findings[..] else { panic!("{found:?}") };
        assert_eq!((dry.anomalies, dry.failures), (1, 0));
        let unexpected = Anomaly::UnexpectedPresence { child: me.children[2], date: date("2017-09-21") };
        assert_eq!(family.anomalies, [Anomaly::QuotientMissing, unexpected]);
        assert!(family.name.starts_with("Mme Anne") && family.children.len() == 3);

        let real = bill(&site, &commune, false).await;
        assert_eq!(made(&real), made(&dry));
        let invoice: DocumentView = site.get(me, "/api/v1/invoices/F2017000001").await.json();
        assert_eq!(invoice.summary.total, total);
        let lines: Vec<_> =
            invoice.lines.iter().map(|l| (l.line.item, l.quantity, l.amount.0)).collect();
        assert_eq!(lines, [(Item::Meal, 2, 1280), (Item::Meal, 1, 576), (Item::UnexpectedMeal, 1, 593)]);
        assert_eq!(commune.outbox("mail.document").await.len(), 1);

        let again = bill(&site, &commune, false).await;
        assert_eq!(made(&again), (3, 0, Cents::ZERO, 0));
        let runs: RunsView = see(&site, &commune, "/invoice-runs").await;
        assert_eq!(runs.runs.iter().map(|run| run.dry).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(runs.terms, commune.settings.calendar.terms());
        let unpaid: UnpaidView = see(&site, &commune, "/unpaid-invoices").await;
        assert_eq!((unpaid.count, unpaid.due, unpaid.invoices.len()), (1, total, 1));
        assert_eq!(unpaid.invoices[0], invoice.summary);
    }
}

db_test! {
    async fn what_was_billed_wrongly_is_credited_and_billed_again(db) {
        let (commune, site) = september(&db).await;
        let me = &commune.people[0];
        bill(&site, &commune, false).await;
        // Lou was ill on the 18th, and Max came on the 19th after all.
        for (child, day, what) in [(0, "2017-09-18", "justified_absence"), (1, "2017-09-19", "")] {
            ask(&site, &commune, Method::PUT, "/attendance", attendance(me, child, day, what)).await;
        }
        let second = bill(&site, &commune, false).await;
        assert_eq!((second.credited, second.billed), (Cents(640), Cents(576)));
        // A quotient of 1120 for all of September: 5.40, and 6.90 unexpected.
        let family = commune.family(me).await;
        let quotient = json!({
            "value": 1120, "from": "2017-09-01", "until": "2018-08-31", "source": "caf",
            "reason": "Attestation reçue",
        });
        let path = format!("/families/{family}/quotients");
        let answer = ask(&site, &commune, Method::PUT, &path, quotient).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let third = bill(&site, &commune, false).await;
        // All that stood: Lou 6.40, Max 2 × 5.76, Zoé 5.93; now 5.40, 2 × 4.86, 6.90 less 25 %.
        assert_eq!(third.credited, Cents(640 + 2 * 576 + 593));
        assert_eq!(third.billed, Cents(540 + 2 * 486 + 518));
        let view: FamilyBillingView = see(&site, &commune, &format!("/families/{family}/billing")).await;
        // All credits went into invoices: what is due is what is owed.
        assert_eq!((view.due, view.credit), (third.billed, Cents::ZERO));
        assert_eq!(view.household.quotients[0].value, 1120);
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        assert_eq!(list.due, view.due);
    }
}

db_test! {
    async fn a_term_is_billed_as_far_as_no_paper_says_it(db) {
        let commune = Commune::found(db.clone(), 2).await;
        commune.bills().await;
        let site = serve(&db).await;
        let listed: RunsView = see(&site, &commune, "/invoice-runs").await;
        let term = json!({ "term_id": listed.terms[0].id });
        let dry = bill_of(&site, &commune, &term, true).await;
        assert_eq!((dry.invoices, dry.done, dry.failures), (2, 2, 0));
        let me = &commune.people[0];
        let papers = async || -> DocumentsView { site.get(me, "/api/v1/family/invoices").await.json() };
        assert!(papers().await.documents.is_empty(), "a dry run issues nothing");
        let real = bill_of(&site, &commune, &term, false).await;
        assert_eq!((real.invoices, real.billed), (2, dry.billed));
        assert_eq!(papers().await.documents.len(), 1);
        let again = bill_of(&site, &commune, &term, false).await;
        assert_eq!((again.invoices, again.credit_notes), (0, 0));
    }
}

db_test! {
    async fn each_family_is_billed_once_whoever_runs(db) {
        let commune = Commune::found(db.clone(), 60).await;
        commune.bills().await;
        let site = serve(&db).await;
        for person in &commune.people {
            book(&site, person, 0, "2017-09-18").await;
        }
        site.clock.set(utc(OCTOBER));
        start(&site, &commune, false).await;
        // The second takes the first for dead at once, again and again: its clock is ahead.
        let first = Runner::new(db.clone(), Clock::still(utc(OCTOBER)));
        let second = Runner::new(db.clone(), Clock::still(utc("2017-10-02T08:05:00Z")));
        let (one, two) = tokio::join!(first.lead_next(), second.lead_next());
        for outcome in [one, two] {
            assert!(matches!(outcome, Ok(_) | Err(RunError::Overtaken)), "{outcome:?}");
        }
        // Both had to give up or came to the end; somebody finishes.
        second.lead_next().await.unwrap();
        let unpaid: UnpaidView = see(&site, &commune, "/unpaid-invoices").await;
        assert_eq!((unpaid.count, unpaid.due), (60, Cents(60 * 640)));
        assert_eq!(unpaid.invoices.len(), 50);
        let next = unpaid.next.unwrap();
        let rest: UnpaidView =
            see(&site, &commune, &format!("/unpaid-invoices?after={next}")).await;
        assert_eq!((rest.invoices.len(), rest.next), (10, None));
        assert_eq!(rest.invoices[9].number.to_string(), "F2017000060");
    }
}

/// Families whose run takes long enough to be killed within it.
pub(crate) const TOWN: usize = 120;

/// Each one's first child has eaten on the 18th, and October has come.
pub(crate) async fn town(db: &api::store::Db) -> (Commune, Site) {
    let commune = Commune::found(db.clone(), TOWN).await;
    commune.bills().await;
    let site = serve(db).await;
    for person in &commune.people {
        book(&site, person, 0, "2017-09-18").await;
    }
    site.clock.set(utc(OCTOBER));
    (commune, site)
}

/// Starts September's run in a process of its own, which dies after some families, and once more in
/// another one.
async fn killed_and_resumed(db: &api::store::Db) {
    let some_are_done = async || {
        let runs = runs::latest(&mut db.read().await.unwrap(), 1).await.unwrap();
        runs.first().is_some_and(|run| run.finished_at.is_none() && run.done > 0)
    };
    let mut command = preau(db);
    command.args(["invoice-run", "2017-09"]).env("PREAU_NOW", OCTOBER);
    assert!(killed_in(command, some_are_done).await, "it came to its end");
    let done = runs::latest(&mut db.read().await.unwrap(), 1).await.unwrap()[0].done;
    assert!((20..120).contains(&done), "{done}");
    let again = preau(db)
        .args(["invoice-run", "2017-09"])
        // When the word of the one that was killed holds no more.
        .env("PREAU_NOW", "2017-10-02T08:05:00Z")
        .output()
        .unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let check = preau(db).arg("check").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

db_test! {
    async fn a_run_that_is_killed_goes_on_without_a_hole(db) {
        let (commune, site) = town(&db).await;
        killed_and_resumed(&db).await;
        let unpaid: UnpaidView = see(&site, &commune, "/unpaid-invoices").await;
        assert_eq!((unpaid.count, unpaid.due), (120, Cents(120 * 640)));
    }
}

db_test! {
    async fn a_run_of_corrections_that_is_killed_makes_each_credit_note_once(db) {
        let (commune, site) = town(&db).await;
        bill(&site, &commune, false).await;
        // Of every other family the meal is taken back.
        for person in commune.people.iter().step_by(2) {
            let body = attendance(person, 0, "2017-09-18", "justified_absence");
            ask(&site, &commune, Method::PUT, "/attendance", body).await;
        }
        killed_and_resumed(&db).await;
        let unpaid: UnpaidView = see(&site, &commune, "/unpaid-invoices").await;
        assert_eq!((unpaid.count, unpaid.due), (60, Cents(60 * 640)));
        let run = &runs::latest(&mut db.read().await.unwrap(), 1).await.unwrap()[0];
        assert_eq!((run.tally.credit_notes, run.tally.credited), (60, Cents(60 * 640)));
    }
}

db_test! {
    async fn a_month_without_a_price_is_told_and_not_billed(db) {
        let (commune, site) = september(&db).await;
        db.write(|conn| Box::pin(async move {
            let canteen = domain::activity::ServiceKind::Canteen;
            api::store::billing::tariffs::remove(conn, canteen, date("2017-07-01")).await?;
            Ok(())
        })).await.unwrap();
        let real = bill(&site, &commune, false).await;
        assert_eq!((real.failures, real.invoices), (1, 0));
        let found: FindingsView =
            see(&site, &commune, &format!("/invoice-runs/{}/findings", real.id)).await;
        let failure = found.findings[0].failure.unwrap();
        let words = failure.words(domain::problem::Language::French);
        assert!(words.contains("18 septembre 2017"), "{words}");
    }
}

db_test! {
    async fn who_may_run_what(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let october = json!({ "period": { "month": "2017-09" }, "dry": false });
        let ask = async |body: &Value| ask(&site, &commune, Method::POST, "/invoice-runs", body.clone()).await;
        assert_eq!(ask(&october).await.code(), "month_not_over");
        let dry = json!({ "period": { "month": "2017-09" }, "dry": true });
        assert_eq!(ask(&dry).await.code(), "no_office");
        commune.bills().await;
        for (body, code) in [
            (json!({ "period": { "month": "2017-13" }, "dry": true }), "invalid_request"),
            (json!({ "period": { "term_id": uuid::Uuid::nil() }, "dry": true }), "term_not_found"),
        ] {
            assert_eq!(ask(&body).await.code(), code);
        }
        let started: RunView = ask(&dry).await.json();
        let same: RunView = ask(&dry).await.json();
        assert_eq!(same.id, started.id, "one at a time");
        let none = "/invoice-runs/018bd12c-58b0-7683-8a5b-8752d0e86651";
        for path in [none, "/invoice-runs/x"] {
            let answer = site.send(site.guichet(&commune, Method::GET, path)).await;
            assert_eq!(answer.code(), "run_not_found");
        }
        let findings = site.guichet(&commune, Method::GET, &format!("{none}/findings"));
        assert_eq!(site.send(findings).await.code(), "run_not_found");
        for path in ["/invoice-runs", "/unpaid-invoices", "/tariffs", "/revenue-office"] {
            let path = format!("/api/v1/guichet{path}");
            assert_eq!(site.get(&commune.people[0], &path).await.code(), "forbidden");
            let attendant = site.staff_token(Role::Attendant);
            let request = site.request(Method::GET, &path).bearer_auth(attendant);
            assert_eq!(site.send(request).await.code(), "forbidden");
        }
        let month = Period::Month(Month::parse("2017-09").unwrap());
        assert_eq!(runs::latest(&mut db.read().await.unwrap(), 9).await.unwrap()[0].period, month);
    }
}

db_test! {
    async fn a_dossier_without_guardians_stops_nobody_elses_invoice(db) {
        let (commune, site) = september(&db).await;
        let me = &commune.people[0];
        let orphan = commune.family(me).await;
        behind(&db, "DELETE FROM family_guardian WHERE family_id = $1 AND CAST($2 AS TEXT) IS NULL", orphan.0, None)
            .await;
        let other = &commune.people[1];
        let body = attendance(other, 0, "2017-09-18", "present");
        ask(&site, &commune, Method::PUT, "/attendance", body).await;
        let run = bill(&site, &commune, false).await;
        assert_eq!((run.done, run.invoices, run.failures), (3, 1, 1));
        let found: FindingsView =
            see(&site, &commune, &format!("/invoice-runs/{}/findings", run.id)).await;
        let failed = found.findings.iter().find(|family| family.failure.is_some()).unwrap();
        assert_eq!((failed.family_id, failed.failure), (orphan, Some(BillingError::NoPayer)));
        assert!(failed.name.contains("Lou"), "{failed:?}");
        let family: FamilyBillingView =
            see(&site, &commune, &format!("/families/{orphan}/billing")).await;
        assert!(family.payer.name.contains("Lou") && family.payer.address.is_empty());
    }
}

db_test! {
    async fn invoices_and_credit_notes_of_many_at_once_do_not_wait_for_each_other_in_a_circle(db) {
        // More than a page, so that the last ones are not held when the first numbers are given.
        let commune = Commune::found(db.clone(), 26).await;
        commune.bills().await;
        let site = serve(&db).await;
        for person in &commune.people {
            book(&site, person, 0, "2017-09-18").await;
        }
        site.clock.set(utc(OCTOBER));
        assert_eq!(bill(&site, &commune, false).await.invoices, 26);
        let term = commune.settings.calendar.terms()[0].id;
        // To one a meal is added, of the next one is taken back: an invoice before a credit note.
        for (at, person) in commune.people.iter().enumerate() {
            let (day, what) = if at % 2 == 1 {
                ("2017-09-18", "justified_absence")
            } else {
                ("2017-09-19", "present")
            };
            let body = attendance(person, 0, day, what);
            ask(&site, &commune, Method::PUT, "/attendance", body).await;
        }
        start(&site, &commune, false).await;
        let runner = Runner::new(commune.db.clone(), site.clock.clone());
        let (site, commune) = (&site, &commune);
        let changes = commune.people[20..].iter().map(|person| async move {
            for package in ["2AR", "1AR", "2AR", "1AR"] {
                let body = json!({
                    "child_id": person.children[0], "term_id": term, "package": package,
                    "reason": "Changement",
                });
                let changed = ask(site, commune, Method::PUT, "/subscriptions/package", body).await;
                assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
            }
        });
        let (led, _) = tokio::join!(runner.lead_next(), join_all(changes));
        let run = led.unwrap().unwrap();
        assert_eq!((run.tally.invoices, run.tally.credit_notes), (13, 13));
    }
}
