//! Several days in one request.

use domain::cell::CellState;
use domain::ids::ChildId;
use domain::problem::ProblemCode;
use domain::wire::ChangesView;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Commune, Person, Site, db_test, serve, utc};

const DAY: &str = "2017-09-18";

type Wish<'a> = (ChildId, &'a str, &'a str, bool);

fn body(mode: &str, changes: &[Wish<'_>]) -> Value {
    let changes: Vec<_> = changes
        .iter()
        .map(|(child, activity, date, book)| {
            json!({ "child_id": child, "activity": activity, "date": date, "book": book })
        })
        .collect();
    json!({ "mode": mode, "changes": changes })
}

async fn change(site: &Site, person: &Person, mode: &str, changes: &[Wish<'_>]) -> Answer {
    site.ask(person, Method::POST, "/api/v1/family/changes", body(mode, changes)).await
}

db_test! {
    async fn each_day_by_itself(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (me, other) = (&commune.people[0], &commune.people[1]);
        let [lou, max, _] = me.children[..] else { panic!("three children") };
        site.tick(me, "cantine", DAY).await;
        commune.leave_seats("bus-0830", DAY, 1).await;
        let answer = change(&site, me, "each", &[
            (lou, "cantine", DAY, false),
            (lou, "bus-0830", DAY, true),
            (max, "bus-0830", DAY, true),
            (max, "cantine", "2017-09-19", true),
            (max, "cantine", "2017-09-20", true),
            (max, "cantine", "2017-09-11", true),
            (other.children[0], "cantine", DAY, true),
            (lou, "cantine", "2017-09-21", false),
        ]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let ChangesView { results } = answer.json();
        let done: Vec<_> = results.iter().map(|result| result.done).collect();
        assert_eq!(done, [true, true, false, true, false, false, false, true]);
        let reasons: Vec<_> = results.iter().filter_map(|result| result.reason).collect();
        assert_eq!(reasons, [
            ProblemCode::SessionFull,
            ProblemCode::NotRunning,
            ProblemCode::DeadlinePassed,
            ProblemCode::ChildNotFound,
        ]);
        assert_eq!(results[5].deadline, Some(utc("2017-09-05T10:00:00Z")));
        let state = |at: usize| results[at].cell.as_ref().map(|cell| cell.state);
        assert_eq!(state(0), Some(CellState::FreeOpen));
        assert_eq!(state(1), Some(CellState::BookedOpen));
        assert_eq!(state(2), Some(CellState::Full));
        assert_eq!(state(6), None, "nothing is said of another family's child");
        assert_eq!(commune.days(lou).await.iter().filter(|d| !d.starts_with("tap")).count(), 1);
        assert_eq!(commune.days(max).await, ["cantine 2017-09-19"]);
    }
}

db_test! {
    async fn all_or_nothing(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let [_, max, zoe] = me.children[..] else { panic!("three children") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        let changes = commune.changes().await;
        for (list, pointers) in [
            (vec![(max, "cantine", DAY, true), (max, "cantine", "2017-09-11", true)], vec!["/changes/1"]),
            (
                vec![
                    (max, "bus-0830", DAY, true),
                    (zoe, "bus-0830", DAY, true),
                    (zoe, "cantine", DAY, true),
                ],
                vec!["/changes/1"],
            ),
            (
                vec![(max, "piscine", DAY, true), (commune.people[1].children[0], "cantine", DAY, true)],
                vec!["/changes/0", "/changes/1"],
            ),
        ] {
            let refused = change(&site, me, "all_or_nothing", &list).await;
            assert_eq!(refused.status, StatusCode::CONFLICT);
            let problem = refused.problem();
            assert_eq!(problem.code, ProblemCode::ChangesRefused);
            let found: Vec<_> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
            assert_eq!(found, pointers);
        }
        assert_eq!(commune.changes().await, changes, "nothing has changed");
        assert!(commune.days(max).await.is_empty() && commune.days(zoe).await.is_empty());

        let list = [(max, "bus-0830", DAY, true), (zoe, "cantine", DAY, true)];
        for _ in 0..2 {
            let answer = change(&site, me, "all_or_nothing", &list).await;
            let ChangesView { results } = answer.json();
            assert!(results.iter().all(|result| result.done), "again is no mistake");
        }
        assert_eq!(commune.changes().await, changes + 2);
    }
}

db_test! {
    async fn a_seat_that_one_child_gives_another_can_have(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (me, other) = (&commune.people[0], &commune.people[1]);
        let [lou, max, _] = me.children[..] else { panic!("three children") };
        commune.leave_seats("bus-0830", DAY, 1).await;
        site.tick(me, "bus-0830", DAY).await;
        let swap = |from, to| [(to, "bus-0830", DAY, true), (from, "bus-0830", DAY, false)];
        let answer = change(&site, me, "all_or_nothing", &swap(lou, max)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(commune.days(max).await, [format!("bus-0830 {DAY}")]);
        // Unless somebody waits for it: then neither has it, or nothing is changed.
        site.join(other, "bus-0830", DAY).await;
        let refused = change(&site, me, "all_or_nothing", &swap(max, lou)).await;
        assert_eq!(refused.problem().errors[0].pointer, "/changes/0");
        assert_eq!(commune.line("bus-0830", DAY).await, other.children[..1]);
        change(&site, me, "each", &swap(max, lou)).await;
        assert_eq!(commune.days(other.children[0]).await, [format!("bus-0830 {DAY}")]);
    }
}

db_test! {
    async fn a_list_that_is_none_is_refused(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let me = &commune.people[0];
        let max = me.children[1];
        let long = vec![(max, "cantine", DAY, true); 101];
        for (list, pointer) in [
            (vec![], "/changes"),
            (long, "/changes"),
            (vec![(max, "cantine", DAY, true), (max, "cantine", DAY, false)], "/changes/1"),
        ] {
            let problem = change(&site, me, "each", &list).await.problem();
            assert_eq!(problem.code, ProblemCode::ValidationFailed);
            assert_eq!(problem.errors[0].pointer, pointer);
            assert!(!problem.errors[0].detail.is_empty());
        }
        for wrong in [json!({}), body("some", &[(max, "cantine", DAY, true)])] {
            let answer = site.ask(me, Method::POST, "/api/v1/family/changes", wrong).await;
            assert_eq!(answer.code(), "invalid_request");
        }
        let staff = site
            .request(Method::POST, "/api/v1/family/changes")
            .bearer_auth(site.staff_token(domain::wire::Role::Attendant))
            .json(&body("each", &[(max, "cantine", DAY, true)]));
        assert_eq!(site.send(staff).await.code(), "forbidden");
        assert!(commune.days(max).await.is_empty());
    }
}
