//! What a family's prices follow from, and to whom its invoices are made out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::billing::{BilledChild, FamilyQuotient, Household, Payer, QuotientSource, Residence};
use domain::ids::{ChildId, FamilyId, GuardianId};
use domain::wire::{BilledChildView, NamedChild};
use sqlx::FromRow;
use uuid::Uuid;

use crate::store::{Conn, StoreError, changed, each_db};

/// Holds a family's row until the transaction ends, so that its papers are made by one at a time.
/// Comes before any session's row. Answers whether there is such a family.
pub async fn hold(conn: &mut Conn, family: FamilyId) -> Result<bool, StoreError> {
    let held = changed!(conn, c => sqlx::query(
        "UPDATE family SET version = version WHERE id = $1",
    )
    .bind(family.0)
    .execute(c)
    .await)?;
    Ok(held > 0)
}

/// Whether a guardian belongs to a dossier.
pub async fn is_guardians(
    conn: &mut Conn,
    family: FamilyId,
    guardian: GuardianId,
) -> Result<bool, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM family_guardian WHERE family_id = $1 AND guardian_id = $2)",
    )
    .bind(family.0)
    .bind(guardian.0)
    .fetch_one(c)
    .await)?)
}

/// Whether there is such a dossier.
pub async fn exists(conn: &mut Conn, family: FamilyId) -> Result<bool, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM family WHERE id = $1)",
    )
    .bind(family.0)
    .fetch_one(c)
    .await)?)
}

/// The family that is billed for a child's term, the one in which a day lies.
pub async fn of_child(
    conn: &mut Conn,
    child: ChildId,
    day: NaiveDate,
) -> Result<Option<FamilyId>, StoreError> {
    let id: Option<Uuid> = each_db!(conn, c => sqlx::query_scalar(
        "WITH wanted AS (SELECT COALESCE(
             (SELECT last_day FROM term WHERE $2 BETWEEN first_day AND last_day), $2) AS day)
         SELECT family_id FROM child_dossier AS dossier, wanted
         WHERE dossier.child_id = $1
             AND wanted.day > dossier.after AND wanted.day <= dossier.last_day",
    )
    .bind(child.0)
    .bind(day)
    .fetch_optional(c)
    .await)?;
    Ok(id.map(FamilyId))
}

/// The dossiers in which a child is or was whose billing address is that of this one: what one person
/// has paid for it.
pub async fn of_payer(
    conn: &mut Conn,
    child: ChildId,
    family: FamilyId,
) -> Result<Vec<FamilyId>, StoreError> {
    let ids: Vec<Uuid> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT dossier.family_id
         FROM child_dossier AS dossier
         JOIN family_guardian AS payer ON payer.family_id = dossier.family_id AND payer.billing
         JOIN family_guardian AS known ON known.guardian_id = payer.guardian_id AND known.billing
         WHERE dossier.child_id = $1 AND known.family_id = $2",
    )
    .bind(child.0)
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    Ok(ids.into_iter().map(FamilyId).collect())
}

/// The children who have been in more than one dossier, with all of these.
pub async fn moved(conn: &mut Conn) -> Result<BTreeMap<ChildId, Vec<FamilyId>>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = each_db!(conn, c => sqlx::query_as(
        "SELECT DISTINCT child_id, family_id FROM child_dossier
         WHERE child_id IN (SELECT child_id FROM former_dossier)",
    )
    .fetch_all(c)
    .await)?;
    let mut moved: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (child, family) in rows {
        moved.entry(ChildId(child)).or_default().push(FamilyId(family));
    }
    Ok(moved)
}

/// The families after one of them, in the order of their ids.
pub async fn after(
    conn: &mut Conn,
    family: Option<FamilyId>,
    most: i64,
) -> Result<Vec<FamilyId>, StoreError> {
    let ids: Vec<Uuid> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT id FROM family WHERE id > $1 ORDER BY id LIMIT $2",
    )
    .bind(family.map_or(Uuid::nil(), |family| family.0))
    .bind(most)
    .fetch_all(c)
    .await)?;
    Ok(ids.into_iter().map(FamilyId).collect())
}

/// How many families there are.
pub async fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM family").fetch_one(c).await)?)
}

#[derive(FromRow)]
struct ChildRow {
    id: Uuid,
    first_name: String,
    last_name: String,
    usage_name: String,
    birth_date: Option<NaiveDate>,
    level: String,
}

/// A family as it is billed.
#[derive(Clone, Debug, Default)]
pub struct Billed {
    pub household: Household,
    /// The children as an invoice names them, eldest first.
    pub children: Vec<BilledChildView>,
    /// The same by their first names.
    pub first_names: Vec<NamedChild>,
}

impl Billed {
    /// The children's names, for a dossier of which nobody else is known.
    #[must_use]
    pub fn names(&self) -> String {
        let names: Vec<_> = self.children.iter().map(|child| child.name.as_str()).collect();
        names.join(", ")
    }
}

/// All children of a dossier, those who have left and those who are in another now among them, its
/// quotients and residences.
pub async fn billed(conn: &mut Conn, family: FamilyId) -> Result<Billed, StoreError> {
    let rows: Vec<ChildRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT id, first_name, last_name, usage_name, birth_date, level FROM child
         WHERE id IN (SELECT child_id FROM child_dossier WHERE family_id = $1)
         ORDER BY birth_date IS NULL, birth_date, id",
    )
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    let mut billed = Billed::default();
    for row in rows {
        let id = ChildId(row.id);
        billed.household.children.push(BilledChild { id, birth_date: row.birth_date });
        let last = if row.usage_name.is_empty() { row.last_name } else { row.usage_name };
        let name = format!("{} {last}", row.first_name);
        billed.first_names.push(NamedChild { id, first_name: row.first_name });
        billed.children.push(BilledChildView { id, name, level: row.level });
    }
    billed.household.quotients = quotients(conn, family).await?;
    billed.household.residences = residences(conn, family).await?;
    Ok(billed)
}

/// A family's quotients, the latest last.
pub async fn quotients(
    conn: &mut Conn,
    family: FamilyId,
) -> Result<Vec<FamilyQuotient>, StoreError> {
    let rows: Vec<(i32, NaiveDate, NaiveDate, String)> = each_db!(conn, c => sqlx::query_as(
        "SELECT value, valid_from, valid_until, source FROM family_quotient
         WHERE family_id = $1 ORDER BY valid_from",
    )
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    rows.into_iter()
        .map(|(value, from, until, source)| {
            let corrupt =
                |column, value: &str| StoreError::corrupt("family_quotient", column, value);
            Ok(FamilyQuotient {
                value: u32::try_from(value).map_err(|_| corrupt("value", &value.to_string()))?,
                from,
                until,
                source: QuotientSource::parse(&source).ok_or_else(|| corrupt("source", &source))?,
            })
        })
        .collect()
}

/// Where a family has lived, the latest last.
pub async fn residences(conn: &mut Conn, family: FamilyId) -> Result<Vec<Residence>, StoreError> {
    let rows: Vec<(NaiveDate, bool)> = each_db!(conn, c => sqlx::query_as(
        "SELECT valid_from, outside FROM family_residence WHERE family_id = $1 ORDER BY valid_from",
    )
    .bind(family.0)
    .fetch_all(c)
    .await)?;
    Ok(rows.into_iter().map(|(from, outside)| Residence { from, outside }).collect())
}

/// Enters a quotient, or changes the one that holds from that day.
pub async fn set_quotient(
    conn: &mut Conn,
    family: FamilyId,
    quotient: FamilyQuotient,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO family_quotient (family_id, valid_from, valid_until, value, source)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (family_id, valid_from) DO UPDATE SET valid_until = excluded.valid_until,
             value = excluded.value, source = excluded.source",
    )
    .bind(family.0)
    .bind(quotient.from)
    .bind(quotient.until)
    .bind(i32::try_from(quotient.value).unwrap_or(i32::MAX))
    .bind(quotient.source.as_str())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Takes back the quotient that holds from a day. Answers whether there was one.
pub async fn remove_quotient(
    conn: &mut Conn,
    family: FamilyId,
    from: NaiveDate,
) -> Result<bool, StoreError> {
    let removed = changed!(conn, c => sqlx::query(
        "DELETE FROM family_quotient WHERE family_id = $1 AND valid_from = $2",
    )
    .bind(family.0)
    .bind(from)
    .execute(c)
    .await)?;
    Ok(removed > 0)
}

/// Says where a family lives from a day on.
pub async fn set_residence(
    conn: &mut Conn,
    family: FamilyId,
    residence: Residence,
) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO family_residence (family_id, valid_from, outside) VALUES ($1, $2, $3)
         ON CONFLICT (family_id, valid_from) DO UPDATE SET outside = excluded.outside",
    )
    .bind(family.0)
    .bind(residence.from)
    .bind(residence.outside)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

#[derive(FromRow)]
struct PayerRow {
    civility: String,
    first_name: String,
    last_name: String,
    usage_name: String,
    address: String,
    postcode: String,
    city: String,
}

/// The billing address of a family; `None` where the school knows no guardian of its children.
pub async fn payer(conn: &mut Conn, family: FamilyId) -> Result<Option<Payer>, StoreError> {
    let row: Option<PayerRow> = each_db!(conn, c => sqlx::query_as(
        "SELECT civility, first_name, last_name, usage_name, address, postcode, city
         FROM family_guardian AS link
         JOIN guardian ON guardian.id = link.guardian_id
         WHERE link.family_id = $1 AND link.billing",
    )
    .bind(family.0)
    .fetch_optional(c)
    .await)?;
    let Some(row) = row else { return Ok(None) };
    let last = if row.usage_name.is_empty() { &row.last_name } else { &row.usage_name };
    let words = |parts: &[&str]| {
        let parts: Vec<_> =
            parts.iter().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
        parts.join(" ")
    };
    let lines = row.address.lines().map(str::to_owned);
    let town = words(&[&row.postcode, &row.city]);
    Ok(Some(Payer {
        name: words(&[&row.civility, &row.first_name, last]),
        address: lines.chain([town]).filter(|line| !line.trim().is_empty()).collect(),
    }))
}
