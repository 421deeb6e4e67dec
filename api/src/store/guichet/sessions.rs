//! Who is in a session, and who waits.

use chrono::{DateTime, Utc};
use domain::wire::{ChangeOrigin, ChildView, Inscribed};
use sqlx::FromRow;

use super::children::by_name;
use crate::store::children::{ChildRow, columns};
use crate::store::days::SessionKey;
use crate::store::{Conn, StoreError, each_db};

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    child: ChildRow,
    origin: String,
    created_at: DateTime<Utc>,
}

impl Row {
    fn read(self, table: &'static str) -> Result<Inscribed, StoreError> {
        let origin = ChangeOrigin::parse(&self.origin)
            .ok_or_else(|| StoreError::corrupt(table, "origin", &self.origin))?;
        Ok(Inscribed { child: ChildView::from(self.child), since: self.created_at, origin })
    }
}

/// Those who have a seat, by name.
pub async fn inscribed(
    conn: &mut Conn,
    session: &SessionKey,
) -> Result<Vec<Inscribed>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(concat!(
        columns!(),
        ", i.origin, i.created_at
         FROM inscription AS i
         JOIN child ON child.id = i.child_id
         LEFT JOIN class ON class.id = child.class_id
         WHERE i.activity = $1 AND i.date = $2",
    ))
    .bind(session.activity.as_str())
    .bind(session.date)
    .fetch_all(c)
    .await)?;
    let mut children: Vec<_> =
        rows.into_iter().map(|row| row.read("inscription")).collect::<Result<_, _>>()?;
    children.sort_by_cached_key(|inscribed: &Inscribed| by_name(&inscribed.child));
    Ok(children)
}

/// Those who wait for a seat, the first in line first.
pub async fn line(conn: &mut Conn, session: &SessionKey) -> Result<Vec<Inscribed>, StoreError> {
    let rows: Vec<Row> = each_db!(conn, c => sqlx::query_as(concat!(
        columns!(),
        ", w.origin, w.created_at
         FROM waiting AS w
         JOIN child ON child.id = w.child_id
         LEFT JOIN class ON class.id = child.class_id
         WHERE w.activity = $1 AND w.date = $2
         ORDER BY w.turn",
    ))
    .bind(session.activity.as_str())
    .bind(session.date)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(|row| row.read("waiting")).collect()
}
