//! A new tariff, filled in from the one that holds; or one to come, to be changed.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::billing::Tariff;
use domain::dates;
use domain::problem::ProblemCode;
use domain::wire::TariffsView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::answer::Answer;
use super::form::{Form, MistakeBelow, Verdict, mistakes_of};
use super::room;
use super::tariff_draft::{Advice, Draft};
use super::tariff_grid::{Grid, Reductions};
use super::words::use_billing_words;
use crate::api::Asked;
use crate::api::{ApiError, Session};
use crate::components::{Toast, Toasts};
use crate::i18n::use_words;

#[component]
pub(super) fn TariffPage(service: ServiceKind, from: Option<NaiveDate>) -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().tariffs;
    let asked = Asked::<TariffsView>::new();
    let ask = Callback::new(move |()| asked.ask(session.tariffs()));
    ask.run(());
    let content = move || {
        let all = asked.known()?;
        let base = base(&all, service, from);
        if from.is_some() && base.is_none() {
            return Some(
                view! {
                    <section class="card pad">
                        <p>{words.not_to_change}</p>
                        <a class="btn primary" href=room::TARIFFS>{words.title}</a>
                    </section>
                }
                .into_any(),
            );
        }
        Some(view! { <TariffForm service=service from=from base=base all=all/> }.into_any())
    };
    view! { <Answer asked=asked failed=words.failed retry=ask>{content}</Answer> }
}

/// What the form is filled in from: the tariff of that day, if it can be changed, or the latest.
fn base(all: &TariffsView, service: ServiceKind, from: Option<NaiveDate>) -> Option<Tariff> {
    let mut own = all.tariffs.iter().filter(|tariff| tariff.service == service);
    match from {
        Some(from) => own.find(|tariff| tariff.from == from && all.may_change(service, from)),
        None => Tariff::on(&all.tariffs, service, all.today)
            .or_else(|| own.max_by_key(|tariff| tariff.from)),
    }
    .cloned()
}

#[component]
fn TariffForm(
    service: ServiceKind,
    from: Option<NaiveDate>,
    base: Option<Tariff>,
    all: Arc<TariffsView>,
) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let tariff_words = &use_billing_words().tariffs;
    let navigate = use_navigate();
    let form = Form::new("tariff-form");
    let draft = RwSignal::new({
        let mut draft = Draft::new(service, base.as_ref(), words.language);
        draft.from = from.map(|from| from.to_string()).unwrap_or_default();
        draft
    });
    let advice = Advice {
        amount: tariff_words.like_amount,
        whole: tariff_words.like_number,
        language: words.language,
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !form.start() {
            return;
        }
        let typed = draft.get_untracked();
        let tariff = match typed.read(advice) {
            Ok(tariff) => tariff,
            Err(mistakes) => return form.refuse(mistakes),
        };
        form.send();
        let navigate = navigate.clone();
        spawn_local(async move {
            match session.set_tariff(&tariff).await {
                Ok(_) => {
                    let day = dates::full(tariff.from, words.language);
                    let told = (tariff_words.saved)((words.cells.service)(service), &day);
                    toasts.show(Toast::info(told));
                    navigate(room::TARIFFS, NavigateOptions::default());
                }
                Err(error) => refused(form, &typed, error),
            }
        });
    };
    let is_first = !all.tariffs.iter().any(|tariff| tariff.service == service);
    let tomorrow = all.today.succ_opt().filter(|_| !is_first).map(|day| day.to_string());
    let day = match from {
        Some(from) => {
            let day = (tariff_words.from)(&dates::full(from, words.language));
            view! { <p><b>{day}</b></p> <p class="hint">{tariff_words.same_day}</p> }.into_any()
        }
        None => view! {
            <div class="field day">
                <label for="tariff-from">{tariff_words.from_day}</label>
                <input
                    class="input"
                    id="tariff-from"
                    type="date"
                    min=tomorrow
                    aria-required="true"
                    aria-invalid=move || form.mistake("/from").map(|_| "true")
                    aria-describedby="tariff-from-error"
                    on:input=move |event| draft.update(|draft| draft.from = event_target_value(&event))
                />
                <MistakeBelow form=form pointer="/from" id="tariff-from-error".to_owned()/>
            </div>
        }
        .into_any(),
    };
    let about = if base.is_some() { tariff_words.about_new } else { tariff_words.about_first };
    view! {
        <section class="card pad" aria-labelledby="tariff-title">
            <h2 id="tariff-title">{(words.cells.service)(service)}</h2>
            <p class="soft">{about}</p>
            <form class="form" id=form.id novalidate on:submit=submit>
                {day}
                <Grid draft=draft form=form/>
                <Reductions draft=draft form=form/>
                <Verdict form=form/>
                <div class="buttons">
                    <button class="btn primary" type="submit" aria-disabled=move || form.is_busy()>
                        {tariff_words.save}
                    </button>
                    <a class="btn" href=room::TARIFFS>{words.common.cancel}</a>
                </div>
            </form>
        </section>
    }
}

/// Says what the server refused at the cells that were typed.
fn refused(form: Form, typed: &Draft, error: ApiError) {
    let mut mistakes = mistakes_of(&error);
    if let ApiError::Refused(refused) = &error
        && refused.problem.code == ProblemCode::TariffInUse
    {
        mistakes.push(("/from".to_owned(), refused.problem.detail.clone()));
    }
    if mistakes.is_empty() {
        return form.refused(error);
    }
    form.done();
    let placed = mistakes.into_iter().map(|(pointer, words)| (typed.place(&pointer), words));
    form.refuse(placed.collect());
}
