//! Subscriptions (*abonnements*).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::activity::{Activity, ActivitySlug, ServiceKind};
use domain::bus::BusPackage;
use domain::calendar::utc_to_paris;
use domain::ids::{ChildId, FamilyId, GuardianId, TermId};
use domain::inscription::Day;
use domain::settings::Settings;
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::type_week::TypeWeek;
use sqlx::FromRow;
use uuid::Uuid;

use super::audit::{self, Actor, Entry};
use super::settings::{Cache, service_kind, weekdays};
use super::{Conn, StoreError, changed, each_db, table};

/// Writes a subscription with its type week, that holds from a day of its term or from the first.
/// What is there already stays as it is. Answers whether anything is new.
pub async fn add(
    conn: &mut Conn,
    actor: &Actor,
    subscription: &Subscription,
    weekly: &TypeWeek,
    first_day: Option<NaiveDate>,
) -> Result<bool, StoreError> {
    let (rhythm, package) = match &subscription.choice {
        Choice::Canteen { rhythm, .. } => (*rhythm, None),
        Choice::Bus { rhythm, package, .. } => (*rhythm, Some(package.as_str())),
        Choice::Tap { .. } => (Rhythm::Regular, None),
    };
    let service = subscription.choice.service();
    let mut added = changed!(conn, c => sqlx::query(
        "INSERT INTO subscription (child_id, term_id, service, rhythm, package, confirmed_on,
             first_day)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (child_id, term_id, service) DO NOTHING",
    )
    .bind(subscription.child.0)
    .bind(subscription.term.0)
    .bind(service.as_str())
    .bind(rhythm.as_str())
    .bind(package)
    .bind(utc_to_paris(actor.now).date())
    .bind(first_day)
    .execute(c)
    .await)?;
    let was_there = added == 0;
    for (activity, days) in weekly.iter() {
        added += changed!(conn, c => sqlx::query(
            "INSERT INTO subscription_activity (child_id, term_id, service, activity, weekdays)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (child_id, term_id, activity) DO NOTHING",
        )
        .bind(subscription.child.0)
        .bind(subscription.term.0)
        .bind(service.as_str())
        .bind(activity.as_str())
        .bind(i32::from(days.bits()))
        .execute(c)
        .await)?;
    }
    if was_there && added > 0 {
        confirmed_again(conn, actor, subscription.child, subscription.term, service).await?;
    }
    Ok(added > 0)
}

/// What is billed of it from now on is by today's tariff.
async fn confirmed_again(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    term: TermId,
    service: ServiceKind,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "UPDATE subscription SET confirmed_on = $4
         WHERE child_id = $1 AND term_id = $2 AND service = $3",
    )
    .bind(child.0)
    .bind(term.0)
    .bind(service.as_str())
    .bind(utc_to_paris(actor.now).date())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Adds what is missing of a subscription, the whole, or to a TAP that is there another activity;
/// and writes down from which day on. Answers whether anything was.
pub async fn add_missing(
    conn: &mut Conn,
    actor: &Actor,
    subscription: &Subscription,
    activity: &Activity,
    from: NaiveDate,
) -> Result<bool, StoreError> {
    let weekly = subscription.choice.weekly(std::slice::from_ref(activity));
    let added = add(conn, actor, subscription, &weekly, Some(from)).await?;
    if added {
        let package = match subscription.choice {
            Choice::Bus { package, .. } => Some(package.as_str()),
            Choice::Canteen { .. } | Choice::Tap { .. } => None,
        };
        let entry = Entry {
            action: "subscription.added",
            child: Some(subscription.child),
            activity: Some(&activity.slug),
            date: Some(from),
            after: package.or(Some("subscribed")),
            ..Entry::default()
        };
        audit::write(conn, actor, entry).await?;
    }
    Ok(added)
}

#[derive(FromRow)]
struct Row {
    child_id: Uuid,
    term_id: Uuid,
    service: String,
    rhythm: String,
    package: Option<String>,
    last_day: Option<NaiveDate>,
    confirmed_on: NaiveDate,
    activity: Option<String>,
    weekdays: Option<i32>,
}

/// The subscriptions of the child that `$whose` says, in one text: a row for each, or for each
/// activity that is chosen in it. A term is named by its first day.
macro_rules! in_one_text {
    ($whose:literal) => {
        concat!(
            "(SELECT string_agg(term.first_day || ' ' || s.service || ' ' || s.rhythm || ' ' ||
                 COALESCE(s.package, '-') || ' ' || COALESCE(CAST(s.last_day AS TEXT), '-') || ' ' ||
                 s.confirmed_on || ' ' ||
                 COALESCE(chosen.activity, '-') || ' ' || COALESCE(chosen.weekdays, 0), ',')
             FROM subscription AS s
             JOIN term ON term.id = s.term_id
             LEFT JOIN subscription_activity AS chosen ON chosen.child_id = s.child_id
                 AND chosen.term_id = s.term_id AND chosen.service = s.service
             WHERE s.child_id = ",
            $whose,
            ")"
        )
    };
}
pub(super) use in_one_text;

/// Ends a subscription after a day.
pub async fn end(
    conn: &mut Conn,
    child: ChildId,
    term: TermId,
    service: ServiceKind,
    last_day: NaiveDate,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "UPDATE subscription SET last_day = $4
         WHERE child_id = $1 AND term_id = $2 AND service = $3",
    )
    .bind(child.0)
    .bind(term.0)
    .bind(service.as_str())
    .bind(last_day)
    .execute(c)
    .await)?;
    Ok(rows > 0)
}

/// Takes a subscription back as if it had never been. Answers whether there was one.
pub async fn remove(
    conn: &mut Conn,
    child: ChildId,
    term: TermId,
    service: ServiceKind,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "DELETE FROM subscription WHERE child_id = $1 AND term_id = $2 AND service = $3",
    )
    .bind(child.0)
    .bind(term.0)
    .bind(service.as_str())
    .execute(c)
    .await)?;
    Ok(rows > 0)
}

/// Takes one of the chosen activities out of a subscription. Answers whether it was chosen.
pub async fn remove_activity(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    term: TermId,
    activity: &ActivitySlug,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "DELETE FROM subscription_activity WHERE child_id = $1 AND term_id = $2 AND activity = $3",
    )
    .bind(child.0)
    .bind(term.0)
    .bind(activity.as_str())
    .execute(c)
    .await)?;
    if rows > 0 {
        confirmed_again(conn, actor, child, term, ServiceKind::Tap).await?;
    }
    Ok(rows > 0)
}

/// Gives a bus subscription another package. Answers whether there is such a subscription.
pub async fn set_package(
    conn: &mut Conn,
    actor: &Actor,
    child: ChildId,
    term: TermId,
    package: BusPackage,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "UPDATE subscription SET package = $3
         WHERE child_id = $1 AND term_id = $2 AND service = 'bus'",
    )
    .bind(child.0)
    .bind(term.0)
    .bind(package.as_str())
    .execute(c)
    .await)?;
    if rows > 0 {
        confirmed_again(conn, actor, child, term, ServiceKind::Bus).await?;
    }
    Ok(rows > 0)
}

/// The subscriptions of a child, of [`in_one_text`].
pub(super) fn read(
    child: Uuid,
    text: Option<&str>,
    settings: &Settings,
) -> Result<Vec<Subscription>, StoreError> {
    let given = |word: &str| (word != "-").then(|| word.to_owned());
    let rows = table::rows(text, "subscription").map(|row| {
        let [first_day, service, rhythm, package, last_day, confirmed_on, activity, weekdays] =
            row?;
        let term = table::word(first_day, "term", "first_day")
            .map(|date| settings.calendar.term_of(date))?
            .ok_or_else(|| StoreError::corrupt("term", "first_day", first_day))?;
        Ok(Row {
            child_id: child,
            term_id: term.id.0,
            service: service.to_owned(),
            rhythm: rhythm.to_owned(),
            package: given(package),
            last_day: given(last_day)
                .map(|day| table::word(&day, "subscription", "last_day"))
                .transpose()?,
            confirmed_on: table::word(confirmed_on, "subscription", "confirmed_on")?,
            activity: given(activity),
            weekdays: Some(table::word(weekdays, "subscription_activity", "weekdays")?),
        })
    });
    grouped(rows.collect::<Result<_, StoreError>>()?)
}

/// A guardian's children with their subscriptions, and the settings by which their days are
/// judged.
pub struct Linked {
    pub settings: Arc<Settings>,
    pub children: Vec<ChildId>,
    pub subscriptions: Vec<Subscription>,
}

impl Linked {
    /// One activity on one day for one of the children, for the rules to judge.
    #[must_use]
    pub fn day<'a>(&'a self, child: ChildId, activity: &'a Activity, date: NaiveDate) -> Day<'a> {
        let subscribed = self.settings.is_subscribed(&self.subscriptions, child, activity, date);
        self.settings.day(activity, date, subscribed)
    }
}

/// All children that are linked to a guardian, or the one asked for if it is, with their
/// subscriptions of all terms, or of the one of a day; by one statement, or more where the settings
/// have changed.
pub async fn linked(
    conn: &mut Conn,
    cache: &Cache,
    guardian: GuardianId,
    child: Option<ChildId>,
    on: Option<NaiveDate>,
) -> Result<Linked, StoreError> {
    let rows: Vec<(i32, Uuid, Option<String>)> = each_db!(conn, c => sqlx::query_as(concat!(
        "SELECT (SELECT settings_version FROM commune), link.child_id, ",
        in_one_text!(
            "link.child_id AND ($3 IS NULL OR $3 BETWEEN term.first_day AND term.last_day)"
        ),
        " FROM child_guardian AS link
         WHERE link.guardian_id = $1 AND (link.child_id = $2 OR $2 IS NULL)
         ORDER BY link.child_id",
    ))
    .bind(guardian.0)
    .bind(child.map(|child| child.0))
    .bind(on)
    .fetch_all(c)
    .await)?;
    let settings = match rows.first() {
        Some((version, ..)) => cache.at(conn, *version).await?,
        None => cache.current(conn).await?,
    };
    let (mut children, mut subscriptions) = (Vec::new(), Vec::new());
    for (_, child, text) in rows {
        children.push(ChildId(child));
        subscriptions.extend(read(child, text.as_deref(), &settings)?);
    }
    Ok(Linked { settings, children, subscriptions })
}

/// The subscriptions of a child.
pub async fn of_child(conn: &mut Conn, child: ChildId) -> Result<Vec<Subscription>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.child_id, s.term_id, s.service, s.rhythm, s.package, s.last_day, s.confirmed_on,
             chosen.activity, chosen.weekdays
         FROM subscription AS s
         LEFT JOIN subscription_activity AS chosen ON chosen.child_id = s.child_id
             AND chosen.term_id = s.term_id AND chosen.service = s.service
         WHERE s.child_id = $1",
    )
    .bind(child.0)
    .fetch_all(c)
    .await)?;
    grouped(rows)
}

/// What the children of a dossier are subscribed to, in the terms of a condition. A term is the
/// dossier's in which a child is when it ends.
macro_rules! of_dossier {
    ($condition:literal) => {
        concat!(
            "SELECT s.child_id, s.term_id, s.service, s.rhythm, s.package, s.last_day, s.confirmed_on,
                 chosen.activity, chosen.weekdays
             FROM child_dossier AS dossier
             JOIN subscription AS s ON s.child_id = dossier.child_id
             JOIN term ON term.id = s.term_id
                 AND term.last_day > dossier.after AND term.last_day <= dossier.last_day
             LEFT JOIN subscription_activity AS chosen ON chosen.child_id = s.child_id
                 AND chosen.term_id = s.term_id AND chosen.service = s.service
             WHERE dossier.family_id = $1 AND ",
            $condition
        )
    };
}

/// What the children of a dossier are subscribed to in a term.
pub async fn of_family(
    conn: &mut Conn,
    family: FamilyId,
    term: TermId,
) -> Result<Vec<Subscription>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(of_dossier!("s.term_id = $2"))
        .bind(family.0)
        .bind(term.0)
        .fetch_all(c)
        .await)?;
    grouped(rows)
}

/// What they are subscribed to in the terms that are not over on a day.
pub async fn ahead(
    conn: &mut Conn,
    family: FamilyId,
    today: NaiveDate,
) -> Result<Vec<Subscription>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(of_dossier!("term.last_day >= $2"))
        .bind(family.0)
        .bind(today)
        .fetch_all(c)
        .await)?;
    grouped(rows)
}

fn grouped(rows: Vec<Row>) -> Result<Vec<Subscription>, StoreError> {
    let mut grouped: BTreeMap<(Uuid, Uuid, String), (Option<Row>, TypeWeek)> = BTreeMap::new();
    for mut row in rows {
        let key = (row.child_id, row.term_id, row.service.clone());
        let (head, week) = grouped.entry(key).or_default();
        if let (Some(activity), Some(bits)) = (row.activity.take(), row.weekdays) {
            let slug = ActivitySlug::parse(&activity)
                .map_err(|_| StoreError::corrupt("subscription_activity", "activity", activity))?;
            week.set(slug, weekdays(bits, "subscription_activity")?);
        }
        head.get_or_insert(row);
    }
    grouped
        .into_values()
        .filter_map(|(head, week)| head.map(|row| subscription(&row, week)))
        .collect()
}

fn subscription(row: &Row, week: TypeWeek) -> Result<Subscription, StoreError> {
    let rhythm = Rhythm::parse(&row.rhythm)
        .ok_or_else(|| StoreError::corrupt("subscription", "rhythm", &row.rhythm))?;
    let choice = match service_kind(&row.service, "subscription", "service")? {
        ServiceKind::Canteen => Choice::Canteen { rhythm, type_week: week },
        ServiceKind::Bus => Choice::Bus {
            rhythm,
            type_week: week,
            package: row.package.as_deref().and_then(BusPackage::parse).ok_or_else(|| {
                StoreError::corrupt("subscription", "package", format!("{:?}", row.package))
            })?,
        },
        ServiceKind::Tap => {
            Choice::Tap { activities: week.iter().map(|(slug, _)| slug.clone()).collect() }
        }
    };
    Ok(Subscription {
        last_day: row.last_day,
        confirmed_on: Some(row.confirmed_on),
        ..Subscription::new(ChildId(row.child_id), TermId(row.term_id), choice)
    })
}
