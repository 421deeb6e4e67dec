//! The one who sends: takes what is due from the outbox, again and again.
//!
//! Each row is claimed by a lease and settled after the exchange with the SMTP server. A server
//! that dies in between sends again when the lease has ended: at least once, with the same
//! `Message-ID`. A row that is refused for now waits ever longer. Most end with what they tell of; the
//! others are given up at an age ([`domain::email`]), whatever the number of their tries. A server that
//! can't be reached is no refusal.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::email::is_given_up;
use domain::problem::Language;
use domain::wire::DocumentView;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use super::due::Due;
use super::letter::{Letter, Pdf};
use super::outcome::Outcome;
use super::paper::{self, DocumentMail};
use super::password::{self, ForgottenMail, InvitationMail};
use super::payment::{self, PaymentMail};
use super::reminder::{self, DeadlineMail};
use super::seat::{self, SeatMail, Served};
use super::settings::MailSettings;
use crate::clock::Clock;
use crate::pdf::{self, PdfError};
use crate::security::tokens::TokenError;
use crate::store::outbox::{self, Claimed};
use crate::store::settings::Cache;
use crate::store::{Conn, Db, StoreError, mails};

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
    /// A letter to which its document is to be attached.
    Paper {
        to: String,
        letter: Letter,
        view: Box<DocumentView>,
        language: Language,
    },
    /// Nobody is to be told, and why.
    Nothing(&'static str),
}

/// Why an e-mail can't be made now.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotMade {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error("the PDF was not made: {0}")]
    Cut(#[from] tokio::task::JoinError),
}

/// Sends a commune's e-mails.
pub struct Sender {
    db: Db,
    clock: Clock,
    settings: Cache,
    mail: MailSettings,
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    due: Due,
}

/// What was done, as far as it matters for what is next.
enum Step {
    Sent,
    Done,
    /// Nothing is due, or nobody is there to take it.
    Idle,
}

impl Sender {
    /// A sender for a database. To be made on a runtime.
    #[must_use]
    pub fn new(db: Db, clock: Clock, mail: MailSettings) -> Self {
        let smtp = mail.transport();
        Self { db, clock, settings: Cache::default(), mail, smtp, due: Due::default() }
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
        let Some(row) = self.claim().await? else {
            let written = self.due.write(&self.db, &self.settings, self.clock.now()).await?;
            return Ok(if written > 0 { Step::Done } else { Step::Idle });
        };
        if row.kind == outbox::SERVED {
            return self.address(&row).await;
        }
        let (to, letter) = match self.letter(&row).await {
            Ok(Ok(made)) => made,
            Ok(Err(why)) => return self.settle(&row, Some(why.to_owned())).await,
            Err(NotMade::Store(error)) if error.is_unreachable() => return Err(error),
            // What is wrong with one family's rows is no reason for the others to wait.
            Err(error) => {
                return self.refused(&row, error.to_string()).await;
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
            Outcome::NotNow(error) => self.refused(&row, error).await,
            Outcome::NoServer(error) => {
                self.put_off(&row, error).await?;
                Ok(Step::Idle)
            }
        }
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

    /// To whom a row's letter goes and what it is, or why nobody is told.
    async fn letter(
        &self,
        row: &Claimed,
    ) -> Result<Result<(String, Letter), &'static str>, NotMade> {
        Ok(match self.compose(row).await? {
            Composed::Letter { to, letter } => Ok((to, letter)),
            Composed::Paper { to, letter, view, language } => {
                let attached = Some(printed(*view, language).await?);
                Ok((to, Letter { attached, ..letter }))
            }
            Composed::Nothing(why) => Err(why),
        })
    }

    async fn compose(&self, row: &Claimed) -> Result<Composed, NotMade> {
        let Some(about) = About::read(row) else { return Ok(Composed::Nothing(UNREADABLE)) };
        let (now, cache, mail) = (self.clock.now(), &self.settings, &self.mail);
        let conn = &mut self.db.read().await?;
        Ok(match about {
            About::Invitation(about) => password::invite(conn, cache, mail, about, now).await?,
            About::Forgotten(about) => {
                password::remind(conn, cache, mail, about, row.created_at, now).await?
            }
            About::Seat(about) => seat::compose(conn, cache, mail, about, now).await?,
            About::Deadline(about) => reminder::compose(conn, cache, mail, about, now).await?,
            About::Document(about) => paper::compose(conn, cache, mail, about, now).await?,
            About::Payment(about) => payment::compose(conn, cache, mail, about, now).await?,
        })
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

    /// Puts an e-mail off, or gives it up.
    async fn refused(&self, row: &Claimed, error: String) -> Result<Step, StoreError> {
        if is_given_up(row.created_at, self.clock.now()) {
            tracing::warn!(id = %row.id, kind = row.kind, error, "e-mail given up");
            return self.settle(row, Some(error)).await;
        }
        self.put_off(row, error).await?;
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

/// What an e-mail is about.
enum About {
    Invitation(InvitationMail),
    Forgotten(ForgottenMail),
    Seat(SeatMail),
    Deadline(DeadlineMail),
    Document(DocumentMail),
    Payment(PaymentMail),
}

impl About {
    fn read(row: &Claimed) -> Option<Self> {
        Some(match row.kind.as_str() {
            outbox::INVITATION_MAIL => Self::Invitation(read(row)?),
            outbox::PASSWORD_MAIL => Self::Forgotten(read(row)?),
            outbox::SEAT_MAIL => Self::Seat(read(row)?),
            outbox::DEADLINE_MAIL => Self::Deadline(read(row)?),
            outbox::DOCUMENT_MAIL => Self::Document(read(row)?),
            outbox::PAYMENT_MAIL => Self::Payment(read(row)?),
            _ => return None,
        })
    }
}

/// A document as it is attached, made where it keeps no other task waiting.
async fn printed(view: DocumentView, language: Language) -> Result<Pdf, NotMade> {
    let name = format!("{}.pdf", view.summary.number);
    let made = tokio::task::spawn_blocking(move || pdf::document(&view, language));
    Ok(Pdf { name, bytes: made.await?? })
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_wait_ever_longer_up_to_half_an_hour() {
        let minutes: Vec<_> = (1..=9).map(|attempts| wait(attempts).num_seconds()).collect();
        assert_eq!(minutes, [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
        assert_eq!(wait(i32::MAX), LONGEST_WAIT);
    }
}
