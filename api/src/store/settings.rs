//! The commune's settings: services, activities, terms, closed days.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{NaiveDate, NaiveTime};
use domain::activity::{Activity, ActivitySlug, Service, ServiceKind, Weekdays};
use domain::calendar::{Calendar, ClosedDay, ClosedReason, SchoolYear, Term, Zone};
use domain::deadline::Deadlines;
use domain::ids::TermId;
use domain::settings::Settings;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Conn, StoreError, changed, each_db};

/// The settings as last read, kept as long as their version is the database's.
#[derive(Default)]
pub struct Cache(RwLock<Option<(i32, Arc<Settings>)>>);

impl Cache {
    /// The settings of that version: from memory if they are it, else read anew.
    pub async fn at(&self, conn: &mut Conn, version: i32) -> Result<Arc<Settings>, StoreError> {
        {
            let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((kept_version, settings)) = kept.as_ref()
                && *kept_version == version
            {
                return Ok(Arc::clone(settings));
            }
        }
        let settings = Arc::new(load(conn).await?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) =
            Some((version, Arc::clone(&settings)));
        Ok(settings)
    }

    /// The settings of now.
    pub async fn current(&self, conn: &mut Conn) -> Result<Arc<Settings>, StoreError> {
        let version = version(conn).await?;
        self.at(conn, version).await
    }
}

/// The version of the settings, raised by every change to them.
pub async fn version(conn: &mut Conn) -> Result<i32, StoreError> {
    each_db!(conn, c => sqlx::query_scalar("SELECT settings_version FROM commune")
        .fetch_optional(c)
        .await)?
    .ok_or(StoreError::NoCommune)
}

#[derive(FromRow)]
struct ActivityRow {
    slug: String,
    service: String,
    name: String,
    hint: String,
    weekdays: i32,
    starts_at: NaiveTime,
    wednesday_starts_at: Option<NaiveTime>,
    minutes: i32,
    capacity: i32,
    position: i32,
}

#[derive(FromRow)]
struct TermRow {
    id: Uuid,
    year: i32,
    number: i32,
    first_day: NaiveDate,
    last_day: NaiveDate,
    subscribe_from: NaiveDate,
    subscribe_until: NaiveDate,
}

/// Reads all settings.
pub async fn load(conn: &mut Conn) -> Result<Settings, StoreError> {
    let commune: Option<String> = each_db!(conn, c =>
        sqlx::query_scalar("SELECT name FROM commune").fetch_optional(c).await)?;
    let commune = commune.ok_or(StoreError::NoCommune)?;
    let services: Vec<(String, Option<String>)> = each_db!(conn, c =>
        sqlx::query_as("SELECT kind, deadlines FROM service").fetch_all(c).await)?;
    let activities: Vec<ActivityRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT slug, service, name, hint, weekdays, starts_at, wednesday_starts_at, minutes, capacity,
             position
         FROM activity ORDER BY position, slug",
    )
    .fetch_all(c)
    .await)?;
    let terms: Vec<TermRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT id, year, number, first_day, last_day, subscribe_from, subscribe_until FROM term",
    )
    .fetch_all(c)
    .await)?;
    let closed: Vec<(NaiveDate, String, String)> = each_db!(conn, c =>
        sqlx::query_as("SELECT date, reason, label FROM closed_day").fetch_all(c).await)?;

    Ok(Settings {
        commune,
        services: services.into_iter().map(service).collect::<Result<_, _>>()?,
        activities: activities.into_iter().map(activity).collect::<Result<_, _>>()?,
        calendar: Calendar::new(
            terms.iter().map(term).collect::<Result<_, _>>()?,
            closed.into_iter().map(closed_day).collect::<Result<Vec<_>, _>>()?,
        ),
    })
}

pub(super) fn service_kind(
    text: &str,
    table: &'static str,
    column: &'static str,
) -> Result<ServiceKind, StoreError> {
    ServiceKind::parse(text).ok_or_else(|| StoreError::corrupt(table, column, text))
}

fn service((kind, deadlines): (String, Option<String>)) -> Result<Service, StoreError> {
    let deadlines: Option<Deadlines> = deadlines
        .map(|json| {
            serde_json::from_str(&json)
                .map_err(|_| StoreError::corrupt("service", "deadlines", json))
        })
        .transpose()?;
    Ok(Service { kind: service_kind(&kind, "service", "kind")?, deadlines })
}

fn activity(row: ActivityRow) -> Result<Activity, StoreError> {
    Ok(Activity {
        slug: ActivitySlug::parse(&row.slug)
            .map_err(|_| StoreError::corrupt("activity", "slug", &row.slug))?,
        service: service_kind(&row.service, "activity", "service")?,
        name: row.name,
        hint: row.hint,
        weekdays: weekdays(row.weekdays, "activity")?,
        starts_at: row.starts_at,
        wednesday_starts_at: row.wednesday_starts_at,
        minutes: u32::try_from(row.minutes)
            .map_err(|_| StoreError::corrupt("activity", "minutes", row.minutes))?,
        capacity: u32::try_from(row.capacity)
            .map_err(|_| StoreError::corrupt("activity", "capacity", row.capacity))?,
        position: row.position,
    })
}

pub(super) fn weekdays(bits: i32, table: &'static str) -> Result<Weekdays, StoreError> {
    u8::try_from(bits)
        .map(Weekdays::from_bits)
        .map_err(|_| StoreError::corrupt(table, "weekdays", bits))
}

fn term(row: &TermRow) -> Result<Term, StoreError> {
    Ok(Term {
        id: TermId(row.id),
        year: SchoolYear(row.year),
        number: u8::try_from(row.number)
            .map_err(|_| StoreError::corrupt("term", "number", row.number))?,
        first_day: row.first_day,
        last_day: row.last_day,
        subscribe_from: row.subscribe_from,
        subscribe_until: row.subscribe_until,
    })
}

fn closed_day((date, reason, label): (NaiveDate, String, String)) -> Result<ClosedDay, StoreError> {
    let reason = ClosedReason::parse(&reason)
        .ok_or_else(|| StoreError::corrupt("closed_day", "reason", &reason))?;
    Ok(ClosedDay { date, reason, label })
}

/// Founds the commune with all its settings. Fails when there is one already.
pub async fn found(
    conn: &mut Conn,
    settings: &Settings,
    zone: Zone,
    demo: bool,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query("INSERT INTO commune (id, name, zone, demo) VALUES (1, $1, $2, $3)")
        .bind(&settings.commune)
        .bind(zone.as_str())
        .bind(demo)
        .execute(c)
        .await
        .map(|_| ()))?;
    for service in &settings.services {
        let deadlines = service
            .deadlines
            .map(|rules| serde_json::to_string(&rules))
            .transpose()
            .map_err(|error| StoreError::corrupt("service", "deadlines", error))?;
        each_db!(conn, c => sqlx::query("INSERT INTO service (kind, deadlines) VALUES ($1, $2)")
            .bind(service.kind.as_str())
            .bind(deadlines)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    for activity in &settings.activities {
        each_db!(conn, c => sqlx::query(
            "INSERT INTO activity (slug, service, name, hint, weekdays, starts_at, wednesday_starts_at,
                 minutes, capacity, position)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(activity.slug.as_str())
        .bind(activity.service.as_str())
        .bind(&activity.name)
        .bind(&activity.hint)
        .bind(i32::from(activity.weekdays.bits()))
        .bind(activity.starts_at)
        .bind(activity.wednesday_starts_at)
        .bind(i32::try_from(activity.minutes).unwrap_or(i32::MAX))
        .bind(i32::try_from(activity.capacity).unwrap_or(i32::MAX))
        .bind(activity.position)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    for term in settings.calendar.terms() {
        each_db!(conn, c => sqlx::query(
            "INSERT INTO term (id, year, number, first_day, last_day, subscribe_from, subscribe_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(term.id.0)
        .bind(term.year.0)
        .bind(i32::from(term.number))
        .bind(term.first_day)
        .bind(term.last_day)
        .bind(term.subscribe_from)
        .bind(term.subscribe_until)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    for closed in settings.calendar.closed_days() {
        close_day(conn, closed).await?;
    }
    Ok(())
}

/// Closes a day, or changes why it is closed. The settings' version rises.
pub async fn close_day(conn: &mut Conn, closed: &ClosedDay) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO closed_day (date, reason, label) VALUES ($1, $2, $3)
         ON CONFLICT (date) DO UPDATE SET reason = excluded.reason, label = excluded.label",
    )
    .bind(closed.date)
    .bind(closed.reason.as_str())
    .bind(&closed.label)
    .execute(c)
    .await
    .map(|_| ()))?;
    changed!(conn, c => sqlx::query("UPDATE commune SET settings_version = settings_version + 1")
        .execute(c)
        .await)?;
    Ok(())
}

/// Whether the commune is a demo; `None` when there is no commune yet.
pub async fn is_demo(conn: &mut Conn) -> Result<Option<bool>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar("SELECT demo FROM commune").fetch_optional(c).await)?)
}
