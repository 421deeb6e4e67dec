//! Tariffs, by service and first day.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::billing::{InvoiceLine, ItemPrices, Tariff};
use domain::wire::TariffKey;
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

/// Adds a tariff, or changes the one of that service and day. Answers whether it could: one by which
/// something was billed stays. When a new one may begin is the caller's to say.
pub async fn set(conn: &mut Conn, tariff: &Tariff) -> Result<bool, StoreError> {
    let Tariff { service, from, brackets, prices, reductions } = tariff.clone();
    let prices = write(&Details { brackets, prices, reductions });
    let rows = changed!(conn, c => sqlx::query(
        "INSERT INTO tariff (service, valid_from, prices) VALUES ($1, $2, $3)
         ON CONFLICT (service, valid_from) DO UPDATE SET prices = excluded.prices
             WHERE NOT tariff.billed",
    )
    .bind(service.as_str())
    .bind(from)
    .bind(prices)
    .execute(c)
    .await)?;
    Ok(rows > 0)
}

/// Takes a tariff back by which nothing was billed. Answers whether there was one.
pub async fn remove(
    conn: &mut Conn,
    service: ServiceKind,
    from: NaiveDate,
) -> Result<bool, StoreError> {
    let rows = changed!(conn, c => sqlx::query(
        "DELETE FROM tariff WHERE service = $1 AND valid_from = $2 AND NOT billed",
    )
    .bind(service.as_str())
    .bind(from)
    .execute(c)
    .await)?;
    Ok(rows > 0)
}

/// Notes the tariffs that an invoice's lines were priced by.
pub async fn billed(conn: &mut Conn, lines: &[InvoiceLine]) -> Result<(), StoreError> {
    let used = lines.iter().map(|line| (line.item.service(), line.rule.tariff_from));
    for (service, from) in used.collect::<BTreeSet<_>>() {
        changed!(conn, c => sqlx::query(
            "UPDATE tariff SET billed = TRUE
             WHERE service = $1 AND valid_from = $2 AND NOT billed",
        )
        .bind(service.as_str())
        .bind(from)
        .execute(c)
        .await)?;
    }
    Ok(())
}

/// Those by which nothing was billed yet.
pub async fn changeable(conn: &mut Conn) -> Result<Vec<TariffKey>, StoreError> {
    let rows: Vec<(String, NaiveDate)> = each_db!(conn, c => sqlx::query_as(
        "SELECT service, valid_from FROM tariff WHERE NOT billed ORDER BY service, valid_from",
    )
    .fetch_all(c)
    .await)?;
    let key = |(service, from): (String, NaiveDate)| {
        Ok(TariffKey { service: service_kind(&service, "tariff", "service")?, from })
    };
    rows.into_iter().map(key).collect()
}
