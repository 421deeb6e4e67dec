//! Signed-in devices: lines of refresh tokens, of which only hashes are kept.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{AccountId, GuardianId};
use domain::wire::{Client, Role};
use sqlx::FromRow;
use uuid::Uuid;

use super::accounts::role;
use super::{Conn, StoreError, changed, each_db};

/// A refresh token's life.
pub const REFRESH_DAYS: i64 = 30;
/// A used token is good again for so long: two tabs that open together, a double click, an
/// answer lost on the way. Longer than a client waits for an answer before it tries again.
pub const GRACE: TimeDelta = TimeDelta::seconds(60);

/// Who a token stands for.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub sign_in: Uuid,
    pub account: AccountId,
    pub guardian: Option<GuardianId>,
    pub role: Role,
    pub client: Client,
}

/// What became of a refresh.
#[derive(Debug)]
pub enum Refreshed {
    /// The old token is used up, the new one is kept.
    Renewed(SignedIn),
    /// Unknown, ended, or revoked.
    Refused,
    /// Used before: someone has a copy, so the whole line is revoked.
    Replayed { sign_in: Uuid },
}

/// The SHA-256 of a token.
pub type TokenHash = [u8; 32];

/// Starts a line with its first token.
pub async fn start(
    conn: &mut Conn,
    account: AccountId,
    client: Client,
    token: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    each_db!(conn, c => sqlx::query(
        "INSERT INTO sign_in (id, account_id, client, created_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(id)
    .bind(account.0)
    .bind(client.as_str())
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    add_token(conn, id, token, now).await?;
    Ok(id)
}

async fn add_token(
    conn: &mut Conn,
    sign_in: Uuid,
    token: &TokenHash,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO refresh_token (hash, sign_in_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(token.as_slice())
    .bind(sign_in)
    .bind(now)
    .bind(now + TimeDelta::days(REFRESH_DAYS))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

#[derive(FromRow)]
struct TokenRow {
    sign_in_id: Uuid,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    client: String,
    account_id: Uuid,
    guardian_id: Option<Uuid>,
    role: String,
}

/// Uses a token up for a new one.
pub async fn renew(
    conn: &mut Conn,
    old: &TokenHash,
    new: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Refreshed, StoreError> {
    // First, so that two at once queue on the token's row.
    let fresh = changed!(conn, c => sqlx::query(
        "UPDATE refresh_token SET used_at = $2 WHERE hash = $1 AND used_at IS NULL",
    )
    .bind(old.as_slice())
    .bind(now)
    .execute(c)
    .await)?
        == 1;
    let row: Option<TokenRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT t.sign_in_id, t.expires_at, t.used_at, s.revoked_at, s.client,
             s.account_id, a.guardian_id, a.role
         FROM refresh_token AS t
         JOIN sign_in AS s ON s.id = t.sign_in_id
         JOIN account AS a ON a.id = s.account_id
         WHERE t.hash = $1",
    )
    .bind(old.as_slice())
    .fetch_optional(c)
    .await)?;
    let Some(row) = row else { return Ok(Refreshed::Refused) };
    if row.revoked_at.is_some() || row.expires_at <= now {
        return Ok(Refreshed::Refused);
    }
    if !fresh && row.used_at.is_none_or(|used| used + GRACE <= now) {
        revoke(conn, row.sign_in_id, now).await?;
        return Ok(Refreshed::Replayed { sign_in: row.sign_in_id });
    }
    add_token(conn, row.sign_in_id, new, now).await?;
    Ok(Refreshed::Renewed(SignedIn {
        sign_in: row.sign_in_id,
        account: AccountId(row.account_id),
        guardian: row.guardian_id.map(GuardianId),
        role: role(&row.role)?,
        client: Client::parse(&row.client)
            .ok_or_else(|| StoreError::corrupt("sign_in", "client", &row.client))?,
    }))
}

/// Ends a line.
pub async fn revoke(conn: &mut Conn, sign_in: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "UPDATE sign_in SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
    )
    .bind(sign_in)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Ends the line of a token, if it is one. Answers the account.
pub async fn revoke_token(
    conn: &mut Conn,
    token: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<AccountId>, StoreError> {
    let line: Option<(Uuid, Uuid)> = each_db!(conn, c => sqlx::query_as(
        "SELECT s.id, s.account_id FROM refresh_token AS t JOIN sign_in AS s ON s.id = t.sign_in_id
         WHERE t.hash = $1 AND s.revoked_at IS NULL",
    )
    .bind(token.as_slice())
    .fetch_optional(c)
    .await)?;
    let Some((id, account)) = line else { return Ok(None) };
    revoke(conn, id, now).await?;
    Ok(Some(AccountId(account)))
}

/// Ends all tokens of a line but one, if it is good and of that line.
pub async fn keep_only(
    conn: &mut Conn,
    sign_in: Uuid,
    token: &TokenHash,
) -> Result<(), StoreError> {
    changed!(conn, c => sqlx::query(
        "DELETE FROM refresh_token WHERE sign_in_id = $1 AND hash <> $2 AND EXISTS (
             SELECT 1 FROM refresh_token AS kept
             WHERE kept.hash = $2 AND kept.sign_in_id = $1 AND kept.used_at IS NULL)",
    )
    .bind(sign_in)
    .bind(token.as_slice())
    .execute(c)
    .await)?;
    Ok(())
}

/// Ends all lines of an account, but the one to keep if there is one.
pub async fn revoke_all(
    conn: &mut Conn,
    account: AccountId,
    keep: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(changed!(conn, c => sqlx::query(
        "UPDATE sign_in SET revoked_at = $3
         WHERE account_id = $1 AND ($2 IS NULL OR id <> $2) AND revoked_at IS NULL",
    )
    .bind(account.0)
    .bind(keep)
    .bind(now)
    .execute(c)
    .await)?)
}

/// Forgets tokens that have ended. Answers how many.
pub async fn forget_ended(conn: &mut Conn, now: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(changed!(conn, c => sqlx::query("DELETE FROM refresh_token WHERE expires_at <= $1")
        .bind(now)
        .execute(c)
        .await)?)
}
