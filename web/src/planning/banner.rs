//! Until when the shown week can be changed.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::week::Week;
use leptos::prelude::*;

use super::frame::Frame;
use super::store::Planning;
use crate::browser;
use crate::components::{Icon, IconView, Notice, Toast, Toasts, Tone};
use crate::i18n::{self, TimeLeft, use_words};
use crate::route;

/// A deadline that passes on our clock and not on the server's is not asked about more often.
const PATIENCE_MS: f64 = 20_000.0;

#[component]
pub(super) fn Banner(frame: Arc<Frame>) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let (week, deadline) = (frame.week, frame.open_until);
    // The server decides; the seconds counted since only announce it.
    let locked = Memo::new(move |_| is_locked(deadline, planning.clock.said()));
    let closed_days = frame
        .days
        .iter()
        .filter_map(|day| Some((day.date, day.closed.as_deref()?)))
        .map(|(date, label)| {
            let text = (words.planning.closed_day)(&i18n::day(date, words.language), label);
            view! { <Notice tone=Tone::Plain icon=Icon::Info>{text}</Notice> }
        })
        .collect_view();
    let standing = move || {
        let deadline = deadline?;
        let at = i18n::instant(deadline, words.language);
        Some(if locked.get() {
            view! {
                <Notice tone=Tone::Plain icon=Icon::Lock>
                    <b>{(words.planning.locked_since)(&at)}"."</b>
                    " "
                    <span class="soft">{words.planning.locked_advice}</span>
                </Notice>
            }
            .into_any()
        } else {
            view! {
                <Notice tone=Tone::Open icon=Icon::Clock>
                    <b>{(words.planning.open_until)(&at)}</b>
                    <Countdown week=week deadline=deadline/>
                </Notice>
            }
            .into_any()
        })
    };
    // The current week is always locked: what can still be done is in the next one.
    let next = move || {
        let next = planning.known(week.next())?;
        let until = next
            .open_until
            .filter(|until| locked.get() && !is_locked(Some(*until), planning.clock.said()))?;
        let text = (words.planning.next_week_open)(&i18n::instant(until, words.language));
        Some(view! {
            <a class="notice open next-week" href=route::week(week.next()) data-noscroll>
                <IconView icon=Icon::Clock/>
                <span>{text}</span>
                <IconView icon=Icon::Right/>
            </a>
        })
    };
    view! {
        {standing}
        {next}
        {closed_days}
    }
}

fn is_locked(deadline: Option<DateTime<Utc>>, said: Option<DateTime<Utc>>) -> bool {
    deadline.zip(said).is_some_and(|(deadline, said)| said >= deadline)
}

/// The time left of the last day; when it is over, the week is asked for again.
#[component]
fn Countdown(week: Week, deadline: DateTime<Utc>) -> impl IntoView {
    let planning: Planning = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let beat = RwSignal::new(());
    if let Ok(timer) = set_interval_with_handle(move || beat.set(()), Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
    let now = move || {
        beat.track();
        planning.clock.now()
    };
    let left = Memo::new(move |_| now().and_then(|now| TimeLeft::until(deadline, now)));
    let over = Memo::new(move |_| now().is_some_and(|now| now >= deadline));
    let asked_at = StoredValue::new(None::<f64>);
    Effect::new(move || {
        if !over.get() {
            return;
        }
        let now = browser::milliseconds();
        match asked_at.get_value() {
            Some(before) if now - before < PATIENCE_MS => {}
            before => {
                asked_at.set_value(Some(now));
                untrack(|| planning.load(week));
                if before.is_none() {
                    toasts.show(Toast::info(words.planning.just_locked));
                }
            }
        }
    });
    let text = move || {
        left.get().map(|left| {
            let left = (words.planning.time_left)(&left.to_string());
            view! { <span class="soft nowrap">" · "{left}</span> }
        })
    };
    view! { {text} }
}

#[cfg(test)]
mod tests {
    use super::is_locked;

    #[test]
    fn locked_from_the_deadline_on() {
        let at = |text: &str| Some(text.parse().unwrap());
        let noon = at("2017-09-12T10:00:00Z");
        assert!(!is_locked(noon, at("2017-09-12T09:59:59.999Z")));
        assert!(is_locked(noon, noon));
        assert!(!is_locked(None, noon));
        assert!(!is_locked(noon, None));
    }
}
