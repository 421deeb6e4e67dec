//! A child changes dossier: what it ate and had before stays its first family's.

use std::fmt::Write;

use api::invoice_run::Runner;
use api::roster;
use api::store::audit::{Actor, Origin};
use api::store::billing::households;
use domain::billing::Item;
use domain::cents::Cents;
use domain::ids::FamilyId;
use domain::roster::Decisions;
use domain::wire::{CarePaidView, DocumentView, DocumentsView, FamilyBillingView, RunView};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{
    Answer, Commune, Site, date, db_test, files, inscription, nothing_is_wrong, serve, utc,
};

const NEXT_YEAR: &str = "2018-09-10T08:00:00Z";

struct Town {
    commune: Commune,
    site: Site,
    first: FamilyId,
    second: FamilyId,
}

impl Town {
    async fn guichet(&self, method: Method, path: &str, body: Value) -> Answer {
        let answer = self.site.guichet(&self.commune, method, path).json(&body);
        let answer = self.site.send(answer).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        answer
    }

    /// Runs a period to its end.
    async fn bill(&self, period: Value) -> RunView {
        let body = json!({ "period": period, "dry": false });
        let run: RunView = self.guichet(Method::POST, "/invoice-runs", body).await.json();
        let runner = Runner::new(self.commune.db.clone(), self.site.clock.clone());
        runner.lead_next().await.unwrap();
        self.guichet(Method::GET, &format!("/invoice-runs/{}", run.id), Value::Null).await.json()
    }

    /// Pays all that is due of the first dossier.
    async fn pay(&self) {
        for paper in self.papers(self.first).await.documents {
            let due = paper.balance.unwrap().due;
            if due > Cents::ZERO {
                let path = format!("/invoices/{}/cheques", paper.number);
                self.guichet(Method::POST, &path, json!({ "amount": due })).await;
            }
        }
    }

    async fn papers(&self, family: FamilyId) -> FamilyBillingView {
        let path = format!("/families/{family}/billing");
        self.guichet(Method::GET, &path, Value::Null).await.json()
    }

    /// In the next school year, the youngest gets a second guardian, and a dossier of its own.
    async fn moves(&mut self) {
        self.site.clock.set(utc(NEXT_YEAR));
        let (pupils, mut guardians) = files(1);
        let last = pupils.lines().nth(1).unwrap().split(';').next().unwrap().to_owned();
        writeln!(guardians, "M.;NOUVEAU;Paul;;{last};Zoé;CE2 A;;;;;;").unwrap();
        let files = roster::read(pupils.as_bytes(), guardians.as_bytes()).unwrap();
        let decisions =
            Decisions { accept: ["pupils:4".parse().unwrap()].into(), ..Decisions::default() };
        let actor = Actor::system(Origin::Import, utc(NEXT_YEAR));
        let plan = roster::import(&self.commune.db, files, decisions, None, actor).await.unwrap();
        assert!(plan.ready(), "{:?}", plan.findings);
        let zoe = self.commune.people[0].children[2];
        let moved = plan.children.iter().find(|child| child.id == zoe).unwrap();
        assert_eq!(moved.moved_from, Some(self.first));
        self.second = moved.family;
    }
}

/// The youngest has eaten in September 2017, unexpectedly, and the first term is billed and paid.
async fn billed(db: &api::store::Db) -> Town {
    let commune = Commune::found(db.clone(), 1).await;
    commune.bills().await;
    let site = serve(db).await;
    let me = &commune.people[0];
    for child in &me.children[..2] {
        let path = inscription(child, "cantine", "2017-09-18");
        let answer = site.ask(me, Method::PUT, &path, Value::Null).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    let first = commune.family(me).await;
    site.clock.set(utc("2017-10-02T08:00:00Z"));
    let town = Town { commune, site, first, second: first };
    let body = json!({
        "child_id": town.commune.people[0].children[2], "activity": "cantine",
        "date": "2017-09-18", "attendance": "present", "reason": "Pointage",
    });
    town.guichet(Method::PUT, "/attendance", body).await;
    for period in [json!({ "month": "2017-09" }), town.term()] {
        assert_eq!(town.bill(period).await.invoices, 1);
    }
    town.pay().await;
    town
}

impl Town {
    fn term(&self) -> Value {
        json!({ "term_id": self.commune.settings.calendar.terms()[0].id })
    }
}

db_test! {
    async fn what_was_billed_before_stays_billed_there(db) {
        let mut town = billed(&db).await;
        town.moves().await;
        let zoe = town.commune.people[0].children[2];
        for period in [json!({ "month": "2017-09" }), town.term()] {
            let run = town.bill(period).await;
            assert_eq!((run.invoices, run.credit_notes, run.failures), (0, 0, 0), "{run:?}");
        }
        assert!(town.papers(town.second).await.documents.is_empty());
        // A late quotient changes the prices of all three, and credits nobody's term.
        let quotient = json!({
            "value": 300, "from": "2017-09-01", "until": "2018-08-31", "source": "caf",
            "reason": "Attestation reçue",
        });
        let path = format!("/families/{}/quotients", town.first);
        town.guichet(Method::PUT, &path, quotient).await;
        town.bill(json!({ "month": "2017-09" })).await;
        let me = &town.commune.people[0];
        let mut lines = Vec::new();
        for paper in town.papers(town.first).await.documents {
            let kind = if paper.credit.is_some() { "credit-notes" } else { "invoices" };
            let path = format!("/api/v1/{kind}/{}", paper.number);
            let paper: DocumentView = town.site.get(me, &path).await.json();
            assert!(paper.lines.iter().all(|line| {
                paper.children.iter().any(|child| child.id == line.line.child)
            }), "each line's child has its name");
            let sign = if paper.summary.credit.is_some() { -1 } else { 1 };
            lines.extend(paper.lines.iter().filter(|line| line.line.child == zoe).map(|line| {
                (line.line.item, sign * i64::from(line.quantity))
            }));
        }
        for item in [Item::UnexpectedMeal, Item::TwoRoundTrips] {
            let stands: i64 = lines.iter().filter(|line| line.0 == item).map(|line| line.1).sum();
            assert_eq!(stands, 1, "{item:?}: {lines:?}");
        }
        nothing_is_wrong(&db).await;
        let own: DocumentsView = town.site.get(me, "/api/v1/family/invoices").await.json();
        assert!(own.documents.iter().all(|paper| paper.family_id == town.first));
    }
}

db_test! {
    async fn what_comes_after_is_the_new_dossiers(db) {
        let mut town = billed(&db).await;
        // Eaten before the move and not billed yet: the first family's.
        town.site.clock.set(utc("2018-06-04T12:00:00Z"));
        let zoe = town.commune.people[0].children[2];
        let body = json!({
            "child_id": zoe, "activity": "cantine", "date": "2018-06-04",
            "attendance": "present", "reason": "Pointage",
        });
        town.guichet(Method::PUT, "/attendance", body).await;
        town.moves().await;
        let mut conn = db.read().await.unwrap();
        for (day, family) in [
            ("2017-09-18", town.first),
            ("2018-09-09", town.first),
            ("2018-09-10", town.second),
            ("2030-01-01", town.second),
        ] {
            let of = households::of_child(&mut conn, zoe, date(day)).await.unwrap();
            assert_eq!(of, Some(family), "{day}");
        }
        drop(conn);
        let run = town.bill(json!({ "month": "2018-06" })).await;
        assert_eq!((run.invoices, run.failures), (1, 0), "{run:?}");
        assert!(town.papers(town.second).await.documents.is_empty());
        assert!(town.papers(town.first).await.due > Cents::ZERO);
    }
}

db_test! {
    async fn what_one_person_paid_for_a_child_is_certified_together(db) {
        let mut town = billed(&db).await;
        town.site.clock.set(utc("2017-11-13T08:00:00Z"));
        let body = json!({
            "child_id": town.commune.people[0].children[2], "activity": "tap-echecs",
            "from": "2017-12-04", "reason": "Inscription tardive",
        });
        town.guichet(Method::POST, "/subscriptions", body).await;
        town.pay().await;
        town.site.clock.set(utc("2018-02-05T08:00:00Z"));
        let care = async |town: &Town| -> CarePaidView {
            let me = &town.commune.people[0];
            town.site.get(me, "/api/v1/family/care-paid/2017").await.json()
        };
        let before = care(&town).await;
        assert!(before.children.iter().any(|child| child.paid > Cents::ZERO), "{before:?}");
        town.moves().await;
        assert_eq!(care(&town).await, before);
    }
}
