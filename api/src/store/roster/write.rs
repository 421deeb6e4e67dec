//! A plan, carried out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::utc_to_paris;
use domain::ids::{ChildId, FamilyId};
use domain::roster::{
    AccountStep, Change, ClassName, Plan, PlannedChild, PlannedFamily, PlannedGuardian,
};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::store::audit::{self, Actor, Entry};
use crate::store::{Conn, StoreError, each_db, outbox};

/// Writes what a plan says, and nothing if it says that nothing changes. `summary` goes to the
/// audit trail.
pub async fn apply(
    conn: &mut Conn,
    plan: &Plan,
    actor: &Actor,
    summary: &impl Serialize,
) -> Result<(), StoreError> {
    if plan.is_empty() {
        return Ok(());
    }
    for planned in plan.guardians.iter().filter(|guardian| !guardian.unchanged()) {
        guardian(conn, planned, actor).await?;
    }
    for planned in &plan.families {
        family(conn, planned, actor).await?;
    }
    let mut classes = Classes::default();
    for planned in plan.children.iter().filter(|child| !child.unchanged()) {
        child(conn, planned, &mut classes, actor).await?;
    }
    for missing in plan.missing.iter().filter(|child| child.since.is_none()) {
        each_db!(conn, c => sqlx::query(
            "UPDATE child SET missing_since = $2, version = version + 1 WHERE id = $1",
        )
        .bind(missing.id.0)
        .bind(plan.today)
        .execute(c)
        .await
        .map(|_| ()))?;
        let child = Some(missing.id);
        audit::write(conn, actor, Entry { action: "child.missing", child, ..Entry::default() })
            .await?;
    }
    let after = json!({ "school": plan.school, "counts": summary }).to_string();
    let entry = Entry { action: "roster.imported", after: Some(&after), ..Entry::default() };
    audit::write(conn, actor, entry).await
}

async fn guardian(
    conn: &mut Conn,
    planned: &PlannedGuardian,
    actor: &Actor,
) -> Result<(), StoreError> {
    let values = &planned.values;
    let imported = json!(planned.imported).to_string();
    let query = if planned.new {
        "INSERT INTO guardian (id, civility, last_name, usage_name, first_name, email, home_phone,
             work_phone, mobile_phone, address, postcode, city, country, imported)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    } else if planned.changes.is_empty() {
        // What is remembered is no edit: who has the dossier open may still save.
        "UPDATE guardian SET civility = $2, last_name = $3, usage_name = $4, first_name = $5,
             email = $6, home_phone = $7, work_phone = $8, mobile_phone = $9, address = $10,
             postcode = $11, city = $12, country = $13, imported = $14
         WHERE id = $1"
    } else {
        "UPDATE guardian SET civility = $2, last_name = $3, usage_name = $4, first_name = $5,
             email = $6, home_phone = $7, work_phone = $8, mobile_phone = $9, address = $10,
             postcode = $11, city = $12, country = $13, imported = $14, version = version + 1
         WHERE id = $1"
    };
    each_db!(conn, c => sqlx::query(query)
        .bind(planned.id.0)
        .bind(&values.civility)
        .bind(&values.last_name)
        .bind(&values.usage_name)
        .bind(&values.first_name)
        .bind(Some(&values.email).filter(|email| !email.is_empty()))
        .bind(&values.home_phone)
        .bind(&values.work_phone)
        .bind(&values.mobile_phone)
        .bind(&values.address)
        .bind(&values.postcode)
        .bind(&values.city)
        .bind(&values.country)
        .bind(&imported)
        .execute(c)
        .await
        .map(|_| ()))?;
    if !planned.changes.is_empty() {
        let mut before = json!({ "guardian": planned.id });
        let mut after = before.clone();
        note(&planned.changes, &mut before, &mut after);
        let (before, after) = (before.to_string(), after.to_string());
        let entry = Entry {
            action: "guardian.imported",
            before: Some(&before),
            after: Some(&after),
            ..Entry::default()
        };
        audit::write(conn, actor, entry).await?;
    }
    account(conn, planned, actor).await
}

async fn account(
    conn: &mut Conn,
    planned: &PlannedGuardian,
    actor: &Actor,
) -> Result<(), StoreError> {
    let values = &planned.values;
    let last_name =
        if values.usage_name.is_empty() { &values.last_name } else { &values.usage_name };
    let invited = match &planned.account {
        AccountStep::Nothing => None,
        AccountStep::Create { email } => {
            let id = Uuid::now_v7();
            each_db!(conn, c => sqlx::query(
                "INSERT INTO account (id, email, role, first_name, last_name, guardian_id, created_at)
                 VALUES ($1, $2, 'parent', $3, $4, $5, $6)",
            )
            .bind(id)
            .bind(email)
            .bind(&values.first_name)
            .bind(last_name)
            .bind(planned.id.0)
            .bind(actor.now)
            .execute(c)
            .await
            .map(|_| ()))?;
            Some(id)
        }
        AccountStep::Move { account, email } => {
            each_db!(conn, c => sqlx::query("UPDATE account SET email = $2 WHERE id = $1")
                .bind(account.0)
                .bind(email)
                .execute(c)
                .await
                .map(|_| ()))?;
            Some(account.0)
        }
    };
    if !planned.new && !planned.changes.is_empty() {
        each_db!(conn, c => sqlx::query(
            "UPDATE account SET first_name = $2, last_name = $3 WHERE guardian_id = $1",
        )
        .bind(planned.id.0)
        .bind(&values.first_name)
        .bind(last_name)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    if let Some(account) = invited {
        let payload = json!({ "account_id": account }).to_string();
        outbox::add(conn, outbox::INVITATION_MAIL, &payload, actor.now).await?;
    }
    Ok(())
}

async fn family(conn: &mut Conn, planned: &PlannedFamily, actor: &Actor) -> Result<(), StoreError> {
    if planned.new {
        each_db!(conn, c => sqlx::query("INSERT INTO family (id, created_at) VALUES ($1, $2)")
            .bind(planned.id.0)
            .bind(actor.now)
            .execute(c)
            .await
            .map(|_| ()))?;
    } else {
        each_db!(conn, c => sqlx::query("UPDATE family SET version = version + 1 WHERE id = $1")
            .bind(planned.id.0)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    for member in &planned.members {
        each_db!(conn, c => sqlx::query(
            "INSERT INTO family_guardian (family_id, guardian_id, billing, emergency)
             VALUES ($1, $2, $3, $3)",
        )
        .bind(planned.id.0)
        .bind(member.guardian.0)
        .bind(member.first)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(())
}

async fn child(
    conn: &mut Conn,
    planned: &PlannedChild,
    classes: &mut Classes,
    actor: &Actor,
) -> Result<(), StoreError> {
    if planned.updated() {
        let values = &planned.values;
        let class = match &values.class {
            Some(class) => Some(classes.id(conn, class).await?),
            None => None,
        };
        let query = if planned.new {
            "INSERT INTO child (id, family_id, ine, last_name, usage_name, first_name, birth_date,
                 sex, level, class_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        } else {
            "UPDATE child SET family_id = $2, ine = $3, last_name = $4, usage_name = $5,
                 first_name = $6, birth_date = $7, sex = $8, level = $9, class_id = $10,
                 missing_since = NULL, version = version + 1
             WHERE id = $1"
        };
        each_db!(conn, c => sqlx::query(query)
            .bind(planned.id.0)
            .bind(planned.family.0)
            .bind(&values.ine)
            .bind(&values.last_name)
            .bind(&values.usage_name)
            .bind(&values.first_name)
            .bind(values.birth_date)
            .bind(&values.sex)
            .bind(&values.level)
            .bind(class)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    if let Some(family) = planned.moved_from {
        leave(conn, planned.id, family, utc_to_paris(actor.now).date()).await?;
    }
    for guardian in &planned.links {
        each_db!(conn, c => sqlx::query(
            "INSERT INTO child_guardian (child_id, guardian_id) VALUES ($1, $2)",
        )
        .bind(planned.id.0)
        .bind(guardian.0)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    if planned.new {
        return Ok(());
    }
    let (before, after) = child_history(planned);
    let entry = Entry {
        action: "child.imported",
        child: Some(planned.id),
        before: Some(&before),
        after: Some(&after),
        ..Entry::default()
    };
    audit::write(conn, actor, entry).await
}

/// From today on a child is in another dossier; what was before stays this one's.
async fn leave(
    conn: &mut Conn,
    child: ChildId,
    family: FamilyId,
    today: NaiveDate,
) -> Result<(), StoreError> {
    // Not of a dossier that it came into today.
    each_db!(conn, c => sqlx::query(
        "INSERT INTO former_dossier (child_id, family_id, after, last_day)
         SELECT child_id, $2, after, $3 FROM child_dossier
         WHERE child_id = $1 AND after < $3 AND last_day > $3",
    )
    .bind(child.0)
    .bind(family.0)
    .bind(today.pred_opt().unwrap_or(today))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

fn child_history(planned: &PlannedChild) -> (String, String) {
    let (mut before, mut after) = (json!({}), json!({}));
    note(&planned.changes, &mut before, &mut after);
    if let Some(family) = planned.moved_from {
        before["family"] = json!(family);
        after["family"] = json!(planned.family);
    }
    if planned.back {
        before["missing"] = json!(true);
        after["missing"] = json!(false);
    }
    if !planned.links.is_empty() {
        after["guardians_added"] = json!(planned.links);
    }
    (before.to_string(), after.to_string())
}

fn note(changes: &[Change], before: &mut Value, after: &mut Value) {
    for change in changes {
        if let Value::String(field) = json!(change.field) {
            before[&field] = json!(change.old);
            after[&field] = json!(change.new);
        }
    }
}

/// Schools and classes, made when they are first met.
#[derive(Default)]
struct Classes(BTreeMap<(String, String), Uuid>);

impl Classes {
    async fn id(&mut self, conn: &mut Conn, class: &ClassName) -> Result<Uuid, StoreError> {
        let key = (class.school.clone(), class.name.clone());
        if let Some(id) = self.0.get(&key) {
            return Ok(*id);
        }
        let found: Option<Uuid> = each_db!(conn, c => sqlx::query_scalar(
            "SELECT class.id FROM class JOIN school ON school.id = class.school_id
             WHERE school.name = $1 AND class.name = $2",
        )
        .bind(&class.school)
        .bind(&class.name)
        .fetch_optional(c)
        .await)?;
        let id = match found {
            Some(id) => id,
            None => Self::add(conn, class).await?,
        };
        self.0.insert(key, id);
        Ok(id)
    }

    async fn add(conn: &mut Conn, class: &ClassName) -> Result<Uuid, StoreError> {
        each_db!(conn, c => sqlx::query(
            "INSERT INTO school (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(Uuid::now_v7())
        .bind(&class.school)
        .execute(c)
        .await
        .map(|_| ()))?;
        let id = Uuid::now_v7();
        each_db!(conn, c => sqlx::query(
            "INSERT INTO class (id, school_id, name) SELECT $1, id, $3 FROM school WHERE name = $2",
        )
        .bind(id)
        .bind(&class.school)
        .bind(&class.name)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(id)
    }
}
