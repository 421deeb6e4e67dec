//! Tells what became of each tick, wherever the parent is by then.

use domain::problem::ProblemCode;
use domain::week::Week;
use leptos::prelude::*;

use super::frame::CellKey;
use super::page::ShownWeek;
use super::store::{Outcome, Planning};
use crate::api::ApiError;
use crate::components::{Toast, Toasts};
use crate::i18n::{self, Days, Words, use_i18n};

/// Listens for the app's whole life.
pub(crate) fn tell_news() {
    let planning: Planning = expect_context();
    let toasts: Toasts = expect_context();
    let ShownWeek(week) = expect_context();
    let i18n = use_i18n();
    // News of one week would stand over another.
    Effect::new(move |before: Option<()>| {
        week.track();
        if before.is_some() {
            toasts.hide();
        }
    });
    Effect::new(move || {
        let Some(outcome) = planning.outcome() else { return };
        toasts.show(toast(planning, outcome, i18n.words()));
    });
}

/// Whether a change can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Undo {
    Sure,
    /// It gave back a seat that others lacked.
    IfFree,
    /// It gave back a seat that is no longer free: somebody waited for it.
    Gone,
}

impl Undo {
    fn of(booked: bool, seats_left: Option<u32>) -> Self {
        match (booked, seats_left) {
            (false, Some(0)) => Self::Gone,
            (false, Some(1)) => Self::IfFree,
            _ => Self::Sure,
        }
    }
}

/// `Léa · Cantine : 4 jours ajoutés`, and how many could not be.
fn several(
    planning: Planning,
    keys: Vec<CellKey>,
    (booked, seats_left): (bool, Option<u32>),
    refused: usize,
    words: &'static Words,
) -> Toast {
    let row = &words.row;
    let done = (if booked { row.added } else { row.removed })(keys.len());
    let of_row = keys.first().and_then(|key| {
        let frame = planning.frame(Week::of(key.date))?;
        let (plan, found) = frame.find(key)?;
        Some(format!("{} · {}", plan.name, found.title(words)))
    });
    let told = match (of_row, refused) {
        (None, _) => (row.not_changed)(refused),
        (Some(of_row), 0) => (row.told)(&of_row, &done),
        (Some(of_row), _) => {
            (row.told)(&of_row, &format!("{done}, {}", (row.not_changed)(refused)))
        }
    };
    if keys.is_empty() {
        return Toast::info(told);
    }
    let toast = match Undo::of(booked, seats_left) {
        Undo::Sure => Toast::info(told),
        Undo::IfFree | Undo::Gone => Toast::explained(told, row.undo_if_free.to_owned()),
    };
    toast.undoable(Callback::new(move |()| planning.change_all(keys.clone(), !booked)))
}

fn toast(planning: Planning, outcome: Outcome, words: &'static Words) -> Toast {
    let cells = &words.cells;
    match outcome {
        Outcome::Done { key, booked, seats_left } => {
            let text =
                news(planning, &key, if booked { cells.added } else { cells.removed }, words);
            let toast = match Undo::of(booked, seats_left) {
                Undo::Gone => return Toast::explained(text, cells.seat_gone.to_owned()),
                Undo::IfFree => Toast::explained(text, cells.undo_if_free.to_owned()),
                Undo::Sure => Toast::info(text),
            };
            toast.undoable(Callback::new(move |()| planning.wish(&key, !booked)))
        }
        Outcome::Waits { key, position } => {
            let told = news(planning, &key, cells.waits, words);
            Toast::info(format!("{told} ({})", (cells.ordinal)(position)))
        }
        Outcome::LeftLine { key } => Toast::info(news(planning, &key, cells.left_line, words))
            .undoable(Callback::new(move |()| planning.wait(key.clone(), true))),
        Outcome::Several { keys, booked, seats_left, refused } => {
            several(planning, keys, (booked, seats_left), refused, words)
        }
        Outcome::TooLate { key } => Toast::bad(
            news(planning, &key, cells.full_title, words),
            ProblemCode::SessionFull.advice(words.language).to_owned(),
        ),
        Outcome::NothingToDo => Toast::info(words.row.nothing_to_do),
        Outcome::TypeWeek { news, added, removed, full, joined } => {
            let parts = [
                (added, words.row.added as Days),
                (removed, words.row.removed),
                (full - joined, words.row.full),
                (joined, words.row.joined),
            ];
            let told: Vec<_> = parts
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, words)| words(count))
                .collect();
            let of_row = format!("{} · {}", news.child, news.title);
            Toast::explained((words.row.type_week_done)(&of_row), told.join(", "))
        }
        Outcome::Offline(key) => {
            let title = key.map_or_else(
                || words.connection.nothing_done.to_owned(),
                |key| news(planning, &key, cells.refused, words),
            );
            Toast::bad(title, words.connection.not_sent.to_owned())
        }
        Outcome::Failed(error) => {
            let (title, detail) = error.words(words);
            Toast::bad(title, detail)
        }
        Outcome::Refused { error: ApiError::Unreachable, key } => Toast::bad(
            news(planning, &key, cells.unanswered, words),
            words.connection.unknown.to_owned(),
        ),
        Outcome::Refused { error, key } if error.is_unsure() => {
            Toast::bad(news(planning, &key, cells.unanswered, words), error.words(words).1)
        }
        Outcome::Refused { error, key } => {
            let (title, detail) = error.words(words);
            if error.code() == Some(ProblemCode::SessionFull) {
                return Toast::bad(news(planning, &key, cells.full_title, words), detail);
            }
            Toast::bad(news(planning, &key, cells.refused, words), format!("{title}. {detail}"))
        }
    }
}

/// `Léa · Bus 8h30, mardi 24 : inscription retirée`; without the name of an only child.
fn news(
    planning: Planning,
    key: &CellKey,
    say: fn(&str, &str) -> String,
    words: &'static Words,
) -> String {
    let day = i18n::day(key.date, words.language);
    let frame = planning.frame(Week::of(key.date));
    let Some((frame, (plan, row))) =
        frame.as_ref().and_then(|frame| Some((frame, frame.find(key)?)))
    else {
        return say(key.activity.as_str(), &day);
    };
    let news = say(row.title(words), &day);
    if frame.children.len() > 1 { (words.cells.of_child)(&plan.name, &news) } else { news }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scarce_seat_that_was_given_back_may_be_gone() {
        assert_eq!(Undo::of(false, Some(0)), Undo::Gone);
        assert_eq!(Undo::of(false, Some(1)), Undo::IfFree);
        assert_eq!(Undo::of(false, Some(2)), Undo::Sure);
        assert_eq!(Undo::of(false, None), Undo::Sure);
    }

    #[test]
    fn a_seat_that_was_taken_can_be_given_back() {
        for seats_left in [None, Some(0), Some(1)] {
            assert_eq!(Undo::of(true, seats_left), Undo::Sure);
        }
    }
}
