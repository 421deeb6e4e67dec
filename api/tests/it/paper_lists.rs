//! Lists of invoices and credit notes, a page at a time.

use domain::wire::{DocumentsView, FamilyBillingView, SubscriptionChanged};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Commune, Site, db_test, serve, utc};

const MINE: &str = "/api/v1/family/invoices";

/// A family with an invoice, and for each change of its bus package a credit note and another one.
async fn papers(db: &api::store::Db, changes: usize) -> (Commune, Site) {
    let commune = Commune::unsubscribed(db.clone(), 2).await;
    commune.bills().await;
    let site = serve(db).await;
    site.clock.set(utc("2017-11-13T08:00:00Z"));
    let me = &commune.people[0];
    crate::mail_papers::bus(&site, &commune, me, 0, "1AR").await;
    for package in ["2AR", "1AR"].into_iter().cycle().take(changes) {
        let body = json!({
            "child_id": me.children[0], "term_id": commune.settings.calendar.terms()[1].id,
            "package": package, "reason": "Changement",
        });
        let request = site.guichet(&commune, Method::PUT, "/subscriptions/package").json(&body);
        let made: SubscriptionChanged = site.send(request).await.json();
        assert!(made.invoice.is_some() && made.credit_notes.len() == 1, "{made:?}");
    }
    (commune, site)
}

db_test! {
    async fn a_familys_papers_come_in_pages(db) {
        let (commune, site) = papers(&db, 26).await;
        let me = &commune.people[0];
        let first: DocumentsView = site.get(me, MINE).await.json();
        let cursor = first.next.expect("there are more");
        let second: DocumentsView = site.get(me, &format!("{MINE}?before={cursor}")).await.json();
        assert_eq!((first.documents.len(), second.documents.len(), second.next), (50, 3, None));
        assert_eq!(first.due, second.due);
        let all = first.documents.iter().chain(&second.documents);
        let numbers: std::collections::BTreeSet<_> = all.map(|paper| paper.number).collect();
        assert_eq!(numbers.len(), 53, "each once");
        // The guichet sees the same.
        let path = format!("/families/{}", commune.family(me).await);
        let see = async |path: &str| {
            let answer = site.send(site.guichet(&commune, Method::GET, path)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            answer
        };
        let family: FamilyBillingView = see(&format!("{path}/billing")).await.json();
        assert_eq!((&family.documents, family.due), (&first.documents, first.due));
        assert_eq!(family.next.as_deref(), Some(cursor.as_str()));
        let again: DocumentsView = see(&format!("{path}/invoices")).await.json();
        assert_eq!(again.documents, first.documents);
        let older: DocumentsView = see(&format!("{path}/invoices?before={cursor}")).await.json();
        assert_eq!((older.documents, older.next), (second.documents, None));
        let others: DocumentsView = site.get(&commune.people[1], MINE).await.json();
        assert!(others.documents.is_empty() && others.next.is_none());
    }
}

db_test! {
    async fn a_cursor_that_is_none_of_ours_is_refused(db) {
        let (commune, site) = papers(&db, 0).await;
        let me = &commune.people[0];
        for wrong in [
            "", "_", "F2017000001", "x_F2017000001", "1_F0000000001",
            "-211000000000000000_F2017000001", "-2208988800000001_F2017000001",
            "7258118400000000_F2017000001", "9223372036854775807_F2017000001",
        ] {
            let answer = site.get(me, &format!("{MINE}?before={wrong}")).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "invalid_request"));
        }
        let (of, nobody) = (commune.family(me).await, uuid::Uuid::nil());
        for (path, code) in [
            (format!("/families/{of}/invoices?before=x"), "invalid_request"),
            (format!("/families/{nobody}/invoices"), "family_not_found"),
            ("/families/x/invoices".to_owned(), "family_not_found"),
        ] {
            let answer = site.send(site.guichet(&commune, Method::GET, &path)).await;
            assert_eq!(answer.code(), code, "{path}");
        }
        let path = format!("/api/v1/guichet/families/{of}/invoices");
        assert_eq!(site.get(me, &path).await.code(), "forbidden");
        for (edge, papers) in [("-2208988800000000", 0), ("7258118399999999", 1)] {
            let list: DocumentsView =
                site.get(me, &format!("{MINE}?before={edge}_F2017000001")).await.json();
            assert_eq!(list.documents.len(), papers);
        }
    }
}
