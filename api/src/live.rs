//! Live seats: every screen that shows a session learns within a moment that its seats have
//! changed, whichever replica changed them.
//!
//! What is told is the state, read after the change, never the change itself: news may come twice
//! or together, and says nothing of who did it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::seats::Seats;
use domain::wire::SessionSeats;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{self, Receiver};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::store::days::SessionKey;
use crate::store::live;
use crate::store::{Db, StoreError, sessions};

/// Changes of so long a time are told together: a rush costs a few readings, not thousands.
const TOGETHER: Duration = Duration::from_millis(150);
/// After an error of the database.
const AFTER_ERROR: Duration = Duration::from_secs(2);
/// News that a slow listener may fall behind before it has to ask anew.
const BEHIND: usize = 256;

/// Told to all who listen.
#[derive(Clone, Debug)]
pub enum News {
    /// The seats of these sessions are these now.
    Seats(Arc<[SessionSeats]>),
    /// Some news is lost: whoever shows seats must ask for them anew.
    Lost,
}

/// The one who tells.
pub struct Live {
    /// `None` once the server ends.
    news: Mutex<Option<broadcast::Sender<News>>>,
    tasks: [JoinHandle<()>; 2],
}

impl Live {
    /// Starts telling what a database's commits change.
    #[must_use]
    pub fn start(db: &Db) -> Self {
        let (news, _) = broadcast::channel(BEHIND);
        let (heard, elsewhere) = mpsc::channel(BEHIND);
        // Tells this replica's own messages from the others'.
        let me = Uuid::now_v7().to_string();
        let tasks = [
            tokio::spawn(hear(db.clone(), me.clone(), heard)),
            tokio::spawn(tell(db.clone(), me, db.touched(), elsewhere, news.clone())),
        ];
        Self { news: Mutex::new(Some(news)), tasks }
    }

    /// From now on, all news; `None` when the server is ending.
    #[must_use]
    pub fn listen(&self) -> Option<Receiver<News>> {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.as_ref().map(broadcast::Sender::subscribe)
    }

    /// How many listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.as_ref().map_or(0, broadcast::Sender::receiver_count)
    }

    fn stop(&self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }

    /// Ends all streams, so that a server that stops need not wait for them.
    pub fn end(&self) {
        self.stop();
        self.news.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A session's seats, as they are told.
#[must_use]
pub fn told((session, seats): (SessionKey, Seats)) -> SessionSeats {
    let SessionKey { activity, date } = session;
    SessionSeats { activity, date, seats_left: seats.left(), waiting: seats.waiting }
}

/// Passes on what the other replicas say, for ever.
async fn hear(db: Db, me: String, heard: mpsc::Sender<Heard>) {
    loop {
        let outcome = async {
            let Some(mut ear) = db.ear().await? else { return Ok(()) };
            // Nobody listened until now.
            let mut next = Heard::Lost;
            while heard.send(next).await.is_ok() {
                next = ear.next(&me).await?.map_or(Heard::Lost, Heard::Changed);
            }
            Ok::<_, StoreError>(())
        };
        let Err(error) = outcome.await else { return };
        tracing::error!(%error, "the other replicas can't be heard");
        tokio::time::sleep(AFTER_ERROR).await;
    }
}

enum Heard {
    Changed(Vec<SessionKey>),
    Lost,
}

/// Tells what changes here and elsewhere, until the database is closed.
async fn tell(
    db: Db,
    me: String,
    mut touched: Receiver<Vec<SessionKey>>,
    mut elsewhere: mpsc::Receiver<Heard>,
    news: broadcast::Sender<News>,
) {
    let lost = || drop(news.send(News::Lost));
    loop {
        let (mut here, mut all) = (BTreeSet::new(), BTreeSet::new());
        tokio::select! {
            changed = touched.recv() => match changed {
                Ok(sessions) => here.extend(sessions),
                Err(RecvError::Lagged(_)) => lost(),
                Err(RecvError::Closed) => return,
            },
            Some(heard) = elsewhere.recv() => match heard {
                Heard::Changed(sessions) => all.extend(sessions),
                Heard::Lost => lost(),
            },
        }
        tokio::time::sleep(TOGETHER).await;
        while let Ok(sessions) = touched.try_recv() {
            here.extend(sessions);
        }
        all.extend(here.iter().cloned());
        let here: Vec<_> = here.into_iter().collect();
        if let Err(error) = publish(&db, &me, &here, &all, &news).await {
            tracing::error!(%error, "changed seats could not be told");
            lost();
            tokio::time::sleep(AFTER_ERROR).await;
        }
    }
}

async fn publish(
    db: &Db,
    me: &str,
    here: &[SessionKey],
    all: &BTreeSet<SessionKey>,
    news: &broadcast::Sender<News>,
) -> Result<(), StoreError> {
    if all.is_empty() {
        return Ok(());
    }
    let mut conn = db.read().await?;
    live::tell(&mut conn, me, here).await?;
    if news.receiver_count() > 0 {
        let seats = sessions::seats_of(&mut conn, all).await?;
        drop(news.send(News::Seats(seats.into_iter().map(told).collect())));
    }
    Ok(())
}
