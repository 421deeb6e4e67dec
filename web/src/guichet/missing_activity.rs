//! An activity that a child is missing (manual, 3: “adressez-vous à la coordinatrice”).

use domain::activity::ServiceKind;
use domain::bus::BusPackage;
use domain::wire::{AddActivityRequest, GuichetDay};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::change_form::{ReasonField, Verdict, Wish};
use super::desk::Desk;
use super::words::use_desk_words;
use crate::components::{Icon, IconView, Notice, Tickbox, Toast, Toasts, Tone};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn MissingActivity(wish: Wish, day: GuichetDay) -> impl IntoView {
    let desk: Desk = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let missing_words = &desk_words.missing;
    let (activity, from) = (day.session.activity.clone(), day.session.date);
    let service = untrack(|| desk.activity(&activity)).map(|activity| activity.service);
    let package = RwSignal::new(BusPackage::OneRoundTrip);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(child) = wish.child.get_untracked() else { return };
        if wish.busy.get_untracked() {
            return;
        }
        wish.busy.set(true);
        let request = AddActivityRequest {
            child_id: child.id,
            activity: activity.clone(),
            from,
            package: (service == Some(ServiceKind::Bus)).then(|| package.get_untracked()),
            reason: wish.reason.get_untracked(),
            beyond_capacity: wish.beyond.get_untracked(),
        };
        spawn_local(async move {
            let answer = desk.session.add_activity(&request).await;
            wish.busy.set(false);
            match answer {
                Ok(()) => {
                    let name = format!("{} {}", child.first_name, child.last_name);
                    let activity = untrack(|| desk.name(&request.activity));
                    toasts.show(Toast::info((missing_words.done)(&name, &activity)));
                    wish.made(&desk);
                }
                Err(error) => wish.error.set(Some(error)),
            }
        });
    };
    let choice = move |value: BusPackage, label: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="package"
                    prop:checked=move || package.get() == value
                    on:change=move |_| package.set(value)
                />
                <span>{value.as_str()}<small>{label}</small></span>
            </label>
        }
    };
    let packages = (service == Some(ServiceKind::Bus)).then(|| {
        view! {
            <fieldset>
                <legend class="label">{missing_words.package}</legend>
                <div class="choices">
                    {choice(BusPackage::OneRoundTrip, missing_words.one)}
                    {choice(BusPackage::TwoRoundTrips, missing_words.two)}
                </div>
            </fieldset>
        }
    });
    let is_tap = service == Some(ServiceKind::Tap);
    let tap = is_tap.then(|| {
        let day = |date| i18n::short_date(date, words.language);
        let term = untrack(|| desk.seats.get()).shown().and_then(|week| week.term.clone());
        let until = term.map_or_else(String::new, |term| day(term.last_day));
        view! {
            <p class="hint">{(missing_words.tap)(&day(from), &until)}</p>
            <Tickbox value=wish.beyond label=desk_words.form.beyond/>
        }
    });
    view! {
        <form class="form" on:submit=submit novalidate>
            <Notice tone=Tone::Plain icon=Icon::Info>{missing_words.text}</Notice>
            {packages}
            {tap}
            <ReasonField wish=wish/>
            <Verdict wish=wish/>
            <button class="btn primary" type="submit" aria-disabled=move || wish.busy.get().then_some("true")>
                <IconView icon=Icon::Plus/>
                {missing_words.add}
            </button>
        </form>
    }
}
