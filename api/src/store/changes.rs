//! Several days at once: what is given back first, then the waiting lists, then what is wished
//! for. A handful of statements, whatever the number of days.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use uuid::Uuid;

use super::audit::{Actor, Origin};
use super::days::{DayRow, SessionKey};
use super::dialect::{self, over_days};
use super::waiting::{self, Line};
use super::{Conn, StoreError, each_db};

/// One day to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub child: ChildId,
    pub session: SessionKey,
    pub to: To,
}

impl Wish {
    /// A seat for a child.
    #[must_use]
    pub fn booked(child: ChildId, activity: ActivitySlug, date: NaiveDate) -> Self {
        Self { child, session: SessionKey { activity, date }, to: To::Booked }
    }
}

/// What a day is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Booked,
    /// Free, and what becomes of those who wait for the seat.
    Free(Line),
}

/// A child's day that a change has touched.
type Day = (ChildId, SessionKey);

/// The days that are other now than they were before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub booked: HashSet<Day>,
    pub freed: HashSet<Day>,
}

/// Makes the changes, as far as there are seats. Where several children wish for the last seat of
/// a session, the first listed has it. What is as wished for already stays as it is.
pub async fn apply(conn: &mut Conn, actor: &Actor, wishes: &[Wish]) -> Result<Changed, StoreError> {
    let sessions: BTreeSet<_> = wishes.iter().map(|wish| &wish.session).collect();
    let all = DayRow::json(sessions.into_iter().map(DayRow::session));
    dialect::lock_sessions(conn, &all).await?;

    let mut changed = Changed::default();
    let given: BTreeMap<_, _> = wishes
        .iter()
        .filter_map(|wish| match wish.to {
            To::Free(line) => Some(((wish.child, &wish.session), line)),
            To::Booked => None,
        })
        .collect();
    if !given.is_empty() {
        changed.freed = free(conn, given.keys().copied()).await?;
        let served = given.iter().filter(|(_, line)| **line == Line::Served);
        let served = served.map(|((_, session), _)| (*session).clone());
        count_freed(conn, actor, &changed.freed, &served.collect()).await?;
    }
    let wanted = wishes.iter().filter(|wish| wish.to == To::Booked);
    let wanted: Vec<_> = wanted.map(|wish| (wish.child, &wish.session)).collect();
    if !wanted.is_empty() {
        changed.booked = book(conn, actor, &wanted).await?;
    }
    write_down(conn, actor, &changed).await?;
    for (_, session) in changed.booked.iter().chain(&changed.freed) {
        conn.touch(session);
    }
    Ok(changed)
}

/// Takes the inscriptions that there are of these days. Answers which there were.
async fn free(
    conn: &mut Conn,
    days: impl Iterator<Item = (ChildId, &SessionKey)>,
) -> Result<HashSet<Day>, StoreError> {
    let listed = DayRow::json(days.map(|(child, session)| DayRow::of(child, session)));
    let delete = over_days!(
        conn,
        "DELETE FROM inscription WHERE (child_id, activity, date) IN (
             SELECT child, activity, date FROM day)
         RETURNING child_id, activity, date"
    );
    let rows = each_db!(conn, c => sqlx::query_as(delete).bind(&listed).fetch_all(c).await)?;
    read(rows)
}

/// Counts the seats that have come free, and serves those who wait for them.
async fn count_freed(
    conn: &mut Conn,
    actor: &Actor,
    freed: &HashSet<Day>,
    served: &BTreeSet<SessionKey>,
) -> Result<(), StoreError> {
    if freed.is_empty() {
        return Ok(());
    }
    let listed = DayRow::json(freed.iter().map(|(child, session)| DayRow::of(*child, session)));
    let count = over_days!(
        conn,
        "UPDATE session SET taken = taken - freed.seats, overrides = CASE
             WHEN overrides > freed.seats THEN overrides - freed.seats ELSE 0 END
         FROM (SELECT activity, date, COUNT(*) AS seats FROM day GROUP BY activity, date) AS freed
         WHERE session.activity = freed.activity AND session.date = freed.date
         RETURNING session.activity, session.date, session.waiting"
    );
    let rows: Vec<(String, NaiveDate, i32)> =
        each_db!(conn, c => sqlx::query_as(count).bind(&listed).fetch_all(c).await)?;
    let lines = rows
        .into_iter()
        .filter(|(_, _, waiting)| *waiting > 0)
        .map(|(activity, date, _)| SessionKey::read(&activity, date, "session"))
        .collect::<Result<BTreeSet<_>, _>>()?;
    let lines: BTreeSet<_> = lines.intersection(served).cloned().collect();
    if lines.is_empty() {
        return Ok(());
    }
    let by_itself = Actor::system(Origin::WaitingList, actor.now);
    waiting::serve(conn, &by_itself, &lines).await
}

/// Takes a seat for each of these days where there is one. Answers which are booked now and were
/// not before.
async fn book(
    conn: &mut Conn,
    actor: &Actor,
    days: &[(ChildId, &SessionKey)],
) -> Result<HashSet<Day>, StoreError> {
    let listed = DayRow::json(days.iter().map(|(child, session)| DayRow::of(*child, session)));
    // The sessions' rows are held: what is counted here stays true until it is written below.
    let insert = over_days!(
        conn,
        "INSERT INTO inscription (child_id, date, activity, origin, created_at)
         SELECT child, date, activity, $2, $3 FROM (
             SELECT day.child, day.date, day.activity, session.capacity - session.taken AS seats,
                 ROW_NUMBER() OVER (PARTITION BY day.activity, day.date ORDER BY day.id) AS position
             FROM day
             JOIN session ON session.activity = day.activity AND session.date = day.date
             WHERE NOT EXISTS (SELECT 1 FROM inscription AS mine WHERE mine.child_id = day.child
                 AND mine.date = day.date AND mine.activity = day.activity)
         ) AS numbered
         WHERE position <= seats
         RETURNING child_id, activity, date"
    );
    let rows = each_db!(conn, c => sqlx::query_as(insert)
        .bind(&listed)
        .bind(actor.origin.as_str())
        .bind(actor.now)
        .fetch_all(c)
        .await)?;
    let booked = read(rows)?;
    if booked.is_empty() {
        return Ok(booked);
    }
    let got = DayRow::json(booked.iter().map(|(child, session)| DayRow::of(*child, session)));
    let count = over_days!(
        conn,
        "UPDATE session SET taken = taken + got.seats
         FROM (SELECT activity, date, COUNT(*) AS seats FROM day GROUP BY activity, date) AS got
         WHERE session.activity = got.activity AND session.date = got.date"
    );
    each_db!(conn, c => sqlx::query(count).bind(&got).execute(c).await.map(|_| ()))?;
    Ok(booked)
}

fn read(rows: Vec<(Uuid, String, NaiveDate)>) -> Result<HashSet<Day>, StoreError> {
    rows.into_iter()
        .map(|(child, activity, date)| {
            Ok((ChildId(child), SessionKey::read(&activity, date, "inscription")?))
        })
        .collect()
}

/// Writes all changes to the audit trail.
async fn write_down(conn: &mut Conn, actor: &Actor, changed: &Changed) -> Result<(), StoreError> {
    let freed = changed.freed.iter().map(|day| (day, false));
    let rows: Vec<_> = freed
        .chain(changed.booked.iter().map(|day| (day, true)))
        .map(|((child, session), booked)| DayRow::changed(*child, session, booked))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let note = over_days!(
        conn,
        "INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, date, before,
             after, reason)
         SELECT id, $2, $3, $4,
             CASE WHEN booked THEN 'inscription.added' ELSE 'inscription.removed' END,
             child, activity, date,
             CASE WHEN booked THEN 'free' ELSE 'booked' END,
             CASE WHEN booked THEN 'booked' ELSE 'free' END, $5
         FROM day"
    );
    let rows = DayRow::json(rows);
    each_db!(conn, c => sqlx::query(note)
        .bind(&rows)
        .bind(actor.now)
        .bind(actor.account.map(|id| id.0))
        .bind(actor.origin.as_str())
        .bind(actor.reason.as_deref())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
