use actix_web::{get, put, web};
use domain::billing::RevenueOffice;
use domain::problem::{Problem, ProblemCode};

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::audit::{self, Entry};
use crate::store::billing::office;

/// Shows who bills
///
/// The cash desk, as the next invoices will say it.
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_revenue_office",
    security(("token" = [])),
    responses(
        (status = 200, description = "The cash desk", body = RevenueOffice),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`no_office`: it has not been entered", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/revenue-office")]
pub(crate) async fn get_revenue_office(
    app: web::Data<App>,
    _guichet: Coordinator,
) -> Result<web::Json<RevenueOffice>, Failure> {
    let office = office::get(&mut app.db.read().await?).await?.ok_or(ProblemCode::NoOffice)?;
    Ok(web::Json(office))
}

/// Says who bills
///
/// What was issued keeps what it says.
#[utoipa::path(
    tag = "guichet",
    operation_id = "set_revenue_office",
    request_body = RevenueOffice,
    security(("token" = [])),
    responses(
        (status = 200, description = "The cash desk", body = RevenueOffice),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: each field with its mistake", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/guichet/revenue-office")]
pub(crate) async fn set_revenue_office(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<RevenueOffice>,
) -> Result<web::Json<RevenueOffice>, Failure> {
    let mistakes = body.mistakes();
    if !mistakes.is_empty() {
        return Err(Failure::Fields(mistakes));
    }
    let (new, actor) = (body.clone(), guichet.plain_actor(app.clock.now()));
    let set = app.db.write(move |conn| {
        Box::pin(async move {
            office::set(conn, &new).await?;
            let entry = Entry { action: "office.set", after: Some(&new.siret), ..Entry::default() };
            audit::write(conn, &actor, entry).await?;
            Ok(())
        })
    });
    set.await?;
    Ok(body)
}
