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

/// `Léa · Cantine : 4 jours ajoutés`, and how many could not be.
fn several(
    planning: Planning,
    keys: Vec<CellKey>,
    booked: bool,
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
    Toast::info(told).undoable(Callback::new(move |()| planning.change_all(keys.clone(), !booked)))
}

fn toast(planning: Planning, outcome: Outcome, words: &'static Words) -> Toast {
    let cells = &words.cells;
    match outcome {
        Outcome::Done { key, booked } => {
            let text =
                news(planning, &key, if booked { cells.added } else { cells.removed }, words);
            Toast::info(text).undoable(Callback::new(move |()| planning.wish(&key, !booked)))
        }
        Outcome::Waits { key, position } => {
            let told = news(planning, &key, cells.waits, words);
            Toast::info(format!("{told} ({})", (cells.ordinal)(position)))
        }
        Outcome::LeftLine { key } => Toast::info(news(planning, &key, cells.left_line, words))
            .undoable(Callback::new(move |()| planning.wait(key.clone(), true))),
        Outcome::Several { keys, booked, refused } => {
            several(planning, keys, booked, refused, words)
        }
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
