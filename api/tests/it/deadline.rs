//! Tuesday noon of the week before, to the millisecond, through the API.

use reqwest::StatusCode;

use crate::support::{Commune, db_test, serve, utc};

/// Monday of the week, last instant (UTC): winter, summer, and around both clock changes. The
/// week of 30 October 2017 lies in the holidays, so the one of 6 November stands for autumn.
const WEEKS: [(&str, &str); 6] = [
    ("2017-09-18", "2017-09-12T10:00:00Z"),
    ("2017-11-06", "2017-10-31T11:00:00Z"),
    ("2018-01-08", "2018-01-02T11:00:00Z"),
    ("2018-03-26", "2018-03-20T11:00:00Z"),
    ("2018-04-03", "2018-03-27T10:00:00Z"),
    ("2018-06-25", "2018-06-19T10:00:00Z"),
];

db_test! {
    async fn a_tick_is_taken_until_the_last_millisecond(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        for (day, noon) in WEEKS {
            let noon = utc(noon);
            site.clock.set(noon - chrono::TimeDelta::milliseconds(1));
            let taken = site.tick(person, "bus-0830", day).await;
            assert_eq!(taken.status, StatusCode::OK, "{day}: {}", taken.text);
            site.clock.set(noon);
            for late in [
                site.tick(person, "bus-fin-ecole", day).await,
                site.untick(person, "bus-0830", day).await,
            ] {
                let problem = late.problem();
                assert_eq!(problem.code.as_str(), "deadline_passed", "{day}");
                assert_eq!(problem.deadline, Some(noon), "{day}");
            }
            let days = commune.days(person.children[0]).await;
            assert!(days.contains(&format!("bus-0830 {day}")), "kept: {days:?}");
            assert!(!days.contains(&format!("bus-fin-ecole {day}")), "not added");
            site.clock.set(noon - chrono::TimeDelta::milliseconds(1));
            assert_eq!(site.untick(person, "bus-0830", day).await.status, StatusCode::OK);
        }
    }
}
