//! How a cell is put into words.

use chrono::NaiveDate;
use domain::cell::CellState;
use domain::problem::ProblemCode;
use domain::seats::Seats;

use super::tick::Look;
use crate::components::Icon;
use crate::i18n::{self, Words};

/// `inscrit, modifiable`.
pub(super) fn state(state: CellState, words: &Words) -> &'static str {
    let cells = &words.cells;
    match state {
        CellState::BookedOpen => cells.booked_open,
        CellState::FreeOpen => cells.free_open,
        CellState::Full => cells.full,
        CellState::Waiting => cells.waiting,
        CellState::BookedLocked => cells.booked_locked,
        CellState::FreeLocked => cells.free_locked,
        CellState::Fixed => cells.fixed,
        CellState::Closed => cells.closed,
        CellState::NotRunning => cells.not_running,
    }
}

/// The class of the style sheet, on top of `tick`.
pub(super) fn class(state: CellState) -> &'static str {
    match state {
        CellState::BookedOpen => "tick booked-open",
        CellState::FreeOpen => "tick free-open",
        CellState::Full => "tick full",
        CellState::Waiting => "tick waiting",
        CellState::BookedLocked => "tick booked-locked",
        CellState::FreeLocked => "tick free-locked",
        CellState::Fixed => "tick fixed",
        CellState::Closed => "tick closed",
        CellState::NotRunning => "tick not-running",
    }
}

/// Never colour alone.
pub(super) fn icon(state: CellState) -> Option<Icon> {
    match state {
        CellState::BookedOpen => Some(Icon::Check),
        CellState::Full => Some(Icon::Alert),
        CellState::Waiting => Some(Icon::Clock),
        CellState::BookedLocked => Some(Icon::CheckLocked),
        CellState::Fixed => Some(Icon::Lock),
        CellState::FreeLocked => Some(Icon::Minus),
        CellState::FreeOpen | CellState::Closed | CellState::NotRunning => None,
    }
}

fn few_seats(look: &Look) -> Option<u32> {
    look.seats_left.filter(|left| look.state == CellState::FreeOpen && Seats::are_few(*left))
}

/// Written in the cell.
pub(super) fn mark(look: &Look, words: &Words) -> Option<String> {
    match look.state {
        CellState::Full => Some(words.cells.full_short.to_owned()),
        CellState::Waiting => Some(
            look.position.map_or_else(|| words.cells.waiting_short.to_owned(), words.cells.ordinal),
        ),
        _ => few_seats(look).map(words.cells.seats_short),
    }
}

/// After the activity and the day: ` : libre, modifiable, 3 places`.
pub(super) fn spoken(look: &Look, words: &Words) -> String {
    let said = state(look.state, words);
    match (look.state, look.position, few_seats(look)) {
        (CellState::Waiting, Some(position), _) => {
            format!("{said}, {}", (words.cells.ordinal)(position))
        }
        (_, _, Some(left)) => format!("{said}, {}", (words.cells.seats)(left)),
        _ => said.to_owned(),
    }
}

/// `Cantine lundi 23`: what stays the same in a cell's name.
pub(super) fn place(activity: &str, date: NaiveDate, words: &Words) -> String {
    format!("{activity} {}", i18n::day(date, words.language))
}

/// Why a cell can't be changed, and what can be done: a title and an advice.
pub(super) fn why(look: &Look, closed: Option<&str>, words: &Words) -> (String, String) {
    if look.state == CellState::Waiting {
        return (state(look.state, words).to_owned(), words.cells.waiting_text.to_owned());
    }
    let code = look.reason.unwrap_or(match look.state {
        CellState::Fixed => ProblemCode::FixedForTerm,
        CellState::Closed => ProblemCode::ClosedDay,
        CellState::NotRunning => ProblemCode::NotRunning,
        CellState::Full => ProblemCode::SessionFull,
        _ => ProblemCode::DeadlinePassed,
    });
    let title = closed.map_or_else(|| code.title(words.language).to_owned(), str::to_owned);
    let advice = match look.deadline {
        Some(deadline) => {
            let since = (words.cells.locked_since)(&i18n::instant(deadline, words.language));
            format!("{since} {}", words.planning.locked_advice)
        }
        None => code.advice(words.language).to_owned(),
    };
    (title, advice)
}

#[cfg(test)]
mod tests {
    use domain::problem::Language;

    use super::*;
    use crate::i18n::words;

    fn look(state: CellState) -> Look {
        Look {
            state,
            seats_left: Some(3),
            position: None,
            waiting: None,
            reason: None,
            deadline: None,
            pending: false,
        }
    }

    #[test]
    fn seats_are_told_when_few_and_free() {
        let fr = words(Language::French);
        let free = look(CellState::FreeOpen);
        assert_eq!(mark(&free, fr).as_deref(), Some("3\u{a0}pl."));
        assert_eq!(spoken(&free, fr), "libre, modifiable, 3\u{a0}places");
        let one = Look { seats_left: Some(1), ..free };
        assert_eq!(spoken(&one, fr), "libre, modifiable, 1\u{a0}place");
        assert_eq!(mark(&Look { seats_left: Some(6), ..free }, fr).as_deref(), None);
        assert_eq!(mark(&look(CellState::BookedOpen), fr).as_deref(), None);
        assert_eq!(spoken(&look(CellState::BookedOpen), fr), "inscrit, modifiable");
    }

    #[test]
    fn a_place_in_line_is_told() {
        let second = Look { position: Some(2), ..look(CellState::Waiting) };
        assert_eq!(mark(&second, words(Language::French)).as_deref(), Some("2e"));
        assert_eq!(spoken(&second, words(Language::French)), "en liste d'attente, 2e");
        assert_eq!(mark(&second, words(Language::English)).as_deref(), Some("2nd"));
        assert_eq!(
            mark(&look(CellState::Waiting), words(Language::French)).as_deref(),
            Some("att.")
        );
    }

    #[test]
    fn every_grey_cell_says_why() {
        for language in [Language::French, Language::English] {
            let words = words(language);
            for state in [
                CellState::Full,
                CellState::Waiting,
                CellState::BookedLocked,
                CellState::FreeLocked,
                CellState::Fixed,
                CellState::Closed,
            ] {
                let (title, advice) = why(&look(state), None, words);
                assert!(!title.is_empty() && advice.len() > 20, "{state:?}");
            }
        }
    }

    #[test]
    fn the_deadline_and_the_closed_day_are_named() {
        let fr = words(Language::French);
        let late = Look {
            reason: Some(ProblemCode::DeadlinePassed),
            deadline: Some("2017-09-12T10:00:00Z".parse().unwrap()),
            ..look(CellState::FreeLocked)
        };
        let (_, advice) = why(&late, None, fr);
        assert!(advice.contains("mardi 12 sept. 12\u{a0}h\u{a0}00"), "{advice}");
        assert!(advice.contains("guichet"), "{advice}");
        let (title, _) = why(&look(CellState::Closed), Some("Armistice de 1918"), fr);
        assert_eq!(title, "Armistice de 1918");
    }
}
