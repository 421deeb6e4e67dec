//! What a roster import reads and writes.

mod load;
mod write;

pub use load::load;
pub use write::apply;

use super::{Conn, StoreError, each_db};

/// Keeps other imports and edits of the roster waiting until the transaction ends, so that the
/// plan made in it still holds when it is carried out. SQLite has one writer anyway.
pub async fn lock(conn: &mut Conn) -> Result<(), StoreError> {
    if conn.is_postgres() {
        each_db!(conn, c => sqlx::query(
            "LOCK TABLE school, class, family, guardian, family_guardian, child, child_guardian,
             account IN SHARE ROW EXCLUSIVE MODE",
        )
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(())
}

/// The schools' names.
pub async fn schools(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(each_db!(conn, c => sqlx::query_scalar("SELECT name FROM school ORDER BY name")
        .fetch_all(c)
        .await)?)
}
