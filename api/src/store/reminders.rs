//! Reminders of a week's deadline: who wishes for them, and which are written.

use chrono::{DateTime, Utc};
use domain::ids::GuardianId;
use domain::week::Week;
use serde_json::json;
use uuid::Uuid;

use super::audit::{self, Actor, Entry};
use super::{Conn, StoreError, changed, each_db, outbox};

/// Whether a guardian wishes to be reminded.
pub async fn wished(conn: &mut Conn, guardian: GuardianId) -> Result<bool, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM reminder_wish WHERE guardian_id = $1)",
    )
    .bind(guardian.0)
    .fetch_one(c)
    .await)?)
}

/// Keeps a guardian's wish. The same again changes nothing.
pub async fn wish(
    conn: &mut Conn,
    actor: &Actor,
    guardian: GuardianId,
    wishes: bool,
) -> Result<(), StoreError> {
    let statement = if wishes {
        "INSERT INTO reminder_wish (guardian_id) VALUES ($1) ON CONFLICT (guardian_id) DO NOTHING"
    } else {
        "DELETE FROM reminder_wish WHERE guardian_id = $1"
    };
    let rows = changed!(conn, c => sqlx::query(statement).bind(guardian.0).execute(c).await)?;
    if rows == 0 {
        return Ok(());
    }
    let word = |wishes| Some(if wishes { "wished" } else { "not wished" });
    let entry = Entry {
        action: "reminder.deadline",
        before: word(!wishes),
        after: word(wishes),
        ..Entry::default()
    };
    audit::write(conn, actor, entry).await
}

/// Puts the reminders of a week into the outbox, unless they have been. Answers how many.
pub async fn write(conn: &mut Conn, week: Week, now: DateTime<Utc>) -> Result<usize, StoreError> {
    // Whoever inserts the week writes its reminders, all in one transaction: a replica that comes
    // second waits for the first and finds it done.
    let first = changed!(conn, c => sqlx::query(
        "INSERT INTO reminder_week (monday, written_at) VALUES ($1, $2)
         ON CONFLICT (monday) DO NOTHING",
    )
    .bind(week.monday())
    .bind(now)
    .execute(c)
    .await)?;
    if first == 0 {
        return Ok(0);
    }
    let guardians: Vec<Uuid> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT guardian_id FROM reminder_wish ORDER BY guardian_id",
    )
    .fetch_all(c)
    .await)?;
    for guardian in &guardians {
        let payload = json!({ "guardian": guardian, "week": week }).to_string();
        outbox::add(conn, outbox::DEADLINE_MAIL, &payload, now).await?;
    }
    Ok(guardians.len())
}

/// The e-mail address of a guardian who still wishes to be reminded.
pub async fn address(conn: &mut Conn, guardian: GuardianId) -> Result<Option<String>, StoreError> {
    let email: Option<Option<String>> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT guardian.email FROM reminder_wish AS wish
         JOIN guardian ON guardian.id = wish.guardian_id WHERE wish.guardian_id = $1",
    )
    .bind(guardian.0)
    .fetch_optional(c)
    .await)?;
    Ok(email.flatten())
}
