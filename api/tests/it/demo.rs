//! The demo commune is what it says.

use std::collections::HashMap;

use api::demo;
use domain::calendar::SchoolYear;
use domain::cell::CellState;
use domain::wire::{Role, WeekView};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{date, db_test, serve, slug, utc};

db_test! {
    async fn three_hundred_families_with_their_history(db) {
        let now = utc("2017-11-07T08:00:00Z");
        demo::make(&db, SchoolYear(2017), now).await.unwrap();
        let (parents, staff) = demo::logins(&mut db.read().await.unwrap()).await.unwrap();
        let families: std::collections::HashSet<_> = parents.iter().map(|p| p.family).collect();
        assert_eq!(families.len(), 300);
        let firsts: std::collections::HashSet<_> = parents[..300].iter().map(|p| p.family).collect();
        assert_eq!(firsts.len(), 300, "one login of each family comes first");
        let children: std::collections::HashSet<_> =
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
    }
}
