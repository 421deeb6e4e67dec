//! Children, as their guardians see them.

use chrono::NaiveDate;
use domain::ids::{AccountId, ChildId, FamilyId, GuardianId};
use domain::wire::ChildView;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Conn, StoreError, each_db};

/// A child's own columns, and the name of its class as `class_name`.
#[derive(FromRow)]
pub(super) struct ChildRow {
    pub(super) id: Uuid,
    family_id: Uuid,
    first_name: String,
    last_name: String,
    usage_name: String,
    birth_date: Option<NaiveDate>,
    level: String,
    class_name: Option<String>,
}

impl ChildRow {
    /// First name and both last names, to be searched in.
    pub(super) fn all_names(&self) -> String {
        format!("{} {} {}", self.first_name, self.last_name, self.usage_name)
    }
}

impl From<ChildRow> for ChildView {
    fn from(row: ChildRow) -> Self {
        Self {
            id: ChildId(row.id),
            family_id: FamilyId(row.family_id),
            first_name: row.first_name,
            last_name: if row.usage_name.is_empty() { row.last_name } else { row.usage_name },
            birth_date: row.birth_date,
            level: row.level,
            class_name: row.class_name.unwrap_or_default(),
        }
    }
}

/// The columns of a [`ChildRow`].
macro_rules! columns {
    () => {
        "SELECT child.id, child.family_id, child.first_name, child.last_name, child.usage_name,
             child.birth_date, child.level, class.name AS class_name"
    };
}
pub(super) use columns;

/// The children that are linked to the guardian `$1`, eldest first.
macro_rules! linked_to_guardian {
    () => {
        " FROM child_guardian AS link
         JOIN child ON child.id = link.child_id
         LEFT JOIN class ON class.id = child.class_id
         WHERE link.guardian_id = $1
         ORDER BY child.birth_date IS NULL, child.birth_date, child.first_name, child.id"
    };
}
pub(super) use linked_to_guardian;

/// The children linked to a guardian, eldest first.
pub async fn of_guardian(
    conn: &mut Conn,
    guardian: GuardianId,
) -> Result<Vec<ChildView>, StoreError> {
    let rows: Vec<ChildRow> = each_db!(conn, c =>
        sqlx::query_as(concat!(columns!(), linked_to_guardian!()))
            .bind(guardian.0)
            .fetch_all(c)
            .await)?;
    Ok(rows.into_iter().map(ChildView::from).collect())
}

/// A child with the account of its first guardian who has one.
#[derive(Clone, Copy, Debug)]
pub struct Enrolled {
    pub child: ChildId,
    pub family: FamilyId,
    pub account: Option<AccountId>,
}

/// All children, in the order in which they came.
pub async fn enrolled(conn: &mut Conn) -> Result<Vec<Enrolled>, StoreError> {
    let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = each_db!(conn, c => sqlx::query_as(
        "SELECT child.id, child.family_id, (
             SELECT account.id FROM child_guardian AS link
             JOIN account ON account.guardian_id = link.guardian_id
             WHERE link.child_id = child.id ORDER BY link.guardian_id LIMIT 1)
         FROM child ORDER BY child.id",
    )
    .fetch_all(c)
    .await)?;
    Ok(rows
        .into_iter()
        .map(|(child, family, account)| Enrolled {
            child: ChildId(child),
            family: FamilyId(family),
            account: account.map(AccountId),
        })
        .collect())
}

/// A parent's login and one of the children linked to it.
#[derive(Clone, Debug)]
pub struct Link {
    pub email: String,
    pub family: FamilyId,
    pub child: ChildId,
}

/// All parents' logins with their children, guardians in the order in which they came.
pub async fn links(conn: &mut Conn) -> Result<Vec<Link>, StoreError> {
    let rows: Vec<(String, Uuid, Uuid)> = each_db!(conn, c => sqlx::query_as(
        "SELECT account.email, child.family_id, child.id
         FROM account
         JOIN child_guardian AS link ON link.guardian_id = account.guardian_id
         JOIN child ON child.id = link.child_id
         ORDER BY account.guardian_id, child.birth_date IS NULL, child.birth_date, child.id",
    )
    .fetch_all(c)
    .await)?;
    Ok(rows
        .into_iter()
        .map(|(email, family, child)| Link {
            email,
            family: FamilyId(family),
            child: ChildId(child),
        })
        .collect())
}
