//! Why a request has no answer that can be used.

use chrono::NaiveDate;
use domain::problem::{Problem, ProblemCode};

use crate::i18n::Words;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// No answer: no network, or a server that is down.
    Unreachable,
    /// The server refuses, and says why.
    Refused(Box<Refused>),
    /// An answer that is none of the server's own, with its status.
    Unreadable(u16),
    /// The session is over; the app is on its way to the sign-in page.
    SignedOut,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) problem: Problem,
    /// Seconds to wait before the next try.
    pub(crate) retry_after: Option<u32>,
}

impl ApiError {
    /// What an answer of 400 and above means.
    pub(crate) fn of_answer(status: u16, retry_after: Option<u32>, body: &str) -> Self {
        match serde_json::from_str::<Problem>(body) {
            // A gateway's words as well as the server's own: nothing behind it can be used.
            _ if matches!(status, 502..=504) => Self::Unreachable,
            Ok(problem) => Self::Refused(Box::new(Refused { problem, retry_after })),
            Err(_) => Self::Unreadable(status),
        }
    }

    pub(crate) fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused(refused) => Some(refused.problem.code),
            _ => None,
        }
    }

    /// Whether the request may have been carried out all the same: no answer came, or a fault's.
    pub(crate) fn is_unsure(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable(_) => true,
            Self::Refused(refused) => refused.problem.status >= 500,
            Self::SignedOut => false,
        }
    }

    /// A 401 that a fresh access token cures.
    pub(crate) fn asks_for_token(&self) -> bool {
        matches!(
            self.code(),
            Some(ProblemCode::TokenExpired | ProblemCode::TokenInvalid | ProblemCode::TokenMissing)
        )
    }

    /// A title, and what can be done.
    pub(crate) fn words(&self, words: &Words) -> (String, String) {
        match self {
            Self::Unreachable | Self::SignedOut => {
                (words.connection.title.to_owned(), words.connection.advice.to_owned())
            }
            Self::Unreadable(status) => (
                words.common.fault_title.to_owned(),
                (words.common.server_fault)(&status.to_string()),
            ),
            Self::Refused(refused) => {
                let mut detail = refused.problem.detail.clone();
                if let Some(seconds) = refused.retry_after {
                    detail = format!("{detail} {}", (words.common.wait)(&seconds.to_string()));
                }
                if let Some(number) = &refused.problem.request_id {
                    detail = format!("{detail} {}", (words.common.reference)(number));
                }
                (refused.problem.title.clone(), detail)
            }
        }
    }

    /// The days without a seat, of an activity that is booked for a whole term.
    pub(crate) fn full_days(&self) -> &[NaiveDate] {
        match self {
            Self::Refused(refused) => &refused.problem.full_days,
            _ => &[],
        }
    }

    /// What is wrong with a field of the request's body, named by its JSON pointer.
    pub(crate) fn of_field(&self, pointer: &str) -> Option<&str> {
        let Self::Refused(refused) = self else { return None };
        let error = refused.problem.errors.iter().find(|error| error.pointer == pointer)?;
        Some(&error.detail)
    }
}

#[cfg(test)]
mod tests {
    use domain::problem::{FieldError, Language};

    use super::*;
    use crate::i18n::words;

    fn body(problem: &Problem) -> String {
        serde_json::to_string(problem).unwrap()
    }

    #[test]
    fn a_problem_speaks_for_itself() {
        let mut problem = Problem::new(ProblemCode::RateLimited, Language::French);
        problem.request_id = Some("7f3a".into());
        let error = ApiError::of_answer(429, Some(30), &body(&problem));
        let (title, detail) = error.words(words(Language::French));
        assert_eq!(title, problem.title);
        assert!(detail.starts_with(&problem.detail), "{detail}");
        assert!(detail.contains("30") && detail.contains("7f3a"), "{detail}");
    }

    #[test]
    fn fields_are_found_by_pointer() {
        let mut problem = Problem::new(ProblemCode::ValidationFailed, Language::French);
        problem.errors =
            vec![FieldError { pointer: "/new_password".into(), detail: "Trop court.".into() }];
        let error = ApiError::of_answer(422, None, &body(&problem));
        assert_eq!(error.of_field("/new_password"), Some("Trop court."));
        assert_eq!(error.of_field("/current_password"), None);
    }

    #[test]
    fn a_gateway_without_its_server_is_no_connection() {
        let problem = Problem::new(ProblemCode::Unavailable, Language::French);
        assert_eq!(ApiError::of_answer(503, None, &body(&problem)), ApiError::Unreachable);
        assert_eq!(ApiError::of_answer(502, None, "<html>"), ApiError::Unreachable);
        assert_eq!(ApiError::of_answer(500, None, "<html>"), ApiError::Unreadable(500));
    }

    #[test]
    fn after_a_fault_nobody_knows_what_was_done() {
        let refused = |code: ProblemCode| {
            let problem = Problem::new(code, Language::French);
            ApiError::of_answer(code.status(), None, &body(&problem))
        };
        assert!(refused(ProblemCode::Internal).is_unsure());
        assert!(ApiError::Unreachable.is_unsure() && ApiError::Unreadable(500).is_unsure());
        assert!(!refused(ProblemCode::SessionFull).is_unsure());
    }

    #[test]
    fn only_a_token_s_fault_asks_for_another_token() {
        for (code, asks) in [
            (ProblemCode::TokenExpired, true),
            (ProblemCode::TokenInvalid, true),
            (ProblemCode::TokenMissing, true),
            (ProblemCode::InvalidCredentials, false),
            (ProblemCode::Forbidden, false),
        ] {
            let problem = Problem::new(code, Language::English);
            let error = ApiError::of_answer(code.status(), None, &body(&problem));
            assert_eq!(error.asks_for_token(), asks, "{code:?}");
        }
    }
}
