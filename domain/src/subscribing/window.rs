//! When a term's form is open.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::{Calendar, Term, utc_to_paris};
use crate::dates;
use crate::problem::Language;

/// Why parents can't subscribe to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowClosed {
    /// Not before this day.
    NotYet(NaiveDate),
    /// This was the last day; from then on the guichet does it.
    Over(NaiveDate),
}

impl WindowClosed {
    /// When it opens, or what to do now that it is over.
    #[must_use]
    pub fn advice(self, language: Language) -> String {
        let (Self::NotYet(day) | Self::Over(day)) = self;
        let day = dates::full(day, language);
        match (self, language) {
            (Self::NotYet(_), Language::French) => {
                format!("Les abonnements ouvrent le {day}.")
            }
            (Self::NotYet(_), Language::English) => format!("Subscriptions open on {day}."),
            (Self::Over(_), Language::French) => format!(
                "Les abonnements sont clos depuis le {day} au soir. Adressez-vous au guichet \
                 périscolaire."
            ),
            (Self::Over(_), Language::English) => {
                format!("Subscriptions closed on the evening of {day}. Ask the guichet.")
            }
        }
    }
}

/// Whether parents may subscribe to a term at that instant: from midnight to midnight of its
/// window's days, Europe/Paris. The guichet is bound by no window.
pub fn may_subscribe(term: &Term, now: DateTime<Utc>) -> Result<(), WindowClosed> {
    let today = utc_to_paris(now).date();
    if today < term.subscribe_from {
        Err(WindowClosed::NotYet(term.subscribe_from))
    } else if today > term.subscribe_until {
        Err(WindowClosed::Over(term.subscribe_until))
    } else {
        Ok(())
    }
}

/// The terms that parents may subscribe to at that instant, the earliest first.
pub fn open_terms(calendar: &Calendar, now: DateTime<Utc>) -> impl Iterator<Item = &Term> {
    calendar.terms().iter().filter(move |term| may_subscribe(term, now).is_ok())
}

/// What is wrong with the days of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowFault {
    /// It ends before it begins.
    Reversed,
    /// It reaches too far into the term.
    TooLate,
}

impl WindowFault {
    /// What to correct.
    #[must_use]
    pub fn advice(self, language: Language) -> &'static str {
        let (french, english) = match self {
            Self::Reversed => (
                "La fin vient avant le début. Corrigez l'une des dates.",
                "The end comes before the start. Correct one of the dates.",
            ),
            Self::TooLate => (
                "On s'abonne avant que le trimestre commence\u{a0}; au premier, avant qu'il finisse.",
                "A term is subscribed to before it starts; the first, before it ends.",
            ),
        };
        match language {
            Language::French => french,
            Language::English => english,
        }
    }
}

/// What is wrong with a term's window: the next terms are subscribed to before they start, the
/// first at the beginning of the year at the latest (manual, 4).
#[must_use]
pub fn window_fault(term: &Term) -> Option<WindowFault> {
    let too_late = if term.number == 1 {
        term.subscribe_until > term.last_day
    } else {
        term.subscribe_until >= term.first_day
    };
    if term.subscribe_until < term.subscribe_from {
        Some(WindowFault::Reversed)
    } else {
        too_late.then_some(WindowFault::TooLate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{date, neuvecelle};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_lasts_from_midnight_to_midnight_in_paris() {
        let calendar = neuvecelle().calendar;
        // 13 to 27 November 2017.
        let second = &calendar.terms()[1];
        for (now, answer) in [
            ("2017-11-12T22:59:59.999999Z", Err(WindowClosed::NotYet(date("2017-11-13")))),
            ("2017-11-12T23:00:00Z", Ok(())),
            ("2017-11-27T22:59:59.999999Z", Ok(())),
            ("2017-11-27T23:00:00Z", Err(WindowClosed::Over(date("2017-11-27")))),
        ] {
            assert_eq!(may_subscribe(second, utc(now)), answer, "{now}");
        }
        let numbers = |now| open_terms(&calendar, utc(now)).map(|t| t.number).collect::<Vec<_>>();
        assert_eq!(numbers("2017-11-20T12:00:00Z"), [2]);
        assert!(numbers("2017-10-01T12:00:00Z").is_empty());
    }

    #[test]
    fn a_closed_window_says_its_day() {
        let closed = WindowClosed::NotYet(date("2017-12-01"));
        let advice = closed.advice(Language::French);
        assert_eq!(advice, "Les abonnements ouvrent le 1er décembre 2017.");
        let over = WindowClosed::Over(date("2017-11-27")).advice(Language::English);
        assert_eq!(
            over,
            "Subscriptions closed on the evening of 27 November 2017. Ask the guichet."
        );
    }

    #[test]
    fn the_first_term_alone_may_have_begun() {
        let calendar = neuvecelle().calendar;
        for term in calendar.terms() {
            assert_eq!(window_fault(term), None);
            let reversed = Term {
                subscribe_from: term.subscribe_until + chrono::Days::new(1),
                ..term.clone()
            };
            assert_eq!(window_fault(&reversed), Some(WindowFault::Reversed));
            let into = Term { subscribe_until: term.first_day, ..term.clone() };
            let fault = (term.number > 1).then_some(WindowFault::TooLate);
            assert_eq!(window_fault(&into), fault, "{}", term.number);
        }
    }
}
