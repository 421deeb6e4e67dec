//! Never more inscriptions than seats, whatever the load and however many servers.

use api::store::audit::Actor;
use api::store::changes::{self, Wish};
use api::store::inscriptions::{self, Freed, Taken};
use api::store::waiting::Line;
use api::store::{Db, StoreError};
use futures_util::future::join_all;
use reqwest::StatusCode;

use crate::support::{Commune, Person, date, db_test, serve, slug, system};

const DAY: &str = "2017-09-18";

/// 200 children want the last 10 seats at once; answers what is wrong with the outcome.
async fn race(db: &Db, commune: &Commune, guarded: bool) -> Result<(), String> {
    let wishes = commune.people.iter().map(|person| {
        let (db, child) = (db.clone(), person.children[0]);
        async move {
            db.write(move |conn| {
                Box::pin(async move {
                    let actor: Actor = system();
                    let activity = slug("bus-0830");
                    let day = date(DAY);
                    if guarded {
                        inscriptions::take(conn, &actor, child, &activity, day).await
                    } else {
                        inscriptions::take_unguarded(conn, &actor, child, &activity, day).await
                    }
                })
            })
            .await
        }
    });
    let outcomes: Vec<Result<Taken, StoreError>> = join_all(wishes).await;
    let now = outcomes.iter().filter(|o| matches!(o, Ok(Taken::Now(_)))).count();
    let full = outcomes.iter().filter(|o| matches!(o, Ok(Taken::Full(_)))).count();
    let seats = commune.seats("bus-0830", DAY).await;
    if (now, full, seats.taken, seats.left()) == (10, 190, 10, 0) {
        return Ok(());
    }
    Err(format!("{now} taken, {full} refused, {} failed, {seats:?}", 200 - now - full))
}

db_test! {
    async fn the_last_ten_seats_have_ten_takers(db) {
        let commune = Commune::found(db.clone(), 200).await;
        commune.leave_seats("bus-0830", DAY, 10).await;
        race(&db, &commune, true).await.unwrap();
    }
}

db_test! {
    async fn without_its_guard_the_same_race_is_lost(db) {
        let commune = Commune::found(db.clone(), 200).await;
        commune.leave_seats("bus-0830", DAY, 10).await;
        let wrong = race(&db, &commune, false).await.unwrap_err();
        // The table's own check still refuses the eleventh, but as a fault, not as an answer.
        assert!(wrong.starts_with("10 taken, 0 refused, 190 failed"), "{wrong}");
    }
}

async fn rush(commune: &Commune, sites: &[crate::support::Site]) {
    commune.leave_seats("bus-0830", DAY, 10).await;
    let answers = join_all(
        commune
            .people
            .iter()
            .zip(sites.iter().cycle())
            .map(|(person, site)| site.tick(person, "bus-0830", DAY)),
    )
    .await;
    let taken: Vec<_> = answers.iter().filter(|a| a.status == StatusCode::OK).collect();
    let refused: Vec<_> = answers.iter().filter(|a| a.status == StatusCode::CONFLICT).collect();
    assert_eq!((taken.len(), refused.len()), (10, 190));
    for answer in refused {
        let problem = answer.problem();
        assert_eq!(problem.code.as_str(), "session_full");
        assert_eq!(problem.seats_left, Some(0));
    }
    let seats = commune.seats("bus-0830", DAY).await;
    assert_eq!((seats.taken, seats.left()), (10, 0));
    let mut inscribed = 0;
    for person in &commune.people {
        let day = format!("bus-0830 {DAY}");
        inscribed += commune.days(person.children[0]).await.iter().filter(|d| **d == day).count();
    }
    assert_eq!(inscribed, 10);
}

db_test! {
    async fn two_hundred_parents_rush_for_ten_seats(db) {
        let commune = Commune::found(db.clone(), 200).await;
        rush(&commune, &[serve(&db).await]).await;
    }
}

db_test! {
    async fn they_rush_to_two_replicas(db) {
        let commune = Commune::found(db.clone(), 200).await;
        // With connections of its own, as another process has.
        let other = Db::open(db.address()).await.unwrap();
        rush(&commune, &[serve(&db).await, serve(&other).await]).await;
        other.close().await;
    }
}

db_test! {
    async fn the_same_day_twice_at_once_is_one_inscription(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let person = &commune.people[0];
        let answers =
            join_all((0..12).map(|_| site.tick(person, "cantine", DAY))).await;
        for answer in answers {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        assert_eq!(commune.seats("cantine", DAY).await.taken, 1);
        let answers = join_all((0..12).map(|_| site.untick(person, "cantine", DAY))).await;
        for answer in answers {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        assert_eq!(commune.seats("cantine", DAY).await.taken, 0);
    }
}

db_test! {
    async fn ticks_and_unticks_in_any_interleaving_keep_the_count(db) {
        let commune = Commune::found(db.clone(), 12).await;
        let site = serve(&db).await;
        commune.leave_seats("bus-fin-ecole", DAY, 5).await;
        let storm = |person: Person, seed: usize| {
            let site = &site;
            async move {
                for step in 0..8 {
                    let answer = if (seed + step).is_multiple_of(3) {
                        site.untick(&person, "bus-fin-ecole", DAY).await
                    } else {
                        site.tick(&person, "bus-fin-ecole", DAY).await
                    };
                    assert!(answer.status.as_u16() < 500, "{}", answer.text);
                }
            }
        };
        let people = commune.people.iter().cloned();
        join_all(people.enumerate().map(|(seed, person)| storm(person, seed))).await;
        assert!(commune.seats("bus-fin-ecole", DAY).await.taken <= 5);
    }
}

db_test! {
    async fn a_full_session_keeps_its_own_and_takes_the_next_when_one_leaves(db) {
        let commune = Commune::found(db.clone(), 2).await;
        let site = serve(&db).await;
        commune.leave_seats("cantine", DAY, 1).await;
        let (one, other) = (&commune.people[0], &commune.people[1]);
        assert_eq!(site.tick(one, "cantine", DAY).await.status, StatusCode::OK);
        assert_eq!(site.tick(one, "cantine", DAY).await.status, StatusCode::OK, "again is no mistake");
        assert_eq!(site.tick(other, "cantine", DAY).await.code(), "session_full");
        assert_eq!(site.untick(one, "cantine", DAY).await.status, StatusCode::OK);
        assert_eq!(site.tick(other, "cantine", DAY).await.status, StatusCode::OK);
    }
}

db_test! {
    async fn each_change_is_written_down_once(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        let before = commune.changes().await;
        for _ in 0..2 {
            site.tick(&commune.people[0], "cantine", DAY).await;
        }
        assert_eq!(commune.changes().await, before + 1);
        for _ in 0..2 {
            site.untick(&commune.people[0], "cantine", DAY).await;
        }
        assert_eq!(commune.changes().await, before + 2);
    }
}

db_test! {
    async fn two_removals_of_the_last_seat_free_it_once(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let child = commune.people[0].children[0];
        let site = serve(&db).await;
        site.tick(&commune.people[0], "cantine", DAY).await;
        let free = |wait: u64| {
            let db = db.clone();
            async move {
                db.write(move |conn| Box::pin(async move {
                    let freed =
                        inscriptions::free(
                            conn, &system(), child, &slug("cantine"), date(DAY), Line::Served,
                        )
                        .await?;
                    // The session's row stays locked meanwhile.
                    actix_web::rt::time::sleep(std::time::Duration::from_millis(wait)).await;
                    Ok(freed)
                }))
                .await
                .unwrap()
            }
        };
        let later = async {
            actix_web::rt::time::sleep(std::time::Duration::from_millis(100)).await;
            free(0).await
        };
        let (first, second) = tokio::join!(free(300), later);
        assert!(matches!(first, Freed::Now(seats) if seats.taken == 0), "{first:?}");
        assert!(matches!(second, Freed::Before(seats) if seats.taken == 0), "{second:?}");
    }
}

db_test! {
    async fn a_whole_term_taken_beside_a_tick_is_taken_once(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let child = commune.people[0].children[0];
        let term: Vec<_> = commune
            .settings
            .calendar
            .school_days(&commune.settings.calendar.terms()[0])
            .map(|date| Wish::booked(child, slug("bus-0830"), date))
            .collect();
        let tick = {
            let db = db.clone();
            async move {
                db.write(move |conn| Box::pin(async move {
                    let taken =
                        inscriptions::take(conn, &system(), child, &slug("bus-0830"), date(DAY))
                            .await?;
                    actix_web::rt::time::sleep(std::time::Duration::from_millis(300)).await;
                    Ok(taken)
                }))
                .await
                .unwrap()
            }
        };
        let all = {
            let (db, term) = (db.clone(), term.clone());
            async move {
                actix_web::rt::time::sleep(std::time::Duration::from_millis(100)).await;
                db.write(move |conn| Box::pin(async move {
                    Ok(changes::apply(conn, &system(), &term).await?)
                }))
                .await
                .unwrap()
            }
        };
        let (tick, all) = tokio::join!(tick, all);
        assert!(matches!(tick, Taken::Now(_)), "{tick:?}");
        assert_eq!(all.booked.len(), term.len() - 1, "all days but the one that was taken");
    }
}

db_test! {
    async fn a_write_ends_although_its_caller_has_gone(db) {
        let commune = Commune::found(db.clone(), 1).await;
        let child = commune.people[0].children[0];
        let write = db.write(move |conn| Box::pin(async move {
            let taken =
                inscriptions::take(conn, &system(), child, &slug("cantine"), date(DAY)).await?;
            actix_web::rt::time::sleep(std::time::Duration::from_millis(200)).await;
            Ok(taken)
        }));
        let gone = tokio::time::timeout(std::time::Duration::from_millis(50), write).await;
        assert!(gone.is_err());
        for _ in 0..100 {
            if commune.seats("cantine", DAY).await.taken == 1 {
                break;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(commune.seats("cantine", DAY).await.taken, 1);
    }
}
