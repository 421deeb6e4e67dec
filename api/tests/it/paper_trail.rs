//! Whatever parents and the guichet do, in whatever order and at once: each paper adds up, nothing is
//! billed twice, no number is missing.

use api::invoice_run::Runner;
use domain::billing::DocumentNumber;
use domain::cents::Cents;
use domain::ids::FamilyId;
use domain::wire::{DocumentSummary, FamilyBillingView, ReceiptsView, RunView};
use fastrand::Rng;
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Commune, Person, Site, db_test, inscription, nothing_is_wrong, serve, utc};

const MEALS: [&str; 3] = ["2017-09-18", "2017-09-19", "2017-09-21"];
const TAPS: [&str; 3] = ["tap-echecs", "tap-judo", "tap-eveil-musical"];
const PACKAGES: [&str; 2] = ["1AR", "2AR"];
/// Of the second term.
const LAST_DAYS: [&str; 3] = ["2017-12-15", "2018-01-15", "2018-02-05"];

struct Town<'s> {
    site: &'s Site,
    commune: &'s Commune,
    term: uuid::Uuid,
    families: Vec<FamilyId>,
}

/// What was asked, to be told where it fails, and how it was answered.
type Asked = (String, StatusCode, String);

impl Town<'_> {
    async fn guichet(&self, method: Method, path: &str, body: Value) -> Asked {
        let told = format!("{method} {path} {body}");
        let answer = self.site.guichet(self.commune, method, path).json(&body);
        let answer = self.site.send(answer).await;
        (told, answer.status, answer.text)
    }

    async fn billing(&self, family: FamilyId) -> FamilyBillingView {
        let path = format!("/families/{family}/billing");
        let answer = self.site.send(self.site.guichet(self.commune, Method::GET, &path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    /// Runs a period to its end.
    async fn bill(&self, period: Value) -> RunView {
        let body = json!({ "period": period, "dry": false });
        let (_, status, text) = self.guichet(Method::POST, "/invoice-runs", body).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{text}");
        let started: RunView = serde_json::from_str(&text).unwrap();
        let runner = Runner::new(self.commune.db.clone(), self.site.clock.clone());
        runner.lead_next().await.unwrap();
        let path = format!("/invoice-runs/{}", started.id);
        let answer = self.site.send(self.site.guichet(self.commune, Method::GET, &path)).await;
        answer.json()
    }

    /// One of everything that makes a paper, or changes what one says.
    async fn step(&self, rng: &mut Rng) -> Asked {
        let at = rng.usize(..self.commune.people.len());
        let (person, family) = (&self.commune.people[at], self.families[at]);
        let child = *rng.choice(&person.children).unwrap();
        let pick = |rng: &mut Rng, all: &[&'static str]| *rng.choice(all).unwrap();
        match rng.u32(..16) {
            0..=3 => self.confirm(rng, person, family).await,
            4 => {
                let body = json!({
                    "child_id": child, "term_id": self.term, "package": pick(rng, &PACKAGES),
                    "reason": "Changement",
                });
                self.guichet(Method::PUT, "/subscriptions/package", body).await
            }
            5..=6 => {
                let body = json!({
                    "child_id": child, "term_id": self.term, "service": pick(rng, &["bus", "tap"]),
                    "last_day": pick(rng, &LAST_DAYS), "reason": "Déménagement",
                });
                self.guichet(Method::POST, "/subscriptions/end", body).await
            }
            7 => {
                let from = pick(rng, &["2017-09-01", "2017-09-19", "2017-11-01"]);
                let quotients = format!("/families/{family}/quotients");
                if rng.u8(..3) == 0 {
                    let path = format!("{quotients}/{from}");
                    return self.guichet(Method::DELETE, &path, Value::Null).await;
                }
                let body = json!({
                    "value": rng.u32(..2000), "from": from, "until": "2018-08-31", "source": "caf",
                    "reason": "Attestation",
                });
                self.guichet(Method::PUT, &quotients, body).await
            }
            8 => {
                let body = json!({
                    "from": "2017-09-01", "outside": rng.bool(), "reason": "Déménagement",
                });
                self.guichet(Method::PUT, &format!("/families/{family}/residence"), body).await
            }
            9..=10 => {
                let what = pick(rng, &["present", "absent", "justified_absence"]);
                let body = json!({
                    "child_id": child, "activity": "cantine", "date": pick(rng, &MEALS),
                    "attendance": what, "reason": "Pointage",
                });
                self.guichet(Method::PUT, "/attendance", body).await
            }
            11..=12 => {
                let period = if rng.bool() {
                    json!({ "month": "2017-09" })
                } else {
                    json!({ "term_id": self.term })
                };
                let body = json!({ "period": period, "dry": rng.u8(..4) == 0 });
                let asked = self.guichet(Method::POST, "/invoice-runs", body).await;
                let runner = Runner::new(self.commune.db.clone(), self.site.clock.clone());
                runner.lead_next().await.unwrap();
                asked
            }
            13..=14 => {
                let papers = self.billing(family).await.documents;
                let due =
                    papers.iter().filter_map(|paper| Some((paper, paper.balance.as_ref()?.due)));
                let due: Vec<_> = due.filter(|(_, due)| *due > Cents::ZERO).collect();
                let Some((paper, due)) = rng.choice(&due) else { return nothing() };
                let path = format!("/invoices/{}/cheques", paper.number);
                self.guichet(Method::POST, &path, json!({ "amount": due })).await
            }
            _ => {
                let journal = self.site.guichet(self.commune, Method::GET, "/receipts");
                let journal: ReceiptsView = self.site.send(journal).await.json();
                let Some(receipt) = rng.choice(&journal.receipts) else { return nothing() };
                let path = format!("/receipts/{}/contra", receipt.number);
                self.guichet(Method::POST, &path, json!({ "reason": "Chèque sans provision" }))
                    .await
            }
        }
    }

    async fn confirm(&self, rng: &mut Rng, person: &Person, family: FamilyId) -> Asked {
        let mut children = Vec::new();
        for child in &person.children {
            let mut form = json!({ "child_id": child });
            if rng.bool() {
                let package = rng.choice(&PACKAGES).unwrap();
                form["bus"] = json!({ "rhythm": "occasional", "package": package });
            }
            if rng.bool() {
                let taps: Vec<_> = TAPS.iter().filter(|_| rng.bool()).take(2).collect();
                form["taps"] = json!(taps);
            }
            children.push(form);
        }
        let path = format!("/api/v1/families/{family}/terms/{}/confirmation", self.term);
        let body = json!({ "children": children });
        let told = format!("POST {path} {body}");
        let answer = self.site.ask(person, Method::POST, &path, body).await;
        (told, answer.status, answer.text)
    }

    /// Every paper adds up, as the families see it.
    async fn adds_up(&self, what: &str) {
        nothing_is_wrong(&self.commune.db).await;
        let mut numbers = std::collections::BTreeSet::<DocumentNumber>::new();
        for family in &self.families {
            let billing = self.billing(*family).await;
            let (mut due, mut left, mut owed, mut paid) = (Cents::ZERO, 0, 0, 0);
            for paper in &billing.documents {
                let DocumentSummary { number, total, balance, credit, .. } = paper;
                assert!(numbers.insert(*number), "{what}: {number} is there twice");
                if let Some(balance) = balance {
                    let sum = balance.paid.0 + balance.credited.0 + balance.due.0;
                    assert_eq!(sum, total.0, "{what}: {paper:?}");
                    assert!(balance.due >= Cents::ZERO && balance.paid >= Cents::ZERO, "{paper:?}");
                    due = Cents(due.0 + balance.due.0);
                    (owed, paid) = (owed + total.0, paid + balance.paid.0);
                }
                if let Some(credit) = credit {
                    (owed, left) = (owed - total.0, left + credit.left.0);
                    let corrected =
                        billing.documents.iter().find(|one| one.number == credit.invoice);
                    let open = corrected.and_then(|one| one.balance.as_ref()).unwrap().due;
                    assert!(
                        open == Cents::ZERO || credit.left == Cents::ZERO,
                        "{what}: {number} pays what is due of its own invoice first"
                    );
                    assert!((Cents::ZERO..=*total).contains(&credit.left), "{what}: {paper:?}");
                }
            }
            assert_eq!(billing.due, due, "{what}");
            assert_eq!(billing.credit.0, left, "{what}");
            // No money is lost: what was billed and not credited is paid, due, or paid too much.
            assert_eq!(owed, paid + due.0 - left, "{what}: {:?}", billing.documents);
        }
    }
}

fn nothing() -> Asked {
    (String::new(), StatusCode::OK, String::new())
}

/// Three families, some of whose children have eaten in September, in the second term's window.
async fn town<'s>(site: &'s Site, commune: &'s Commune) -> Town<'s> {
    let mut families = Vec::new();
    for person in &commune.people {
        families.push(commune.family(person).await);
        for (child, day) in person.children.iter().zip(MEALS) {
            let path = inscription(child, "cantine", day);
            let answer = site.ask(person, Method::PUT, &path, Value::Null).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
    }
    site.clock.set(utc("2017-11-13T08:00:00Z"));
    Town { site, commune, term: commune.settings.calendar.terms()[1].id.0, families }
}

db_test! {
    async fn every_paper_adds_up_after_every_step(db) {
        let commune = Commune::found(db.clone(), 2).await;
        commune.bills().await;
        let site = serve(&db).await;
        let town = town(&site, &commune).await;
        let mut rng = Rng::with_seed(74_500);
        for number in 0..120 {
            let (asked, status, text) = town.step(&mut rng).await;
            assert!(!status.is_server_error(), "step {number}: {asked}: {status} {text}");
            town.adds_up(&format!("step {number}, {asked}")).await;
        }
        // What is still to be billed is billed; then nothing is.
        for made in [None, Some((0, 0, 0))] {
            for period in [json!({ "month": "2017-09" }), json!({ "term_id": town.term })] {
                let run = town.bill(period).await;
                let found = (run.invoices, run.credit_notes, run.failures);
                assert!(made.is_none_or(|made| made == found), "{run:?}");
            }
            town.adds_up("after the runs").await;
        }
        let papers = town.billing(town.families[0]).await.documents;
        assert!(papers.iter().any(|paper| paper.credit.is_some()), "credit notes were made: {papers:?}");
    }
}

db_test! {
    async fn every_paper_adds_up_after_every_interleaving(db) {
        let commune = Commune::found(db.clone(), 3).await;
        commune.bills().await;
        let site = serve(&db).await;
        let town = town(&site, &commune).await;
        for round in 0..3 {
            join_all((0..6).map(|writer| {
                let town = &town;
                async move {
                    let mut rng = Rng::with_seed(round * 100 + writer);
                    for number in 0..8 {
                        let (asked, status, text) = town.step(&mut rng).await;
                        let told = format!("round {round}, writer {writer}, step {number}: {asked}");
                        assert!(!status.is_server_error(), "{told}: {status} {text}");
                    }
                }
            }))
            .await;
            town.adds_up(&format!("round {round}")).await;
        }
    }
}
