//! What an update of the type week does: weeks as rows, days as columns.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use domain::activity::Weekdays;
use domain::cell::CellState;
use domain::week::Week;
use domain::wire::TypeWeekChange;
use leptos::prelude::*;

use super::words;
use crate::components::Icon;
use crate::i18n::{self, use_words};

/// What becomes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Added,
    Removed,
    Kept,
    Full,
    Locked,
    Closed,
}

/// The days of a change, by week.
fn weeks(change: &TypeWeekChange) -> BTreeMap<Week, BTreeMap<NaiveDate, Mark>> {
    let full: Vec<_> = change.full.iter().map(|day| day.date).collect();
    let mut weeks: BTreeMap<Week, BTreeMap<NaiveDate, Mark>> = BTreeMap::new();
    for (dates, mark) in [
        (&change.added, Mark::Added),
        (&change.removed, Mark::Removed),
        (&change.kept, Mark::Kept),
        (&full, Mark::Full),
        (&change.locked, Mark::Locked),
        (&change.closed, Mark::Closed),
    ] {
        for date in dates {
            weeks.entry(Week::of(*date)).or_default().insert(*date, mark);
        }
    }
    weeks
}

#[component]
pub(super) fn TypeWeekTable(shown: Week, change: TypeWeekChange) -> impl IntoView {
    let words = use_words();
    let heads = Weekdays::SCHOOL_WEEK
        .map(|day| {
            view! {
                <th scope="col">
                    <span aria-hidden="true">{i18n::short_weekday(day, words.language)}</span>
                    <span class="sr">{i18n::weekday(day, words.language)}</span>
                </th>
            }
        })
        .into_iter()
        .collect_view();
    let rows = weeks(&change)
        .into_iter()
        .filter(|(week, _)| *week > shown)
        .map(|(week, days)| {
            let cells = Weekdays::SCHOOL_WEEK
                .map(|day: Weekday| cell(days.get(&week.day(day)).copied(), words))
                .into_iter()
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{i18n::short_date(week.monday(), words.language)}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scrolls" tabindex="0" role="region" aria-label=words.row.later_weeks>
            <table class="grid small">
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn cell(mark: Option<Mark>, words: &'static i18n::Words) -> AnyView {
    let row = &words.row;
    let (state, icon, text) = match mark {
        None => {
            return view! { <td><span class="tick not-running" aria-hidden="true">"·"</span></td> }
                .into_any();
        }
        Some(Mark::Added) => (CellState::BookedOpen, Some(Icon::Plus), row.day_added),
        Some(Mark::Removed) => (CellState::FreeOpen, Some(Icon::Minus), row.day_removed),
        Some(Mark::Kept) => (CellState::Fixed, Some(Icon::Check), row.day_kept),
        Some(Mark::Full) => (CellState::Full, Some(Icon::Alert), words.cells.full),
        Some(Mark::Locked) => (CellState::Fixed, Some(Icon::Lock), row.day_locked),
        Some(Mark::Closed) => (CellState::Closed, None, words.cells.closed),
    };
    view! {
        <td>
            <span class=words::class(state)>
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d=icon.map_or("", Icon::path)></path>
                </svg>
                <span class="sr">{text}</span>
            </span>
        </td>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::wire::FullDay;

    use super::*;
    use crate::planning::testing::{CHILDREN, date, key};

    #[test]
    fn each_day_stands_in_its_week_once() {
        let full = FullDay { date: date("2017-09-29"), waiting: 2, position: None };
        let change = TypeWeekChange {
            child_id: CHILDREN[0],
            activity: key(0, "cantine", "2017-09-18").activity,
            before: vec![],
            after: vec![Weekday::Mon],
            added: vec![date("2017-09-25"), date("2017-10-02")],
            removed: vec![date("2017-09-26")],
            kept: vec![],
            full: vec![full],
            locked: vec![],
            closed: vec![date("2017-10-23")],
        };
        let weeks = weeks(&change);
        assert_eq!(weeks.len(), 3);
        let first = &weeks[&Week::of(date("2017-09-25"))];
        assert_eq!(
            first.values().copied().collect::<Vec<_>>(),
            [Mark::Added, Mark::Removed, Mark::Full]
        );
    }
}
