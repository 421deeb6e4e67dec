//! Where a family lives, since when, and how that changes.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::dates;
use domain::wire::{FamilyBillingView, ResidenceRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::family_page::Family;
use super::form::{Form, LinesField, TextField, Verdict, missing, reason_mistake};
use super::words::use_billing_words;
use crate::api::Session;
use crate::components::{Toast, Toasts};
use crate::i18n::use_words;

#[component]
pub(super) fn ResidenceCard(family: Family) -> impl IntoView {
    let words = &use_billing_words().family;
    let list = move || family.shown().map(|shown| view! { <List family=shown/> });
    view! {
        <section class="card pad" aria-labelledby="residence-title">
            <h2 id="residence-title">{words.residence}</h2>
            {list}
            <details>
                <summary>{words.change_residence}</summary>
                <ResidenceForm family=family/>
            </details>
        </section>
    }
}

#[component]
fn List(family: Arc<FamilyBillingView>) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().family;
    let mut residences = family.household.residences.clone();
    if residences.is_empty() {
        return view! { <p class="soft">{words.always_inside}</p> }.into_any();
    }
    residences.sort_by_key(|residence| std::cmp::Reverse(residence.from));
    let entries = residences.into_iter().map(|residence| {
        let place = if residence.outside { words.outside } else { words.inside };
        let since = (words.since)(&dates::full(residence.from, language));
        view! { <li>{place}" · "{since}</li> }
    });
    view! { <ul class="log">{entries.collect_view()}</ul> }.into_any()
}

#[component]
fn ResidenceForm(family: Family) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_words().language;
    let words = &use_billing_words().family;
    let held = &use_billing_words().held;
    let form = Form::new("residence-form");
    let [from, reason] = [(); 2].map(|()| RwSignal::new(String::new()));
    let outside = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !form.start() {
            return;
        }
        let (day, reason_text) =
            (from.get_untracked().parse::<NaiveDate>(), reason.get_untracked());
        let no_day = day.is_err().then(|| missing("/from", language));
        let mistakes: Vec<_> =
            no_day.into_iter().chain(reason_mistake(&reason_text, language)).collect();
        let wish = match day {
            Ok(from) if mistakes.is_empty() => {
                ResidenceRequest { from, outside: outside.get_untracked(), reason: reason_text }
            }
            _ => return form.refuse(mistakes),
        };
        form.send();
        spawn_local(async move {
            match session.set_residence(family.id, &wish).await {
                Ok(now) => {
                    form.done();
                    let place = if wish.outside { words.outside } else { words.inside };
                    let since = (words.since)(&dates::full(wish.from, language));
                    let made = family.changed(now, held, language);
                    toasts.show(Toast::info(format!("{place}, {since}. {made}")));
                    for field in [from, reason] {
                        field.try_set(String::new());
                    }
                }
                Err(error) => form.refused(error),
            }
        });
    };
    let choices = [(false, words.inside), (true, words.outside)].map(|(value, label)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="residence"
                    prop:checked=move || outside.get() == value
                    on:change=move |_| outside.set(value)
                />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <form class="form" id=form.id novalidate on:submit=submit>
            <fieldset>
                <legend class="label">{words.residence}</legend>
                <div class="choices">{choices.collect_view()}</div>
            </fieldset>
            <TextField
                id="residence-from" label=words.from_day kind="date" value=from form=form
                pointer="/from"
            />
            <LinesField
                id="residence-reason" label=words.reason rows="2" value=reason form=form
                pointer="/reason" hint=words.settles
            />
            <Verdict form=form/>
            <button class="btn primary" type="submit" aria-disabled=move || form.is_busy()>
                {words.save_residence}
            </button>
        </form>
    }
}
