use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::TermsView;

use crate::caller::Caller;
use crate::failure::Failure;
use crate::state::App;

/// Lists the terms
#[utoipa::path(
    tag = "calendar",
    operation_id = "list_terms",
    security(("token" = [])),
    responses(
        (status = 200, description = "The terms, by first day", body = TermsView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/terms")]
pub(crate) async fn list_terms(
    app: web::Data<App>,
    _: Caller,
) -> Result<web::Json<TermsView>, Failure> {
    let settings = app.settings.current(&mut app.db.read().await?).await?;
    Ok(web::Json(TermsView { terms: settings.calendar.terms().to_vec() }))
}
