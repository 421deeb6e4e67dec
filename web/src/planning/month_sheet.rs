//! A month at a glance, to jump to a week.

use chrono::{Datelike, Months, NaiveDate};
use domain::activity::Weekdays;
use domain::week::Week;
use domain::wire::{MonthDay, MonthView, MonthWeek};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::page::ShownWeek;
use super::store::Planning;
use crate::api::ApiError;
use crate::components::{ErrorNotice, Icon, IconView, Sheet};
use crate::i18n::{self, use_words};
use crate::route;

/// The month that is shown, by its first day; `None` while the sheet is closed.
#[derive(Clone, Copy)]
pub(super) struct MonthOpener(pub(super) RwSignal<Option<NaiveDate>>);

/// The first day of the month in which most of a week lies.
pub(super) fn month_of(week: Week) -> NaiveDate {
    let middle = week.day(chrono::Weekday::Wed);
    middle.with_day(1).unwrap_or(middle)
}

#[component]
pub(super) fn MonthSheet() -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let MonthOpener(shown) = expect_context();
    let ShownWeek(week) = expect_context();
    let answer = RwSignal::new(None::<Result<MonthView, ApiError>>);
    Effect::new(move || {
        let Some(month) = shown.get() else { return };
        answer.set(None);
        spawn_local(async move {
            let view = planning.session.month(month).await;
            // Another month may be shown by now.
            if shown.get_untracked() == Some(month) {
                answer.set(Some(view));
            }
        });
    });
    // Another week has been chosen.
    Effect::new(move |before: Option<Week>| {
        let now = week.get();
        if before.is_some_and(|before| before != now) {
            shown.set(None);
        }
        now
    });
    let title = Signal::derive(move || {
        shown.get().map_or_else(String::new, |month| i18n::month_name(month, words.language))
    });
    let turn = move |forward: bool| {
        move |_| {
            shown.update(|month| {
                let months = Months::new(1);
                *month = month.and_then(|month| {
                    if forward {
                        month.checked_add_months(months)
                    } else {
                        month.checked_sub_months(months)
                    }
                });
            });
        }
    };
    let content = move || match answer.get() {
        None => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        Some(Err(error)) => view! { <ErrorNotice error=error/> }.into_any(),
        Some(Ok(view)) => view! { <MonthTable view=view shown=week/> }.into_any(),
    };
    let turner = move |label: &'static str, icon: Icon, forward: bool| {
        move || {
            view! {
                <button class="btn icon" type="button" aria-label=label on:click=turn(forward)>
                    <IconView icon=icon/>
                </button>
            }
        }
    };
    view! {
        <Sheet
            id="month-title"
            is_open=Signal::derive(move || shown.with(Option::is_some))
            on_close=Callback::new(move |()| shown.set(None))
            start=turner(words.month.previous, Icon::Left, false)
            title=title
            end=turner(words.month.next, Icon::Right, true)
            turns=true
        >
            {content}
        </Sheet>
    }
}

#[component]
fn MonthTable(view: MonthView, shown: Memo<Week>) -> impl IntoView {
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
    let month = view.month.month();
    let rows = view
        .weeks
        .into_iter()
        .map(|week| view! { <WeekRow week=week month=month shown=shown/> })
        .collect_view();
    view! {
        <table class="month-table">
            <thead>
                <tr>
                    <td></td>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn WeekRow(week: MonthWeek, month: u32, shown: Memo<Week>) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let monday = week.monday;
    let closed = week.days.iter().all(|day| day.closed);
    let (icon, state) = match (closed, week.open) {
        (true, _) => (Icon::Minus, words.month.closed),
        (false, true) => (Icon::Check, words.month.open),
        (false, false) => (Icon::Lock, words.month.locked),
    };
    let label = (words.month.week)(&i18n::week_range(monday, words.language), state);
    let today = planning.clock.today();
    let days = week
        .days
        .into_iter()
        .map(|day: MonthDay| {
            let told = match (day.closed, day.booked) {
                (true, _) => words.cells.closed,
                (false, true) => words.month.booked,
                (false, false) => "",
            };
            view! {
                <td
                    class:closed=day.closed
                    class:booked=day.booked
                    class:other=day.date.month() != month
                    class:today=day.date == today
                >
                    {day.date.day()}
                    <span class="sr">" "{told}</span>
                </td>
            }
        })
        .collect_view();
    view! {
        <tr
            class:shown=move || shown.get() == monday
            class:open=week.open
            class:closed=closed
        >
            <th scope="row">
                <a
                    href=route::week(monday)
                    aria-label=label
                    aria-current=move || (shown.get() == monday).then_some("true")
                    data-noscroll
                >
                    <IconView icon=icon/>
                </a>
            </th>
            {days}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_lies_in_the_month_of_its_wednesday() {
        let month = |day: &str| month_of(Week::of(day.parse().unwrap())).to_string();
        assert_eq!(month("2017-10-30"), "2017-11-01");
        assert_eq!(month("2017-11-27"), "2017-11-01");
    }
}
