//! Weeks without a table: what they are, and what can be done.

use std::sync::Arc;

use domain::week::Week;
use leptos::prelude::*;

use super::frame::Frame;
use crate::components::{Icon, IconView};
use crate::i18n::{self, Words, use_words};
use crate::route;

/// Why there is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Empty<'a> {
    NoChild,
    /// All of its days are closed.
    Closed(&'a str),
    BeforeFirst(Week),
    AfterLast(Week),
    BetweenTerms,
}

impl<'a> Empty<'a> {
    pub(super) fn of(frame: &'a Frame) -> Option<Self> {
        if frame.children.is_empty() {
            return Some(Self::NoChild);
        }
        match (frame.first_week, frame.last_week) {
            (Some(first), _) if frame.week < first => return Some(Self::BeforeFirst(first)),
            (_, Some(last)) if frame.week > last => return Some(Self::AfterLast(last)),
            _ => {}
        }
        match frame.closed_label() {
            Some(label) => Some(Self::Closed(label)),
            None if !frame.in_term => Some(Self::BetweenTerms),
            None => None,
        }
    }

    fn title(self, words: &Words) -> String {
        match self {
            Self::NoChild => words.planning.no_child.to_owned(),
            Self::Closed(label) => (words.planning.closed_week)(label),
            Self::BeforeFirst(_) | Self::AfterLast(_) | Self::BetweenTerms => {
                words.planning.out_of_term.to_owned()
            }
        }
    }

    fn advice(self, words: &Words) -> &'static str {
        match self {
            Self::NoChild => words.planning.no_child_advice,
            Self::Closed(_) => words.planning.closed_week_advice,
            Self::BeforeFirst(_) => words.planning.before_first,
            Self::AfterLast(_) => words.planning.after_last,
            Self::BetweenTerms => words.planning.between_terms,
        }
    }

    /// The week to go to instead.
    fn way_out(self, shown: Week) -> Option<Week> {
        match self {
            Self::BeforeFirst(week) | Self::AfterLast(week) => Some(week),
            Self::Closed(_) => Some(shown.next()),
            Self::NoChild | Self::BetweenTerms => None,
        }
    }
}

#[component]
pub(super) fn EmptyWeek(frame: Arc<Frame>) -> impl IntoView {
    let words = use_words();
    Empty::of(&frame).map(|empty| {
        let way_out = empty.way_out(frame.week).map(|week| {
            let range = i18n::week_range(week, words.language);
            view! {
                <a class="btn primary" href=route::week(week)>{(words.planning.go_to)(&range)}</a>
            }
        });
        view! {
            <section class="card empty">
                <IconView icon=Icon::Calendar/>
                <h2>{empty.title(words)}</h2>
                <p class="soft">{empty.advice(words)}</p>
                {way_out}
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::testing::week_view;

    fn frame() -> Frame {
        Frame::of(&week_view())
    }

    #[test]
    fn a_week_of_school_has_its_tables() {
        assert_eq!(Empty::of(&frame()), None);
    }

    #[test]
    fn outside_the_terms_the_nearest_week_is_offered() {
        let week = frame().week;
        let before = Frame { first_week: Some(week.next()), in_term: false, ..frame() };
        assert_eq!(Empty::of(&before), Some(Empty::BeforeFirst(week.next())));
        let after = Frame { last_week: Some(week.previous()), in_term: false, ..frame() };
        let empty = Empty::of(&after).unwrap();
        assert_eq!(empty, Empty::AfterLast(week.previous()));
        assert_eq!(empty.way_out(week), Some(week.previous()));
        let between = Frame { in_term: false, ..frame() };
        assert_eq!(Empty::of(&between), Some(Empty::BetweenTerms));
    }

    #[test]
    fn holidays_are_named_and_lead_on() {
        let mut holidays = frame();
        for day in &mut holidays.days {
            day.closed = Some("Vacances de Noël".into());
        }
        let empty = Empty::of(&holidays).unwrap();
        assert_eq!(empty, Empty::Closed("Vacances de Noël"));
        assert_eq!(empty.way_out(holidays.week), Some(holidays.week.next()));
    }

    #[test]
    fn without_children_the_guichet_is_named() {
        let alone = Frame { children: Vec::new(), ..frame() };
        assert_eq!(Empty::of(&alone), Some(Empty::NoChild));
    }
}
