//! The store: every SQL statement, on SQLite and on PostgreSQL from one text.
//!
//! A read takes a [`Conn`] from [`Db::read`]; a write is a closure handed to [`Db::write`], run
//! in a transaction and answered only once that is committed. [`each_db!`] expands one body for
//! both databases; what must differ stands in [`dialect`].

pub mod accounts;
pub mod attendance;
pub mod audit;
pub mod billing;
pub mod calendar_feed;
pub mod changes;
pub mod check;
pub mod children;
pub mod days;
pub mod dialect;
pub mod drafts;
pub mod guichet;
pub mod history;
pub mod idempotency;
pub mod inscriptions;
pub mod live;
pub mod mails;
pub mod outbox;
pub mod reminders;
pub mod roster;
pub mod sessions;
pub mod settings;
pub mod sign_ins;
pub mod subscriptions;
pub mod type_week;
pub mod waiting;
pub mod week;

mod table;
mod writer;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use days::SessionKey;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};
use tokio::runtime::Handle;
use tokio::sync::broadcast;
use writer::Writer;

/// What a store function can fail with. None of it is a caller's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row holds what no version of Préau writes.
    #[error("{table}.{column} holds {value:?}")]
    Corrupt { table: &'static str, column: &'static str, value: String },
    /// The database holds no commune yet.
    #[error("the database holds no commune yet: run `preau demo`, or `preau init`")]
    NoCommune,
    /// There is no such database.
    #[error("there is no database {0}: is PREAU_DATABASE_URL right?")]
    NoFile(String),
    /// The writer has ended, or a write panicked.
    #[error("the write was not carried out: {0}")]
    Writer(&'static str),
}

impl StoreError {
    /// Whether the database can't be reached, rather than refusing what it was asked.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Tls, WorkerCrashed};
        let gone = |error: &sqlx::Error| {
            matches!(error, Io(_) | PoolClosed | PoolTimedOut | Tls(_) | WorkerCrashed)
        };
        matches!(self, Self::Sql(error) if gone(error)) || matches!(self, Self::NoCommune)
    }

    pub(crate) fn corrupt(
        table: &'static str,
        column: &'static str,
        value: impl std::fmt::Display,
    ) -> Self {
        Self::Corrupt { table, column, value: value.to_string() }
    }
}

/// Why a write is rolled back.
#[derive(Debug)]
pub enum Undo<T> {
    /// Nothing is to be kept, and this is the answer all the same.
    Answer(T),
    /// It failed.
    Failed(StoreError),
}

impl<T> From<StoreError> for Undo<T> {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// A boxed future that may borrow the connection it was given.
pub type BoxFuture<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// A commune's database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    kind: Kind,
    address: Address,
    statements: Arc<AtomicU64>,
    touched: Touched,
}

/// Tells, after each commit, which sessions' seats it has changed.
type Touched = broadcast::Sender<Vec<SessionKey>>;

/// Commits that a listener may fall behind before it is told that it has.
const BEHIND: usize = 1024;

/// PostgreSQL's connections live on the runtime that opened the pool: the web server's own threads
/// come and go with it.
#[derive(Clone)]
enum Kind {
    Sqlite { readers: SqlitePool, writer: Writer },
    Postgres { pool: PgPool, home: Handle },
}

/// One connection, for reading or inside a write's transaction.
pub struct Conn {
    link: Link,
    statements: Arc<AtomicU64>,
    /// Sessions whose seats this transaction has changed.
    touched: Vec<SessionKey>,
}

enum Link {
    Sqlite(PoolConnection<Sqlite>),
    SqliteWriter(SqliteConnection),
    Postgres(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// The connection as its own database's type; see [`each_db!`].
pub(crate) enum On<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    /// The connection for one statement, which is counted.
    pub(crate) fn on(&mut self) -> On<'_> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &mut self.link {
            Link::Sqlite(conn) => On::Sqlite(conn),
            Link::SqliteWriter(conn) => On::Sqlite(conn),
            Link::Postgres(conn) => On::Postgres(conn),
            Link::PostgresTx(conn) => On::Postgres(conn),
        }
    }

    /// This transaction changes a session's seats: once it is committed, that is told.
    pub(super) fn touch(&mut self, session: &SessionKey) {
        self.touched.push(session.clone());
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.link, Link::Postgres(_) | Link::PostgresTx(_))
    }
}

/// Expands one body for both databases: `each_db!(conn, c => sqlx::query("…").execute(c).await)`.
macro_rules! each_db {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn.on() {
            $crate::store::On::Sqlite($c) => $body,
            $crate::store::On::Postgres($c) => $body,
        }
    };
}
pub(crate) use each_db;

/// The number of rows that a statement changed.
macro_rules! changed {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn.on() {
            $crate::store::On::Sqlite($c) => $body.map(|done| done.rows_affected()),
            $crate::store::On::Postgres($c) => $body.map(|done| done.rows_affected()),
        }
    };
}
pub(crate) use changed;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// `sqlite:///folder/preau.sqlite`, `sqlite:preau.sqlite` or `postgres://user@host/name`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of a SQLite database.
    fn sqlite_file(&self) -> Option<PathBuf> {
        let options =
            self.0.parse::<SqliteConnectOptions>().ok().filter(|_| !self.is_postgres())?;
        Some(options.get_filename().to_owned())
    }

    /// Whether it names a PostgreSQL database.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres://") || self.0.starts_with("postgresql://")
    }
}

/// Readers beside the one writer of SQLite: more than the cores gain nothing.
const SQLITE_READERS: u32 = 4;
/// A connection to PostgreSQL that was idle for so long is tried before it is used.
const RESTED: Duration = Duration::from_secs(1);
/// Connections to PostgreSQL per replica.
const POSTGRES_CONNECTIONS: u32 = 16;

impl Db {
    /// Opens the database and brings its schema up to date. SQLite's file is created if missing.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        let statements = Arc::new(AtomicU64::new(0));
        let (touched, _) = broadcast::channel(BEHIND);
        let kind = if address.is_postgres() {
            let options: PgConnectOptions = address.0.parse()?;
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(Duration::from_secs(15))
                // A round trip for each use would be dear; one that has rested may be gone.
                .test_before_acquire(false)
                .before_acquire(|conn, meta| {
                    Box::pin(async move {
                        Ok(meta.idle_for < RESTED || Connection::ping(conn).await.is_ok())
                    })
                })
                .connect_with(options)
                .await?;
            sqlx::migrate!("../migrations/postgres").run(&pool).await?;
            Kind::Postgres { pool, home: Handle::current() }
        } else {
            let options = address
                .0
                .parse::<SqliteConnectOptions>()?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // An acknowledged write survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(15));
            let mut writer = SqliteConnection::connect_with(&options).await?;
            sqlx::migrate!("../migrations/sqlite").run(&mut writer).await?;
            let writer = Writer::start(writer, Arc::clone(&statements), touched.clone());
            let readers = SqlitePoolOptions::new()
                .max_connections(SQLITE_READERS)
                .acquire_timeout(Duration::from_secs(15))
                .connect_with(options.read_only(true))
                .await?;
            Kind::Sqlite { readers, writer }
        };
        Ok(Self { kind, address: address.clone(), statements, touched })
    }

    /// Opens a database that holds a commune, for a command that must not found one by mistake.
    pub async fn open_existing(address: &Address) -> Result<Self, StoreError> {
        if let Some(file) = address.sqlite_file()
            && !file.is_file()
        {
            return Err(StoreError::NoFile(file.display().to_string()));
        }
        let db = Self::open(address).await?;
        settings::version(&mut db.read().await?).await?;
        Ok(db)
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        let link = match &self.kind {
            Kind::Sqlite { readers, .. } => Link::Sqlite(readers.acquire().await?),
            Kind::Postgres { pool, home } => {
                let pool = pool.clone();
                let acquired = home.spawn(async move { pool.acquire().await }).await;
                Link::Postgres(acquired.map_err(|_| StoreError::Writer("the server is ending"))??)
            }
        };
        Ok(Conn { link, statements: Arc::clone(&self.statements), touched: Vec::new() })
    }

    /// Runs a write in a transaction and answers once it is committed, or rolled back when it
    /// says so or fails. On SQLite, writes that arrive together share one commit.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Undo<T>>> + Send + 'static,
    {
        match &self.kind {
            Kind::Sqlite { writer, .. } => writer.write(work).await,
            Kind::Postgres { pool, home } => {
                let (pool, statements) = (pool.clone(), Arc::clone(&self.statements));
                let touched = self.touched.clone();
                // On a task of its own, so that it comes to its end even when its caller, an HTTP
                // request whose client has gone, does not wait for it.
                home.spawn(write_postgres(pool, statements, touched, work))
                    .await
                    .map_err(|_| StoreError::Writer("it panicked"))?
            }
        }
    }

    /// From now on, the sessions whose seats each commit of this replica has changed.
    #[must_use]
    pub fn touched(&self) -> broadcast::Receiver<Vec<SessionKey>> {
        self.touched.subscribe()
    }

    /// SQL statements run so far, `BEGIN` and `COMMIT` aside.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether it is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.kind, Kind::Postgres { .. })
    }

    /// Waits for the writes under way, then closes all connections.
    pub async fn close(&self) {
        match &self.kind {
            Kind::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Kind::Postgres { pool, .. } => pool.close().await,
        }
    }
}

async fn write_postgres<T, F>(
    pool: PgPool,
    statements: Arc<AtomicU64>,
    touched: Touched,
    work: F,
) -> Result<T, StoreError>
where
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Undo<T>>> + Send,
{
    let mut conn =
        Conn { link: Link::PostgresTx(pool.begin().await?), statements, touched: Vec::new() };
    let outcome = work(&mut conn).await;
    let Link::PostgresTx(tx) = conn.link else {
        return Err(StoreError::Writer("the transaction is gone"));
    };
    match outcome {
        Ok(answer) => {
            tx.commit().await?;
            tell(&touched, conn.touched);
            Ok(answer)
        }
        Err(undo) => {
            tx.rollback().await?;
            match undo {
                Undo::Answer(answer) => Ok(answer),
                Undo::Failed(error) => Err(error),
            }
        }
    }
}

fn tell(listeners: &Touched, touched: Vec<SessionKey>) {
    if !touched.is_empty() {
        // Nobody may be listening, as in a command.
        drop(listeners.send(touched));
    }
}
