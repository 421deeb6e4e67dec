//! Tariffs, by service and first day.

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::billing::{InvoiceLine, ItemPrices, Tariff};
use domain::wire::{TariffKey, TariffsView};
use serde::{Deserialize, Serialize};

use super::{read, write};
use crate::store::settings::service_kind;
use crate::store::{Conn, StoreError, changed, each_db};

/// What the row keeps as JSON.
#[derive(Serialize, Deserialize)]
struct Details {
    brackets: Vec<u32>,
    prices: Vec<ItemPrices>,
    reductions: Vec<u8>,
}

/// All tariffs, the latest of a service last.
pub async fn all(conn: &mut Conn) -> Result<Vec<Tariff>, StoreError> {
    let rows: Vec<(String, NaiveDate, String)> = each_db!(conn, c => sqlx::query_as(
        "SELECT service, valid_from, prices FROM tariff ORDER BY service, valid_from",
    )
    .fetch_all(c)
    .await)?;
    rows.into_iter()
        .map(|(service, from, json)| {
            let Details { brackets, prices, reductions } = read(&json, "tariff", "prices")?;
            let service = service_kind(&service, "tariff", "service")?;
            Ok(Tariff { service, from, brackets, prices, reductions })
        })
        .collect()
}

/// Adds a tariff, or changes the one of that service and day. Which may still be changed is the
/// caller's to say.
pub async fn set(conn: &mut Conn, tariff: &Tariff) -> Result<(), StoreError> {
    let Tariff { service, from, brackets, prices, reductions } = tariff.clone();
    let prices = write(&Details { brackets, prices, reductions });
    each_db!(conn, c => sqlx::query(
        "INSERT INTO tariff (service, valid_from, prices) VALUES ($1, $2, $3)
         ON CONFLICT (service, valid_from) DO UPDATE SET prices = excluded.prices",
    )
    .bind(service.as_str())
    .bind(from)
    .bind(prices)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Takes a tariff back. Answers whether there was one.
pub async fn remove(
    conn: &mut Conn,
    service: ServiceKind,
    from: NaiveDate,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "DELETE FROM tariff WHERE service = $1 AND valid_from = $2",
    )
    .bind(service.as_str())
    .bind(from)
    .execute(c)
    .await)?;
    Ok(rows > 0)
}

/// Whether anything was billed by a tariff.
pub async fn is_billed(
    conn: &mut Conn,
    service: ServiceKind,
    from: NaiveDate,
) -> Result<bool, StoreError> {
    // What the lines' JSON holds; whose service's tariff it is, is read from those few.
    let likely: Vec<String> = each_db!(conn, c => sqlx::query_scalar(
        "SELECT lines FROM document WHERE lines LIKE $1 ORDER BY number",
    )
    .bind(format!("%\"tariff_from\":\"{from}\"%"))
    .fetch_all(c)
    .await)?;
    for json in likely {
        let lines: Vec<InvoiceLine> = read(&json, "document", "lines")?;
        let by_it =
            |line: &InvoiceLine| line.item.service() == service && line.rule.tariff_from == from;
        if lines.iter().any(by_it) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All tariffs, and which of them can still be changed.
pub async fn view(conn: &mut Conn, today: NaiveDate) -> Result<TariffsView, StoreError> {
    let tariffs = all(conn).await?;
    let mut changeable = Vec::new();
    for Tariff { service, from, .. } in &tariffs {
        if !is_billed(conn, *service, *from).await? {
            changeable.push(TariffKey { service: *service, from: *from });
        }
    }
    Ok(TariffsView { today, tariffs, changeable })
}
