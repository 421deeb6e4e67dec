//! Answers of requests that make papers, by the key that the client gave.

use chrono::{DateTime, Utc};
use domain::ids::AccountId;

use super::{Conn, StoreError, changed, each_db};

/// A request's key and what it is bound to.
#[derive(Clone, Debug)]
pub struct Key {
    pub account: AccountId,
    pub text: String,
    /// SHA-256 of the request.
    pub request: Vec<u8>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    No,
    /// The answer of the same request, as JSON.
    Same(String),
    /// Another request had it.
    Other,
}

/// Looks a key up.
pub async fn look_up(conn: &mut Conn, key: &Key) -> Result<Known, StoreError> {
    let row: Option<(Vec<u8>, String)> = each_db!(conn, c => sqlx::query_as(
        "SELECT request, answer FROM idempotency_key WHERE account_id = $1 AND key = $2",
    )
    .bind(key.account.0)
    .bind(&key.text)
    .fetch_optional(c)
    .await)?;
    Ok(match row {
        None => Known::No,
        Some((request, answer)) if request == key.request => Known::Same(answer),
        Some(_) => Known::Other,
    })
}

/// Keeps the answer of a request, in the transaction of what it made. Answers whether the key was free:
/// another request may have come with it meanwhile.
pub async fn keep(
    conn: &mut Conn,
    key: &Key,
    answer: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "INSERT INTO idempotency_key (account_id, key, request, answer, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(key.account.0)
    .bind(&key.text)
    .bind(&key.request)
    .bind(answer)
    .bind(now)
    .execute(c)
    .await)?;
    Ok(rows == 1)
}

/// Forgets the keys of before an instant.
pub async fn forget(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(changed!(conn, c => sqlx::query("DELETE FROM idempotency_key WHERE created_at < $1")
        .bind(before)
        .execute(c)
        .await)?)
}
