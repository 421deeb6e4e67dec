//! *Facturer*: which month or term, a dry run first, and the runs that were.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::billing::{Month, document};
use domain::calendar::Term;
use domain::wire::{RunPeriod, RunRequest, RunsView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::form::{Form, Verdict};
use super::room;
use super::run_list::RunList;
use super::words::use_billing_words;
use crate::api::{ApiError, Asked, Load, Session};
use crate::components::ErrorCard;
use crate::guichet::desk::Desk;
use crate::i18n::{self, use_words};
use crate::pages::Skeleton;

/// Months to choose from, the one that goes on among them.
const MONTHS: usize = 13;

/// Terms to choose from.
const TERMS: usize = 4;

/// The month of a day and those before it, the latest first.
fn months(today: NaiveDate) -> Vec<Month> {
    let before = |month: &Month| month.first_day().pred_opt().map(Month::of);
    std::iter::successors(Some(Month::of(today)), before).take(MONTHS).collect()
}

/// The one that is probably meant: the last that is over.
fn meant(months: &[Month], today: NaiveDate) -> Option<Month> {
    months.iter().copied().find(|month| month.is_over(today))
}

/// The terms that may have something to bill, the latest first: parents could subscribe to them.
fn begun(terms: &[Term], today: NaiveDate) -> Vec<Term> {
    let begun = terms.iter().rev().filter(|term| term.subscribe_from <= today);
    begun.take(TERMS).cloned().collect()
}

/// As it stands in an option, a month or a term's id.
fn value(period: RunPeriod) -> String {
    match period {
        RunPeriod::Month(month) => month.to_string(),
        RunPeriod::TermId(term) => term.to_string(),
    }
}

/// Reads [`value`].
fn chosen_by(value: &str) -> Option<RunPeriod> {
    let month = Month::parse(value).map(RunPeriod::Month);
    month.or_else(|| value.parse().ok().map(RunPeriod::TermId))
}

#[derive(Clone, PartialEq)]
enum Today {
    Unknown,
    Failed(ApiError),
    Known(NaiveDate),
}

#[component]
pub(super) fn RunsPage() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_billing_words();
    // Which months are over is the server's to say.
    let today = Memo::new(move |_| match (desk.clock.now(), desk.seats.get()) {
        (Some(_), _) => Today::Known(desk.clock.today()),
        (None, Load::Failed(error)) => Today::Failed(error),
        (None, _) => Today::Unknown,
    });
    let runs = Asked::<RunsView>::new();
    let ask = Callback::new(move |()| runs.ask(desk.session.invoice_runs()));
    ask.run(());
    let retry = Callback::new(move |()| {
        desk.seats.clear();
        desk.load_seats(desk.week.get_untracked());
    });
    move || match today.get() {
        Today::Unknown => view! { <Skeleton bars=1/> }.into_any(),
        Today::Failed(error) => {
            view! { <ErrorCard title=words.runs.failed error=error retry=retry/> }.into_any()
        }
        Today::Known(today) => view! {
            <StartForm today=today runs=runs/>
            <RunList asked=runs ask=ask/>
        }
        .into_any(),
    }
}

#[component]
fn StartForm(today: NaiveDate, runs: Asked<RunsView>) -> impl IntoView {
    let session: Session = expect_context();
    let runs_words = &use_billing_words().runs;
    let navigate = Arc::new(use_navigate());
    let form = Form::new("run-form");
    let months = months(today);
    let chosen = RwSignal::new(meant(&months, today).map(RunPeriod::Month));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(period) = chosen.get_untracked() else { return };
        if !form.start() {
            return;
        }
        form.send();
        let navigate = Arc::clone(&navigate);
        spawn_local(async move {
            match session.start_run(RunRequest { period, dry: true }).await {
                Ok(run) => navigate(&room::run(run.id), leptos_router::NavigateOptions::default()),
                Err(error) => form.refused(error),
            }
        });
    };
    view! {
        <section class="card pad" aria-labelledby="run-start">
            <h2 id="run-start">{runs_words.start}</h2>
            <p class="soft">{runs_words.about}</p>
            <form class="form" id=form.id on:submit=submit>
                <div class="line-form">
                    <PeriodField today=today months=months runs=runs chosen=chosen/>
                    <button class="btn primary big" type="submit" aria-disabled=move || form.is_busy()>
                        {runs_words.dry}
                    </button>
                </div>
                <Verdict form=form/>
            </form>
        </section>
    }
}

/// A month or, once they are known, a term.
#[component]
fn PeriodField(
    today: NaiveDate,
    months: Vec<Month>,
    runs: Asked<RunsView>,
    chosen: RwSignal<Option<RunPeriod>>,
) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().runs;
    let option = move |period: RunPeriod, label: String| {
        let selected = move || chosen.get() == Some(period);
        view! { <option value=value(period) selected=selected>{label}</option> }
    };
    let month_options = months.into_iter().map(move |month| {
        let name = i18n::month_name(month.first_day(), language);
        let label = if month.is_over(today) { name } else { (words.goes_on)(&name) };
        option(RunPeriod::Month(month), label)
    });
    let month_options = month_options.collect_view();
    // They stay the same while the list of runs changes.
    let terms = Memo::new(move |_| runs.get().shown().map(|runs| begun(&runs.terms, today)));
    let term_options = move || {
        let terms = terms.get().filter(|terms| !terms.is_empty())?;
        let options = terms
            .iter()
            .map(|term| option(RunPeriod::TermId(term.id), document::term(term, language)));
        let options = options.collect_view();
        Some(view! { <optgroup label=words.terms>{options}</optgroup> })
    };
    let choose = move |event| chosen.set(chosen_by(&event_target_value(&event)));
    view! {
        <div class="field">
            <label for="period">{words.period}</label>
            <select class="input" id="period" on:change=choose>
                <optgroup label=words.months>{month_options}</optgroup>
                {term_options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use domain::calendar::SchoolYear;

    use super::*;

    #[test]
    fn a_term_is_billed_from_its_window_on() {
        let day = |text: &str| text.parse().unwrap();
        let term = |number: u8, subscribe_from: &str| Term {
            id: uuid::Uuid::from_u128(number.into()).into(),
            year: SchoolYear(2017),
            number,
            first_day: day("2017-09-04"),
            last_day: day("2017-12-01"),
            subscribe_from: day(subscribe_from),
            subscribe_until: day("2017-12-01"),
        };
        let terms = [term(1, "2017-06-01"), term(2, "2017-11-06"), term(3, "2018-02-19")];
        let numbers =
            |today| begun(&terms, day(today)).iter().map(|term| term.number).collect::<Vec<_>>();
        assert_eq!(numbers("2017-11-05"), [1]);
        assert_eq!(numbers("2017-11-06"), [2, 1]);
        assert_eq!(numbers("2018-07-01"), [3, 2, 1]);
    }

    #[test]
    fn a_choice_reads_back() {
        let day: NaiveDate = "2017-10-02".parse().unwrap();
        let month = RunPeriod::Month(Month::of(day));
        let term = RunPeriod::TermId(uuid::Uuid::from_u128(7).into());
        for period in [month, term] {
            assert_eq!(chosen_by(&value(period)), Some(period));
        }
        assert_eq!(chosen_by("octobre"), None);
    }

    #[test]
    fn the_last_month_that_is_over_is_meant() {
        let on = |day: &str| {
            let today = day.parse().unwrap();
            let months = months(today);
            assert_eq!(months.len(), MONTHS);
            (months[0].to_string(), meant(&months, today).unwrap().to_string())
        };
        assert_eq!(on("2017-11-06"), ("2017-11".into(), "2017-10".into()));
        assert_eq!(on("2018-01-01"), ("2018-01".into(), "2017-12".into()));
        assert_eq!(on("2017-10-31"), ("2017-10".into(), "2017-10".into()));
    }
}
