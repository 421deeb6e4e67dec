//! Which week is shown, and the way to others.

use domain::week::Week;
use leptos::prelude::*;

use super::month_sheet::{MonthOpener, month_of};
use super::store::Planning;
use super::swipe::follow_swipes;
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};
use crate::route::{self, PLANNING, Route};

#[component]
pub(super) fn WeekBar(week: Memo<Week>) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let title = move || (words.planning.week_of)(&i18n::week_range(week.get(), words.language));
    // Until the server has told the time, the current week is a guess: no way leads on from it.
    let route: Memo<Route> = expect_context();
    let certain = move || route.get() != Route::Planning(None) || planning.clock.said().is_some();
    // Beyond the terms there is nothing, except the way back.
    let previous = Signal::derive(move || {
        let (first, _) = planning.bounds();
        let shown = week.get();
        let leads = certain() && first.is_none_or(|first| shown > first);
        leads.then(|| route::week(shown.previous()))
    });
    let next = Signal::derive(move || {
        let (_, last) = planning.bounds();
        let shown = week.get();
        let leads = certain() && last.is_none_or(|last| shown < last);
        leads.then(|| route::week(shown.next()))
    });
    follow_swipes(previous, next);
    let month: MonthOpener = expect_context();
    let open_month = move |_| month.0.set(Some(month_of(week.get_untracked())));
    let is_current = move || (week.get() == planning.clock.this_week()).then_some("true");
    view! {
        <div class="week-bar">
            <Arrow href=previous label=words.planning.previous_week icon=Icon::Left/>
            <h2 aria-live="polite">{title}</h2>
            <button class="btn icon" type="button" aria-label=words.month.open_calendar on:click=open_month>
                <IconView icon=Icon::Calendar/>
            </button>
            <a class="btn this-week" href=PLANNING aria-current=is_current data-noscroll>
                <IconView icon=Icon::Today/>
                <span>{words.planning.this_week}</span>
            </a>
            <Arrow href=next label=words.planning.next_week icon=Icon::Right/>
        </div>
    }
}

/// A link; at the end of the terms it stays in its place and leads nowhere.
#[component]
fn Arrow(href: Signal<Option<String>>, label: &'static str, icon: Icon) -> impl IntoView {
    let disabled = move || href.with(Option::is_none).then_some("true");
    view! {
        <a
            class="btn icon"
            role="link"
            href=move || href.get()
            aria-disabled=disabled
            aria-label=label
            data-noscroll
        >
            <IconView icon=icon/>
        </a>
    }
}
