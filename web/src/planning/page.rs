//! *Mon planning*.

use std::sync::Arc;

use domain::cell::CellState;
use domain::problem::ProblemCode;
use domain::week::Week;
use leptos::prelude::*;

use super::banner::Banner;
use super::book::{Progress, Stale};
use super::empty::{Empty, EmptyWeek};
use super::frame::Frame;
use super::full_dialog::{FullDialog, FullDialogOpener};
use super::grid::ChildCard;
use super::history_sheet::{HistoryOpener, HistorySheet};
use super::month_sheet::{MonthOpener, MonthSheet};
use super::row_sheet::{RowSheet, RowSheetOpener};
use super::store::Planning;
use super::week_bar::WeekBar;
use super::words;
use crate::api::ApiError;
use crate::browser;
use crate::components::{ErrorCard, Icon, IconView, Later, LazySheet, Notice, Tone, chunk};
use crate::i18n::{self, use_words};
use crate::pages::{CardSkeleton, Skeleton};
use crate::route;

/// The week of the address; without one there, the current one.
#[derive(Clone, Copy)]
pub(crate) struct ShownWeek(pub(crate) Memo<Week>);

/// A grey cell's reasons, for its description.
const REASONS: [ProblemCode; 6] = [
    ProblemCode::DeadlinePassed,
    ProblemCode::FixedForTerm,
    ProblemCode::ClosedDay,
    ProblemCode::NotSubscribed,
    ProblemCode::SessionFull,
    ProblemCode::NotRunning,
];

#[component]
pub(crate) fn PlanningPage() -> impl IntoView {
    let planning: Planning = expect_context();
    let ShownWeek(week) = expect_context();
    let words = use_words();
    let opener = FullDialogOpener(RwSignal::new(None));
    provide_context(opener);
    let rows = RowSheetOpener(RwSignal::new(None));
    provide_context(rows);
    let month = MonthOpener(RwSignal::new(None));
    provide_context(month);
    let history = HistoryOpener(RwSignal::new(None));
    provide_context(history);
    reload_when_seen(planning, week);

    let progress = Memo::new(move |_| planning.progress(week.get()));
    Effect::new(move || {
        if let Progress::Shown(frame) = progress.get() {
            planning.prefetch_after(frame.week);
        }
    });
    let retry = Callback::new(move |()| planning.retry(week.get_untracked()));
    // The first week of a visit finds a phone busy with the app's start.
    let is_first = StoredValue::new(true);
    let content = move || match progress.get() {
        Progress::Loading => view! { <Skeleton bars=1/> }.into_any(),
        Progress::Failed(error) => view! {
            <ErrorCard title=words.planning.failed error=error retry=retry/>
            <KnownWeek week=week/>
        }
        .into_any(),
        Progress::Shown(frame) => {
            let by_and_by = is_first.get_value();
            is_first.set_value(false);
            view! { <ShownFrame frame=frame by_and_by=by_and_by/> }.into_any()
        }
    };
    let stale = move || {
        planning.stale(week.get()).map(|Stale { of, error }| {
            let of = i18n::instant(of, words.language);
            let advice = match error {
                ApiError::Unreachable => words.planning.frozen.to_owned(),
                error => error.words(words).1,
            };
            view! {
                <Notice tone=Tone::Plain icon=Icon::Alert role="status">
                    <b>{(words.planning.last_known)(&of)}"."</b>
                    " "
                    {advice}
                </Notice>
            }
        })
    };
    let reasons = REASONS.map(|code| {
        view! { <p id=format!("why-{}", code.as_str())>{code.advice(words.language)}</p> }
    });
    view! {
        <WeekBar week=week/>
        {stale}
        {content}
        <div hidden>{reasons.into_iter().collect_view()}</div>
        <LazySheet id="full-waits" load=chunk!(sheets, FullDialog) opened=opener.0/>
        <LazySheet id="row-waits" load=chunk!(sheets, RowSheet) opened=rows.0/>
        <LazySheet id="history-waits" load=chunk!(sheets, HistorySheet) opened=history.0/>
        <LazySheet id="month-waits" load=chunk!(sheets, MonthSheet) opened=month.0/>
    }
}

/// Without connection, the way to a week that is known.
#[component]
fn KnownWeek(week: Memo<Week>) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    move || {
        planning.has_recalled().then(|| planning.nearest(week.get())).flatten().map(|known| {
            let range = i18n::week_range(known, words.language);
            view! { <p><a class="btn" href=route::week(known)>{(words.planning.go_to)(&range)}</a></p> }
        })
    }
}

/// Whoever comes back to the tab sees the seats of now.
fn reload_when_seen(planning: Planning, week: Memo<Week>) {
    let listener = window_event_listener_untyped("focus", move |_| {
        if browser::is_visible() {
            planning.load(week.get_untracked());
        }
    });
    on_cleanup(move || listener.remove());
}

#[component]
fn ShownFrame(
    frame: Arc<Frame>,
    /// A card after the other.
    by_and_by: bool,
) -> impl IntoView {
    if Empty::of(&frame).is_some() {
        return view! { <EmptyWeek frame=frame/> }.into_any();
    }
    let cards = frame
        .children
        .iter()
        .map(|plan| {
            let (plan, frame) = (plan.clone(), frame.clone());
            let card = move || view! { <ChildCard plan=plan.clone() frame=frame.clone()/> };
            if by_and_by {
                view! { <Later fallback=CardSkeleton>{card()}</Later> }.into_any()
            } else {
                card().into_any()
            }
        })
        .collect_view();
    view! {
        <Banner frame=frame.clone()/>
        <div class="children">{cards}</div>
        <Legend/>
    }
    .into_any()
}

#[component]
fn Legend() -> impl IntoView {
    let legend = &use_words().planning.legend;
    let words = use_words();
    let entry = |(state, text): (CellState, &'static str)| {
        view! {
            <li>
                <span class=words::class(state) aria-hidden="true">
                    {words::icon(state).map(|icon| view! { <IconView icon=icon/> })}
                </span>
                {text}
            </li>
        }
    };
    let entries = [
        (CellState::BookedOpen, words.cells.booked_open),
        (CellState::FreeOpen, words.cells.free_open),
        (CellState::Full, words.cells.full),
        (CellState::Waiting, words.cells.waiting),
        (CellState::BookedLocked, words.cells.booked_locked),
        (CellState::FreeLocked, words.cells.free_locked),
        (CellState::Fixed, words.cells.fixed),
    ];
    view! {
        <ul class="legend" aria-label=*legend>{entries.map(entry).into_iter().collect_view()}</ul>
    }
}
