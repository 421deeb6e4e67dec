//! A service's part of a child's sheet.

use domain::activity::ServiceKind;
use domain::subscription::Subscription;
use leptos::prelude::*;

use super::filling::Filling;
use super::say;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

/// The element to go to for a fault.
pub(super) fn anchor(service: ServiceKind) -> &'static str {
    match service {
        ServiceKind::Canteen => "cantine",
        ServiceKind::Bus => "bus",
        ServiceKind::Tap => "tap",
    }
}

pub(super) fn icon(service: ServiceKind) -> Icon {
    match service {
        ServiceKind::Canteen => Icon::Fork,
        ServiceKind::Bus => Icon::Bus,
        ServiceKind::Tap => Icon::Star,
    }
}

#[component]
pub(super) fn Part(
    at: usize,
    service: ServiceKind,
    /// Below the heading.
    hint: String,
    children: Children,
) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let id = anchor(service);
    let faults = move || {
        let faults = filling.faults_of(at, service);
        let mut said: Vec<_> =
            faults.into_iter().map(|fault| fault.mistake.advice(words.language)).collect();
        said.dedup();
        said.into_iter()
            .map(|said| view! { <p class="error"><IconView icon=Icon::Alert/>{said}</p> })
            .collect_view()
    };
    view! {
        <section class="card pad part" aria-labelledby=id>
            <header>
                <span class="service"><IconView icon=icon(service)/></span>
                <div>
                    <h2 id=id tabindex="-1">{(words.cells.service)(service)}</h2>
                    <p class="soft">{hint}</p>
                </div>
            </header>
            <div role="status">{faults}</div>
            {children()}
        </section>
    }
}

/// What the child has already.
#[component]
pub(super) fn HeldPart(at: usize, held: Subscription) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let form = filling.form();
    let said = say::subscription(&held, &form.activities, own, words.language);
    let lines = said.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <Part at=at service=said.service hint=own.held.to_owned()>
            <ul class="said">{lines}</ul>
            <p class="hint with-icon">
                <IconView icon=Icon::Lock/>
                <span>{own.held_advice}</span>
            </p>
        </Part>
    }
}

/// One of a few: a radio button with its explanation and its price.
#[component]
pub(super) fn RadioChoice(
    name: &'static str,
    value: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    #[prop(optional, into)] price: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    choose: Callback<()>,
) -> impl IntoView {
    let price = move || {
        let price = price.get();
        (!price.is_empty()).then(|| view! { <b class="price">{price}</b> })
    };
    view! {
        <label class="choice option">
            <input
                type="radio"
                name=name
                value=value
                prop:checked=checked
                on:change=move |_| choose.run(())
            />
            <span>{label}<small>{hint}</small></span>
            {price}
        </label>
    }
}
