use actix_web::{HttpResponse, post, web};
use domain::billing::Period;
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{PeriodView, RunPeriod, RunRequest, RunView};

use super::run_view;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::{office, runs};

/// Starts an invoice run
///
/// Of a month's canteen, or of what a term's subscriptions have and no paper says yet. Where one of its
/// kind goes on, that one is answered. A dry run issues nothing.
#[utoipa::path(
    tag = "guichet",
    operation_id = "start_invoice_run",
    request_body = RunRequest,
    security(("token" = [])),
    responses(
        (status = 202, description = "The run, which goes on by itself", body = RunView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`term_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`month_not_over`; `no_office`: who bills is not entered", body = Problem, content_type = "application/problem+json"),

    )
)]
#[post("/guichet/invoice-runs")]
pub(crate) async fn start_invoice_run(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<RunRequest>,
) -> Result<HttpResponse, Failure> {
    let RunRequest { period, dry } = body.into_inner();
    let actor = guichet.plain_actor(app.clock.now());
    let today = utc_to_paris(actor.now).date();
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    let period = match period {
        RunPeriod::Month(month) if !dry && !month.is_over(today) => {
            return Err(ProblemCode::MonthNotOver.into());
        }
        RunPeriod::Month(month) => Period::Month(month),
        RunPeriod::TermId(term) => Period::Term(term),
    };
    PeriodView::of(period, settings.calendar.terms()).ok_or(ProblemCode::TermNotFound)?;
    if office::get(&mut conn).await?.is_none() {
        return Err(ProblemCode::NoOffice.into());
    }
    drop(conn);
    let run = app.db.write(move |conn| {
        Box::pin(async move { Ok(runs::start(conn, period, dry, actor.account, actor.now).await?) })
    });
    Ok(HttpResponse::Accepted().json(run_view(&run.await?, &settings)?))
}
