//! Tariffs, families' quotients, invoice runs, what is unpaid.

pub mod enter_cheque;
pub mod get_document;
pub mod get_family;
pub mod get_run;
pub mod list_family_invoices;
pub mod list_findings;
pub mod list_receipts;
pub mod list_runs;
pub mod list_tariffs;
pub mod list_unpaid;
pub mod office;
pub mod remove_quotient;
pub mod remove_tariff;
pub mod set_attendance;
pub mod set_quotient;
pub mod set_residence;
pub mod set_tariff;
pub mod start_run;
pub mod take_back_receipt;

use chrono::NaiveDate;
use domain::billing::Period;
use domain::ids::{FamilyId, RunId};
use domain::problem::ProblemCode;
use domain::settings::Settings;
use domain::wire::{PeriodView, RunView, TariffsView};

use crate::failure::Failure;
use crate::store::billing::runs::Run;
use crate::store::billing::tariffs;
use crate::store::{Conn, StoreError};

fn parse_family(id: &str) -> Result<FamilyId, Failure> {
    id.parse().map_err(|_| ProblemCode::FamilyNotFound.into())
}

fn parse_run(id: &str) -> Result<RunId, Failure> {
    id.parse().map_err(|_| ProblemCode::RunNotFound.into())
}

async fn tariffs_view(conn: &mut Conn, today: NaiveDate) -> Result<TariffsView, StoreError> {
    let (tariffs, changeable) = (tariffs::all(conn).await?, tariffs::changeable(conn).await?);
    Ok(TariffsView { today, tariffs, changeable })
}

fn run_view(run: &Run, settings: &Settings) -> Result<RunView, StoreError> {
    let count = |number: i32| u32::try_from(number).unwrap_or(0);
    let period: Period = run.period;
    Ok(RunView {
        id: run.id,
        period: PeriodView::of(period, settings.calendar.terms())
            .ok_or_else(|| StoreError::corrupt("invoice_run", "term_id", run.id))?,
        dry: run.dry,
        started_at: run.started_at,
        finished_at: run.finished_at,
        families: count(run.families),
        done: count(run.done),
        invoices: count(run.tally.invoices),
        credit_notes: count(run.tally.credit_notes),
        billed: run.tally.billed,
        credited: run.tally.credited,
        failures: count(run.tally.failures),
        anomalies: count(run.tally.anomalies),
    })
}
