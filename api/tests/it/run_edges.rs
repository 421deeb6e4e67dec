//! What a run bills at its edges: a sibling who joins, late tariffs, a year's turn, unreadable papers.

use domain::billing::{BillingError, Occasion};
use domain::cents::Cents;
use domain::wire::{DocumentView, FindingsView};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::canteen_run::{OCTOBER, ask, attendance, bill, bill_of, book, see, september};
use crate::mail::behind;
use crate::support::{Commune, date, db_test, serve, utc};

db_test! {
    async fn a_sibling_who_joins_later_changes_nothing_of_before(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        commune.bills().await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let add = async |child: usize, from: &str| {
            let body = json!({
                "child_id": me.children[child], "activity": "cantine", "from": from,
                "reason": "Inscription tardive",
            });
            let added = ask(&site, &commune, Method::POST, "/subscriptions", body).await;
            assert_eq!(added.status, StatusCode::NO_CONTENT, "{}", added.text);
        };
        add(1, "2017-09-12").await;
        book(&site, me, 1, "2017-09-18").await;
        book(&site, me, 1, "2017-09-28").await;
        site.clock.set(utc(OCTOBER));
        assert_eq!(bill(&site, &commune, false).await.billed, Cents(2 * 640));
        // His elder sister, from the 25th on: the meal of the 28th is a second child's.
        add(0, "2017-09-25").await;
        let again = bill(&site, &commune, false).await;
        assert_eq!((again.credited, again.billed), (Cents(640), Cents(576)));
    }
}

db_test! {
    async fn a_term_run_prices_by_the_day_of_confirmation(db) {
        let commune = Commune::unsubscribed(db.clone(), 1).await;
        let site = serve(&db).await;
        site.clock.set(utc("2017-11-13T08:00:00Z"));
        let me = &commune.people[0];
        let (family, term) = (commune.family(me).await, commune.settings.calendar.terms()[1].id);
        let quotient = json!({
            "value": 300, "from": "2017-09-01", "until": "2017-12-31", "source": "caf",
            "reason": "Attestation reçue",
        });
        let path = format!("/families/{family}/quotients");
        ask(&site, &commune, Method::PUT, &path, quotient).await;
        let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
        let body = json!({ "children": [{ "child_id": me.children[0], "taps": ["tap-echecs"] }] });
        let confirmed = site.ask(me, Method::POST, &path, body).await;
        assert_eq!(confirmed.status, StatusCode::CREATED, "{}", confirmed.text);
        // The tariffs come late, when the quotient is out of date: 9.00 all the same, not 33.00.
        site.clock.set(utc("2018-01-08T08:00:00Z"));
        commune.bills().await;
        let run = bill_of(&site, &commune, &json!({ "term_id": term }), false).await;
        assert_eq!((run.invoices, run.billed), (1, Cents(900)));
        let invoice: DocumentView = site.get(me, "/api/v1/invoices/F2018000001").await.json();
        let occasion = Occasion::Term { term, confirmed_on: date("2017-11-13") };
        assert_eq!(invoice.lines[0].line.charges().next().unwrap().occasion, occasion);
    }
}

db_test! {
    async fn a_number_is_of_the_year_in_paris(db) {
        let (commune, site) = september(&db).await;
        // Half past midnight on New Year's Day.
        site.clock.set(utc("2017-12-31T23:30:00Z"));
        assert_eq!(bill(&site, &commune, false).await.invoices, 1);
        let me = &commune.people[0];
        let invoice: DocumentView = site.get(me, "/api/v1/invoices/F2018000001").await.json();
        assert_eq!(invoice.summary.issued_on, date("2018-01-01"));
    }
}

db_test! {
    async fn a_family_that_can_not_be_read_stops_nobody_elses_invoice(db) {
        let (commune, site) = september(&db).await;
        bill(&site, &commune, false).await;
        let broken = commune.family(&commune.people[0]).await;
        behind(&db, "UPDATE document SET lines = '[]]' WHERE family_id = $1 AND CAST($2 AS TEXT) IS NULL", broken.0, None)
            .await;
        let body = attendance(&commune.people[1], 0, "2017-09-18", "present");
        ask(&site, &commune, Method::PUT, "/attendance", body).await;
        let run = bill(&site, &commune, false).await;
        assert_eq!((run.done, run.invoices, run.failures), (3, 1, 1));
        let found: FindingsView =
            see(&site, &commune, &format!("/invoice-runs/{}/findings", run.id)).await;
        let failed = found.findings.iter().find(|family| family.failure.is_some()).unwrap();
        assert_eq!((failed.family_id, failed.failure), (broken, Some(BillingError::Unreadable)));
        behind(&db, "DELETE FROM document WHERE family_id = $1 AND CAST($2 AS TEXT) IS NULL", broken.0, None)
            .await;
        behind(&db, "DELETE FROM document WHERE family_id <> $1 AND CAST($2 AS TEXT) IS NULL", broken.0, None)
            .await;
        behind(&db, "DELETE FROM document_counter WHERE $1 IS NOT NULL AND CAST($2 AS TEXT) IS NULL", broken.0, None)
            .await;
    }
}
