//! Calendar feeds: the secret address of each guardian's, and what is read there.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::feed::Entry;
use domain::ids::{ChildId, GuardianId};
use domain::settings::Settings;
use sqlx::FromRow;
use uuid::Uuid;

use super::days::SessionKey;
use super::settings::Cache;
use super::sign_ins::TokenHash;
use super::{Conn, StoreError, each_db};

/// The secret of a guardian's feed, if it has one.
pub async fn secret(conn: &mut Conn, guardian: GuardianId) -> Result<Option<String>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "SELECT secret FROM calendar_feed WHERE guardian_id = $1",
    )
    .bind(guardian.0)
    .fetch_optional(c)
    .await)?)
}

/// Makes a guardian's feed. Answers its secret: another than the fresh one where a request that
/// came at the same time has made it.
pub async fn make(
    conn: &mut Conn,
    guardian: GuardianId,
    fresh: &str,
    hash: &TokenHash,
) -> Result<String, StoreError> {
    // Changing nothing of a row that is there answers it all the same.
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "INSERT INTO calendar_feed (guardian_id, secret, hash) VALUES ($1, $2, $3)
         ON CONFLICT (guardian_id) DO UPDATE SET secret = calendar_feed.secret
         RETURNING secret",
    )
    .bind(guardian.0)
    .bind(fresh)
    .bind(hash.as_slice())
    .fetch_one(c)
    .await)?)
}

/// Gives a guardian's feed a new secret; the one before opens nothing from then on.
pub async fn renew(
    conn: &mut Conn,
    guardian: GuardianId,
    fresh: &str,
    hash: &TokenHash,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO calendar_feed (guardian_id, secret, hash) VALUES ($1, $2, $3)
         ON CONFLICT (guardian_id) DO UPDATE SET secret = excluded.secret, hash = excluded.hash",
    )
    .bind(guardian.0)
    .bind(fresh)
    .bind(hash.as_slice())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// What a feed shows.
#[derive(Clone, Debug)]
pub struct Feed {
    pub settings: Arc<Settings>,
    /// By date.
    pub entries: Vec<Entry>,
}

#[derive(FromRow)]
struct Row {
    settings_version: i32,
    #[sqlx(flatten)]
    inscription: Inscription,
}

/// Without values where the feed is known and shows nothing.
#[derive(FromRow)]
struct Inscription {
    child_id: Option<Uuid>,
    first_name: Option<String>,
    activity: Option<String>,
    date: Option<NaiveDate>,
    created_at: Option<DateTime<Utc>>,
}

impl Inscription {
    fn entry(self) -> Result<Option<Entry>, StoreError> {
        let (Some(child), Some(first_name), Some(activity), Some(date), Some(since)) =
            (self.child_id, self.first_name, self.activity, self.date, self.created_at)
        else {
            return Ok(None);
        };
        let SessionKey { activity, date } = SessionKey::read(&activity, date, "inscription")?;
        Ok(Some(Entry { child: ChildId(child), first_name, activity, date, since }))
    }
}

/// Reads the feed of a secret from a day on, by one statement, or more where the settings have
/// changed. `None` for a secret that is no feed's.
pub async fn read(
    conn: &mut Conn,
    cache: &Cache,
    hash: &TokenHash,
    first_day: NaiveDate,
) -> Result<Option<Feed>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(
        "SELECT (SELECT settings_version FROM commune) AS settings_version,
             mine.child_id, mine.first_name, mine.activity, mine.date, mine.created_at
         FROM calendar_feed AS feed
         LEFT JOIN (
             SELECT link.guardian_id, child.id AS child_id, child.first_name, i.activity, i.date,
                 i.created_at
             FROM child_guardian AS link
             JOIN child ON child.id = link.child_id
             JOIN inscription AS i ON i.child_id = link.child_id
             WHERE i.date >= $2
         ) AS mine ON mine.guardian_id = feed.guardian_id
         WHERE feed.hash = $1
         ORDER BY mine.date, mine.activity, mine.child_id",
    )
    .bind(hash.as_slice())
    .bind(first_day)
    .fetch_all(c)
    .await)?;
    let Some(first) = rows.first() else { return Ok(None) };
    let settings = cache.at(conn, first.settings_version).await?;
    let entries = rows.into_iter().filter_map(|row| row.inscription.entry().transpose());
    Ok(Some(Feed { settings, entries: entries.collect::<Result<_, _>>()? }))
}
