//! A term's form, step by step.

use domain::billing::document;
use domain::subscribing::may_subscribe;
use domain::wire::{PeriodView, SubscriptionForm};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::child_step::ChildStep;
use super::done_step::DoneStep;
use super::draft_mark::Overtaken;
use super::filling::Filling;
use super::steps::Steps;
use super::summary_step::SummaryStep;
use super::words::use_subscribing_words;
use crate::api::{Asked, Connection, Load, Session, State};
use crate::components::{ErrorCard, Icon, IconView, PageTitle};
use crate::i18n::{self, use_words};
use crate::pages::Skeleton;
use crate::route::{Form, Route, SUBSCRIPTIONS, Step, subscribing};

#[component]
pub(super) fn FormPage(of: Form) -> impl IntoView {
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let asked = Asked::<SubscriptionForm>::new();
    Effect::new(move || {
        connection.restored();
        let asks = session.state() == State::SignedIn || connection.is_lost();
        // What is being filled in is not taken away.
        if asks && asked.known().is_none() {
            asked.ask(session.subscription_form(of));
        }
    });
    let reload = Callback::new(move |()| {
        asked.clear();
        asked.ask(session.subscription_form(of));
    });
    move || match asked.get() {
        Load::Loading => view! {
            <PageTitle title=words.common.my_subscriptions/>
            <Skeleton bars=1/>
        }
        .into_any(),
        Load::Failed(error) => view! {
            <PageTitle title=words.common.my_subscriptions/>
            <ErrorCard title=own.form_failed error=error retry=reload/>
        }
        .into_any(),
        Load::Shown(form) => match may_subscribe(&form.term, form.now) {
            Ok(()) => view! { <OpenForm of=of form=(*form).clone() reload=reload/> }.into_any(),
            Err(closed) => view! {
                <PageTitle title=words.common.my_subscriptions/>
                <section class="card empty">
                    <IconView icon=Icon::Lock/>
                    <h2>{i18n::capital(&document::term(&form.term, words.language))}</h2>
                    <p class="soft">{closed.advice(words.language)}</p>
                    <a class="btn primary" href=SUBSCRIPTIONS>{own.to_overview}</a>
                </section>
            }
            .into_any(),
        },
    }
}

#[component]
fn OpenForm(of: Form, form: SubscriptionForm, reload: Callback<()>) -> impl IntoView {
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    let route: Memo<Route> = expect_context();
    let navigate = use_navigate();
    let count = form.children.len();
    let filling = Filling::provide(of, session, form);
    let step = Memo::new(move |before: Option<&Step>| match route.get() {
        Route::Subscribing(_, step) => step,
        // On its way out, the form stays as it was.
        _ => before.copied().unwrap_or(Step::Child(0)),
    });
    Effect::new(move |before: Option<u32>| {
        let now = connection.restored();
        if before.is_some_and(|before| before != now) {
            filling.save_now();
        }
        now
    });
    // Where the address does not lead, or not any more, is elsewhere.
    Effect::new(move || {
        let is_done = filling.done.with(Option::is_some);
        let elsewhere = match (step.get(), is_done) {
            (Step::Summary, true) => Some(subscribing(of, Step::Done)),
            (Step::Child(_), true) | (Step::Done, false) => Some(SUBSCRIPTIONS.to_owned()),
            (Step::Child(at), false) if at > 0 && at >= count => {
                Some(subscribing(of, Step::Child(0)))
            }
            _ => None,
        };
        if let Some(elsewhere) = elsewhere {
            navigate(&elsewhere, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    move || match step.get() {
        Step::Child(at) => view! { <ChildStep at=at count=count reload=reload/> }.into_any(),
        Step::Summary => view! { <SummaryStep count=count reload=reload/> }.into_any(),
        Step::Done => view! { <DoneStep/> }.into_any(),
    }
}

/// Above each step: which term, and how far one is.
#[component]
pub(super) fn StepHead(
    #[prop(into)] title: String,
    step: Step,
    reload: Callback<()>,
) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let term = filling.form().term.clone();
    let name = document::term(&term, words.language);
    let until = i18n::short_date(term.subscribe_until, words.language);
    let span = document::span(&PeriodView::Term { term }, words.language);
    view! {
        <PageTitle title=title/>
        <p class="soft">{(own.term_line)(&name, &span)}" · "{(own.confirm_until)(&until)}</p>
        <Overtaken reload=reload/>
        <Steps step=step/>
    }
}
