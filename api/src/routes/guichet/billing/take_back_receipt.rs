use actix_web::{HttpResponse, post, web};
use domain::billing::DocumentNumber;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{ContraRequest, ReceiptView};

use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::receipts;
use crate::routes::guichet::parse_reason;
use crate::state::App;

/// Takes a receipt back that was a mistake
///
/// By a contra entry under a number of its own: nothing is deleted, and the invoice is due again.
#[utoipa::path(
    tag = "guichet",
    operation_id = "take_back_receipt",
    params(("number" = String, Path, description = "The receipt's number", example = "Q2026000012")),
    request_body = ContraRequest,
    security(("token" = [])),
    responses(
        (status = 201, description = "The contra entry", body = ReceiptView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`receipt_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`taken_back`: already, or it takes another back", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, a long one", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/guichet/receipts/{number}/contra")]
pub(crate) async fn take_back_receipt(
    app: web::Data<App>,
    guichet: Coordinator,
    number: web::Path<String>,
    body: web::Json<ContraRequest>,
) -> Result<HttpResponse, Failure> {
    let number = DocumentNumber::parse(&number).map_err(|_| ProblemCode::ReceiptNotFound)?;
    let reason = parse_reason(&body.reason)?;
    let (account, actor) = (guichet.account, guichet.actor(app.clock.now(), &reason));
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            or_undo(receipts::take_back(conn, &actor, account, number, &reason).await)
        })
    });
    let receipt: ReceiptView = made.await??;
    Ok(HttpResponse::Created().json(receipt))
}
