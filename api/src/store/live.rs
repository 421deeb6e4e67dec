//! Which sessions' seats have changed, told from one replica to the others: by PostgreSQL's
//! LISTEN and NOTIFY. SQLite has one server.

use sqlx::postgres::{PgListener, PgPool};

use super::days::SessionKey;
use super::{Conn, Db, Kind, StoreError, each_db};

/// The name of the channel.
const CHANNEL: &str = "preau_seats";
/// PostgreSQL takes payloads below 8,000 bytes; a session takes at most 52.
const SESSIONS_A_MESSAGE: usize = 128;

/// What another replica tells.
pub struct Ear(PgListener);

impl Ear {
    /// The sessions of the next message from another replica than `me`; `None` when messages may
    /// have been lost, as the connection had to be made anew.
    pub async fn next(&mut self, me: &str) -> Result<Option<Vec<SessionKey>>, StoreError> {
        loop {
            let Some(message) = self.0.try_recv().await? else { return Ok(None) };
            let mut lines = message.payload().lines();
            if lines.next() != Some(me) {
                return Ok(Some(lines.filter_map(read).collect()));
            }
        }
    }
}

fn read(line: &str) -> Option<SessionKey> {
    let (date, activity) = line.split_once(' ')?;
    SessionKey::read(activity, date.parse().ok()?, "live").ok()
}

impl Db {
    /// Listens to the other replicas; `None` where there are none.
    pub async fn ear(&self) -> Result<Option<Ear>, StoreError> {
        let Kind::Postgres { pool, home } = &self.kind else { return Ok(None) };
        let pool = pool.clone();
        let listener = home.spawn(async move { listen(&pool).await }).await;
        let listener = listener.map_err(|_| StoreError::Writer("the server is ending"))??;
        Ok(Some(Ear(listener)))
    }
}

async fn listen(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Tells the other replicas which sessions have changed here.
pub async fn tell(conn: &mut Conn, me: &str, sessions: &[SessionKey]) -> Result<(), StoreError> {
    if !conn.is_postgres() {
        return Ok(());
    }
    for part in sessions.chunks(SESSIONS_A_MESSAGE) {
        let lines = part.iter().map(|session| format!("{} {}", session.date, session.activity));
        let payload = std::iter::once(me.to_owned()).chain(lines).collect::<Vec<_>>().join("\n");
        each_db!(conn, c => sqlx::query("SELECT pg_notify($1, $2)")
            .bind(CHANNEL)
            .bind(&payload)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    Ok(())
}
