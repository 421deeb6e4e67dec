//! The one who sends: takes what is due from the outbox, again and again.
//!
//! Each row is claimed by a lease and settled after the exchange with the SMTP server. A server
//! that dies in between sends again when the lease has ended: at least once, with the same
//! `Message-ID`. A row that is refused for now waits ever longer; it ends with what it tells of,
//! which is why nothing is ever given up on account of its tries.

use std::collections::HashSet;
use std::error::Error;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::reminder::Reminder;
use domain::week::Week;
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use super::letter::Letter;
use super::reminder;
use super::seat::{self, SeatMail, Served};
use super::settings::MailSettings;
use crate::clock::Clock;
use crate::store::outbox::{self, Claimed};
use crate::store::settings::Cache;
use crate::store::{Conn, Db, StoreError, mails, reminders};

/// Between two looks into the outbox.
const PAUSE: Duration = Duration::from_secs(5);
/// After an error of the database.
const AFTER_ERROR: Duration = Duration::from_secs(15);
/// How long a claim holds: an exchange is cut off well before.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// For a whole exchange with the SMTP server: whoever stops the sender waits for as long.
pub const EXCHANGE: Duration = Duration::from_mins(1);
/// After the first refusal; doubled with each.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// No refusal puts an e-mail off for longer.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(30);

/// What an e-mail is when it is about to leave.
pub(super) enum Composed {
    Letter {
        to: String,
        letter: Letter,
    },
    /// Nobody is to be told, and why.
    Nothing(&'static str),
}

/// Sends a commune's e-mails.
pub struct Sender {
    db: Db,
    clock: Clock,
    settings: Cache,
    mail: MailSettings,
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    /// The weeks whose reminders are due and known to be written.
    reminded: HashSet<Week>,
}

/// What was done, as far as it matters for what is next.
enum Step {
    Sent,
    Done,
    /// Nothing is due, or nobody is there to take it.
    Idle,
}

/// What became of an exchange with the SMTP server.
enum Outcome {
    Sent,
    /// Never to be tried again.
    Refused(String),
    /// To be tried again.
    NotNow(String),
    /// There is no server to talk to: the other rows need not be tried now.
    NoServer(String),
}

impl Sender {
    /// A sender for a database. To be made on a runtime.
    #[must_use]
    pub fn new(db: Db, clock: Clock, mail: MailSettings) -> Self {
        let smtp = mail.transport();
        Self { db, clock, settings: Cache::default(), mail, smtp, reminded: HashSet::new() }
    }

    /// Sends until it is told to stop, or the other end is dropped. The exchange under way comes to
    /// its end first: a restart sends nothing twice.
    pub async fn run(mut self, mut stop: oneshot::Receiver<()>) {
        if let Err(error) = self.name_unknown_kinds().await {
            tracing::error!(%error, "the outbox can't be read");
        }
        loop {
            let pause = match self.step().await {
                Ok(Step::Idle) => PAUSE,
                Ok(Step::Sent | Step::Done) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(%error, "e-mails could not be sent");
                    AFTER_ERROR
                }
            };
            if tokio::time::timeout(pause, &mut stop).await.is_ok() {
                return;
            }
        }
    }

    async fn name_unknown_kinds(&self) -> Result<(), StoreError> {
        let kinds = outbox::unknown_kinds(&mut self.db.read().await?).await?;
        if !kinds.is_empty() {
            tracing::warn!(?kinds, "the outbox holds what this version does not send: it waits");
        }
        Ok(())
    }

    /// Does all that is due now. Answers how many e-mails have left.
    pub async fn send_due(&mut self) -> Result<usize, StoreError> {
        let mut sent = 0;
        loop {
            match self.step().await? {
                Step::Sent => sent += 1,
                Step::Done => {}
                Step::Idle => return Ok(sent),
            }
        }
    }

    async fn step(&mut self) -> Result<Step, StoreError> {
        let Some(row) = self.claim().await? else { return self.write_reminders().await };
        if row.kind == outbox::SERVED {
            return self.address(&row).await;
        }
        let (to, letter) = match self.compose(&row).await {
            Ok(Composed::Letter { to, letter }) => (to, letter),
            Ok(Composed::Nothing(why)) => return self.settle(&row, Some(why.to_owned())).await,
            Err(error) if error.is_unreachable() => return Err(error),
            // What is wrong with one family's rows is no reason for the others to wait.
            Err(error) => {
                self.put_off(&row, error.to_string()).await?;
                return Ok(Step::Done);
            }
        };
        match self.exchange(&row, &to, &letter).await {
            Outcome::Sent => {
                self.settle(&row, None).await?;
                Ok(Step::Sent)
            }
            Outcome::Refused(error) => {
                tracing::warn!(id = %row.id, kind = row.kind, error, "e-mail refused for good");
                self.settle(&row, Some(error)).await
            }
            Outcome::NotNow(error) => {
                self.put_off(&row, error).await?;
                Ok(Step::Done)
            }
            Outcome::NoServer(error) => {
                self.put_off(&row, error).await?;
                Ok(Step::Idle)
            }
        }
    }

    /// Puts the reminders that are due into the outbox, once for all replicas.
    async fn write_reminders(&mut self) -> Result<Step, StoreError> {
        let mut step = Step::Idle;
        let now = self.clock.now();
        let settings = self.settings.current(&mut self.db.read().await?).await?;
        let due: Vec<_> = Reminder::due(&settings, now).map(|reminder| reminder.week).collect();
        self.reminded.retain(|week| due.contains(week));
        for week in due {
            if self.reminded.contains(&week) {
                continue;
            }
            let written = self
                .db
                .write(move |conn| {
                    Box::pin(async move { Ok(reminders::write(conn, week, now).await?) })
                })
                .await?;
            if written > 0 {
                tracing::info!(%week, written, "reminders of the deadline are due");
                step = Step::Done;
            }
            self.reminded.insert(week);
        }
        Ok(step)
    }

    async fn claim(&self) -> Result<Option<Claimed>, StoreError> {
        let now = self.clock.now();
        self.db
            .write(move |conn| Box::pin(async move { Ok(outbox::claim(conn, now, LEASE).await?) }))
            .await
    }

    /// Makes of a served line an e-mail for each of the child's guardians, so that each is sent,
    /// refused and tried again by itself.
    async fn address(&self, row: &Claimed) -> Result<Step, StoreError> {
        let Some(served) = read::<Served>(row) else {
            return self.settle(row, Some(UNREADABLE.to_owned())).await;
        };
        let (id, now) = (row.id, self.clock.now());
        self.db
            .write(move |conn| Box::pin(async move { Ok(address(conn, id, served, now).await?) }))
            .await?;
        Ok(Step::Done)
    }

    async fn compose(&self, row: &Claimed) -> Result<Composed, StoreError> {
        let now = self.clock.now();
        let (mut conn, cache, mail) = (self.db.read().await?, &self.settings, &self.mail);
        match row.kind.as_str() {
            outbox::SEAT_MAIL => match read::<SeatMail>(row) {
                Some(about) => seat::compose(&mut conn, cache, mail, about, now).await,
                None => Ok(Composed::Nothing(UNREADABLE)),
            },
            _ => match read(row) {
                Some(about) => reminder::compose(&mut conn, cache, mail, about, now).await,
                None => Ok(Composed::Nothing(UNREADABLE)),
            },
        }
    }

    async fn exchange(&self, row: &Claimed, to: &str, letter: &Letter) -> Outcome {
        let Ok(to) = to.trim().parse() else {
            return Outcome::Refused("this is no e-mail address".to_owned());
        };
        let (id, date) = (row.id.to_string(), self.clock.now().into());
        let message = match letter.message(self.mail.from.clone(), to, &id, date) {
            Ok(message) => message,
            Err(error) => return Outcome::Refused(error.to_string()),
        };
        match tokio::time::timeout(EXCHANGE, self.smtp.send(message)).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => Outcome::of(&error),
            Err(_) => Outcome::NoServer("the SMTP server takes too long".to_owned()),
        }
    }

    async fn settle(&self, row: &Claimed, error: Option<String>) -> Result<Step, StoreError> {
        let (id, now) = (row.id, self.clock.now());
        self.db
            .write(move |conn| {
                Box::pin(async move { Ok(outbox::done(conn, id, now, error.as_deref()).await?) })
            })
            .await?;
        Ok(Step::Done)
    }

    async fn put_off(&self, row: &Claimed, error: String) -> Result<(), StoreError> {
        let until = self.clock.now() + wait(row.attempts);
        tracing::warn!(id = %row.id, kind = row.kind, attempts = row.attempts, %until, error, "e-mail put off");
        let id = row.id;
        self.db
            .write(move |conn| {
                Box::pin(async move { Ok(outbox::put_off(conn, id, until, &error).await?) })
            })
            .await
    }
}

const UNREADABLE: &str = "what it is about can't be read";

fn read<T: DeserializeOwned>(row: &Claimed) -> Option<T> {
    serde_json::from_str(&row.payload).ok()
}

async fn address(
    conn: &mut Conn,
    id: uuid::Uuid,
    served: Served,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let addressees = mails::addressees(conn, served.child).await?;
    let nobody = addressees.is_empty().then_some("no guardian has an e-mail address");
    // Another replica may have done it since, if this one was stopped for longer than its lease.
    if !outbox::done(conn, id, now, nobody).await? {
        return Ok(());
    }
    for addressee in addressees {
        let mail = SeatMail { guardian: addressee.guardian, served: served.clone() };
        let payload = serde_json::json!(mail).to_string();
        outbox::add(conn, outbox::SEAT_MAIL, &payload, now).await?;
    }
    Ok(())
}

/// How long an e-mail waits after so many tries.
fn wait(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(10);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

impl Outcome {
    fn of(error: &smtp::Error) -> Self {
        let told = error.to_string();
        if error.is_permanent()
            && error.source().is_some_and(|said| is_the_mailboxs(&said.to_string()))
        {
            return Self::Refused(told);
        }
        // An address that this server can't take is an error of the client: there is a server, and
        // it takes others. That it offers no TLS is another such: nothing is given up for either.
        if error.status().is_some() || error.is_client() {
            Self::NotNow(told)
        } else {
            Self::NoServer(told)
        }
    }
}

/// Whether an answer says that the recipient's mailbox is none, or takes nothing (RFC 3463). A mere
/// 550 may as well mean our own address, a relay that is denied or a list that we stand on, as does
/// 5.2.0 with some.
fn is_the_mailboxs(answer: &str) -> bool {
    let status = answer.split_whitespace().next().unwrap_or_default();
    matches!(status, "5.1.1" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1" | "5.2.2" | "5.2.3")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_the_mailboxs_is_final() {
        for answer in ["5.1.1 no such user", "5.1.10", "5.2.1 disabled"] {
            assert!(is_the_mailboxs(answer), "{answer}");
        }
        for answer in
            ["", "no such user", "5.1.8 sender", "5.2.0 SendAsDenied", "5.7.1 relaying", "5.1.11"]
        {
            assert!(!is_the_mailboxs(answer), "{answer}");
        }
    }

    #[test]
    fn refusals_wait_ever_longer_up_to_half_an_hour() {
        let minutes: Vec<_> = (1..=9).map(|attempts| wait(attempts).num_seconds()).collect();
        assert_eq!(minutes, [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
        assert_eq!(wait(i32::MAX), LONGEST_WAIT);
    }
}
