//! Type weeks, as the subscriptions keep them.

use domain::activity::{ActivitySlug, ServiceKind, Weekdays};
use domain::ids::{ChildId, TermId};
use serde::Serialize;
use uuid::Uuid;

use super::audit::Actor;
use super::{Conn, StoreError, dialect, each_db};

/// A type week's days of one activity.
#[derive(Clone, Debug)]
pub struct NewDays {
    pub child: ChildId,
    pub service: ServiceKind,
    pub activity: ActivitySlug,
    pub before: Weekdays,
    pub after: Weekdays,
}

#[derive(Serialize)]
struct Row<'a> {
    /// The audit entry's.
    id: String,
    child: String,
    service: &'static str,
    activity: &'a str,
    before: u8,
    after: u8,
}

/// Writes the days of several type weeks of a term, by two statements.
pub async fn set(
    conn: &mut Conn,
    actor: &Actor,
    term: TermId,
    new: &[NewDays],
) -> Result<(), StoreError> {
    let rows: Vec<_> = new
        .iter()
        .map(|new| Row {
            id: Uuid::now_v7().simple().to_string(),
            child: new.child.0.simple().to_string(),
            service: new.service.as_str(),
            activity: new.activity.as_str(),
            before: new.before.bits(),
            after: new.after.bits(),
        })
        .collect();
    // Texts and numbers always serialise.
    let listed = serde_json::to_string(&rows).unwrap_or_default();
    let upsert = dialect::pick(
        conn,
        "INSERT INTO subscription_activity (child_id, term_id, service, activity, weekdays)
         SELECT unhex(value ->> 'child'), $2, value ->> 'service', value ->> 'activity',
             value ->> 'after'
         FROM json_each($1) WHERE true
         ON CONFLICT (child_id, term_id, activity) DO UPDATE SET weekdays = excluded.weekdays",
        "INSERT INTO subscription_activity (child_id, term_id, service, activity, weekdays)
         SELECT child, $2, service, activity, after
         FROM jsonb_to_recordset($1::jsonb)
             AS listed (child UUID, service TEXT, activity TEXT, after INTEGER)
         ON CONFLICT (child_id, term_id, activity) DO UPDATE SET weekdays = excluded.weekdays",
    );
    each_db!(conn, c => sqlx::query(upsert).bind(&listed).bind(term.0).execute(c).await.map(|_| ()))?;
    // Bit 0 is Monday, as in the subscription.
    let note = dialect::pick(
        conn,
        "INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, before, after)
         SELECT unhex(value ->> 'id'), $2, $3, $4, 'type_week.updated', unhex(value ->> 'child'),
             value ->> 'activity', CAST(value ->> 'before' AS TEXT), CAST(value ->> 'after' AS TEXT)
         FROM json_each($1)",
        "INSERT INTO audit (id, at, account_id, origin, action, child_id, activity, before, after)
         SELECT id, $2, $3, $4, 'type_week.updated', child, activity, before, after
         FROM jsonb_to_recordset($1::jsonb)
             AS listed (id UUID, child UUID, activity TEXT, before TEXT, after TEXT)",
    );
    each_db!(conn, c => sqlx::query(note)
        .bind(&listed)
        .bind(actor.now)
        .bind(actor.account.map(|id| id.0))
        .bind(actor.origin.as_str())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
