//! Whatever is done, in whatever order and at once: the seats are counted right, nobody waits
//! where a seat is free, and the line has no holes.

use std::sync::Arc;

use api::store::audit::Actor;
use api::store::changes::{self, To, Wish};
use api::store::guichet::seats as guichet;
use api::store::waiting::{self, Line};
use api::store::{Db, Undo, check, inscriptions, sessions};
use domain::ids::ChildId;
use fastrand::Rng;
use futures_util::future::join_all;

use crate::support::{Commune, date, db_test, nothing_is_wrong, session, slug, system};

const DAYS: [&str; 3] = ["2017-09-18", "2017-09-19", "2017-09-21"];
const ACTIVITIES: [&str; 2] = ["bus-0830", "cantine"];

/// One of everything that can happen to a seat.
#[derive(Clone, Debug)]
enum Step {
    Tick(ChildId, usize, usize),
    Untick(ChildId, usize, usize),
    Join(ChildId, usize, usize),
    Leave(ChildId, usize, usize),
    /// As the type week, or a whole week at once.
    Several(Vec<Wish>),
    Capacity(usize, usize, u32),
    /// By the guichet: with or without a seat left.
    Give(ChildId, usize, usize, bool),
    TakeBack(ChildId, usize, usize),
}

fn step(rng: &mut Rng, children: &[ChildId]) -> Step {
    let child = *rng.choice(children).unwrap();
    let (activity, day) = (rng.usize(..ACTIVITIES.len()), rng.usize(..DAYS.len()));
    match rng.u32(..15) {
        0..=2 => Step::Tick(child, activity, day),
        3..=5 => Step::Untick(child, activity, day),
        6..=7 => Step::Join(child, activity, day),
        8 => Step::Leave(child, activity, day),
        9..=10 => {
            let mut wishes = Vec::new();
            for day in DAYS {
                for child in children {
                    if rng.bool() {
                        let to = if rng.bool() { To::Booked } else { To::Free(Line::Served) };
                        let session = session(ACTIVITIES[activity], day);
                        wishes.push(Wish { child: *child, session, to });
                    }
                }
            }
            rng.shuffle(&mut wishes);
            Step::Several(wishes)
        }
        11 => Step::Capacity(activity, day, rng.u32(..6)),
        12..=13 => Step::Give(child, activity, day, rng.bool()),
        _ => Step::TakeBack(child, activity, day),
    }
}

fn undone<T>(undo: Undo<T>) -> Undo<()> {
    match undo {
        Undo::Answer(_) => Undo::Answer(()),
        Undo::Failed(error) => Undo::Failed(error),
    }
}

async fn make(db: &Db, step: Step) {
    let made = db.write(move |conn| {
        Box::pin(async move {
            let actor: Actor = system();
            let of = |activity: usize, day: usize| (slug(ACTIVITIES[activity]), date(DAYS[day]));
            match step {
                Step::Tick(child, activity, day) => {
                    let (activity, day) = of(activity, day);
                    let taken = inscriptions::take(conn, &actor, child, &activity, day).await;
                    taken.map(drop).map_err(undone)
                }
                Step::Untick(child, activity, day) => {
                    let (activity, day) = of(activity, day);
                    let line = Line::Served;
                    inscriptions::free(conn, &actor, child, &activity, day, line)
                        .await
                        .map(drop)
                        .map_err(undone)
                }
                Step::Join(child, activity, day) => {
                    let session = session(ACTIVITIES[activity], DAYS[day]);
                    waiting::join(conn, &actor, child, &session).await.map(drop).map_err(undone)
                }
                Step::Leave(child, activity, day) => {
                    let session = session(ACTIVITIES[activity], DAYS[day]);
                    waiting::leave(conn, &actor, child, &session).await.map(drop).map_err(undone)
                }
                Step::Several(wishes) => {
                    changes::apply(conn, &actor, &wishes).await?;
                    Ok(())
                }
                Step::Give(child, activity, day, beyond) => {
                    let session = session(ACTIVITIES[activity], DAYS[day]);
                    guichet::give(conn, &actor, child, &session, beyond).await?;
                    Ok(())
                }
                Step::TakeBack(child, activity, day) => {
                    let session = session(ACTIVITIES[activity], DAYS[day]);
                    guichet::take_back(conn, &actor, child, &session, Line::Served).await?;
                    Ok(())
                }
                Step::Capacity(activity, day, capacity) => {
                    let session = session(ACTIVITIES[activity], DAYS[day]);
                    let line = Line::Served;
                    sessions::set_capacity(conn, &actor, &session, capacity, line).await?;
                    Ok(())
                }
            }
        })
    });
    made.await.unwrap();
}

async fn holds(db: &Db, what: &str) {
    nothing_is_wrong(db).await;
    let idle = check::idle_seats(&mut db.read().await.unwrap()).await.unwrap();
    assert!(idle.is_empty(), "{what}: a seat is free where somebody waits: {idle:?}");
}

db_test! {
    async fn the_invariants_hold_after_every_step(db) {
        let commune = Commune::found(db.clone(), 6).await;
        let children: Vec<_> = commune.people.iter().map(|person| person.children[0]).collect();
        for seed in 0..6 {
            let mut rng = Rng::with_seed(seed);
            for number in 0..40 {
                let step = step(&mut rng, &children);
                let told = format!("seed {seed}, step {number}, {step:?}");
                make(&db, step).await;
                holds(&db, &told).await;
            }
        }
    }
}

db_test! {
    async fn the_invariants_hold_after_every_interleaving(db) {
        let commune = Commune::found(db.clone(), 8).await;
        let children: Arc<[_]> =
            commune.people.iter().map(|person| person.children[0]).collect();
        for round in 0..4 {
            join_all((0..8).map(|writer| {
                let (db, children) = (db.clone(), Arc::clone(&children));
                async move {
                    let mut rng = Rng::with_seed(round * 100 + writer);
                    for _ in 0..25 {
                        make(&db, step(&mut rng, &children)).await;
                    }
                }
            }))
            .await;
            holds(&db, &format!("round {round}")).await;
        }
    }
}
