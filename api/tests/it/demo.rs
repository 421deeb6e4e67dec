//! The demo commune is what it says.

use std::collections::{BTreeSet, HashMap, HashSet};

use api::demo;
use api::store::{Db, inscriptions, subscriptions};
use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::bus::BusPackage;
use domain::calendar::SchoolYear;
use domain::cell::CellState;
use domain::ids::ChildId;
use domain::settings::Settings;
use domain::subscription::Choice;
use domain::week::Week;
use domain::wire::{BusCheckView, DocumentsView, Role, UnpaidView, WeekView};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{date, db_test, serve, slug, utc};

const CHECKED: &str = "2017-11-13";

type Over = BTreeSet<(ChildId, NaiveDate, u32, Option<BusPackage>)>;

/// The bus check's findings, counted child by child and day by day.
async fn trips_beyond_the_package(
    db: &Db,
    children: &HashSet<ChildId>,
    settings: &Settings,
) -> Over {
    let mut conn = db.read().await.unwrap();
    let mut over = BTreeSet::new();
    let stored = api::store::settings::load(&mut conn).await.unwrap();
    let days: Vec<_> = Week::starting(date(CHECKED)).unwrap().school_days().collect();
    let term = stored.calendar.term_of(days[0]).unwrap().id;
    for child in children {
        let held = subscriptions::of_child(&mut conn, *child).await.unwrap();
        let package = held.iter().filter(|held| held.term == term).find_map(|held| {
            let Choice::Bus { package, .. } = held.choice else { return None };
            Some(package)
        });
        let booked = inscriptions::of_child(&mut conn, *child).await.unwrap();
        for day in &days {
            let is_bus =
                |name: &str| settings.activity(&slug(name)).unwrap().service == ServiceKind::Bus;
            let trips = booked.iter().filter(|(name, date)| date == day && is_bus(name)).count();
            let paid = match package {
                Some(BusPackage::OneRoundTrip) => 2,
                Some(BusPackage::TwoRoundTrips) => 4,
                None => 0,
            };
            if trips > paid {
                over.insert((*child, *day, u32::try_from(trips).unwrap(), package));
            }
        }
    }
    over
}

db_test! {
    async fn three_hundred_families_with_their_history(db) {
        let now = utc("2017-11-07T08:00:00Z");
        demo::make(&db, SchoolYear(2017), now).await.unwrap();
        let (parents, staff) = demo::logins(&mut db.read().await.unwrap()).await.unwrap();
        let families: HashSet<_> = parents.iter().map(|p| p.family).collect();
        assert_eq!(families.len(), 300);
        let firsts: HashSet<_> = parents[..300].iter().map(|p| p.family).collect();
        assert_eq!(firsts.len(), 300, "one login of each family comes first");
        let children: HashSet<_> =
            parents.iter().flat_map(|login| login.children.clone()).collect();
        assert_eq!(children.len(), 420);
        let roles: Vec<_> = staff.iter().map(|login| login.role).collect();
        assert_eq!(roles, [Role::Coordinator, Role::Attendant]);

        // Demand comes close to the seats on every day.
        let settings = demo::demo_settings(SchoolYear(2017)).unwrap();
        let mut conn = db.read().await.unwrap();
        let mut full = HashMap::new();
        for term in settings.calendar.terms() {
            for day in settings.calendar.school_days(term) {
                for name in ["cantine", "bus-0830", "bus-fin-ecole"] {
                    let Some(seats) =
                        api::store::sessions::seats(&mut conn, &slug(name), day).await.unwrap()
                    else {
                        continue;
                    };
                    assert!(seats.taken * 100 >= seats.capacity * 84, "{name} {day}: {seats:?}");
                    if seats.left() == 0 {
                        *full.entry(name).or_insert(0) += 1;
                    }
                }
            }
        }
        let by_hand = trips_beyond_the_package(&db, &children, &settings).await;
        drop(conn);
        assert!(full.len() == 3 && full.values().all(|days| *days > 20), "{full:?}");

        // The printed login signs in and sees a week with everything.
        let site = serve(&db).await;
        site.clock.set(now);
        let body = json!({ "email": parents[0].email, "password": parents[0].password, "client": "app" });
        let tokens: domain::wire::TokenResponse =
            site.post("/api/v1/auth/login", body).await.json();
        let request = site.request(Method::GET, "/api/v1/family/weeks/2017-11-13");
        let answer = site.send(request.bearer_auth(&tokens.access_token)).await;
        assert_eq!(answer.status, StatusCode::OK);
        let week: WeekView = answer.json();
        let rows: Vec<_> = week.activities.iter().map(|row| row.slug.as_str()).collect();
        for row in ["cantine", "bus-0830", "bus-1130", "bus-1330", "bus-fin-ecole"] {
            assert!(rows.contains(&row), "{rows:?}");
        }
        assert!(rows.iter().any(|row| row.starts_with("tap-")), "{rows:?}");
        let names: Vec<_> = week.children.iter().map(|child| child.first_name.as_str()).collect();
        assert_eq!(names, ["Léa", "Tom"]);
        for state in [CellState::BookedOpen, CellState::FreeOpen, CellState::Fixed] {
            assert!(week.cells.iter().any(|cell| cell.state == state), "{state:?}");
        }
        assert_eq!(week.monday.monday(), date("2017-11-13"));

        // Most have paid, and the first family shows what late looks like.
        let mine = site.request(Method::GET, "/api/v1/family/invoices");
        let mine: DocumentsView = site.send(mine.bearer_auth(&tokens.access_token)).await.json();
        assert!(mine.documents.iter().any(|paper| paper.balance.as_ref().unwrap().late), "{mine:?}");
        let unpaid = site.request(Method::GET, "/api/v1/guichet/unpaid-invoices");
        let unpaid = unpaid.bearer_auth(site.staff_token(Role::Coordinator));
        let unpaid: UnpaidView = site.send(unpaid).await.json();
        let late = unpaid.invoices.iter().filter(|paper| paper.balance.as_ref().unwrap().late);
        assert!((10..80).contains(&late.count()), "{unpaid:?}");

        // The coordinator's check of the buses finds what is counted by hand.
        let path = format!("/api/v1/guichet/weeks/{CHECKED}/bus-check");
        let token = site.staff_token(Role::Coordinator);
        let check = site.send(site.request(Method::GET, &path).bearer_auth(token)).await;
        let check: BusCheckView = check.json();
        let found: BTreeSet<_> = check
            .children
            .iter()
            .flat_map(|found| {
                let over = found.days.iter().filter(|day| day.excess() > 0);
                over.map(|day| (found.child.id, day.date, day.trips, day.package))
            })
            .collect();
        assert_eq!(found, by_hand);
        let names: BTreeSet<_> = check.children.iter().map(|found| found.child.id).collect();
        let over: BTreeSet<_> = by_hand.iter().map(|(child, ..)| *child).collect();
        assert_eq!(names, over, "nobody else");
        assert!(!over.is_empty() && over.len() < 80, "{}", over.len());
    }
}
