//! The database as an import compares with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::ids::{AccountId, ChildId, FamilyId, GuardianId};
use domain::roster::{
    ChildValues, ClassName, Existing, ExistingAccount, ExistingChild, ExistingFamily,
    ExistingGuardian, GuardianValues, Imported,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::store::{Conn, StoreError, each_db};

#[derive(FromRow)]
struct ChildRow {
    id: Uuid,
    family_id: Uuid,
    ine: Option<String>,
    last_name: String,
    usage_name: String,
    first_name: String,
    birth_date: Option<NaiveDate>,
    sex: String,
    level: String,
    missing_since: Option<NaiveDate>,
    subscribed_until: Option<NaiveDate>,
    class: Option<String>,
    school: Option<String>,
}

#[derive(FromRow)]
struct GuardianRow {
    id: Uuid,
    civility: String,
    last_name: String,
    usage_name: String,
    first_name: String,
    email: Option<String>,
    home_phone: String,
    work_phone: String,
    mobile_phone: String,
    address: String,
    postcode: String,
    city: String,
    country: String,
    imported: String,
    account_id: Option<Uuid>,
    account_email: Option<String>,
    in_use: bool,
}

impl TryFrom<GuardianRow> for ExistingGuardian {
    type Error = StoreError;

    fn try_from(row: GuardianRow) -> Result<Self, StoreError> {
        // Not its text: it has names and addresses, and errors are logged.
        let imported: Imported = serde_json::from_str(&row.imported)
            .map_err(|_| StoreError::corrupt("guardian", "imported", row.id))?;
        let account = row.account_id.zip(row.account_email);
        Ok(Self {
            id: GuardianId(row.id),
            values: GuardianValues {
                civility: row.civility,
                last_name: row.last_name,
                usage_name: row.usage_name,
                first_name: row.first_name,
                email: row.email.unwrap_or_default(),
                home_phone: row.home_phone,
                work_phone: row.work_phone,
                mobile_phone: row.mobile_phone,
                address: row.address,
                postcode: row.postcode,
                city: row.city,
                country: row.country,
            },
            imported,
            account: account.map(|(id, email)| {
                let in_use = row.in_use;
                ExistingAccount { id: AccountId(id), email, in_use }
            }),
        })
    }
}

/// All that an import compares with.
pub async fn load(conn: &mut Conn) -> Result<Existing, StoreError> {
    let children: Vec<ChildRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT child.id, family_id, ine, last_name, usage_name, first_name, birth_date, sex,
             level, missing_since, class.name AS class, school.name AS school,
             (SELECT MAX(term.last_day) FROM subscription
              JOIN term ON term.id = subscription.term_id
              WHERE subscription.child_id = child.id) AS subscribed_until
         FROM child
         LEFT JOIN class ON class.id = child.class_id
         LEFT JOIN school ON school.id = class.school_id
         ORDER BY child.id",
    )
    .fetch_all(c)
    .await)?;
    let guardians: Vec<GuardianRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT guardian.id, civility, guardian.last_name, usage_name, guardian.first_name,
             guardian.email, home_phone, work_phone, mobile_phone, address, postcode, city,
             country, imported, account.id AS account_id, account.email AS account_email,
             password_hash IS NOT NULL AS in_use
         FROM guardian LEFT JOIN account ON account.guardian_id = guardian.id
         ORDER BY guardian.id",
    )
    .fetch_all(c)
    .await)?;
    let families: Vec<Uuid> = each_db!(conn, c => sqlx::query_scalar("SELECT id FROM family ORDER BY id")
        .fetch_all(c)
        .await)?;
    let mut of_child = pairs(conn, "SELECT child_id, guardian_id FROM child_guardian").await?;
    let mut of_family = pairs(conn, "SELECT family_id, guardian_id FROM family_guardian").await?;
    let staff: Vec<String> = each_db!(conn, c =>
        sqlx::query_scalar("SELECT email FROM account WHERE guardian_id IS NULL").fetch_all(c).await)?;
    Ok(Existing {
        children: children
            .into_iter()
            .map(|row| ExistingChild {
                id: ChildId(row.id),
                family: FamilyId(row.family_id),
                guardians: of_child.remove(&row.id).unwrap_or_default(),
                missing_since: row.missing_since,
                subscribed_until: row.subscribed_until,
                values: ChildValues {
                    last_name: row.last_name,
                    usage_name: row.usage_name,
                    first_name: row.first_name,
                    birth_date: row.birth_date,
                    sex: row.sex,
                    ine: row.ine,
                    level: row.level,
                    class: row
                        .school
                        .zip(row.class)
                        .map(|(school, name)| ClassName { school, name }),
                },
            })
            .collect(),
        guardians: guardians.into_iter().map(TryFrom::try_from).collect::<Result<_, _>>()?,
        families: families
            .into_iter()
            .map(|id| ExistingFamily {
                id: FamilyId(id),
                guardians: of_family.remove(&id).unwrap_or_default(),
            })
            .collect(),
        staff: staff.into_iter().collect(),
    })
}

async fn pairs(
    conn: &mut Conn,
    query: &'static str,
) -> Result<BTreeMap<Uuid, BTreeSet<GuardianId>>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = each_db!(conn, c => sqlx::query_as(query).fetch_all(c).await)?;
    let mut pairs: BTreeMap<Uuid, BTreeSet<GuardianId>> = BTreeMap::new();
    for (key, guardian) in rows {
        pairs.entry(key).or_default().insert(GuardianId(guardian));
    }
    Ok(pairs)
}
