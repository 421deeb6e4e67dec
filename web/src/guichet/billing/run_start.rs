//! *Factures du mois*: which month, a dry run first, and the runs that were.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::billing::Month;
use domain::wire::{RunPeriod, RunRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::form::{Form, Verdict};
use super::room;
use super::run_list::RunList;
use super::words::use_billing_words;
use crate::api::Load;
use crate::api::{ApiError, Session};
use crate::components::ErrorCard;
use crate::guichet::desk::Desk;
use crate::i18n::{self, use_words};
use crate::pages::Skeleton;

/// Months to choose from, the one that goes on among them.
const MONTHS: usize = 13;

/// The month of a day and those before it, the latest first.
fn months(today: NaiveDate) -> Vec<Month> {
    let before = |month: &Month| month.first_day().pred_opt().map(Month::of);
    std::iter::successors(Some(Month::of(today)), before).take(MONTHS).collect()
}

/// The one that is probably meant: the last that is over.
fn meant(months: &[Month], today: NaiveDate) -> Option<Month> {
    months.iter().copied().find(|month| month.is_over(today))
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
            <StartForm today=today/>
            <RunList/>
        }
        .into_any(),
    }
}

#[component]
fn StartForm(today: NaiveDate) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let runs_words = &use_billing_words().runs;
    let navigate = use_navigate();
    let form = Form::new("run-form");
    let months = months(today);
    let chosen = RwSignal::new(meant(&months, today));
    let options = months.iter().map(|month| {
        let name = i18n::month_name(month.first_day(), words.language);
        let label = if month.is_over(today) { name } else { (runs_words.goes_on)(&name) };
        let month = *month;
        view! {
            <option value=month.to_string() selected=move || chosen.get() == Some(month)>{label}</option>
        }
    });
    let options = options.collect_view();
    let navigate = Arc::new(navigate);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(month) = chosen.get_untracked() else { return };
        if !form.start() {
            return;
        }
        form.send();
        let navigate = Arc::clone(&navigate);
        spawn_local(async move {
            let wish = RunRequest { period: RunPeriod::Month(month), dry: true };
            match session.start_run(wish).await {
                Ok(run) => navigate(&room::run(run.id), leptos_router::NavigateOptions::default()),
                Err(error) => form.refused(error),
            }
        });
    };
    let choose = move |event| chosen.set(Month::parse(&event_target_value(&event)));
    view! {
        <section class="card pad" aria-labelledby="run-start">
            <h2 id="run-start">{runs_words.start}</h2>
            <p class="soft">{runs_words.about}</p>
            <form class="form" id=form.id on:submit=submit>
                <div class="line-form">
                    <div class="field">
                        <label for="month">{runs_words.month}</label>
                        <select class="input" id="month" on:change=choose>{options}</select>
                    </div>
                    <button class="btn primary big" type="submit" aria-disabled=move || form.is_busy()>
                        {runs_words.dry}
                    </button>
                </div>
                <Verdict form=form/>
            </form>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
