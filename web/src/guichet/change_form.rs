//! Booking or freeing a child's day, late too (manual, 3.2).

use std::sync::Arc;

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::problem::ProblemCode;
use domain::wire::{ChildView, Contact, GuichetChange, GuichetChildWeek, GuichetDay};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::billing;
use super::child_search::ChildSearch;
use super::desk::{Chosen, Desk};
use super::missing_activity::MissingActivity;
use super::words::use_desk_words;
use crate::api::{ApiError, Asked, Load};
use crate::browser;
use crate::components::{ErrorNotice, Icon, IconView, Notice, Tickbox, Toast, Toasts, Tone};
use crate::i18n::{self, use_words};

/// What the form is about.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub(super) child: RwSignal<Option<ChildView>>,
    pub(super) activity: RwSignal<Option<ActivitySlug>>,
    pub(super) date: RwSignal<Option<NaiveDate>>,
    pub(super) reason: RwSignal<String>,
    /// Beyond the capacity.
    pub(super) beyond: RwSignal<bool>,
    /// To whoever waits.
    serve: RwSignal<bool>,
    /// The reason is what is missing: the focus goes there once its field is there.
    asks_reason: RwSignal<bool>,
    pub(super) error: RwSignal<Option<ApiError>>,
    pub(super) busy: RwSignal<bool>,
    week: Asked<GuichetChildWeek>,
}

impl Wish {
    /// Outlives the page: a half-written reason is not lost with the week that is shown.
    pub(super) fn provide() {
        provide_context(Self::new());
    }

    fn new() -> Self {
        Self {
            child: RwSignal::new(None),
            activity: RwSignal::new(None),
            date: RwSignal::new(None),
            reason: RwSignal::new(String::new()),
            beyond: RwSignal::new(false),
            serve: RwSignal::new(false),
            asks_reason: RwSignal::new(false),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            week: Asked::new(),
        }
    }

    fn load(self, desk: &Desk) {
        let desk = *desk;
        let Some(child) = self.child.get() else { return };
        let week = desk.week.get();
        let known = self.week.known();
        let is_other = known.is_none_or(|known| known.child.id != child.id || known.monday != week);
        if is_other {
            self.week.clear();
        }
        self.week.ask(desk.session.child_week(child.id, week));
    }

    /// The child's day that is chosen.
    fn day(self) -> Option<GuichetDay> {
        let week = self.week.get().shown()?;
        let (activity, date) = (self.activity.get()?, self.date.get()?);
        let mut days = week.days.iter();
        days.find(|day| day.session.activity == activity && day.session.date == date).cloned()
    }

    fn forget_ticks(self) {
        self.beyond.set(false);
        self.serve.set(false);
    }

    /// A change was made: what is typed for the next one starts anew.
    pub(super) fn made(self, desk: &Desk) {
        self.reason.set(String::new());
        self.error.set(None);
        self.forget_ticks();
        desk.changed();
    }
}

#[component]
pub(super) fn ChangeForm() -> impl IntoView {
    let desk: Desk = expect_context();
    let form_words = &use_desk_words().form;
    let wish: Wish = expect_context();
    Effect::new(move || {
        desk.changes();
        wish.load(&desk);
    });
    Effect::new(move || {
        if let Some(Chosen { child, activity, date, beyond }) = desk.chosen.get() {
            desk.chosen.set(None);
            wish.child.set(Some(child));
            wish.activity.set(Some(activity));
            wish.date.set(Some(date));
            wish.beyond.set(beyond);
            wish.asks_reason.set(true);
        }
    });
    // What was said of one day says nothing of another.
    let day = Memo::new(move |_| wish.day());
    Effect::new(move || {
        let _ = (wish.activity.get(), wish.date.get());
        wish.error.set(None);
        if wish.child.get().is_none() {
            wish.forget_ticks();
        }
    });
    let content = move || match (wish.child.get(), wish.week.get()) {
        (None, _) => view! { <p class="soft">{form_words.choose_child}</p> }.into_any(),
        (Some(_), Load::Loading) => {
            view! { <p class="soft">{use_words().common.loading}</p> }.into_any()
        }
        (Some(_), Load::Failed(error)) => view! { <ErrorNotice error=error/> }.into_any(),
        (Some(_), Load::Shown(week)) => view! { <Choice wish=wish week=week/> }.into_any(),
    };
    let rest = move || match day.get() {
        Some(day) if day.booked || day.subscribed => {
            view! { <Change wish=wish day=day/> }.into_any()
        }
        Some(day) => view! { <MissingActivity wish=wish day=day/> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <section class="card pad" aria-labelledby="change-title">
            <h2 id="change-title">{form_words.title}</h2>
            <p class="soft">{form_words.signed}</p>
            <div class="form">
                <ChildSearch child=wish.child/>
                {content}
                {rest}
            </div>
        </section>
    }
}

/// Which activity, on which day.
#[component]
fn Choice(wish: Wish, week: Arc<GuichetChildWeek>) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let form_words = &use_desk_words().form;
    let mut activities: Vec<_> = week.days.iter().map(|day| day.session.activity.clone()).collect();
    activities.dedup();
    // Keeps what is chosen as far as the week has it.
    let dates = {
        let week = week.clone();
        move |activity: &ActivitySlug| -> Vec<NaiveDate> {
            let days = week.days.iter().filter(|day| day.session.activity == *activity);
            days.map(|day| day.session.date).collect()
        }
    };
    let known = activities.clone();
    let settle = dates.clone();
    // Only what the week has: what it lacks is chosen anew.
    let settled = Memo::new(move |_| {
        let chosen = wish.activity.get().filter(|chosen| known.contains(chosen));
        let activity = chosen.or_else(|| known.first().cloned())?;
        let dates = settle(&activity);
        let date = wish.date.get().filter(|date| dates.contains(date));
        Some((activity, date.or_else(|| dates.first().copied())?))
    });
    Effect::new(move || {
        let Some((activity, date)) = settled.get() else { return };
        if wish.activity.get_untracked().as_ref() != Some(&activity) {
            wish.activity.set(Some(activity));
        }
        if wish.date.get_untracked() != Some(date) {
            wish.date.set(Some(date));
        }
    });
    let options = activities.into_iter().map(|slug| {
        let (value, chosen) = (slug.to_string(), slug.clone());
        let selected = move || wish.activity.get().as_ref() == Some(&chosen);
        view! { <option value=value selected=selected>{move || desk.name(&slug)}</option> }
    });
    let options = options.collect_view();
    let days = move || {
        let dates = wish.activity.get().map(|activity| dates(&activity)).unwrap_or_default();
        let options = dates.into_iter().map(|date| {
            let selected = move || wish.date.get() == Some(date);
            view! {
                <option value=date.to_string() selected=selected>
                    {i18n::day(date, words.language)}
                </option>
            }
        });
        options.collect_view()
    };
    let choose_activity = move |event| {
        wish.activity.set(ActivitySlug::parse(&event_target_value(&event)).ok());
    };
    let choose_day = move |event| wish.date.set(event_target_value(&event).parse().ok());
    view! {
        <Contacts guardians=week.guardians.clone()/>
        <a href=billing::family(week.child.family_id)>{billing::use_billing_words().of_family}</a>
        <div class="two pair">
            <div class="field">
                <label for="activity">{form_words.activity}</label>
                <select class="input" id="activity" on:change=choose_activity>{options}</select>
            </div>
            <div class="field">
                <label for="day">{form_words.day}</label>
                <select class="input" id="day" on:change=choose_day>{days}</select>
            </div>
        </div>
    }
}

/// Whom to call.
#[component]
fn Contacts(guardians: Vec<Contact>) -> impl IntoView {
    let entries = guardians.into_iter().map(|guardian| {
        let phone = guardian.phone.map(|phone| {
            let href = format!("tel:{}", phone.replace(' ', ""));
            view! { <a href=href rel="external">{phone}</a> }
        });
        let email = guardian.email.map(|email| {
            let href = format!("mailto:{email}");
            view! { <a href=href rel="external">{email}</a> }
        });
        view! { <li>{guardian.name}" "{phone}" "{email}</li> }
    });
    view! { <ul class="contacts soft">{entries.collect_view()}</ul> }
}

/// The one change that there is to make: a child with a seat can lose it, another get one.
#[component]
fn Change(wish: Wish, day: GuichetDay) -> impl IntoView {
    let desk: Desk = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let form_words = &use_desk_words().form;
    let session = day.session.clone();
    let is_full = session.taken >= session.capacity;
    let state = match (day.booked, day.position) {
        (true, _) => form_words.booked.to_owned(),
        (false, Some(position)) => (form_words.waits)(&position.to_string()),
        (false, None) => form_words.free.to_owned(),
    };
    let taken = (form_words.taken)(&session.taken.to_string(), &session.capacity.to_string());
    let asks_beyond = !day.booked && is_full;
    let asks_serve = day.booked && session.waiting > 0 && !session.serves_waiting;
    let waits = day.position.is_some();
    let submit = move |book: bool| {
        let Some(child) = wish.child.get_untracked() else { return };
        if wish.busy.get_untracked() {
            return;
        }
        wish.busy.set(true);
        let change = GuichetChange {
            child_id: child.id,
            activity: session.activity.clone(),
            date: session.date,
            book,
            reason: wish.reason.get_untracked(),
            // What is not asked is not wished, whatever was ticked for another day.
            beyond_capacity: asks_beyond && wish.beyond.get_untracked(),
            serve_waiting: asks_serve && wish.serve.get_untracked(),
        };
        spawn_local(async move {
            let answer = desk.session.change_day(&change).await;
            wish.busy.set(false);
            match answer {
                Ok(_) => {
                    let name = format!("{} {}", child.first_name, child.last_name);
                    let activity = untrack(|| desk.name(&change.activity));
                    let what = format!("{activity}, {}", i18n::day(change.date, words.language));
                    let done = match (book, waits) {
                        (true, _) => form_words.added,
                        (false, true) => form_words.left_line,
                        (false, false) => form_words.removed,
                    };
                    toasts.show(Toast::info(done(&name, &what)));
                    wish.made(&desk);
                }
                Err(error) => {
                    // The seats may be others by now.
                    desk.changed();
                    wish.error.set(Some(error));
                }
            }
        });
    };
    let book = !day.booked;
    let leave = submit.clone();
    view! {
        <form class="form" on:submit=move |event| { event.prevent_default(); submit(book) } novalidate>
            <dl class="facts">
                <dt>{form_words.state}</dt>
                <dd>{state}" · "{taken}</dd>
            </dl>
            {day.parents_can.then(|| view! { <p class="hint">{form_words.parents_can}</p> })}
            {asks_beyond.then(|| view! { <Tickbox value=wish.beyond label=form_words.beyond/> })}
            {asks_serve.then(|| {
                let label = (form_words.serve)(day.session.waiting as usize);
                view! { <Tickbox value=wish.serve label=label/> }
            })}
            <ReasonField wish=wish/>
            <Verdict wish=wish/>
            <button class="btn primary" type="submit" aria-disabled=move || wish.busy.get().then_some("true")>
                <IconView icon=if book { Icon::Check } else { Icon::Close }/>
                {if book { form_words.add } else { form_words.remove }}
            </button>
            {waits.then(|| view! {
                <button class="btn" type="button" on:click=move |_| leave(false)>
                    {form_words.leave_line}
                </button>
            })}
        </form>
    }
}

/// Why: the family reads it.
#[component]
pub(super) fn ReasonField(wish: Wish) -> impl IntoView {
    Effect::new(move || {
        if wish.asks_reason.get() {
            wish.asks_reason.set(false);
            browser::focus_soon("reason");
        }
    });
    let form_words = &use_desk_words().form;
    let mistake =
        move || wish.error.with(|error| error.as_ref()?.of_field("/reason").map(ToOwned::to_owned));
    view! {
        <div class="field">
            <label for="reason">{form_words.reason}</label>
            <textarea
                class="input"
                id="reason"
                rows="2"
                maxlength=domain::guichet::Reason::MOST.to_string()
                required
                aria-invalid=move || mistake().map(|_| "true")
                aria-describedby="reason-hint reason-error"
                prop:value=wish.reason
                on:input=move |event| wish.reason.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id="reason-hint">{form_words.reason_hint}</p>
            <p class="error" id="reason-error" role="alert">{mistake}</p>
        </div>
    }
}

/// Why a change was refused, unless a field says it.
#[component]
pub(super) fn Verdict(wish: Wish) -> impl IntoView {
    let words = use_words();
    let form_words = &use_desk_words().form;
    move || {
        let error = wish.error.get()?;
        if error.code() == Some(ProblemCode::SessionFull) {
            // The server's own advice is for parents.
            let days = error.full_days().iter();
            let days = days.map(|day| i18n::short_date(*day, words.language)).collect::<Vec<_>>();
            return Some(
                view! {
                    <Notice tone=Tone::Bad icon=Icon::Alert role="alert">
                        {(form_words.full)(&days.join(", "))}
                    </Notice>
                }
                .into_any(),
            );
        }
        error.of_field("/reason").is_none().then(|| view! { <ErrorNotice error=error/> }.into_any())
    }
}
