//! Cheques, the journal, and what they paid for.

use domain::billing::InvoiceState;
use domain::cents::Cents;
use domain::ids::FamilyId;
use domain::wire::{
    CarePaidView, ConfirmationView, DocumentView, FamilyBillingView, ReceiptView, ReceiptsView,
};
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Site, db_test, serve, utc};

/// The first family's youngest, who is four, has a TAP activity of 33.00 and a bus of 66.00.
async fn billed(db: &api::store::Db) -> (Commune, Site, FamilyId) {
    let commune = Commune::unsubscribed(db.clone(), 2).await;
    commune.bills().await;
    let site = serve(db).await;
    site.clock.set(utc("2017-11-13T08:00:00Z"));
    let me = &commune.people[0];
    let term = commune.settings.calendar.terms()[1].id;
    let family = commune.family(me).await;
    let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
    let body = json!({ "children": [{
        "child_id": me.children[2],
        "bus": { "rhythm": "occasional", "package": "1AR" },
        "taps": ["tap-echecs"],
    }] });
    let made: ConfirmationView = site.ask(me, Method::POST, &path, body).await.json();
    assert_eq!(made.total, Cents(9900));
    (commune, site, family)
}

async fn ask(site: &Site, commune: &Commune, path: &str, body: Value) -> Answer {
    site.send(site.guichet(commune, Method::POST, path).json(&body)).await
}

const CHEQUES: &str = "/invoices/F2017000001/cheques";

db_test! {
    async fn a_cheque_is_for_the_exact_amount_and_once(db) {
        let (commune, site, _) = billed(&db).await;
        let me = &commune.people[0];
        let cheque = async |cents: i64| ask(&site, &commune, CHEQUES, json!({ "amount": cents })).await;
        assert_eq!(cheque(9899).await.code(), "other_amount");
        assert_eq!(cheque(0).await.code(), "other_amount");
        let (one, two) = tokio::join!(cheque(9900), cheque(9900));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
        assert_eq!(cheque(9900).await.code(), "nothing_due");
        let invoice: DocumentView = site.get(me, "/api/v1/invoices/F2017000001").await.json();
        let balance = invoice.summary.balance.unwrap();
        assert_eq!((balance.state, balance.paid, balance.due), (InvoiceState::Paid, Cents(9900), Cents::ZERO));
        for (path, code) in [
            ("/invoices/F2017000002/cheques", "document_not_found"),
            ("/invoices/A2017000001/cheques", "document_not_found"),
            ("/invoices/x/cheques", "document_not_found"),
        ] {
            assert_eq!(ask(&site, &commune, path, json!({ "amount": 1 })).await.code(), code);
        }
        let path = format!("/api/v1/guichet{CHEQUES}");
        let parent = site.ask(me, Method::POST, &path, json!({ "amount": 9900 })).await;
        assert_eq!(parent.code(), "forbidden");
    }
}

db_test! {
    async fn a_mistake_is_taken_back_once_and_never_deleted(db) {
        let (commune, site, _) = billed(&db).await;
        let me = &commune.people[0];
        let receipt: ReceiptView =
            ask(&site, &commune, CHEQUES, json!({ "amount": 9900 })).await.json();
        assert_eq!(receipt.number.to_string(), "Q2017000001");
        let contra = async |number: &str, reason: &str| {
            ask(&site, &commune, &format!("/receipts/{number}/contra"), json!({ "reason": reason })).await
        };
        assert_eq!(contra("Q2017000001", " ").await.problem().errors[0].pointer, "/reason");
        let back: ReceiptView = contra("Q2017000001", "Autre famille").await.json();
        assert_eq!((back.amount, back.contra), (Cents(-9900), Some(receipt.number)));
        assert_eq!(contra("Q2017000001", "Encore").await.code(), "taken_back");
        assert_eq!(contra("Q2017000002", "Encore").await.code(), "taken_back");
        assert_eq!(contra("Q2017000003", "Encore").await.code(), "receipt_not_found");
        let invoice: DocumentView = site.get(me, "/api/v1/invoices/F2017000001").await.json();
        assert_eq!(invoice.summary.balance.unwrap().due, Cents(9900));
        // And paid again.
        ask(&site, &commune, CHEQUES, json!({ "amount": 9900 })).await;
        let journal: ReceiptsView =
            site.send(site.guichet(&commune, Method::GET, "/receipts")).await.json();
        let amounts: Vec<_> = journal.receipts.iter().map(|r| r.amount.0).collect();
        assert_eq!(amounts, [9900, -9900, 9900]);
        assert_eq!(journal.receipts[1].reason.as_deref(), Some("Autre famille"));
        assert_eq!(journal.receipts[0].by, "Claire Morand");
        let page = site.guichet(&commune, Method::GET, "/receipts?before=Q2017000002");
        assert_eq!(site.send(page).await.json::<ReceiptsView>().receipts.len(), 1);
        let wrong = site.guichet(&commune, Method::GET, "/receipts?before=2");
        assert_eq!(site.send(wrong).await.code(), "invalid_request");
    }
}

db_test! {
    async fn a_cheque_that_bounces_leaves_to_be_paid_what_no_credit_pays(db) {
        let (commune, site, family) = billed(&db).await;
        let me = &commune.people[0];
        let receipt: ReceiptView =
            ask(&site, &commune, CHEQUES, json!({ "amount": 9900 })).await.json();
        // The quotient comes late: all is billed again, for less, and a third stays to their credit.
        let quotient = json!({
            "value": 300, "from": "2017-09-01", "until": "2018-08-31", "source": "caf",
            "reason": "Attestation reçue",
        });
        let path = format!("/families/{family}/quotients");
        let put = site.guichet(&commune, Method::PUT, &path).json(&quotient);
        assert_eq!(site.send(put).await.status, StatusCode::OK);
        let billing = async || -> FamilyBillingView {
            let path = format!("/families/{family}/billing");
            site.send(site.guichet(&commune, Method::GET, &path)).await.json()
        };
        // 24.00 and 9.00 in the first bracket, instead of 66.00 and 33.00.
        let before = billing().await;
        assert_eq!((before.due, before.credit), (Cents::ZERO, Cents(9900 - 3300)));
        let contra = format!("/receipts/{}/contra", receipt.number);
        ask(&site, &commune, &contra, json!({ "reason": "Chèque sans provision" })).await;
        // 99.00 are due again, 66.00 of it stood to their credit: 33.00, as the quotient says.
        let after = billing().await;
        assert_eq!((after.due, after.credit), (Cents(3300), Cents::ZERO));
        let first: DocumentView = site.get(me, "/api/v1/invoices/F2017000001").await.json();
        let balance = first.summary.balance.unwrap();
        assert_eq!((balance.paid, balance.credited, balance.due), (Cents::ZERO, Cents(6600), Cents(3300)));
        ask(&site, &commune, CHEQUES, json!({ "amount": 3300 })).await;
        assert_eq!(billing().await.due, Cents::ZERO);
    }
}

db_test! {
    async fn a_young_childs_care_is_certified_when_the_year_is_over(db) {
        let (commune, site, _) = billed(&db).await;
        let [me, other] = &commune.people[..] else { panic!("two") };
        let child = me.children[2];
        let paid = async |year: &str| site.get(me, &format!("/api/v1/family/care-paid/{year}")).await;
        assert_eq!(paid("2017").await.code(), "year_not_over");
        assert_eq!(paid("x").await.code(), "invalid_date");
        ask(&site, &commune, CHEQUES, json!({ "amount": 9900 })).await;
        site.clock.set(utc("2018-01-02T08:00:00Z"));
        let view: CarePaidView = paid("2017").await.json();
        // TAP alone: the bus is no care.
        let sums: Vec<_> = view.children.iter().map(|c| (c.child_id, c.paid)).collect();
        assert_eq!(sums, [(child, Cents(3300))]);
        assert!(paid("2016").await.json::<CarePaidView>().children.is_empty());

        let certificate = |year: u32| format!("/api/v1/children/{child}/care-certificates/{year}");
        let request = site.request(Method::GET, &certificate(2017)).bearer_auth(site.token(me));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        let file = answer.headers()["content-disposition"].to_str().unwrap();
        assert!(file.contains("attestation-fiscale-2017-") && !file.contains("%20"), "{file}");
        assert!(answer.bytes().await.unwrap().starts_with(b"%PDF-"));
        assert_eq!(site.get(me, &certificate(2016)).await.code(), "nothing_paid");
        assert_eq!(site.get(me, &certificate(2018)).await.code(), "year_not_over");
        assert_eq!(site.get(other, &certificate(2017)).await.code(), "child_not_found");
    }
}

db_test! {
    async fn a_cheque_that_is_sent_often_at_once_is_entered_once_and_answered_each_time(db) {
        let (commune, site, _) = billed(&db).await;
        let send = async || {
            let cheque = site.guichet(&commune, Method::POST, CHEQUES).json(&json!({ "amount": 9900 }));
            site.send(cheque.header("idempotency-key", "cheque-1")).await
        };
        let answers = join_all((0..8).map(|_| send())).await;
        for answer in &answers {
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
            assert_eq!(answer.json::<ReceiptView>(), answers[0].json());
        }
        let journal: ReceiptsView =
            site.send(site.guichet(&commune, Method::GET, "/receipts")).await.json();
        assert_eq!(journal.receipts.len(), 1);
    }
}

db_test! {
    async fn what_a_credit_has_paid_is_certified_too(db) {
        let (commune, site, family) = billed(&db).await;
        let me = &commune.people[0];
        ask(&site, &commune, CHEQUES, json!({ "amount": 9900 })).await;
        // The quotient comes late: 99.00 are credited, and 9.00 and 24.00 billed, which the credit pays.
        let quotient = json!({
            "value": 300, "from": "2017-09-01", "until": "2018-08-31", "source": "caf",
            "reason": "Attestation",
        });
        let path = format!("/families/{family}/quotients");
        let entered = site.guichet(&commune, Method::PUT, &path).json(&quotient);
        assert_eq!(site.send(entered).await.status, StatusCode::OK);
        let invoice: DocumentView = site.get(me, "/api/v1/invoices/F2017000002").await.json();
        let balance = invoice.summary.balance.unwrap();
        assert_eq!((balance.credited, balance.due), (invoice.summary.total, Cents::ZERO));
        site.clock.set(utc("2018-01-02T08:00:00Z"));
        let view: CarePaidView = site.get(me, "/api/v1/family/care-paid/2017").await.json();
        let sums: Vec<_> = view.children.iter().map(|child| child.paid).collect();
        assert_eq!(sums, [Cents(900)], "the TAP activity's price of the first bracket");
    }
}
