//! The calendar feed's hours: winter, summer, and both changes of the clocks.

use api::store::settings;
use domain::calendar::{ClosedDay, ClosedReason};

use crate::feed::read;
use crate::support::{Commune, date, db_test, serve, utc};

db_test! {
    async fn hours_are_right_in_winter_in_summer_and_around_both_clock_changes(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let days = [
            ("cantine", "2017-09-18", "2017-09-18T09:30:00Z", "2017-09-18T11:30:00Z"),
            ("bus-fin-ecole", "2017-09-19", "2017-09-19T14:30:00Z", "2017-09-19T15:00:00Z"),
            ("bus-fin-ecole", "2017-09-20", "2017-09-20T09:30:00Z", "2017-09-20T10:00:00Z"),
            // The last school day before, and the first after, Sunday 29 October 2017.
            ("bus-0830", "2017-10-20", "2017-10-20T06:30:00Z", "2017-10-20T07:00:00Z"),
            ("bus-0830", "2017-11-06", "2017-11-06T07:30:00Z", "2017-11-06T08:00:00Z"),
            ("cantine", "2018-01-16", "2018-01-16T10:30:00Z", "2018-01-16T12:30:00Z"),
            // Sunday 25 March 2018 lies between.
            ("cantine", "2018-03-23", "2018-03-23T10:30:00Z", "2018-03-23T12:30:00Z"),
            ("cantine", "2018-03-26", "2018-03-26T09:30:00Z", "2018-03-26T11:30:00Z"),
            ("bus-1330", "2018-06-29", "2018-06-29T11:30:00Z", "2018-06-29T12:00:00Z"),
        ];
        for (activity, day, _, _) in days {
            assert_eq!(site.tick(person, activity, day).await.status, 200, "{activity} {day}");
        }
        let calendar = read(&site, person).await;
        let theatre = [
            ("tap-theatre", "2017-09-19", "2017-09-19T13:45:00Z", "2017-09-19T14:45:00Z"),
            ("tap-theatre", "2018-01-16", "2018-01-16T14:45:00Z", "2018-01-16T15:45:00Z"),
        ];
        for (activity, day, start, end) in days.into_iter().chain(theatre) {
            let uid = format!("{}-{activity}-{day}@preau", person.children[0]);
            let events = calendar.with(&uid);
            assert_eq!(events.len(), 1, "{uid}");
            assert_eq!((events[0].start, events[0].end), (utc(start), utc(end)), "{uid}");
        }
    }
}

db_test! {
    async fn a_feed_forgets_after_thirty_days(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        site.tick(person, "cantine", "2017-09-18").await;
        let shown = async |now: &str| {
            site.clock.set(utc(now));
            !read(&site, person).await.with("-cantine-2017-09-18").is_empty()
        };
        // 30 days before 18 October is 18 September; the day ends at midnight in Paris.
        assert!(shown("2017-10-18T21:59:59Z").await);
        assert!(!shown("2017-10-18T22:00:00Z").await);
    }
}

db_test! {
    async fn a_day_closed_since_is_not_shown(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        site.tick(person, "cantine", "2017-09-18").await;
        assert_eq!(read(&site, person).await.with("-cantine-2017-09-18").len(), 1);
        let strike = ClosedDay {
            date: date("2017-09-18"),
            reason: ClosedReason::Other,
            label: "Grève".into(),
        };
        db.write(move |conn| {
            Box::pin(async move { Ok(settings::close_day(conn, &strike).await?) })
        })
        .await
        .unwrap();
        assert!(read(&site, person).await.with("-cantine-2017-09-18").is_empty());
    }
}
