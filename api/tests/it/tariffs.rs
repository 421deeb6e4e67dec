//! The guichet's tariffs, cash desk, quotients and residences.

use domain::activity::ServiceKind::{Canteen, Tap};
use domain::billing::{InvoiceLine, RevenueOffice};
use domain::cents::Cents;
use domain::wire::{ConfirmationView, DocumentView, FamilyBillingView, TariffsView};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Site, db_test, serve, utc};

async fn ask(site: &Site, commune: &Commune, method: Method, path: &str, body: Value) -> Answer {
    site.send(site.guichet(commune, method, path).json(&body)).await
}

/// One price for all.
fn tariff(service: &str, item: &str, from: &str, cents: i64) -> Value {
    json!({
        "service": service, "from": from, "brackets": [0], "reductions": [],
        "prices": [{ "item": item, "by_bracket": [cents], "outside": null }],
    })
}

db_test! {
    async fn tariffs_change_from_a_day_to_come(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        let set = async |body: Value| ask(&site, &commune, Method::PUT, "/tariffs", body).await;
        let take = async |path: &str| {
            ask(&site, &commune, Method::DELETE, &format!("/tariffs/{path}"), Value::Null).await
        };
        // The first of a service may hold already.
        let first = set(tariff("canteen", "meal", "2017-09-01", 500)).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text);
        let today = set(tariff("canteen", "meal", "2017-09-11", 600)).await;
        assert_eq!(today.code(), "tariff_in_use");
        // A typing error can be put right until something is billed by it.
        let mended: TariffsView = set(tariff("canteen", "meal", "2017-09-01", 490)).await.json();
        assert!(mended.may_change(Canteen, "2017-09-01".parse().unwrap()), "{mended:?}");
        set(tariff("canteen", "meal", "2017-09-12", 550)).await;
        let view: TariffsView = set(tariff("canteen", "meal", "2017-09-12", 560)).await.json();
        let prices: Vec<_> = view.tariffs.iter().map(|t| t.prices[0].by_bracket[0].0).collect();
        assert_eq!(prices, [490, 560]);
        for (path, code) in [
            ("canteen/2017-09-13", "tariff_not_found"),
            ("pool/2017-09-13", "tariff_not_found"),
            ("canteen/tomorrow", "invalid_date"),
        ] {
            assert_eq!(take(path).await.code(), code);
        }
        let view: TariffsView = take("canteen/2017-09-12").await.json();
        assert_eq!(view.tariffs.len(), 1);
        let view: TariffsView = take("canteen/2017-09-01").await.json();
        assert!(view.tariffs.is_empty() && view.changeable.is_empty());

        let mut wrong = tariff("bus", "meal", "2017-09-12", -1);
        wrong["brackets"] = json!([0, 400, 300]);
        let problem = set(wrong).await.problem();
        let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/brackets/2", "/prices/0/item", "/prices/0/by_bracket", "/prices/0/by_bracket"]
        );
        let parent = site.token(&commune.people[0]);
        let request = site.request(Method::PUT, "/api/v1/guichet/tariffs").bearer_auth(parent);
        let body = tariff("bus", "bus_1ar", "2018-01-01", 1);
        assert_eq!(site.send(request.json(&body)).await.code(), "forbidden");
    }
}

db_test! {
    async fn a_tariff_that_something_was_billed_by_stays(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        commune.bills().await;
        let site = serve(&db).await;
        site.clock.set(utc("2017-11-13T08:00:00Z"));
        crate::mail_papers::bus(&site, &commune, &commune.people[0], 0, "1AR").await;
        let view = ask(&site, &commune, Method::GET, "/tariffs", Value::Null).await;
        let view: TariffsView = view.json();
        let services: Vec<_> = view.changeable.iter().map(|key| key.service).collect();
        assert_eq!(services, [Canteen, Tap], "the bus was billed");
        let from = view.tariffs[0].from.to_string();
        let set = ask(&site, &commune, Method::PUT, "/tariffs", tariff("bus", "bus_1ar", &from, 1));
        assert_eq!(set.await.code(), "tariff_in_use");
        let path = format!("/tariffs/bus/{from}");
        let taken = ask(&site, &commune, Method::DELETE, &path, Value::Null).await;
        assert_eq!(taken.code(), "tariff_in_use");
    }
}

db_test! {
    async fn who_bills_is_entered_whole(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        let none = site.send(site.guichet(&commune, Method::GET, "/revenue-office")).await;
        assert_eq!(none.code(), "no_office");
        let mut office = json!(api::demo::demo_office());
        office["siret"] = "123".into();
        office["phone"] = " ".into();
        let problem = ask(&site, &commune, Method::PUT, "/revenue-office", office.clone()).await;
        let pointers: Vec<_> = problem.problem().errors.into_iter().map(|e| e.pointer).collect();
        assert_eq!(pointers, ["/phone", "/siret"]);
        let office = json!(api::demo::demo_office());
        ask(&site, &commune, Method::PUT, "/revenue-office", office).await;
        let kept: RevenueOffice =
            site.send(site.guichet(&commune, Method::GET, "/revenue-office")).await.json();
        assert_eq!(kept, api::demo::demo_office());
    }
}

db_test! {
    async fn a_quotient_that_comes_late_puts_the_term_right(db) {
        let commune = Commune::unsubscribed(db.clone(), 2).await;
        commune.bills().await;
        let site = serve(&db).await;
        site.clock.set(utc("2017-11-13T08:00:00Z"));
        let [_, me] = &commune.people[..] else { panic!("two") };
        let (family, term) = (commune.family(me).await, commune.settings.calendar.terms()[1].id);
        let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
        let body = json!({ "children": [{ "child_id": me.children[0], "taps": ["tap-echecs"] }] });
        let made: ConfirmationView = site.ask(me, Method::POST, &path, body).await.json();
        assert_eq!(made.total, Cents(3300));

        let quotient = |value: i64, from: &str, until: &str, reason: &str| json!({
            "value": value, "from": from, "until": until, "source": "msa", "reason": reason,
        });
        let quotients = format!("/families/{family}/quotients");
        let set = async |body| ask(&site, &commune, Method::PUT, &quotients, body).await;
        for (body, pointer) in [
            (quotient(500, "2017-09-01", "2018-08-31", " "), "/reason"),
            (quotient(500, "2017-09-02", "2017-09-01", "Reçue"), "/until"),
            (quotient(100_001, "2017-09-02", "2018-09-01", "Reçue"), "/value"),
        ] {
            assert_eq!(set(body).await.problem().errors[0].pointer, pointer);
        }
        assert_eq!(set(quotient(-1, "2017-09-01", "2018-08-31", "x")).await.code(), "invalid_request");
        // From after the day of confirmation: nothing changes.
        let later = quotient(300, "2017-11-14", "2018-08-31", "Reçue");
        let view: FamilyBillingView = set(later).await.json();
        assert_eq!((view.due, view.documents.len()), (Cents(3300), 1));
        // That day's: 33.00 is credited, 15.00 billed.
        let view: FamilyBillingView =
            set(quotient(500, "2017-09-01", "2018-08-31", "Reçue")).await.json();
        assert_eq!((view.due, view.documents.len()), (Cents(1500), 3));

        let residence = format!("/families/{family}/residence");
        let body = json!({ "from": "2017-09-01", "outside": true, "reason": "Déménagement" });
        let view: FamilyBillingView =
            ask(&site, &commune, Method::PUT, &residence, body).await.json();
        assert_eq!(view.due, Cents(4200));
        assert!(view.household.residences[0].outside);

        for path in ["/families/x/billing", "/families/018bd12c-58b0-7683-8a5b-8752d0e86651/billing"] {
            let answer = site.send(site.guichet(&commune, Method::GET, path)).await;
            assert_eq!(answer.code(), "family_not_found");
        }
    }
}

db_test! {
    async fn a_tariff_that_changes_while_it_is_billed_by_is_the_one_billed(db) {
        const DAYS: usize = 12;
        let commune = Commune::unsubscribed(db.clone(), DAYS).await;
        commune.bills().await;
        let site = serve(&db).await;
        let term = commune.settings.calendar.terms()[1].id;
        let day = |number: usize| format!("2017-11-{}", 13 + number);
        let set = async |from: String, cents: i64| {
            ask(&site, &commune, Method::PUT, "/tariffs", tariff("tap", "tap_1", &from, cents)).await
        };
        for (number, person) in commune.people.iter().enumerate() {
            site.clock.set(utc(&format!("{}T08:00:00Z", day(number))));
            let family = commune.family(person).await;
            let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
            let choices = json!({ "children": [{ "child_id": person.children[0], "taps": ["tap-echecs"] }] });
            let (confirmed, changed) = tokio::join!(
                site.ask(person, Method::POST, &path, choices),
                set(day(number), 1000),
            );
            assert_eq!(confirmed.status, StatusCode::CREATED, "{}", confirmed.text);
            let confirmed: ConfirmationView = confirmed.json();
            let path = format!("/api/v1/invoices/{}", confirmed.invoice.unwrap());
            let invoice: DocumentView = site.get(person, &path).await.json();
            let InvoiceLine { unit_price, rule, .. } = &invoice.lines[0].line;
            let view: TariffsView = set(day(number + 1), 2000).await.json();
            let known = view.tariffs.iter().find(|t| t.service == Tap && t.from == rule.tariff_from);
            let price = known.unwrap().prices[0].by_bracket.last().unwrap();
            assert_eq!(unit_price, price, "{}: {}", day(number), changed.text);
        }
    }
}

db_test! {
    async fn a_quotient_that_is_taken_back_puts_the_term_right(db) {
        let commune = Commune::unsubscribed(db.clone(), 2).await;
        commune.bills().await;
        let site = serve(&db).await;
        site.clock.set(utc("2017-11-13T08:00:00Z"));
        let [me, other] = &commune.people[..] else { panic!("two") };
        let (family, others) = (commune.family(me).await, commune.family(other).await);
        let quotients = format!("/families/{family}/quotients");
        let body = json!({
            "value": 300, "from": "2017-09-01", "until": "2018-08-31", "source": "caf",
            "reason": "Attestation",
        });
        ask(&site, &commune, Method::PUT, &quotients, body).await;
        let term = commune.settings.calendar.terms()[1].id;
        let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
        let body = json!({ "children": [{ "child_id": me.children[0], "taps": ["tap-echecs"] }] });
        let made: ConfirmationView = site.ask(me, Method::POST, &path, body).await.json();
        assert!(made.total < Cents(3300), "{made:?}");

        let take = async |path: &str| {
            ask(&site, &commune, Method::DELETE, &format!("/families/{path}"), Value::Null).await
        };
        let changes = commune.changes().await;
        for (path, code) in [
            (format!("{family}/quotients/2017-09-02"), "quotient_not_found"),
            (format!("{others}/quotients/2017-09-01"), "quotient_not_found"),
            (format!("{}/quotients/2017-09-01", uuid::Uuid::nil()), "family_not_found"),
            ("x/quotients/2017-09-01".to_owned(), "family_not_found"),
            (format!("{family}/quotients/2017-9-1"), "invalid_date"),
        ] {
            assert_eq!(take(&path).await.code(), code, "{path}");
        }
        let path = format!("/api/v1/guichet{quotients}/2017-09-01");
        assert_eq!(site.ask(me, Method::DELETE, &path, Value::Null).await.code(), "forbidden");
        assert_eq!(commune.changes().await, changes);

        // The highest bracket's price, after a credit note and a supplementary invoice.
        let answer = take(&format!("{family}/quotients/2017-09-01")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let view: FamilyBillingView = answer.json();
        assert!(view.household.quotients.is_empty());
        assert_eq!((view.due, view.credit, view.documents.len()), (Cents(3300), Cents::ZERO, 3));
        assert_eq!(commune.changes().await, changes + 3);
        let again = take(&format!("{family}/quotients/2017-09-01")).await;
        assert_eq!(again.code(), "quotient_not_found");
    }
}
