//! Tariffs, by service and first day.

use chrono::NaiveDate;
use domain::billing::{ItemPrices, Tariff};
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
    service: domain::activity::ServiceKind,
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
