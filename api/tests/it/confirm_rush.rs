//! A thousand families want the same few seats at the same time.

use domain::cents::Cents;
use domain::wire::ConfirmationView;
use futures_util::{StreamExt, stream};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Commune, Person, db_test, serve, utc};

const FAMILIES: usize = 1000;
const TAPS: [&str; 6] = [
    "tap-theatre",
    "tap-echecs",
    "tap-eveil-musical",
    "tap-jardinage",
    "tap-judo",
    "tap-arts-plastiques",
];
/// Seats of each, in every session.
const SEATS: usize = 18;

db_test! {
    async fn nobody_is_half_subscribed_and_nothing_is_over(db) {
        let commune = Commune::unsubscribed(db.clone(), FAMILIES).await;
        commune.bills().await;
        let site = serve(&db).await;
        site.clock.set(utc("2017-11-13T08:00:00Z"));
        let term = commune.settings.calendar.terms()[1].id;
        let wish = async |number: usize, person: &Person| {
            let family = commune.family(person).await;
            let path = format!("/api/v1/families/{family}/terms/{term}/confirmation");
            let body = json!({ "children": [{
                "child_id": person.children[0],
                "bus": { "rhythm": "occasional", "package": "1AR" },
                "taps": [TAPS[number % TAPS.len()]],
            }] });
            site.ask(person, Method::POST, &path, body).await
        };
        let wish = &wish;
        let answers: Vec<_> = stream::iter(commune.people.iter().enumerate())
            .map(|(number, person)| async move { (person, wish(number, person).await) })
            .buffer_unordered(64)
            .collect()
            .await;

        let mut confirmed = 0;
        for (person, answer) in answers {
            let days = commune.days(person.children[0]).await;
            let list: domain::wire::DocumentsView =
                site.get(person, "/api/v1/family/invoices").await.json();
            if answer.status == StatusCode::CREATED {
                confirmed += 1;
                let made: ConfirmationView = answer.json();
                // 1AR 66.00 and one TAP 33.00, in the highest bracket.
                assert_eq!(made.total, Cents(9900));
                let numbers: Vec<_> = list.documents.iter().map(|d| Some(d.number)).collect();
                assert_eq!(numbers, [made.invoice]);
                assert_eq!(list.due, made.total);
                assert_eq!(days.len(), usize::try_from(made.booked).unwrap());
                assert!(days.len() > 10, "{days:?}");
            } else {
                assert_eq!(answer.code(), "session_full");
                assert!(days.is_empty() && list.documents.is_empty());
            }
        }
        // The very first family has three children, one of whom asked.
        assert_eq!(confirmed, TAPS.len() * SEATS);
    }
}
