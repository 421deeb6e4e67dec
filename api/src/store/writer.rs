//! SQLite's one writer: it owns the writing connection and lets writes that arrive together share
//! one commit, which `synchronous=FULL` makes the expensive part.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use futures_util::FutureExt;
use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use super::{BoxFuture, Conn, Link, StoreError, Touched, Undo, tell};

/// Writes in one commit at most: beyond that, the first would wait too long for its answer.
const BATCH: usize = 64;
/// Writes that may wait; more callers wait for a place.
const QUEUE: usize = 1024;

/// Answers the caller, once it is known whether the commit held.
type Reply = Box<dyn FnOnce(Result<(), &'static str>) + Send>;
/// Runs the write and says whether to keep it.
type Job = Box<dyn for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, (bool, Reply)> + Send>;

/// A handle to the writer's task.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the task that owns `connection`.
    pub(super) fn start(
        connection: SqliteConnection,
        statements: Arc<AtomicU64>,
        touched: Touched,
    ) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let link = Link::SqliteWriter(connection);
        tokio::spawn(run(Conn { link, statements, touched: Vec::new() }, queue, touched));
        Self { jobs }
    }

    /// See [`super::Db::write`].
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Undo<T>>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            Box::pin(async move {
                // A panic in one write must not end the writer, nor the writes beside it.
                let outcome = AssertUnwindSafe(work(conn)).catch_unwind().await;
                let (keep, outcome) = match outcome {
                    Ok(Ok(value)) => (true, Ok(value)),
                    Ok(Err(Undo::Answer(value))) => (false, Ok(value)),
                    Ok(Err(Undo::Failed(error))) => (false, Err(error)),
                    Err(_) => (false, Err(StoreError::Writer("it panicked"))),
                };
                let reply: Reply = Box::new(move |committed| {
                    // What it read of its neighbours is gone with them.
                    let outcome = committed.map_err(StoreError::Writer).and(outcome);
                    // A caller that has gone away needs no answer.
                    drop(answer.send(outcome));
                });
                (keep, reply)
            })
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Writer("the writer has ended"))?;
        answered.await.map_err(|_| StoreError::Writer("the writer has ended"))?
    }

    /// Waits until the writes before this call are done.
    pub(super) async fn close(&self) {
        // The write's only effect is its turn in the queue.
        drop(self.write(|_| Box::pin(async { Ok(()) })).await);
    }
}

async fn run(mut conn: Conn, mut queue: mpsc::Receiver<Job>, listeners: Touched) {
    while let Some(first) = queue.recv().await {
        let mut replies = Vec::with_capacity(BATCH);
        let outcome = batch(&mut conn, first, &mut queue, &mut replies).await;
        let touched = std::mem::take(&mut conn.touched);
        let committed = match outcome {
            Ok(()) => {
                tell(&listeners, touched);
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, writes = replies.len(), "a commit failed");
                drop(statement(&mut conn, "ROLLBACK").await);
                Err("the commit failed")
            }
        };
        for reply in replies {
            reply(committed);
        }
    }
}

async fn batch(
    conn: &mut Conn,
    first: Job,
    queue: &mut mpsc::Receiver<Job>,
    replies: &mut Vec<Reply>,
) -> Result<(), sqlx::Error> {
    // A deferred transaction could fail when it turns into a writing one. Two statements go in one
    // text where they can: each is a way to the connection's thread and back, which costs more than
    // the statement.
    statement(conn, "BEGIN IMMEDIATE; SAVEPOINT one_write").await?;
    let mut job = first;
    loop {
        let touched = conn.touched.len();
        let (keep, reply) = job(conn).await;
        replies.push(reply);
        if !keep {
            conn.touched.truncate(touched);
            statement(conn, "ROLLBACK TO one_write").await?;
        }
        let next = if replies.len() < BATCH { queue.try_recv().ok() } else { None };
        let Some(next) = next else { break };
        statement(conn, "RELEASE one_write; SAVEPOINT one_write").await?;
        job = next;
    }
    // It releases the last savepoint too.
    statement(conn, "COMMIT").await
}

async fn statement(conn: &mut Conn, sql: &'static str) -> Result<(), sqlx::Error> {
    match &mut conn.link {
        Link::SqliteWriter(connection) => sqlx::query(sql).execute(connection).await.map(|_| ()),
        _ => Err(sqlx::Error::WorkerCrashed),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, Utc};
    use domain::ids::ChildId;
    use uuid::Uuid;

    use super::*;
    use crate::store::{Address, Db, each_db, outbox};

    async fn fresh() -> (Db, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preau.sqlite");
        let db = Db::open(&Address::new(format!("sqlite://{}", file.display()))).await.unwrap();
        (db, folder)
    }

    async fn note(conn: &mut Conn, kind: &str) -> Result<(), StoreError> {
        outbox::add(conn, kind, "{}", DateTime::<Utc>::default()).await
    }

    async fn noted(db: &Db) -> Vec<String> {
        let mut conn = db.read().await.unwrap();
        each_db!(conn, c => sqlx::query_scalar("SELECT kind FROM outbox ORDER BY kind")
            .fetch_all(c)
            .await)
        .unwrap()
    }

    /// Holds the writer, so that the writes sent meanwhile share the next commit.
    fn hold(db: &Db) -> tokio::task::JoinHandle<Result<(), StoreError>> {
        let db = db.clone();
        tokio::spawn(async move {
            db.write(|_| {
                Box::pin(async {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    Ok(())
                })
            })
            .await
        })
    }

    #[tokio::test]
    async fn a_commit_is_durable() {
        let (db, _folder) = fresh().await;
        let synchronous = db
            .write(|conn| {
                Box::pin(async move {
                    let level: i32 = each_db!(conn, c =>
                        sqlx::query_scalar("SELECT synchronous FROM pragma_synchronous")
                            .fetch_one(c)
                            .await
                            .map_err(StoreError::from))?;
                    Ok(level)
                })
            })
            .await;
        assert_eq!(synchronous.unwrap(), 2, "FULL");
    }

    #[tokio::test]
    async fn nothing_of_a_commit_that_fails_is_acknowledged() {
        let (db, _folder) = fresh().await;
        let held = hold(&db);
        tokio::task::yield_now().await;
        let broken = db.write(|conn| {
            Box::pin(async move {
                // Found out at the commit alone: a link of a child that is none.
                each_db!(conn, c => sqlx::query("PRAGMA defer_foreign_keys = ON")
                    .execute(c)
                    .await
                    .map(|_| ()))
                .map_err(StoreError::from)?;
                let nobody = ChildId(Uuid::nil());
                each_db!(conn, c => sqlx::query(
                    "INSERT INTO child_guardian (child_id, guardian_id) VALUES ($1, $1)",
                )
                .bind(nobody.0)
                .execute(c)
                .await
                .map(|_| ()))
                .map_err(StoreError::from)?;
                Ok(())
            })
        });
        let kept = db.write(|conn| {
            Box::pin(async move {
                note(conn, "kept").await?;
                Ok(())
            })
        });
        let undone = db.write(|_| Box::pin(async { Err(Undo::Answer(())) }));
        let (broken, kept, undone) = tokio::join!(broken, kept, undone);
        assert!(broken.is_err() && kept.is_err() && undone.is_err());
        assert!(held.await.unwrap().is_err(), "it opened the same transaction");
        assert!(noted(&db).await.is_empty());
        // The writer goes on.
        db.write(|conn| {
            Box::pin(async move {
                note(conn, "after").await?;
                Ok(())
            })
        })
        .await
        .unwrap();
        assert_eq!(noted(&db).await, ["after"]);
    }

    #[tokio::test]
    async fn a_panic_ends_its_own_write_alone() {
        let (db, _folder) = fresh().await;
        let held = hold(&db);
        tokio::task::yield_now().await;
        let panics = db.write::<(), _>(|conn| {
            Box::pin(async move {
                note(conn, "panicked").await?;
                panic!("as a bug would")
            })
        });
        let beside = db.write(|conn| {
            Box::pin(async move {
                note(conn, "beside").await?;
                Ok(())
            })
        });
        let (panics, beside) = tokio::join!(panics, beside);
        assert!(panics.is_err());
        beside.unwrap();
        held.await.unwrap().unwrap();
        assert_eq!(noted(&db).await, ["beside"]);
    }
}
