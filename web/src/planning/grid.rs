//! A child's week: activities as rows, days as columns.

use std::sync::Arc;

use chrono::Datelike;
use domain::activity::ServiceKind;
use domain::week::Week;
use domain::wire::DayView;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::frame::{ChildPlan, Frame, Row};
use super::history_sheet::{HistoryOf, HistoryOpener};
use super::row_sheet::{RowSheetOpener, SheetRow};
use super::store::Planning;
use super::tick_view::{NoService, TickPlace, TickView};
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn ChildCard(plan: ChildPlan, frame: Arc<Frame>) -> impl IntoView {
    let words = use_words();
    let heading = format!("enfant-{}", plan.child.id);
    let labelled_by = heading.clone();
    let initial = plan.name.chars().next().map(String::from);
    let history: HistoryOpener = expect_context();
    let of = HistoryOf {
        week: frame.week,
        child: plan.child.id,
        child_name: plan.name.clone(),
        names: frame.names.clone(),
    };
    let open_history = move |_| history.0.set(Some(of.clone()));
    let history_label = (words.history.title)(&plan.name);
    let content = if plan.rows.is_empty() {
        view! {
            <p>{(words.planning.no_activity)(&plan.name)}</p>
            <p class="soft">{words.planning.no_activity_advice}</p>
        }
        .into_any()
    } else {
        view! { <Table plan=plan.clone() frame=frame/> }.into_any()
    };
    view! {
        <section class="card child" aria-labelledby=labelled_by>
            <header>
                <span class="avatar" aria-hidden="true">{initial}</span>
                <div>
                    <h2 id=heading>{plan.name}</h2>
                    <p class="soft">{plan.child.class_name}</p>
                </div>
                <button
                    class="btn icon quiet"
                    type="button"
                    aria-label=history_label
                    on:click=open_history
                >
                    <IconView icon=Icon::Clock/>
                </button>
            </header>
            {content}
        </section>
    }
}

#[component]
fn Table(plan: ChildPlan, frame: Arc<Frame>) -> impl IntoView {
    let words = use_words();
    let range = i18n::week_range(frame.week, words.language);
    let caption = (words.planning.table)(&plan.name, &range);
    let heads = frame.days.iter().map(|day| view! { <DayHead day=day.clone()/> }).collect_view();
    let rows = plan
        .rows
        .into_iter()
        .map(|row| {
            view! {
                <TableRow
                    row=row
                    week=frame.week
                    child=plan.name.clone()
                    days=frame.days.clone()
                />
            }
        })
        .collect_view();
    view! {
        <table class="grid" on:keydown=move_focus>
            <caption class="sr">{caption}</caption>
            <colgroup>
                <col class="what"/>
                <col span=frame.days.len().to_string()/>
            </colgroup>
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
fn DayHead(day: DayView) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let is_today = Memo::new(move |_| planning.clock.today() == day.date);
    let weekday = day.date.weekday();
    view! {
        <th
            scope="col"
            class:today=move || is_today.get()
            class:shut=day.closed.is_some()
            aria-current=move || is_today.get().then_some("date")
        >
            <span aria-hidden="true">{i18n::short_weekday(weekday, words.language)}</span>
            <span class="sr">{i18n::weekday(weekday, words.language)}" "</span>
            <b>{day.date.day()}</b>
            {move || is_today.get().then(|| view! { <span class="sr">", "{words.planning.today}</span> })}
            {day.closed.is_some().then(|| view! { <small>{words.planning.closed}</small> })}
        </th>
    }
}

#[component]
fn TableRow(row: Row, week: Week, child: String, days: Vec<DayView>) -> impl IntoView {
    let words = use_words();
    let opener: RowSheetOpener = expect_context();
    let icon = match row.service {
        ServiceKind::Canteen => Icon::Fork,
        ServiceKind::Bus => Icon::Bus,
        ServiceKind::Tap => Icon::Star,
    };
    let title = row.title(words).to_owned();
    // TAP holds for the term: there is nothing to change at once.
    let first = row.cells.iter().flatten().next().filter(|_| row.service != ServiceKind::Tap);
    let sheet = first.map(|first| SheetRow {
        week,
        child: first.child,
        child_name: child.clone(),
        activity: first.activity.clone(),
        title: title.clone(),
        cells: row.cells.iter().flatten().cloned().collect(),
    });
    let button = sheet.map(|sheet| {
        let label = (words.row.open)(&child, &title);
        let open = move |_| opener.0.set(Some(sheet.clone()));
        view! {
            <button class="btn icon quiet row-more" type="button" aria-label=label on:click=open>
                <IconView icon=Icon::Repeat/>
            </button>
        }
    });
    let cells = row
        .cells
        .into_iter()
        .zip(days)
        .map(|(key, day)| match key {
            Some(key) => {
                let place = TickPlace {
                    key,
                    activity: title.clone(),
                    child: child.clone(),
                    closed: day.closed,
                };
                view! { <td><TickView place=place/></td> }.into_any()
            }
            None => view! { <td><NoService/></td> }.into_any(),
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                <span class="what-row">
                    <IconView icon=icon/>
                    <span>{title.clone()}<small>{row.hint}</small></span>
                    {button}
                </span>
            </th>
            {cells}
        </tr>
    }
}

/// Arrow keys go to the next cell that can take the focus, beside Tab.
fn move_focus(event: KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowLeft" => (0, -1),
        "ArrowRight" => (0, 1),
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        _ => return,
    };
    let from = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(button) = from.and_then(|from| neighbour(&from, step)) {
        event.prevent_default();
        let _ = button.focus();
    }
}

fn neighbour(from: &Element, (down, right): (i32, i32)) -> Option<HtmlElement> {
    let mut cell = from.closest("td").ok()??;
    let column = index_of(&cell);
    loop {
        cell = if right != 0 {
            sibling(&cell, right)?
        } else {
            sibling(&cell.parent_element()?, down)?.children().item(column)?
        };
        if let Some(button) = cell.query_selector("button").ok()? {
            return button.dyn_into().ok();
        }
    }
}

fn sibling(element: &Element, direction: i32) -> Option<Element> {
    if direction > 0 { element.next_element_sibling() } else { element.previous_element_sibling() }
}

fn index_of(cell: &Element) -> u32 {
    std::iter::successors(cell.previous_element_sibling(), Element::previous_element_sibling)
        .map(|_| 1)
        .sum()
}
