//! A run: how far it has come, what came of it, and after a dry one the real one.

use std::sync::Arc;
use std::time::Duration;

use domain::billing::{Month, document};
use domain::ids::RunId;
use domain::wire::{PeriodView, RunPeriod, RunRequest, RunView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::answer::Answer;
use super::findings::Findings;
use super::form::{Form, Verdict};
use super::room;
use super::words::{RunWords, use_billing_words};
use crate::api::Asked;
use crate::api::Session;
use crate::browser;
use crate::components::{Icon, Notice, Sheet, Tone};
use crate::guichet::desk::Desk;
use crate::i18n::use_words;

/// Between two looks at a run that goes on.
const PAUSE: Duration = Duration::from_millis(700);

#[component]
pub(super) fn RunPage(run: RunId) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let run_words = &use_billing_words().run;
    let asked = Asked::<RunView>::new();
    let ask = Callback::new(move |()| asked.ask(session.invoice_run(run)));
    ask.run(());
    // The run goes on on the server, whoever looks; without an answer it is looked at again.
    Effect::new(move || {
        let goes_on = asked.get().shown().is_some_and(|run| run.finished_at.is_none());
        if goes_on && let Ok(timer) = set_timeout_with_handle(move || ask.run(()), PAUSE) {
            on_cleanup(move || timer.clear());
        }
    });
    let shown = Memo::new(move |_| asked.get().shown());
    let is_over = Memo::new(move |_| shown.get().is_some_and(|run| run.finished_at.is_some()));
    let heading = move || {
        shown.get().map(|run| {
            let kind = if run.dry { run_words.dry } else { run_words.real };
            view! {
                <h2>{document::heading(&run.period, words.language)}</h2>
                <p class="soft">{kind}</p>
            }
        })
    };
    let outcome = move || match (is_over.get(), shown.get()) {
        (true, Some(run)) => view! { <Outcome run=run/> }.into_any(),
        (false, Some(_)) => view! { <Progress shown=shown/> }.into_any(),
        (_, None) => ().into_any(),
    };
    view! {
        <Answer asked=asked failed=run_words.failed retry=ask>
            <section class="card pad" id="run" tabindex="-1">{heading}{outcome}</section>
            {move || is_over.get().then(|| view! { <Findings run=run/> })}
        </Answer>
        <p><a class="btn" href=room::BILLING>{run_words.back}</a></p>
    }
}

#[component]
fn Progress(shown: Memo<Option<Arc<RunView>>>) -> impl IntoView {
    let run_words = &use_billing_words().run;
    let progress = move || shown.get().map_or((0, 0), |run| (run.done, run.families));
    let told = move || (run_words.progress)(progress().0, progress().1);
    // Heard at each quarter, not at each family.
    let quarter = Memo::new(move |_| {
        let (done, families) = progress();
        (done * 4).checked_div(families)
    });
    let said = move || quarter.get().map(|_| untrack(told));
    view! {
        <p class="num" aria-hidden="true">{told}</p>
        <progress
            class="progress"
            aria-label=run_words.goes_on
            aria-valuetext=told
            max=move || progress().1.max(1).to_string()
            value=move || progress().0.to_string()
        ></progress>
        <p class="sr" role="status">{said}</p>
        <p class="hint">{run_words.leave}</p>
    }
}

#[component]
fn Outcome(run: Arc<RunView>) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let run_words = &use_billing_words().run;
    let amount = |cents| document::amount(cents, words.language);
    let nothing = run.invoices == 0 && run.credit_notes == 0;
    let told = (!run.dry && !nothing && sends_email(session)).then_some(run_words.families_told);
    let (tone, icon, verdict) = match (run.dry, nothing) {
        (_, true) => (Tone::Plain, Icon::Info, run_words.nothing),
        (true, false) => (Tone::Plain, Icon::Info, run_words.would),
        (false, false) => (Tone::Good, Icon::Check, run_words.made),
    };
    // Where nothing could be billed, “nothing to bill” would be wrong.
    let verdict = (!nothing || run.failures == 0).then(|| {
        view! { <Notice tone=tone icon=icon role="status">{verdict}" "{told}</Notice> }
    });
    let failures = (run.failures > 0).then(|| {
        let told = (run_words.failures)(run.failures as usize);
        view! { <Notice tone=Tone::Bad icon=Icon::Alert>{told}</Notice> }
    });
    let notes = (run.credit_notes > 0).then(|| {
        view! {
            <div>
                <dt>{(run_words.credit_notes)(run.credit_notes as usize)}</dt>
                <dd>{amount(run.credited)}</dd>
            </div>
        }
    });
    let issue = (run.dry && !nothing).then(|| view! { <Issue run=Arc::clone(&run)/> });
    view! {
        {verdict}
        <dl class="totals">
            <div><dt>{run_words.families}</dt><dd>{run.families}</dd></div>
            <div><dt>{run_words.invoices}</dt><dd>{run.invoices}</dd></div>
            <div><dt>{run_words.sum}</dt><dd>{amount(run.billed)}</dd></div>
            {notes}
        </dl>
        {failures}
        {issue}
    }
}

/// No e-mails are promised where none are sent.
fn sends_email(session: Session) -> bool {
    untrack(|| session.me()).is_some_and(|me| me.sends_email)
}

/// What a run of the same would be asked for with.
fn asked_again(period: &PeriodView) -> Option<RunPeriod> {
    match period {
        PeriodView::Month { month, .. } => Month::parse(month).map(RunPeriod::Month),
        PeriodView::Term { term } => Some(RunPeriod::TermId(term.id)),
    }
}

/// The real run, behind a confirmation that says all of it again.
#[component]
fn Issue(run: Arc<RunView>) -> impl IntoView {
    let session: Session = expect_context();
    let desk: Desk = expect_context();
    let words = use_words();
    let run_words: &'static RunWords = &use_billing_words().run;
    let navigate = Arc::new(use_navigate());
    let form = Form::new("issue");
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    let period = asked_again(&run.period);
    let goes_on = move || match period {
        Some(RunPeriod::Month(month)) => {
            desk.clock.now().is_some_and(|_| !month.is_over(desk.clock.today()))
        }
        _ => false,
    };
    let issue = Callback::new(move |()| {
        let Some(period) = period else { return };
        if !form.start() {
            return;
        }
        form.send();
        let navigate = Arc::clone(&navigate);
        spawn_local(async move {
            match session.start_run(RunRequest { period, dry: false }).await {
                Ok(run) => {
                    is_open.set(false);
                    navigate(&room::run(run.id), NavigateOptions::default());
                }
                Err(error) => {
                    is_open.set(false);
                    form.refused(error);
                    browser::focus_soon("run");
                }
            }
        });
    });
    let told = sends_email(session).then_some(run_words.families_told);
    let heading = document::heading(&run.period, words.language);
    let invoices = run.invoices as usize;
    let billed = document::amount(run.billed, words.language);
    let credited = document::amount(run.credited, words.language);
    let totals = if run.credit_notes > 0 {
        (run_words.totals_with_notes)(invoices, &billed, run.credit_notes as usize, &credited)
    } else {
        (run_words.totals)(invoices, &billed)
    };
    let footer = move || {
        view! {
            <button class="btn" type="button" on:click=move |_| close.run(())>{words.common.cancel}</button>
            <button
                class="btn primary"
                type="button"
                aria-disabled=move || form.is_busy()
                on:click=move |_| issue.run(())
            >
                {(run_words.issue_count)(invoices)}
            </button>
        }
    };
    let button = move || {
        if goes_on() {
            return view! { <p class="hint">{run_words.not_over}</p> }.into_any();
        }
        view! {
            <button class="btn primary big" type="button" on:click=move |_| is_open.set(true)>
                {run_words.issue}
            </button>
        }
        .into_any()
    };
    view! {
        <Verdict form=form/>
        {button}
        <Sheet
            id="issue-title"
            is_open=is_open
            on_close=close
            start=ViewFn::default()
            title=Signal::stored(run_words.issue.to_owned())
            footer=ViewFn::from(footer)
        >
            <p><b>{heading.clone()}</b></p>
            <p>{totals.clone()}</p>
            <p class="soft">{run_words.for_good}" "{told}</p>
        </Sheet>
    }
}
