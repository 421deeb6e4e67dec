//! *Semaine*: seats, waiting lists, bus packages, late changes.

use domain::week::Week;
use domain::wire::GuichetWeekView;
use leptos::prelude::*;

use super::acts::LatestActs;
use super::bus_check::BusCheck;
use super::change_form::ChangeForm;
use super::desk::Desk;
use super::route;
use super::seats_table::SeatsTable;
use super::session_sheet::SessionSheet;
use super::words::{DeskWords, use_desk_words};
use crate::api::{ApiError, Load};
use crate::components::{ErrorCard, Icon, IconView, Notice, PageTitle, Tone};
use crate::i18n::{self, TimeLeft, use_words};
use crate::pages::Skeleton;

#[component]
pub(super) fn WeekPage() -> impl IntoView {
    let desk: Desk = expect_context();
    let desk_words = use_desk_words();
    let retry = Callback::new(move |()| desk.turn());
    // Apart from what is in it, so that a new answer does not build the page anew.
    let shown = Memo::new(move |_| match desk.seats.get() {
        Load::Loading => Shown::Loading,
        Load::Failed(error) => Shown::Failed(error),
        Load::Shown(week) if week.sessions.is_empty() => Shown::Empty,
        Load::Shown(_) => Shown::Week,
    });
    let content = move || match shown.get() {
        Shown::Loading => view! { <Skeleton bars=1/> }.into_any(),
        Shown::Failed(error) => {
            view! { <ErrorCard title=desk_words.failed error=error retry=retry/> }.into_any()
        }
        Shown::Empty => view! {
            <section class="card empty">
                <IconView icon=Icon::Calendar/>
                <p>{desk_words.no_school}</p>
            </section>
        }
        .into_any(),
        Shown::Week => view! {
            <SeatsTable/>
            <BusCheck/>
        }
        .into_any(),
    };
    let deadline = move || (shown.get() == Shown::Week).then(|| view! { <OpenUntil/> });
    view! {
        <PageTitle title=desk_words.week/>
        <WeekBar/>
        {deadline}
        <div class="desk">
            <div class="stack">{content}</div>
            // Stays when another week is shown: what is chosen and written is kept.
            <aside class="stack" aria-label=desk_words.form.title>
                <ChangeForm/>
                <LatestActs/>
            </aside>
        </div>
        <SessionSheet/>
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(ApiError),
    Empty,
    Week,
}

#[component]
fn WeekBar() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let title = move || (desk_words.week_of)(&i18n::week_range(desk.week.get(), words.language));
    let bounds = Memo::new(move |_| {
        let week = desk.seats.get().shown();
        week.map_or((None, None), |week| (week.first_week, week.last_week))
    });
    let leads = move |to: Week| {
        let (first, last) = bounds.get();
        first.is_none_or(|first| to >= first) && last.is_none_or(|last| to <= last)
    };
    let to = move |step: fn(Week) -> Week| {
        let week = step(desk.week.get());
        leads(week).then(|| route::week(week))
    };
    let arrow = move |step: fn(Week) -> Week, label: &'static str, icon: Icon| {
        let disabled = move || to(step).is_none().then_some("true");
        view! {
            <a
                class="btn icon"
                role="link"
                href=move || to(step)
                aria-disabled=disabled
                aria-label=label
                data-noscroll
            >
                <IconView icon=icon/>
            </a>
        }
    };
    let is_current = move || (desk.week.get() == desk.clock.this_week()).then_some("true");
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <div class="week-bar">
            {arrow(Week::previous, desk_words.previous_week, Icon::Left)}
            <h2 aria-live="polite">{title}</h2>
            <button class="btn print" type="button" on:click=print>{desk_words.print}</button>
            <a class="btn this-week" href=route::WEEK aria-current=is_current data-noscroll>
                <IconView icon=Icon::Today/>
                <span>{desk_words.this_week}</span>
            </a>
            {arrow(Week::next, desk_words.next_week, Icon::Right)}
        </div>
    }
}

/// Until when families change the week themselves.
#[component]
fn OpenUntil() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let told =
        move || desk.seats.get().shown().map(|week| deadline(&week, desk_words, words.language));
    let tone = move || told().map_or(Tone::Plain, |(tone, _)| tone);
    let text = move || told().map(|(_, text)| text);
    move || {
        view! { <Notice tone=tone() icon=Icon::Clock>{text()}</Notice> }
    }
}

fn deadline(
    week: &GuichetWeekView,
    words: &DeskWords,
    language: domain::problem::Language,
) -> (Tone, String) {
    let Some(until) = week.open_until else {
        return (Tone::Plain, words.never_open.to_owned());
    };
    let instant = i18n::instant(until, language);
    if week.now >= until {
        return (Tone::Plain, (words.closed_since)(&instant));
    }
    let still = TimeLeft::until(until, week.now)
        .map(|left| format!(" · {}", (words.still)(&left.to_string())));
    (Tone::Open, format!("{}{}", (words.open_until)(&instant), still.unwrap_or_default()))
}
