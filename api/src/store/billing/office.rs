//! Who bills, as the next invoices say it.

use domain::billing::RevenueOffice;

use super::{read, write};
use crate::store::{Conn, StoreError, each_db};

/// The commune's cash desk; `None` until it has been entered.
pub async fn get(conn: &mut Conn) -> Result<Option<RevenueOffice>, StoreError> {
    let json: Option<String> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT details FROM revenue_office",
    )
    .fetch_optional(c)
    .await)?;
    json.map(|json| read(&json, "revenue_office", "details")).transpose()
}

/// The same, held until the transaction ends: whoever issues papers comes here after the family, before
/// the tariffs are read and before any number; whoever changes a tariff, first.
pub async fn hold(conn: &mut Conn) -> Result<Option<RevenueOffice>, StoreError> {
    each_db!(conn, c => sqlx::query("UPDATE revenue_office SET id = id")
        .execute(c)
        .await
        .map(|_| ()))?;
    get(conn).await
}

/// Enters it, or changes it: what was issued keeps its own.
pub async fn set(conn: &mut Conn, office: &RevenueOffice) -> Result<(), StoreError> {
    each_db!(conn, c => sqlx::query(
        "INSERT INTO revenue_office (id, details) VALUES (1, $1)
         ON CONFLICT (id) DO UPDATE SET details = excluded.details",
    )
    .bind(write(office))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
