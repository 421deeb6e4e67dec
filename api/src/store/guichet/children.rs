//! All children of the commune, and how to reach their guardians.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::billing::DocumentNumber;
use domain::ids::ChildId;
use domain::roster;
use domain::wire::{ChildView, Contact, FoundChildren};
use sqlx::FromRow;
use uuid::Uuid;

use crate::store::children::{ChildRow, columns};
use crate::store::{Conn, StoreError, changed, dialect, each_db};

/// Children that a search shows.
const MOST: usize = 20;

/// In the order of a list on paper: accents and case set no name apart.
pub(super) fn by_name(child: &ChildView) -> (String, String, ChildId) {
    (roster::key(&child.last_name), roster::key(&child.first_name), child.id)
}

/// The children whose name, or one of whose guardians', has a word that begins with each word of the
/// search; or those of the dossier of an invoice or a credit note, by its number. Neither database
/// compares without accents as the domain does, so the names are compared here.
pub async fn find(conn: &mut Conn, search: &str) -> Result<FoundChildren, StoreError> {
    if let Ok(number) = DocumentNumber::parse(&search.trim().to_uppercase()) {
        return of_document(conn, number).await;
    }
    let search = roster::key(search);
    if search.is_empty() {
        return Ok(FoundChildren { children: Vec::new(), more: false });
    }
    let rows: Vec<ChildRow> = each_db!(conn, c => sqlx::query_as(concat!(
        columns!(),
        " FROM child LEFT JOIN class ON class.id = child.class_id",
    ))
    .fetch_all(c)
    .await)?;
    let guardians = of_guardians(conn, &search).await?;
    let is_named = |row: &ChildRow| roster::is_found(&search, &roster::key(&row.all_names()));
    let mut found: Vec<_> = rows
        .into_iter()
        .map(|row| (!is_named(&row), row))
        .filter(|(is_other, row)| !is_other || guardians.contains(&row.id))
        .map(|(is_other, row)| (is_other, ChildView::from(row)))
        .collect();
    // Those who are named so themselves first.
    found.sort_by_cached_key(|(is_other, child)| (*is_other, by_name(child)));
    let more = found.len() > MOST;
    found.truncate(MOST);
    Ok(FoundChildren { children: found.into_iter().map(|(_, child)| child).collect(), more })
}

/// The children of the guardians whose names the search finds.
async fn of_guardians(conn: &mut Conn, search: &str) -> Result<HashSet<Uuid>, StoreError> {
    let rows: Vec<(Uuid, String, String, String)> = each_db!(conn, c => sqlx::query_as(
        "SELECT link.child_id, guardian.first_name, guardian.last_name, guardian.usage_name
         FROM child_guardian AS link JOIN guardian ON guardian.id = link.guardian_id",
    )
    .fetch_all(c)
    .await)?;
    let names =
        |first: &str, last: &str, usage: &str| roster::key(&format!("{last} {usage} {first}"));
    let found = rows
        .into_iter()
        .filter(|(_, first, last, usage)| roster::is_found(search, &names(first, last, usage)));
    Ok(found.map(|(child, ..)| child).collect())
}

async fn of_document(conn: &mut Conn, number: DocumentNumber) -> Result<FoundChildren, StoreError> {
    let rows: Vec<ChildRow> = each_db!(conn, c => sqlx::query_as(concat!(
        columns!(),
        " FROM child LEFT JOIN class ON class.id = child.class_id
         WHERE child.family_id = (SELECT d.family_id FROM document AS d WHERE d.number = $1)",
    ))
    .bind(number.to_string())
    .fetch_all(c)
    .await)?;
    let mut children: Vec<_> = rows.into_iter().map(ChildView::from).collect();
    children.sort_by_cached_key(by_name);
    Ok(FoundChildren { children, more: false })
}

/// A child of the commune.
pub async fn get(conn: &mut Conn, child: ChildId) -> Result<Option<ChildView>, StoreError> {
    let row: Option<ChildRow> = each_db!(conn, c => sqlx::query_as(concat!(
        columns!(),
        " FROM child LEFT JOIN class ON class.id = child.class_id
         WHERE child.id = $1",
    ))
    .bind(child.0)
    .fetch_optional(c)
    .await)?;
    Ok(row.map(ChildView::from))
}

/// Holds a child's row until the transaction ends, so that what is decided from its subscriptions is
/// decided by one at a time. Answers whether there is such a child.
pub async fn hold(conn: &mut Conn, child: ChildId) -> Result<bool, StoreError> {
    let held = changed!(conn, c => sqlx::query(
        "UPDATE child SET version = version WHERE id = $1",
    )
    .bind(child.0)
    .execute(c)
    .await)?;
    Ok(held > 0)
}

#[derive(FromRow)]
struct ContactRow {
    child_id: Uuid,
    first_name: String,
    last_name: String,
    usage_name: String,
    email: Option<String>,
    mobile_phone: String,
    home_phone: String,
    work_phone: String,
}

/// The guardians linked to these children, by child.
pub async fn contacts(
    conn: &mut Conn,
    children: &BTreeSet<ChildId>,
) -> Result<HashMap<ChildId, Vec<Contact>>, StoreError> {
    let ids: Vec<_> = children.iter().map(|child| child.0.simple().to_string()).collect();
    // Texts always serialise.
    let listed = serde_json::to_string(&ids).unwrap_or_default();
    let statement = dialect::pick(
        conn,
        "SELECT link.child_id, guardian.first_name, guardian.last_name, guardian.usage_name,
             guardian.email, guardian.mobile_phone, guardian.home_phone, guardian.work_phone
         FROM child_guardian AS link
         JOIN guardian ON guardian.id = link.guardian_id
         WHERE link.child_id IN (SELECT unhex(value) FROM json_each($1))
         ORDER BY link.child_id, guardian.id",
        "SELECT link.child_id, guardian.first_name, guardian.last_name, guardian.usage_name,
             guardian.email, guardian.mobile_phone, guardian.home_phone, guardian.work_phone
         FROM child_guardian AS link
         JOIN guardian ON guardian.id = link.guardian_id
         WHERE link.child_id IN (SELECT value::uuid FROM jsonb_array_elements_text($1::jsonb))
         ORDER BY link.child_id, guardian.id",
    );
    let rows: Vec<ContactRow> =
        each_db!(conn, c => sqlx::query_as(statement).bind(&listed).fetch_all(c).await)?;
    let mut contacts: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let last = if row.usage_name.is_empty() { row.last_name } else { row.usage_name };
        let phones = [row.mobile_phone, row.home_phone, row.work_phone];
        contacts.entry(ChildId(row.child_id)).or_default().push(Contact {
            name: format!("{} {last}", row.first_name),
            email: row.email,
            phone: phones.into_iter().find(|phone| !phone.is_empty()),
        });
    }
    Ok(contacts)
}
