//! Effects to come, written in the transaction of their cause.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Conn, StoreError, each_db};

/// Puts an effect in the outbox, due at once.
pub async fn add(
    conn: &mut Conn,
    kind: &str,
    payload: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO outbox (id, created_at, kind, payload, due_at) VALUES ($1, $2, $3, $4, $2)",
    )
    .bind(Uuid::now_v7())
    .bind(now)
    .bind(kind)
    .bind(payload)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The payloads of a kind, in the order in which they were written.
pub async fn payloads(conn: &mut Conn, kind: &str) -> Result<Vec<String>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "SELECT payload FROM outbox WHERE kind = $1 ORDER BY id",
    )
    .bind(kind)
    .fetch_all(c)
    .await)?)
}
