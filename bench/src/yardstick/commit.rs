//! SQLite alone: the statements of a tick or an untick, one commit at a time.

use anyhow::{Result, ensure};
use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::commune::{Commune, Seat, now};
use crate::measure::Client;

/// What one commit does.
struct Change {
    seats: &'static str,
    inscription: &'static str,
    action: &'static str,
    before: &'static str,
    after: &'static str,
}

const TICK: Change = Change {
    seats: "UPDATE session SET taken = taken + 1
        WHERE activity = $1 AND date = $2 AND taken < capacity",
    inscription: "INSERT INTO inscription (activity, date, child_id, origin, created_at)
        VALUES ($1, $2, $3, 'app', '2017-11-06 08:00:00+00:00')",
    action: "inscription.added",
    before: "free",
    after: "booked",
};
const UNTICK: Change = Change {
    seats: "UPDATE session SET taken = taken - 1
        WHERE activity = $1 AND date = $2 AND taken > 0",
    inscription: "DELETE FROM inscription WHERE activity = $1 AND date = $2 AND child_id = $3",
    action: "inscription.removed",
    before: "booked",
    after: "free",
};

pub(crate) struct BareCommit {
    conn: SqliteConnection,
    seat: Seat,
    now: DateTime<Utc>,
    booked: bool,
}

impl BareCommit {
    /// On the database of a commune that nobody serves, with Préau's own settings.
    pub(crate) async fn open(commune: &Commune<'_>, seat: Seat) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(commune.sqlite_file())
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let conn = SqliteConnection::connect_with(&options).await?;
        Ok(Self { conn, seat, now: now()?, booked: false })
    }

    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.conn.close().await?)
    }

    async fn change(&mut self, change: &Change) -> Result<()> {
        let (activity, date) = (self.seat.session.activity.as_str(), self.seat.session.date);
        let seats = sqlx::query(change.seats).bind(activity).bind(date);
        let seats = seats.execute(&mut self.conn).await?.rows_affected();
        let inscription = sqlx::query(change.inscription)
            .bind(activity)
            .bind(date)
            .bind(self.seat.child.0)
            .execute(&mut self.conn)
            .await?
            .rows_affected();
        ensure!((seats, inscription) == (1, 1), "a bare commit changed nothing");
        sqlx::query(
            "INSERT INTO audit
                 (id, at, account_id, origin, action, child_id, activity, date, before, after)
             VALUES ($1, $2, $3, 'app', $4, $5, $6, $7, $8, $9)",
        )
        .bind(Uuid::now_v7())
        .bind(self.now)
        .bind(self.seat.account.0)
        .bind(change.action)
        .bind(self.seat.child.0)
        .bind(activity)
        .bind(date)
        .bind(change.before)
        .bind(change.after)
        .execute(&mut self.conn)
        .await?;
        Ok(())
    }
}

impl Client for BareCommit {
    async fn call(&mut self) -> Result<()> {
        sqlx::query("BEGIN IMMEDIATE").execute(&mut self.conn).await?;
        self.change(if self.booked { &UNTICK } else { &TICK }).await?;
        sqlx::query("COMMIT").execute(&mut self.conn).await?;
        self.booked = !self.booked;
        Ok(())
    }
}
