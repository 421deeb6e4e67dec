//! The seats of a week: a row for each activity, a link for each session.

use chrono::NaiveDate;
use domain::seats::Seats;
use domain::wire::{ActivityView, GuichetWeekView, SessionView};
use leptos::prelude::*;

use super::desk::Desk;
use super::route;
use super::words::use_desk_words;
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn SeatsTable() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let caption =
        move || (desk_words.seats.caption)(&i18n::week_range(desk.week.get(), words.language));
    let table = move || {
        let week = desk.seats.get().shown()?;
        let head = week.days.iter().map(|day| {
            let name = i18n::short_weekday(chrono::Datelike::weekday(&day.date), words.language);
            let number = domain::dates::day_of_month(day.date, words.language);
            view! {
                <th scope="col">
                    {name}" "<b>{number}</b>
                    {day.closed.clone().map(|label| view! { <small>{label}</small> })}
                </th>
            }
        });
        let head = head.collect_view();
        let rows = week.activities.iter().filter(|row| runs(&week, row));
        let rows = rows.map(|row| view! { <Row row=row.clone() week=week.clone()/> });
        let rows = rows.collect_view();
        Some(view! {
            <thead><tr><td></td>{head}</tr></thead>
            <tbody>{rows}</tbody>
        })
    };
    let swatch = |class: &'static str| {
        view! {
            <svg class="bar swatch" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class=class width="100" height="6"></rect>
            </svg>
        }
    };
    view! {
        <section class="card" aria-labelledby="seats-title">
            <table class="seats">
                <caption class="sr" id="seats-title">{caption}</caption>
                <colgroup><col class="what"/><col span="5"/></colgroup>
                {table}
            </table>
        </section>
        <ul class="legend" aria-label=desk_words.seats.legend>
            <li>{swatch("")}{desk_words.seats.some_left}</li>
            <li>{swatch("near")}{desk_words.seats.nearly_full}</li>
            <li>{swatch("over")}{desk_words.seats.full}</li>
            <li><span class="waits"><IconView icon=Icon::Clock/></span>{desk_words.seats.families_wait}</li>
        </ul>
    }
}

/// Whether an activity takes place in the week.
fn runs(week: &GuichetWeekView, row: &ActivityView) -> bool {
    week.sessions.iter().any(|session| session.activity == row.slug)
}

fn find<'a>(
    week: &'a GuichetWeekView,
    row: &ActivityView,
    date: NaiveDate,
) -> Option<&'a SessionView> {
    week.sessions.iter().find(|session| session.activity == row.slug && session.date == date)
}

#[component]
fn Row(row: ActivityView, week: std::sync::Arc<GuichetWeekView>) -> impl IntoView {
    let desk_words = use_desk_words();
    // Said once where it is the same on all days.
    let mut capacities = week.sessions.iter().filter(|session| session.activity == row.slug);
    let first = capacities.next().map(|session| session.capacity);
    let capacity = first.filter(|first| capacities.all(|session| session.capacity == *first));
    let capacity = capacity.map(|count| (desk_words.seats.capacity)(count as usize));
    let cells = week.days.iter().map(|day| match find(&week, &row, day.date) {
        Some(session) => {
            view! { <td><Fill name=row.name.clone() session=session.clone()/></td> }.into_any()
        }
        None => view! {
            <td>
                <span class="fill empty">
                    <span aria-hidden="true">"·"</span>
                    <span class="sr">{desk_words.seats.no_service}</span>
                </span>
            </td>
        }
        .into_any(),
    });
    let cells = cells.collect_view();
    view! { <tr><th scope="row">{row.name.clone()}<small>{capacity}</small></th>{cells}</tr> }
}

/// How full a session is.
#[component]
fn Fill(name: String, session: SessionView) -> impl IntoView {
    let words = use_words();
    let seats_words = &use_desk_words().seats;
    let SessionView { activity, date, capacity, taken, waiting, .. } = session;
    let left = capacity.saturating_sub(taken);
    let level = match left {
        0 => "over",
        left if Seats::are_few(left) => "near",
        _ => "",
    };
    let width = (taken * 100).checked_div(capacity).map_or(100, |share| share.min(100));
    let beyond = taken.saturating_sub(capacity);
    let mut told = format!("{name}, {}", i18n::day(date, words.language));
    if left == 0 {
        told = format!("{told}, {}", seats_words.full);
    }
    let note = (beyond > 0).then(|| {
        view! { <span class="beyond">{(seats_words.beyond)(beyond as usize)}</span> }
    });
    let waits = (waiting > 0).then(|| {
        view! {
            <span class="waits">
                <IconView icon=Icon::Clock/>
                {waiting}
                <span class="sr">" "{seats_words.waiting}</span>
            </span>
        }
    });
    view! {
        <a class="fill" class:full=left == 0 href=route::session(&activity, date) data-noscroll>
            <span class="line"><b>{taken}</b><span class="of">"/"{capacity}</span></span>
            <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class=level width=width.to_string() height="6"></rect>
            </svg>
            {note}
            {waits}
            <span class="sr">{told}</span>
        </a>
    }
}
