use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::{ConfirmationRequest, ConfirmationView};

use crate::caller::Parent;
use crate::failure::{Failure, or_undo};
use crate::once::{self, Once};
use crate::state::App;
use crate::store::Conn;
use crate::store::billing::households;
use crate::subscribing::Form;

/// Confirms a term's subscriptions
///
/// Subscriptions, inscriptions and the term's invoice come to be together, or nothing does. Nothing
/// is believed but the choices: prices, quotients and dates are the server's. A full TAP activity is
/// refused; full days of canteen and bus are named in the answer. What a child has already is changed
/// by the guichet.
#[utoipa::path(
    tag = "subscriptions",
    operation_id = "confirm_subscriptions",
    params(
        ("family" = String, Path, description = "The dossier's id", format = Uuid),
        ("term" = String, Path, description = "The term's id", format = Uuid),
        ("Idempotency-Key" = Option<String>, Header, description = "Any text of 1 to 100 characters: the same request with the same key is done once")
    ),
    request_body = ConfirmationRequest,
    security(("token" = [])),
    responses(
        (status = 201, description = "What was made; with a key that was sent before, what was made then", body = ConfirmationView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`, `term_not_found`, `child_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`subscriptions_closed`; `session_full`: a TAP activity, with its pointer; `total_changed`: not the one expected; `no_tariff`, `no_office`, `no_payer`: nothing can be billed yet", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: nothing is chosen, or each fault with its pointer; `idempotency_key_reused`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/families/{family}/terms/{term}/confirmation")]
pub(crate) async fn confirm_subscriptions(
    app: web::Data<App>,
    parent: Parent,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    body: web::Json<ConfirmationRequest>,
) -> Result<HttpResponse, Failure> {
    let once = Once::read(&request, parent.account, &body)?;
    let actor = parent.actor(app.clock.now());
    let (guardian, state) = (parent.guardian, app.clone().into_inner());
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let confirm = async |conn: &mut Conn| {
                let form = Form::read(conn, &state.settings, guardian, &path).await?;
                // One confirmation of a family at a time, and the same request once.
                if !households::hold(conn, form.family).await? {
                    return Err(ProblemCode::FamilyNotFound.into());
                }
                once::answered(conn, once, actor.now, async |conn: &mut Conn| {
                    form.confirm(conn, &actor, &body).await
                })
                .await
            };
            or_undo(confirm(conn).await)
        })
    });
    Ok(made.await??.created())
}
