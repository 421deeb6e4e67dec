//! A type week: activities as rows, weekdays as columns.

use chrono::Weekday;
use domain::activity::{ServiceKind, Weekdays};
use domain::type_week::TypeWeek;
use domain::wire::OfferedActivity;
use leptos::prelude::*;

use super::filling::Filling;
use super::part::icon;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn WeekGrid(at: usize, service: ServiceKind) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let form = filling.form();
    let child = form.children.get(at).map(|child| child.first_name.clone()).unwrap_or_default();
    let heads = Weekdays::SCHOOL_WEEK.map(|day| {
        view! {
            <th scope="col">
                <span aria-hidden="true">{i18n::short_weekday(day, words.language)}</span>
                <span class="sr">{i18n::weekday(day, words.language)}</span>
            </th>
        }
    });
    let rows = form
        .activities
        .iter()
        .filter(|activity| activity.service == service)
        .map(|activity| view! { <Row at=at activity=activity.clone()/> })
        .collect_view();
    view! {
        <table class="grid">
            <caption class="sr">{(own.type_week)(&child)}</caption>
            <colgroup>
                <col class="what"/>
                <col span="5"/>
            </colgroup>
            <thead>
                <tr>
                    <td></td>
                    {heads.into_iter().collect_view()}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(at: usize, activity: OfferedActivity) -> impl IntoView {
    let cells = Weekdays::SCHOOL_WEEK
        .map(|day| view! { <td><Cell at=at activity=activity.clone() day=day/></td> });
    view! {
        <tr>
            <th scope="row">
                <span class="what-row">
                    <IconView icon=icon(activity.service)/>
                    <span>{activity.name.clone()}<small>{activity.hint}</small></span>
                </span>
            </th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}

#[component]
fn Cell(at: usize, activity: OfferedActivity, day: Weekday) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    if !activity.weekdays.contains(day) {
        return view! {
            <span class="tick not-running">
                <span aria-hidden="true">"·"</span>
                <span class="sr">{words.cells.not_running}</span>
            </span>
        }
        .into_any();
    }
    let OfferedActivity { slug, service, name, .. } = activity;
    let label = format!("{name}, {}", i18n::weekday(day, words.language));
    let ticked = slug.clone();
    let is_ticked = Memo::new(move |_| {
        let look = |week: &TypeWeek| week.contains(&ticked, day);
        filling.sheet(at, |sheet| sheet.type_week(service).is_some_and(look)).unwrap_or_default()
    });
    let tick = move |event| {
        let on = event_target_checked(&event);
        filling.change(at, |sheet| sheet.tick(service, &slug, day, on));
    };
    view! {
        <label class="tick pick">
            <input class="sr" type="checkbox" prop:checked=is_ticked on:change=tick/>
            <span class="sr">{label}</span>
            <IconView icon=Icon::Check/>
        </label>
    }
    .into_any()
}
