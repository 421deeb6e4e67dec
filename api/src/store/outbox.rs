//! Effects to come, written in the transaction of their cause.
//!
//! Whoever carries one out claims it first, by a lease in the row: it is due again when the lease
//! ends, so that nothing is held open meanwhile and the effect outlives a crash. It may then come
//! twice: at least once, on one replica at a time.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::dialect::pick;
use super::{Conn, StoreError, changed, each_db};

/// The kinds of effects that this version carries out: each as a constant, all of them as a list for
/// a statement.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)+) => {
        $($(#[$doc])* pub const $name: &str = $kind;)+

        macro_rules! known_kinds {
            () => { concat!("(", $("'", $kind, "', ",)+ "'')") };
        }
    };
}
kinds! {
    /// An e-mail to an account's address: somebody who has no password yet may choose one.
    INVITATION_MAIL = "mail.invitation";
    /// An e-mail to whoever asked for it: another password may be chosen.
    PASSWORD_MAIL = "mail.password";
    /// A line was served: the child's guardians are to be told, each by an e-mail of their own.
    SERVED = "waiting_list.served";
    /// An e-mail to one guardian: a child has got a seat.
    SEAT_MAIL = "mail.seat";
    /// An e-mail to one guardian: a week's deadline is near.
    DEADLINE_MAIL = "mail.deadline";
    /// An e-mail to a family's billing address: an invoice or a credit note.
    DOCUMENT_MAIL = "mail.document";
    /// An e-mail to a family's billing address: something is due of an invoice.
    PAYMENT_MAIL = "mail.payment";
}

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

/// An effect that is being carried out.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Claimed {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// This one included.
    pub attempts: i32,
}

macro_rules! claim_statement {
    ($lock:literal) => {
        concat!(
            "WITH next AS MATERIALIZED (
                 SELECT id FROM outbox
                 WHERE sent_at IS NULL AND due_at <= $1 AND kind IN ",
            known_kinds!(),
            " ORDER BY due_at, id LIMIT 1 ",
            $lock,
            ")
             UPDATE outbox SET due_at = $2, attempts = attempts + 1
             WHERE id IN (SELECT id FROM next)
             RETURNING id, created_at, kind, payload, attempts"
        )
    };
}
/// Claims the effect that has been due for longest, until the lease ends. Kinds that this version
/// does not know are left to one that does.
pub async fn claim(
    conn: &mut Conn,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Option<Claimed>, StoreError> {
    // On PostgreSQL, replicas pass over what another is claiming.
    let statement = pick(
        conn,
        claim_statement!(""),
        // Once: a subquery could be run again, and lock more than the one.
        claim_statement!("FOR UPDATE SKIP LOCKED"),
    );
    Ok(each_db!(conn, c => sqlx::query_as(statement)
        .bind(now)
        .bind(now + lease)
        .fetch_optional(c)
        .await)?)
}

/// Marks an effect as done, with what kept it from reaching anybody. Answers whether it was not
/// done yet.
pub async fn done(
    conn: &mut Conn,
    id: Uuid,
    now: DateTime<Utc>,
    error: Option<&str>,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "UPDATE outbox SET sent_at = $2, last_error = $3 WHERE id = $1 AND sent_at IS NULL",
    )
    .bind(id)
    .bind(now)
    .bind(error)
    .execute(c)
    .await)?;
    Ok(rows == 1)
}

/// Marks all effects of a kind as done.
pub async fn done_all(conn: &mut Conn, kind: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    changed!(conn, c => sqlx::query(
        "UPDATE outbox SET sent_at = $2 WHERE kind = $1 AND sent_at IS NULL",
    )
    .bind(kind)
    .bind(now)
    .execute(c)
    .await)?;
    Ok(())
}

/// Puts an effect off that could not be carried out.
pub async fn put_off(
    conn: &mut Conn,
    id: Uuid,
    until: DateTime<Utc>,
    error: &str,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "UPDATE outbox SET due_at = $2, last_error = $3 WHERE id = $1 AND sent_at IS NULL",
    )
    .bind(id)
    .bind(until)
    .bind(error)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The kinds of effects to come that this version does not know.
pub async fn unknown_kinds(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(concat!(
        "SELECT DISTINCT kind FROM outbox WHERE sent_at IS NULL AND kind NOT IN ",
        known_kinds!(),
        " ORDER BY kind",
    ))
    .fetch_all(c)
    .await)?)
}

/// Forgets what was done before an instant. Answers how many.
pub async fn forget_done(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(changed!(conn, c => sqlx::query("DELETE FROM outbox WHERE sent_at < $1")
        .bind(before)
        .execute(c)
        .await)?)
}

/// An effect, whatever became of it.
#[derive(Clone, Debug, FromRow)]
pub struct Written {
    pub payload: String,
    pub attempts: i32,
    pub sent_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}

/// The effects of a kind, in the order in which they were written.
pub async fn of_kind(conn: &mut Conn, kind: &str) -> Result<Vec<Written>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_as(
        "SELECT payload, attempts, sent_at, last_error FROM outbox WHERE kind = $1 ORDER BY id",
    )
    .bind(kind)
    .fetch_all(c)
    .await)?)
}
