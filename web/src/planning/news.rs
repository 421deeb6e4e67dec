//! Tells what became of each tick, wherever the parent is by then.

use domain::problem::ProblemCode;
use domain::week::Week;
use leptos::prelude::*;

use super::frame::CellKey;
use super::store::{Outcome, Planning};
use crate::api::ApiError;
use crate::components::{Toast, Toasts};
use crate::i18n::{self, Words, use_i18n};

/// Listens for the app's whole life.
pub(crate) fn tell_news() {
    let planning: Planning = expect_context();
    let toasts: Toasts = expect_context();
    let i18n = use_i18n();
    Effect::new(move || {
        let Some(outcome) = planning.outcome() else { return };
        toasts.show(toast(planning, outcome, i18n.words()));
    });
}

fn toast(planning: Planning, outcome: Outcome, words: &'static Words) -> Toast {
    let cells = &words.cells;
    match outcome {
        Outcome::Done { key, booked } => {
            let text =
                news(planning, &key, if booked { cells.added } else { cells.removed }, words);
            Toast::undoable(text, Callback::new(move |()| planning.wish(&key, !booked)))
        }
        Outcome::Refused { error: ApiError::Unreachable, key } => Toast::bad(
            news(planning, &key, cells.unanswered, words),
            words.connection.unknown.to_owned(),
        ),
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
