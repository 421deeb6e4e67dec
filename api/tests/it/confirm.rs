//! A family subscribes to a term.

use domain::billing::{InvoiceState, Item};
use domain::cents::Cents;
use domain::wire::{ConfirmationView, DocumentView, DocumentsView, SubscriptionForm};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Person, Site, db_test, serve, utc};

/// The second term can be subscribed to from 6 to 27 November.
const IN_TIME: &str = "2017-11-13T08:00:00Z";

async fn path(commune: &Commune, person: &Person, operation: &str) -> String {
    let (family, term) = (commune.family(person).await, commune.settings.calendar.terms()[1].id);
    format!("/api/v1/families/{family}/terms/{term}/{operation}")
}

async fn form(site: &Site, commune: &Commune, person: &Person) -> SubscriptionForm {
    site.get(person, &path(commune, person, "subscription-form").await).await.json()
}

async fn confirm(site: &Site, commune: &Commune, person: &Person, body: Value) -> Answer {
    let path = path(commune, person, "confirmation").await;
    site.ask(person, Method::POST, &path, body).await
}

fn bus(rhythm: &str, package: &str) -> Value {
    json!({ "rhythm": rhythm, "package": package, "type_week": { "bus-0830": ["Mon", "Thu"] } })
}

/// All three children of the first family.
fn three(person: &Person) -> Value {
    let [lou, max, zoe] = person.children[..] else { panic!("three children") };
    json!({ "children": [
        {
            "child_id": lou,
            "canteen": { "rhythm": "regular", "type_week": { "cantine": ["Mon", "Tue"] } },
            "bus": bus("regular", "1AR"),
            "taps": ["tap-theatre"],
        },
        { "child_id": max, "bus": bus("occasional", "2AR") },
        { "child_id": zoe, "taps": ["tap-echecs", "tap-judo"] },
    ] })
}

async fn open_window(db: &api::store::Db, families: usize) -> (Commune, Site) {
    let commune = Commune::unsubscribed(db.clone(), families).await;
    commune.bills().await;
    let site = serve(db).await;
    site.clock.set(utc(IN_TIME));
    (commune, site)
}

db_test! {
    async fn subscriptions_inscriptions_and_the_invoice_come_together(db) {
        let (commune, site) = open_window(&db, 2).await;
        let me = &commune.people[0];
        let before = form(&site, &commune, me).await;
        assert_eq!(before.children.len(), 3);
        assert!(before.held.is_empty() && before.draft.is_none() && before.invoices.is_empty());
        let theatre = before.activities.iter().find(|a| a.slug.as_str() == "tap-theatre").unwrap();
        assert_eq!(theatre.seats_left, Some(18));

        let answer = confirm(&site, &commune, me, three(me)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        let made: ConfirmationView = answer.json();
        // No quotient, so the highest bracket. 1AR 66.00; 2AR 116.00 less 20 % for the second on
        // the bus: 92.80; one TAP 33.00; two 63.00 less 20 % for the second at TAP: 50.40.
        assert_eq!(made.total, Cents(6600 + 9280 + 3300 + 5040));
        assert_eq!(made.invoice.unwrap().to_string(), "F2017000001");
        assert_eq!(made.subscriptions.len(), 5);
        assert!(made.full.is_empty() && made.credit_notes.is_empty());
        let [lou, max, zoe] = me.children[..] else { panic!("three") };
        let days = commune.days(lou).await;
        assert_eq!(days.len() + commune.days(zoe).await.len(), usize::try_from(made.booked).unwrap());
        assert!(days.contains(&"cantine 2017-12-04".to_owned()));
        assert!(days.contains(&"bus-0830 2017-12-07".to_owned()));
        assert!(days.contains(&"tap-theatre 2017-12-05".to_owned()));
        assert!(commune.days(max).await.is_empty(), "now and then");

        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        assert_eq!((list.due, list.documents.len()), (made.total, 1));
        let invoice: DocumentView =
            site.get(me, "/api/v1/invoices/F2017000001").await.json();
        assert_eq!(invoice.summary, list.documents[0]);
        let balance = invoice.summary.balance.as_ref().unwrap();
        assert_eq!((balance.state, balance.due), (InvoiceState::Issued, made.total));
        // Ten days after the 13th.
        assert_eq!(balance.due_on.to_string(), "2017-11-23");
        let lines: Vec<_> =
            invoice.lines.iter().map(|l| (l.line.child, l.line.item, l.amount.0)).collect();
        for line in [
            (lou, Item::OneRoundTrip, 6600),
            (lou, Item::OneTap, 3300),
            (max, Item::TwoRoundTrips, 9280),
            (zoe, Item::TwoTaps, 5040),
        ] {
            assert!(lines.contains(&line), "{lines:?}");
        }
        assert_eq!(invoice.addressee.name, "Mme Anne FAMILLEaaa");
        assert_eq!(invoice.children.len(), 3);

        let other = &commune.people[1];
        for path in ["/api/v1/invoices/F2017000001", "/api/v1/invoices/F2017000001/pdf"] {
            assert_eq!(site.get(other, path).await.code(), "document_not_found");
        }
        for path in ["/api/v1/invoices/F2017000001/pdf", "/api/v1/guichet/documents/F2017000001/pdf"] {
            let request = if path.contains("guichet") {
                site.guichet(&commune, Method::GET, "/documents/F2017000001/pdf")
            } else {
                site.request(Method::GET, path).bearer_auth(site.token(me))
            };
            let answer = request.send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "application/pdf");
            let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
            assert!(name.contains("F2017000001.pdf"), "{name}");
            assert!(answer.bytes().await.unwrap().starts_with(b"%PDF-"));
        }
        let guichet = site.guichet(&commune, Method::GET, "/documents/F2017000001");
        assert_eq!(site.send(guichet).await.json::<DocumentView>(), invoice);
        let none = site.guichet(&commune, Method::GET, "/documents/F2017000002");
        assert_eq!(site.send(none).await.code(), "document_not_found");
        let answer = site.get(me, "/api/v1/invoices/A2017000001").await;
        assert_eq!(answer.code(), "document_not_found");
        let form_path = path(&commune, me, "subscription-form").await;
        assert_eq!(site.get(other, &form_path).await.code(), "family_not_found");
        assert_eq!(commune.outbox("mail.document").await, [json!({ "number": "F2017000001" })]);
    }
}

db_test! {
    async fn nothing_is_believed_but_the_choices(db) {
        let (commune, site) = open_window(&db, 2).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        let nothing_made = async || {
            let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
            assert!(list.documents.is_empty());
            assert!(form(&site, &commune, me).await.held.is_empty());
            assert!(commune.days(me.children[0]).await.is_empty());
        };

        let mut cheap = three(me);
        cheap["expected_total"] = 1.into();
        let answer = confirm(&site, &commune, me, cheap).await;
        assert_eq!(answer.code(), "total_changed");
        nothing_made().await;

        let foreign = json!({ "children": [
            { "child_id": other.children[0], "taps": ["tap-echecs"] }] });
        assert_eq!(confirm(&site, &commune, me, foreign).await.code(), "child_not_found");
        let nobody = json!({ "children": [{ "child_id": me.children[0] }] });
        let problem = confirm(&site, &commune, me, nobody).await.problem();
        assert_eq!(problem.errors[0].pointer, "/children");
        let wrong = json!({ "children": [{
            "child_id": me.children[0],
            "bus": { "rhythm": "regular", "type_week": { "bus-1130": ["Wed"] } },
            "taps": ["tap-theatre", "tap-judo"],
        }] });
        let problem = confirm(&site, &commune, me, wrong).await.problem();
        assert_eq!(problem.code.as_str(), "validation_failed");
        let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/children/0/bus/package",
                "/children/0/bus/type_week/bus-1130",
                "/children/0/taps/1",
            ]
        );
        for (body, code) in [
            (json!({ "children": [{ "child_id": "x" }] }), "invalid_request"),
            (json!({}), "invalid_request"),
        ] {
            assert_eq!(confirm(&site, &commune, me, body).await.code(), code);
        }
        nothing_made().await;

        site.clock.set(utc("2017-11-05T22:59:59Z"));
        let early = confirm(&site, &commune, me, three(me)).await.problem();
        assert_eq!(early.code.as_str(), "subscriptions_closed");
        assert!(early.detail.contains("6 novembre 2017"), "{}", early.detail);
        site.clock.set(utc("2017-11-27T23:00:00Z"));
        assert_eq!(confirm(&site, &commune, me, three(me)).await.code(), "subscriptions_closed");
        nothing_made().await;

        let path = path(&commune, me, "confirmation").await;
        let bare = site.send(site.request(Method::POST, &path).json(&three(me))).await;
        assert_eq!(bare.code(), "token_missing");
        let staff = site.staff_token(domain::wire::Role::Coordinator);
        let staff = site.request(Method::POST, &path).bearer_auth(staff).json(&three(me));
        assert_eq!(site.send(staff).await.code(), "forbidden");
    }
}

db_test! {
    async fn without_prices_or_cash_desk_nothing_is_billed_or_booked(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        site.clock.set(utc(IN_TIME));
        let me = &commune.people[0];
        db.write(|conn| Box::pin(async move {
            let tariffs = api::demo::demo_tariffs(domain::calendar::SchoolYear(2017));
            api::store::billing::tariffs::set(conn, &tariffs[1]).await?;
            Ok(())
        })).await.unwrap();
        assert_eq!(confirm(&site, &commune, me, three(me)).await.code(), "no_tariff");
        commune.bills().await;
        db.write(|conn| Box::pin(async move {
            let tap = domain::activity::ServiceKind::Tap;
            let from = "2017-07-01".parse().unwrap();
            assert!(api::store::billing::tariffs::remove(conn, tap, from).await?);
            assert!(!api::store::billing::tariffs::remove(conn, tap, from).await?);
            Ok(())
        })).await.unwrap();
        assert_eq!(confirm(&site, &commune, me, three(me)).await.code(), "no_tariff");
        assert!(commune.days(me.children[0]).await.is_empty());
        // The canteen is billed by the month.
        let canteen = json!({ "children": [{
            "child_id": me.children[0], "canteen": { "rhythm": "occasional" } }] });
        let made: ConfirmationView = confirm(&site, &commune, me, canteen).await.json();
        assert_eq!((made.invoice, made.total), (None, Cents::ZERO));
    }
}

db_test! {
    async fn a_full_tap_activity_is_refused_and_a_full_bus_named(db) {
        let (commune, site) = open_window(&db, 1).await;
        let me = &commune.people[0];
        commune.leave_seats("tap-judo", "2018-01-09", 0).await;
        commune.leave_seats("bus-0830", "2018-01-11", 0).await;
        let problem = confirm(&site, &commune, me, three(me)).await.problem();
        assert_eq!(problem.code.as_str(), "session_full");
        assert_eq!(problem.errors[0].pointer, "/children/2/taps/1");
        assert!(problem.detail.starts_with("Judo est complet (09/01)"), "{}", problem.detail);
        assert_eq!(problem.full_days.len(), 1);
        assert!(commune.days(me.children[0]).await.is_empty());
        let judo = form(&site, &commune, me).await.activities;
        let judo = judo.iter().find(|a| a.slug.as_str() == "tap-judo").unwrap();
        assert_eq!(judo.seats_left, Some(0));

        let mut without = three(me);
        without["children"][2]["taps"] = json!(["tap-echecs"]);
        let made: ConfirmationView = confirm(&site, &commune, me, without).await.json();
        let full: Vec<_> = made.full.iter().map(|f| format!("{} {}", f.activity, f.date)).collect();
        assert_eq!(full, ["bus-0830 2018-01-11"]);
    }
}

db_test! {
    async fn a_repeated_request_has_the_first_ones_answer(db) {
        let (commune, site) = open_window(&db, 1).await;
        let me = &commune.people[0];
        let path = path(&commune, me, "confirmation").await;
        let send = async |key: &str, body: &Value| {
            let request = site.request(Method::POST, &path).bearer_auth(site.token(me));
            site.send(request.header("Idempotency-Key", key).json(body)).await
        };
        let all = three(me);
        let (first, second) = tokio::join!(send("abc", &all), send("abc", &all));
        assert_eq!((first.status, &first.text), (StatusCode::CREATED, &second.text));
        assert_eq!(send("abc", &three(me)).await.text, first.text);
        let mut other = three(me);
        other["children"][0]["taps"] = json!([]);
        assert_eq!(send("abc", &other).await.code(), "idempotency_key_reused");
        assert_eq!(send(&"k".repeat(101), &other).await.code(), "invalid_request");

        // Without the key it is another request, for what the children have already.
        let again = send("def", &three(me)).await.problem();
        let pointers: Vec<_> = again.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers[..2], ["/children/0/canteen", "/children/0/bus"]);
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        assert_eq!(list.documents.len(), 1);
    }
}

db_test! {
    async fn a_sibling_who_joins_later_has_a_supplementary_invoice(db) {
        let (commune, site) = open_window(&db, 1).await;
        let me = &commune.people[0];
        let [lou, max, _] = me.children[..] else { panic!("three") };
        let younger = json!({ "children": [{ "child_id": max, "bus": bus("occasional", "1AR") }] });
        let first: ConfirmationView = confirm(&site, &commune, me, younger).await.json();
        assert_eq!(first.total, Cents(6600));

        site.clock.set(utc("2017-11-14T08:00:00Z"));
        // Lou is older: Max becomes the second, and 66.00 should have been 52.80.
        let elder = json!({ "children": [{ "child_id": lou, "bus": bus("occasional", "2AR") }] });
        let second: ConfirmationView = confirm(&site, &commune, me, elder).await.json();
        assert_eq!(second.total, Cents(11_600 + 5280));
        let [made] = second.credit_notes[..] else { panic!("{second:?}") };
        assert_eq!((made.number.to_string().as_str(), made.total), ("A2017000001", Cents(6600)));
        let list: DocumentsView = site.get(me, "/api/v1/family/invoices").await.json();
        // 66.00 was credited on the first invoice: 168.80 are left of the second.
        assert_eq!(list.due, Cents(16_880));
        let states: Vec<_> = list
            .documents
            .iter()
            .map(|d| (d.number.to_string(), d.supplementary, d.balance.as_ref().map(|b| b.state)))
            .collect();
        assert_eq!(
            states,
            [
                ("F2017000002".to_owned(), true, Some(InvoiceState::Issued)),
                ("A2017000001".to_owned(), false, None),
                ("F2017000001".to_owned(), false, Some(InvoiceState::Credited)),
            ]
        );
        let note: DocumentView = site.get(me, "/api/v1/credit-notes/A2017000001").await.json();
        let credit = note.summary.credit.unwrap();
        assert_eq!((credit.invoice, credit.left), (first.invoice.unwrap(), Cents::ZERO));
        assert_eq!(note.set_offs[0].amount, Cents(6600));
    }
}

db_test! {
    async fn a_draft_is_kept_until_it_is_confirmed(db) {
        let (commune, site) = open_window(&db, 2).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        let draft_path = path(&commune, me, "subscription-draft").await;
        let save = async |person: &Person, version: i32, body: Value| {
            let body = json!({ "version": version, "children": body["children"] });
            site.ask(person, Method::PUT, &draft_path, body).await
        };
        // As it is: without its package.
        let mut unfinished = three(me);
        unfinished["children"][0]["bus"]["package"] = Value::Null;
        let kept = save(me, 0, unfinished).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
        assert_eq!(save(me, 0, three(me)).await.code(), "draft_changed");
        assert_eq!(save(me, 1, three(me)).await.status, StatusCode::OK);
        assert_eq!(save(me, 1, three(me)).await.code(), "draft_changed");
        assert_eq!(save(other, 2, three(me)).await.code(), "family_not_found");
        let foreign = json!({ "children": [{ "child_id": other.children[0] }] });
        assert_eq!(save(me, 2, foreign).await.code(), "child_not_found");
        let many = vec![json!({ "child_id": me.children[0] }); 21];
        let many = save(me, 2, json!({ "children": many })).await.problem();
        assert_eq!(many.errors[0].pointer, "/children");

        let draft = form(&site, &commune, me).await.draft.unwrap();
        assert_eq!((draft.version, draft.children.len()), (2, 3));
        confirm(&site, &commune, me, three(me)).await;
        assert_eq!(form(&site, &commune, me).await.draft, None);
    }
}
