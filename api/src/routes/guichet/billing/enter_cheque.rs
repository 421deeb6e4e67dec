use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::billing::DocumentNumber;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{ChequeRequest, ReceiptView};

use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::once::{self, Once};
use crate::receipts;
use crate::state::App;
use crate::store::Conn;

/// Enters a cheque
///
/// For an invoice's exact amount due, to the order of the Treasury, handed in at the guichet.
#[utoipa::path(
    tag = "guichet",
    operation_id = "enter_cheque",
    params(
        ("number" = String, Path, description = "The invoice's number", example = "F2026001184"),
        ("Idempotency-Key" = Option<String>, Header, description = "Any text of 1 to 100 characters: the same request with the same key is done once"),
    ),
    request_body = ChequeRequest,
    security(("token" = [])),
    responses(
        (status = 201, description = "The receipt", body = ReceiptView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`document_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`other_amount`: not what is due; `nothing_due`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`idempotency_key_reused`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/guichet/invoices/{number}/cheques")]
pub(crate) async fn enter_cheque(
    app: web::Data<App>,
    guichet: Coordinator,
    request: HttpRequest,
    number: web::Path<String>,
    body: web::Json<ChequeRequest>,
) -> Result<HttpResponse, Failure> {
    let number = DocumentNumber::parse(&number).map_err(|_| ProblemCode::DocumentNotFound)?;
    let once = Once::read(&request, guichet.account, &body)?;
    let (account, actor) = (guichet.account, guichet.plain_actor(app.clock.now()));
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let enter = async |conn: &mut Conn| {
                // First: the same request at the same time waits here, and then finds its answer.
                let invoice = receipts::hold(conn, number).await?;
                once::answered(conn, once, actor.now, async |conn: &mut Conn| {
                    receipts::enter_cheque(conn, &actor, account, &invoice, body.amount).await
                })
                .await
            };
            or_undo(enter(conn).await)
        })
    });
    Ok(made.await??.created())
}
