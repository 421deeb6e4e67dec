//! The week of a family and of a child.

use std::collections::HashMap;

use domain::cell::CellState;
use domain::problem::ProblemCode;
use domain::wire::{CellView, FamilyView, MonthView, WeekView};

use crate::support::{Commune, Person, Site, date, db_test, serve, utc};

async fn week(site: &Site, person: &Person, monday: &str) -> WeekView {
    site.get(person, &format!("/api/v1/family/weeks/{monday}")).await.json()
}

fn cell<'a>(week: &'a WeekView, person: &Person, activity: &str, day: &str) -> &'a CellView {
    let mut found = week.cells.iter().filter(|cell| {
        cell.child_id == person.children[0]
            && cell.activity.as_str() == activity
            && cell.date == date(day)
    });
    let cell = found.next().unwrap_or_else(|| panic!("no cell {activity} {day}"));
    assert!(found.next().is_none(), "two cells {activity} {day}");
    cell
}

db_test! {
    async fn the_week_shows_what_can_be_done(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        site.tick(person, "cantine", "2017-09-18").await;
        commune.leave_seats("bus-0830", "2017-09-19", 0).await;
        commune.leave_seats("bus-0830", "2017-09-21", 3).await;

        let week = week(&site, person, "2017-09-18").await;
        assert_eq!(week.monday.monday(), date("2017-09-18"));
        assert_eq!(week.open_until, Some(utc("2017-09-12T10:00:00Z")));
        assert_eq!(week.term.as_ref().unwrap().number, 1);
        assert_eq!(week.days.len(), 5);
        let slugs: Vec<_> = week.activities.iter().map(|a| a.slug.as_str()).collect();
        let expected =
            ["cantine", "bus-0830", "bus-1130", "bus-1330", "bus-fin-ecole", "tap-theatre"];
        assert_eq!(slugs, expected);
        assert_eq!(week.children.len(), 3);
        // Five activities for each child, and the eldest's theatre, on five days.
        assert_eq!(week.cells.len(), (3 * 5 + 1) * 5);

        let state = |activity, day| cell(&week, person, activity, day).state;
        assert_eq!(state("cantine", "2017-09-18"), CellState::BookedOpen);
        assert_eq!(state("cantine", "2017-09-19"), CellState::FreeOpen);
        assert_eq!(state("cantine", "2017-09-20"), CellState::NotRunning, "Wednesday");
        assert_eq!(state("bus-1130", "2017-09-20"), CellState::NotRunning, "Wednesday");
        assert_eq!(state("bus-fin-ecole", "2017-09-20"), CellState::FreeOpen, "Wednesday 11:30");
        assert_eq!(state("bus-0830", "2017-09-19"), CellState::Full);
        assert_eq!(cell(&week, person, "bus-0830", "2017-09-19").seats_left, Some(0));
        assert_eq!(cell(&week, person, "bus-0830", "2017-09-21").seats_left, Some(3));
        assert_eq!(state("tap-theatre", "2017-09-19"), CellState::Fixed);
        assert_eq!(
            cell(&week, person, "tap-theatre", "2017-09-19").reason,
            Some(ProblemCode::FixedForTerm)
        );
    }
}

db_test! {
    async fn a_week_that_is_late_says_since_when(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        site.tick(person, "cantine", "2017-09-18").await;
        site.clock.set(utc("2017-09-12T10:00:00Z"));
        let week = week(&site, person, "2017-09-18").await;
        let booked = cell(&week, person, "cantine", "2017-09-18");
        assert_eq!(booked.state, CellState::BookedLocked);
        assert_eq!(booked.reason, Some(ProblemCode::DeadlinePassed));
        assert_eq!(booked.deadline, Some(utc("2017-09-12T10:00:00Z")));
        assert_eq!(cell(&week, person, "cantine", "2017-09-19").state, CellState::FreeLocked);
    }
}

db_test! {
    async fn holidays_are_named_and_summer_is_empty(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let easter = week(&site, person, "2018-04-02").await;
        assert_eq!(easter.days[0].closed.as_deref(), Some("Lundi de Pâques"));
        assert_eq!(easter.days[1].closed, None);
        assert_eq!(cell(&easter, person, "cantine", "2018-04-02").state, CellState::Closed);
        assert_eq!(cell(&easter, person, "cantine", "2018-04-02").seats_left, None);
        let holidays = week(&site, person, "2017-10-23").await;
        assert!(holidays.cells.iter().all(|cell| {
            matches!(cell.state, CellState::Closed | CellState::NotRunning)
        }));
        assert_eq!(holidays.open_until, None);
        let summer = week(&site, person, "2018-07-16").await;
        assert!(summer.cells.is_empty() && summer.term.is_none());
        assert_eq!(summer.last_week.unwrap().monday(), date("2018-07-02"));
    }
}

db_test! {
    async fn a_week_costs_one_statement_whatever_the_children(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        // The settings are read once and kept while their version holds.
        week(&site, &commune.people[0], "2017-09-18").await;
        let mut costs = HashMap::new();
        for person in &commune.people {
            let before = db.statements();
            let shown = week(&site, person, "2017-09-18").await;
            costs.insert(shown.children.len(), db.statements() - before);
        }
        assert_eq!(costs, HashMap::from([(3, 1), (1, 1)]));
    }
}

db_test! {
    async fn settings_that_change_are_seen_at_once(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let (site, replica) = (serve(&db).await, serve(&db).await);
        let person = &commune.people[0];
        week(&site, person, "2017-09-18").await;
        week(&replica, person, "2017-09-18").await;
        db.write(|conn| Box::pin(async move {
            api::store::settings::close_day(conn, &domain::calendar::ClosedDay {
                date: date("2017-09-19"),
                reason: domain::calendar::ClosedReason::Other,
                label: "Grève".into(),
            }).await?;
            Ok(())
        })).await.unwrap();
        for site in [&site, &replica] {
            let week = week(site, person, "2017-09-18").await;
            assert_eq!(week.days[1].closed.as_deref(), Some("Grève"));
            assert_eq!(site.tick(person, "cantine", "2017-09-19").await.code(), "closed_day");
        }
    }
}

db_test! {
    async fn a_childs_week_is_its_part_of_the_familys(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let all = week(&site, person, "2017-09-18").await;
        let family: FamilyView = site.get(person, "/api/v1/family").await.json();
        assert_eq!(family.children, all.children);
        let births: Vec<_> = family.children.iter().map(|child| child.birth_date).collect();
        assert!(births.is_sorted(), "eldest first");
        for child in &person.children {
            let path = format!("/api/v1/children/{child}/weeks/2017-09-18");
            let one: WeekView = site.get(person, &path).await.json();
            let mine: Vec<_> =
                all.cells.iter().filter(|cell| cell.child_id == *child).cloned().collect();
            assert_eq!(one.cells, mine);
            assert_eq!(one.children.len(), 1);
        }
    }
}

db_test! {
    async fn a_month_shows_what_is_booked_closed_and_open(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        let (person, other) = (&commune.people[1], &commune.people[0]);
        site.tick(person, "cantine", "2017-10-03").await;
        site.tick(other, "cantine", "2017-10-05").await;
        site.clock.set(utc("2017-09-28T08:00:00Z"));
        let before = db.statements();
        let month: MonthView = site.get(person, "/api/v1/family/months/2017-10").await.json();
        assert!(db.statements() - before <= 3);
        assert_eq!(month.month, date("2017-10-01"));
        let open: Vec<_> = month.weeks.iter().map(|week| week.open).collect();
        // That of the 2nd closed on 26 September; two are holidays.
        assert_eq!(open, [false, true, true, false, false]);
        let days: Vec<_> = month.weeks.iter().flat_map(|week| &week.days).collect();
        let booked: Vec<_> = days.iter().filter(|day| day.booked).map(|day| day.date).collect();
        assert_eq!(booked, [date("2017-10-03")], "one's own children alone");
        let closed = days.iter().filter(|day| day.closed).count();
        assert_eq!(closed, 10);
        for wrong in ["2017-13", "2017-10-01", "octobre", "2017-1"] {
            let answer = site.get(person, &format!("/api/v1/family/months/{wrong}")).await;
            assert_eq!(answer.code(), "invalid_date", "{wrong}");
        }
        let token = site.staff_token(domain::wire::Role::Coordinator);
        let staff = site.request(reqwest::Method::GET, "/api/v1/family/months/2017-10");
        assert_eq!(site.send(staff.bearer_auth(token)).await.code(), "forbidden");
    }
}
