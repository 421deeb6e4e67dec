//! What a handler fails with. The words are added at the edge, in the caller's language.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use actix_web::{HttpResponse, ResponseError};
use chrono::NaiveDate;
use domain::billing::{BillingError, TariffFault};
use domain::inscription::Refusal;
use domain::mistake::{FieldMistake, ListMistake};
use domain::password::Weak;
use domain::problem::{FieldError, Language, Problem, ProblemCode};
use domain::subscribing::{Fault, WindowClosed};

use crate::pdf::PdfError;
use crate::security::limits::TooMany;
use crate::security::passwords::HashError;
use crate::security::tokens::TokenError;
use crate::store::{StoreError, Undo};

/// A request that can't be answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The caller can do something about it.
    #[error("{}", .0.as_str())]
    Problem(ProblemCode),
    /// The new password is too easy to guess.
    #[error("weak password: {0:?}")]
    Weak(Weak),
    /// The body can't be read; the text says where.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// A field of the body is not usable.
    #[error("{mistake:?} at {pointer}")]
    Field { pointer: &'static str, mistake: FieldMistake },
    /// Several fields of the body are not usable.
    #[error("{0:?}")]
    Fields(Vec<(&'static str, FieldMistake)>),
    /// What is wrong with a tariff.
    #[error("{0:?}")]
    Tariff(Vec<TariffFault>),
    /// A list of the body is not usable.
    #[error("{mistake:?} at {pointer}")]
    List { pointer: String, mistake: ListMistake },
    /// Entries of a list that can't be done, by their pointers, and why.
    #[error("refused: {0:?}")]
    Entries(Vec<(String, ProblemCode)>),
    /// Days of a term's activity on which no seat is left.
    #[error("full: {0:?}")]
    FullDays(Vec<NaiveDate>),
    /// TAP activities of a form without a seat on some of their days.
    #[error("full: {0:?}")]
    FullTaps(Vec<FullTap>),
    /// What is wrong in a subscription form.
    #[error("faults: {0:?}")]
    Faults(Vec<Fault>),
    /// The term can't be subscribed to now.
    #[error("closed: {0:?}")]
    Window(WindowClosed),
    /// Something can't be billed or credited.
    #[error(transparent)]
    Billing(BillingError),
    /// The path knows these methods alone.
    #[error("only {0}")]
    Method(String),
    /// A rule refuses the change.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Too many tries.
    #[error("rate limited for {0:?}")]
    RateLimited(Duration),
    /// A fault of ours: logged, never sent.
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Token(#[from] TokenError),
}

/// A TAP activity of a form that has no seat on these days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullTap {
    pub pointer: String,
    pub name: String,
    pub days: Vec<NaiveDate>,
}

impl FullTap {
    fn told(&self, language: Language) -> String {
        let (name, days) = (&self.name, listed(&self.days));
        match language {
            Language::French => format!(
                "{name} est complet ({days}). Choisissez une autre activité : rien n'est enregistré."
            ),
            Language::English => {
                format!("{name} is full ({days}). Choose another activity: nothing was saved.")
            }
        }
    }
}

fn listed(days: &[NaiveDate]) -> String {
    let named: Vec<_> = days.iter().map(|day| day.format("%d/%m").to_string()).collect();
    named.join(", ")
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

impl From<WindowClosed> for Failure {
    fn from(closed: WindowClosed) -> Self {
        Self::Window(closed)
    }
}

impl From<BillingError> for Failure {
    fn from(error: BillingError) -> Self {
        Self::Billing(error)
    }
}

impl From<ProblemCode> for Failure {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(code)
    }
}

impl From<Weak> for Failure {
    fn from(weak: Weak) -> Self {
        Self::Weak(weak)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<TooMany> for Failure {
    fn from(refused: TooMany) -> Self {
        Self::RateLimited(refused.wait)
    }
}

impl Failure {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Problem(code) => *code,
            Self::Weak(_)
            | Self::Field { .. }
            | Self::Fields(_)
            | Self::Tariff(_)
            | Self::List { .. }
            | Self::Faults(_) => ProblemCode::ValidationFailed,
            Self::Window(_) => ProblemCode::SubscriptionsClosed,
            Self::Billing(BillingError::NoTariff { .. } | BillingError::BadTariff { .. }) => {
                ProblemCode::NoTariff
            }
            Self::Billing(BillingError::NoPayer) => ProblemCode::NoPayer,
            Self::Entries(_) => ProblemCode::ChangesRefused,
            Self::FullDays(_) | Self::FullTaps(_) => ProblemCode::SessionFull,
            Self::Method(_) => ProblemCode::MethodNotAllowed,
            Self::Unreadable(_) => ProblemCode::InvalidRequest,
            Self::Refused(refusal) => refusal.into(),
            Self::RateLimited(_) => ProblemCode::RateLimited,
            Self::Store(error) if error.is_unreachable() => ProblemCode::Unavailable,
            Self::Store(_) | Self::Pdf(_) | Self::Hash(_) | Self::Token(_) | Self::Billing(_) => {
                ProblemCode::Internal
            }
        }
    }

    /// The problem in words.
    #[must_use]
    pub fn problem(&self, language: Language) -> Problem {
        let mut problem = match self {
            Self::Refused(refusal) => Problem::refused(refusal, language),
            other => Problem::new(other.code(), language),
        };
        let at = |pointer: &str, detail: String| {
            vec![FieldError { pointer: pointer.to_owned(), detail }]
        };
        match self {
            Self::Unreadable(detail) => {
                let told = match language {
                    Language::French => format!("Le JSON attendu n'est pas là : {detail}"),
                    Language::English => format!("This is not the JSON expected: {detail}"),
                };
                problem.errors = at("", told);
            }
            Self::Field { pointer, mistake } => {
                problem.errors = at(pointer, mistake.advice(language));
            }
            Self::Fields(fields) => {
                let entry = |(pointer, mistake): &(&str, FieldMistake)| FieldError {
                    pointer: (*pointer).to_owned(),
                    detail: mistake.advice(language),
                };
                problem.errors = fields.iter().map(entry).collect();
            }
            Self::Tariff(faults) => {
                let entry = |fault: &TariffFault| FieldError {
                    pointer: fault.pointer(),
                    detail: fault.advice(language).to_owned(),
                };
                problem.errors = faults.iter().map(entry).collect();
            }
            Self::List { pointer, mistake } => {
                problem.errors = at(pointer, mistake.advice(language));
            }
            Self::Entries(entries) => {
                let entry = |(pointer, code): &(String, ProblemCode)| FieldError {
                    pointer: pointer.clone(),
                    detail: format!("{}. {}", code.title(language), code.advice(language)),
                };
                problem.errors = entries.iter().map(entry).collect();
            }
            Self::FullDays(full) => {
                let days = listed(full);
                problem.detail = match language {
                    Language::French => format!("Plus de place ces jours-là : {days}."),
                    Language::English => format!("No seat left on these days: {days}."),
                };
                problem.seats_left = Some(0);
                problem.full_days.clone_from(full);
            }
            Self::FullTaps(taps) => {
                let told: Vec<_> = taps.iter().map(|tap| tap.told(language)).collect();
                problem.detail = told.join(" ");
                let entry = |(tap, detail): (&FullTap, String)| FieldError {
                    pointer: tap.pointer.clone(),
                    detail,
                };
                problem.errors = taps.iter().zip(told).map(entry).collect();
                problem.seats_left = Some(0);
                let mut days: Vec<_> = taps.iter().flat_map(|tap| tap.days.clone()).collect();
                days.sort_unstable();
                days.dedup();
                problem.full_days = days;
            }
            Self::Faults(faults) => {
                let entry = |fault: &Fault| FieldError {
                    pointer: format!("/children/{}{}", fault.place.at, fault.place.field.pointer()),
                    detail: fault.mistake.advice(language),
                };
                problem.errors = faults.iter().map(entry).collect();
            }
            Self::Billing(why) if problem.status < 500 => problem.detail = why.words(language),
            Self::Window(closed) => problem.detail = closed.advice(language),
            Self::Weak(weak) => problem.errors = at("/new_password", weak.advice(language)),
            _ => {}
        }
        problem
    }

    /// The `Allow` header.
    #[must_use]
    pub fn allow(&self) -> Option<HeaderValue> {
        match self {
            Self::Method(methods) => HeaderValue::from_str(methods).ok(),
            _ => None,
        }
    }

    /// When to try again.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited(wait) => Some(wait.as_secs() + 1),
            _ => None,
        }
    }
}

/// [`or_undo`], but a dry one is rolled back whatever it answers.
pub fn or_undo_if<T>(
    dry: bool,
    made: Result<T, Failure>,
) -> Result<Result<T, Failure>, Undo<Result<T, Failure>>> {
    match made {
        Ok(made) if dry => Err(Undo::Answer(Ok(made))),
        made => or_undo(made),
    }
}

/// What a write answers that is rolled back when it is refused.
pub fn or_undo<T>(
    made: Result<T, Failure>,
) -> Result<Result<T, Failure>, Undo<Result<T, Failure>>> {
    match made {
        Ok(made) => Ok(Ok(made)),
        Err(Failure::Store(error)) => Err(Undo::Failed(error)),
        Err(refused) => Err(Undo::Answer(Err(refused))),
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Without words: [`crate::edge::problems`] writes the body, which knows the language.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
