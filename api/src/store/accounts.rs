//! Accounts: who can sign in.

use chrono::{DateTime, Utc};
use domain::ids::{AccountId, GuardianId};
use domain::problem::Language;
use domain::wire::Role;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Conn, StoreError, changed, each_db};

/// A login.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    /// Lower case.
    pub email: String,
    pub role: Role,
    pub first_name: String,
    pub last_name: String,
    /// A parent's own guardian.
    pub guardian: Option<GuardianId>,
    /// `None` until the person has chosen a password.
    pub password_hash: Option<String>,
    /// In which this person is written to.
    pub language: Language,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    email: String,
    role: String,
    first_name: String,
    last_name: String,
    guardian_id: Option<Uuid>,
    password_hash: Option<String>,
    language: Option<String>,
}

impl TryFrom<Row> for Account {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: AccountId(row.id),
            email: row.email,
            role: role(&row.role)?,
            first_name: row.first_name,
            last_name: row.last_name,
            guardian: row.guardian_id.map(GuardianId),
            password_hash: row.password_hash,
            language: language(row.language)?,
        })
    }
}

pub(super) fn role(text: &str) -> Result<Role, StoreError> {
    Role::parse(text).ok_or_else(|| StoreError::corrupt("account", "role", text))
}

/// The form in which e-mail addresses are kept and compared.
#[must_use]
pub fn canonical_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Accounts, by a condition.
macro_rules! account {
    ($condition:literal) => {
        concat!(
            "SELECT id, email, role, first_name, last_name, guardian_id, password_hash, language
             FROM account ",
            $condition
        )
    };
}

/// The account of an e-mail address, in any case.
pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Account>, StoreError> {
    let row: Option<Row> = each_db!(conn, c => sqlx::query_as(
        account!("WHERE email = $1"),
    )
    .bind(canonical_email(email))
    .fetch_optional(c)
    .await)?;
    row.map(Account::try_from).transpose()
}

/// An account by its id.
pub async fn by_id(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, StoreError> {
    let row: Option<Row> = each_db!(conn, c => sqlx::query_as(
        account!("WHERE id = $1"),
    )
    .bind(id.0)
    .fetch_optional(c)
    .await)?;
    row.map(Account::try_from).transpose()
}

/// Makes an account of the guichet.
pub async fn add_staff(
    conn: &mut Conn,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO account (id, email, role, first_name, last_name, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account.id.0)
    .bind(canonical_email(&account.email))
    .bind(account.role.as_str())
    .bind(&account.first_name)
    .bind(&account.last_name)
    .bind(&account.password_hash)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Keeps the account's password from changing until the write is done. Answers whether it still
/// is the one of that hash, or still none.
pub async fn hold_password(
    conn: &mut Conn,
    id: AccountId,
    hash: Option<&str>,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "UPDATE account SET password_hash = password_hash
         WHERE id = $1 AND password_hash IS NOT DISTINCT FROM $2",
    )
    .bind(id.0)
    .bind(hash)
    .execute(c)
    .await)?;
    Ok(rows == 1)
}

/// Sets an account's password. Answers whether there is such an account.
pub async fn set_password(conn: &mut Conn, id: AccountId, hash: &str) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query("UPDATE account SET password_hash = $2 WHERE id = $1")
        .bind(id.0)
        .bind(hash)
        .execute(c)
        .await)?;
    Ok(rows == 1)
}

/// Notes the language in which a person is to be written to.
pub async fn speaks(
    conn: &mut Conn,
    id: AccountId,
    language: Option<Language>,
) -> Result<(), StoreError> {
    let Some(language) = language else { return Ok(()) };
    changed!(conn, c => sqlx::query(
        "UPDATE account SET language = $2 WHERE id = $1 AND language IS DISTINCT FROM $2",
    )
    .bind(id.0)
    .bind(language.tag())
    .execute(c)
    .await)?;
    Ok(())
}

/// The language in which a guardian is written to.
pub async fn language_of(conn: &mut Conn, guardian: GuardianId) -> Result<Language, StoreError> {
    let tag: Option<Option<String>> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT language FROM account WHERE guardian_id = $1",
    )
    .bind(guardian.0)
    .fetch_optional(c)
    .await)?;
    language(tag.flatten())
}

fn language(tag: Option<String>) -> Result<Language, StoreError> {
    let Some(tag) = tag else { return Ok(Language::default()) };
    Language::of_tag(&tag).ok_or_else(|| StoreError::corrupt("account", "language", &tag))
}

/// Gives all parents' accounts without a password this one: for the demo alone.
pub async fn set_missing_passwords(conn: &mut Conn, hash: &str) -> Result<u64, StoreError> {
    Ok(changed!(conn, c => sqlx::query(
        "UPDATE account SET password_hash = $1 WHERE password_hash IS NULL AND role = 'parent'",
    )
    .bind(hash)
    .execute(c)
    .await)?)
}

/// The key that signs tokens, made on first use and shared by all replicas. `fresh` is
/// kept only if there is none yet.
pub async fn token_key(conn: &mut Conn, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO token_key (id, secret) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
    )
    .bind(fresh)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(each_db!(conn, c => sqlx::query_scalar("SELECT secret FROM token_key").fetch_one(c).await)?)
}

/// The key that signs tokens, once a server has been started.
pub async fn known_token_key(conn: &mut Conn) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar("SELECT secret FROM token_key")
        .fetch_optional(c)
        .await)?)
}

/// The guichet's accounts, coordinators first.
pub async fn staff(conn: &mut Conn) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(
        account!("WHERE role <> 'parent' ORDER BY role = 'attendant', email"),
    )
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(Account::try_from).collect()
}
