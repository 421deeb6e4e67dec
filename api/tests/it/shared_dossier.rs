//! Two guardians of one dossier who have different children in it.

use std::collections::BTreeSet;

use domain::billing::{Issued, term_correction, total};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use domain::ids::ChildId;
use domain::subscribing::Choices;
use domain::subscription::Choice;
use domain::wire::{ConfirmationView, SubscriptionDraft, SubscriptionForm};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::Connection;

use crate::support::{Answer, Commune, Person, Site, db_test, serve, utc};

/// A dossier with Lou, Max and Zoé: the mother has all three, the father has Max alone.
struct Shared {
    site: Site,
    mother: Person,
    father: Person,
    /// Of a term, up to the operation.
    path: String,
    /// Of the next term.
    next: String,
}

async fn link(db: &api::store::Db, statement: &'static str, one: uuid::Uuid, other: uuid::Uuid) {
    let url = db.address().as_str();
    if db.is_postgres() {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query(statement).bind(one).bind(other).execute(&mut conn).await.unwrap();
    } else {
        let mut conn = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query(statement).bind(one).bind(other).execute(&mut conn).await.unwrap();
    }
}

impl Shared {
    async fn found(db: &api::store::Db) -> Self {
        let commune = Commune::unsubscribed(db.clone(), 2).await;
        commune.bills().await;
        let site = serve(db).await;
        site.clock.set(utc("2017-11-13T08:00:00Z"));
        let [mother, father] = &commune.people[..] else { panic!("two") };
        let (family, term) =
            (commune.family(mother).await, commune.settings.calendar.terms()[1].id);
        let member = "INSERT INTO family_guardian (family_id, guardian_id, billing, emergency)
            VALUES ($1, $2, FALSE, FALSE)";
        link(db, member, family.0, father.guardian.0).await;
        let parent = "INSERT INTO child_guardian (child_id, guardian_id) VALUES ($1, $2)";
        link(db, parent, mother.children[1].0, father.guardian.0).await;
        let next = commune.settings.calendar.terms()[2].id;
        let path = |term| format!("/api/v1/families/{family}/terms/{term}");
        let [path, next] = [path(term), path(next)];
        Self { site, mother: mother.clone(), father: father.clone(), path, next }
    }

    async fn form(&self, person: &Person) -> SubscriptionForm {
        self.site.get(person, &format!("{}/subscription-form", self.path)).await.json()
    }

    async fn draft(&self, person: &Person) -> Option<(i32, BTreeSet<ChildId>)> {
        let draft = self.form(person).await.draft?;
        Some((draft.version, draft.children.iter().map(|choices| choices.child).collect()))
    }

    async fn save(&self, person: &Person, version: i32, children: Value) -> Answer {
        let path = format!("{}/subscription-draft", self.path);
        let body = json!({ "version": version, "children": children });
        self.site.ask(person, Method::PUT, &path, body).await
    }

    async fn saved(&self, person: &Person, version: i32, children: Value) -> i32 {
        let answer = self.save(person, version, children).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json::<SubscriptionDraft>().version
    }

    async fn confirm(&self, person: &Person, body: Value) -> ConfirmationView {
        let path = format!("{}/confirmation", self.path);
        let answer = self.site.ask(person, Method::POST, &path, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()
    }
}

fn tap(child: ChildId, slug: &str) -> Value {
    json!({ "child_id": child, "taps": [slug] })
}

db_test! {
    async fn nobody_changes_or_sees_the_choices_for_anothers_children(db) {
        let shared = Shared::found(&db).await;
        let Shared { mother, father, .. } = &shared;
        let [lou, max, zoe] = mother.children[..] else { panic!("three") };

        let first = shared.saved(mother, 0, json!([tap(lou, "tap-judo"), tap(zoe, "tap-echecs")])).await;
        assert_eq!(shared.draft(father).await, None);
        let fathers = shared.saved(father, 0, json!([tap(max, "tap-judo")])).await;
        assert_eq!(shared.draft(father).await, Some((fathers, [max].into())));
        assert_eq!(shared.draft(mother).await, Some((fathers, [lou, max, zoe].into())));
        // Max is the mother's as well: what she has not seen, she does not overwrite.
        assert_eq!(shared.save(mother, first, json!([tap(max, "tap-echecs")])).await.code(), "draft_changed");
        let all = json!([tap(lou, "tap-judo"), tap(max, "tap-echecs"), tap(zoe, "tap-echecs")]);
        let mothers = shared.saved(mother, fathers, all).await;
        assert_eq!(shared.save(father, fathers, json!([])).await.code(), "draft_changed");
        assert_eq!(shared.draft(father).await, Some((mothers, [max].into())));

        shared.confirm(father, json!({ "children": [tap(max, "tap-judo")] })).await;
        assert_eq!(shared.draft(father).await, None);
        assert_eq!(shared.draft(mother).await, Some((mothers, [lou, zoe].into())));
        let kept = shared.form(mother).await.draft.unwrap().children;
        let kept: Vec<Choices> = kept.into_iter().filter(|choices| choices.child == lou).collect();
        assert_eq!(kept[0].taps[0].as_str(), "tap-judo");
        let rest = json!({ "children": [tap(lou, "tap-judo"), tap(zoe, "tap-echecs")] });
        shared.confirm(mother, rest).await;
        assert_eq!(shared.draft(mother).await, None);
        // Nothing is left of it: the next draft is a first one.
        assert_eq!(shared.saved(mother, 0, json!([])).await, 1);
    }
}

db_test! {
    async fn two_who_keep_a_first_draft_at_once_both_keep_it(db) {
        let shared = Shared::found(&db).await;
        let Shared { mother, father, .. } = &shared;
        let (lou, max) = (mother.children[0], mother.children[1]);
        let parted = "DELETE FROM child_guardian WHERE child_id = $1 AND guardian_id = $2";
        link(&db, parted, max.0, mother.guardian.0).await;
        let (first, second) = tokio::join!(
            shared.saved(mother, 0, json!([tap(lou, "tap-judo")])),
            shared.saved(father, 0, json!([tap(max, "tap-judo")])),
        );
        assert_eq!(first + second, 3);
        // What the other keeps meanwhile is nothing to look at again.
        let third = shared.saved(mother, first, json!([tap(lou, "tap-echecs")])).await;
        assert_eq!(shared.draft(mother).await, Some((third, [lou].into())));
        let fourth = shared.saved(father, second, json!([tap(max, "tap-echecs")])).await;
        assert_eq!(shared.draft(father).await, Some((fourth, [max].into())));
    }
}

db_test! {
    async fn of_anothers_children_prices_alone_are_known(db) {
        let shared = Shared::found(&db).await;
        let Shared { mother, father, .. } = &shared;
        let [lou, max, _] = mother.children[..] else { panic!("three") };
        let lous = json!({
            "child_id": lou,
            "canteen": { "rhythm": "regular", "type_week": { "cantine": ["Mon"] } },
            "bus": {
                "rhythm": "regular", "package": "1AR", "type_week": { "bus-0830": ["Mon"] } },
            "taps": ["tap-judo", "tap-echecs"],
        });
        shared.confirm(mother, json!({ "children": [lous] })).await;
        assert_eq!(shared.form(mother).await.held.len(), 3);
        let form = shared.form(father).await;
        assert!(form.before.is_empty());
        assert_eq!(form.held.len(), 2);
        for held in &form.held {
            match &held.choice {
                Choice::Canteen { .. } => panic!("the canteen is billed by the month"),
                Choice::Bus { type_week, .. } => assert_eq!(type_week.iter().count(), 0),
                Choice::Tap { activities } => {
                    assert_eq!(activities.len(), 2);
                    assert!(activities.iter().all(|slug| slug.as_str().starts_with("unnamed-")));
                }
            }
        }
        // The form's total is the invoice's all the same: Max is the second at TAP.
        let choices: Choices = serde_json::from_value(tap(max, "tap-judo")).unwrap();
        let mut wanted = form.held.clone();
        wanted.extend(choices.draft(form.term.id));
        let issued = Issued { invoices: &form.invoices, credit_notes: &form.credit_notes };
        let today = utc_to_paris(form.now).date();
        let bill = term_correction(
            &form.tariffs, &form.household, form.term.id, &wanted, issued, today).unwrap();
        assert!(bill.credit.is_empty());
        let sum = total(&bill.bill).unwrap();
        assert_eq!(sum, Cents(2640));
        let body = json!({ "children": [choices], "expected_total": sum });
        assert_eq!(shared.confirm(father, body).await.total, sum);
        // In the next term, he starts from Max's alone.
        let path = format!("{}/subscription-form", shared.next);
        let next: SubscriptionForm = shared.site.get(father, &path).await.json();
        assert!(!next.before.is_empty() && next.before.iter().all(|held| held.child == max));
    }
}
