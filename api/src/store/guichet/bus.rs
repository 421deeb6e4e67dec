//! Bus trips by child and day, for the weekly check of packages.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::bus::{BusDay, BusPackage};
use domain::wire::ChildView;
use sqlx::FromRow;

use super::children::by_name;
use crate::store::children::{ChildRow, columns};
use crate::store::{Conn, StoreError, each_db};

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    child: ChildRow,
    date: NaiveDate,
    trips: i64,
    package: Option<String>,
}

/// The days of a span, both included, on which each child takes a bus, with its package in that
/// day's term. Children by name, days by date.
pub async fn trips(
    conn: &mut Conn,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<(ChildView, Vec<BusDay>)>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(concat!(
        columns!(),
        ", day.date, day.trips, held.package
         FROM (
             SELECT i.child_id, i.date, COUNT(*) AS trips
             FROM inscription AS i
             JOIN activity ON activity.slug = i.activity AND activity.service = 'bus'
             WHERE i.date BETWEEN $1 AND $2
             GROUP BY i.child_id, i.date
         ) AS day
         JOIN child ON child.id = day.child_id
         LEFT JOIN class ON class.id = child.class_id
         LEFT JOIN term ON day.date BETWEEN term.first_day AND term.last_day
         LEFT JOIN subscription AS held ON held.child_id = day.child_id
             AND held.term_id = term.id AND held.service = 'bus'
         ORDER BY day.date",
    ))
    .bind(first)
    .bind(last)
    .fetch_all(c)
    .await)?;
    let mut children: BTreeMap<_, (ChildView, Vec<BusDay>)> = BTreeMap::new();
    for row in rows {
        let package = row.package.as_deref().map(|text| {
            BusPackage::parse(text)
                .ok_or_else(|| StoreError::corrupt("subscription", "package", text))
        });
        let trips = u32::try_from(row.trips)
            .map_err(|_| StoreError::corrupt("inscription", "count", row.trips))?;
        let day = BusDay { date: row.date, trips, package: package.transpose()? };
        let child = ChildView::from(row.child);
        children.entry(by_name(&child)).or_insert_with(|| (child, Vec::new())).1.push(day);
    }
    Ok(children.into_values().collect())
}
