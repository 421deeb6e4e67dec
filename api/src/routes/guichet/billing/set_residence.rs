use actix_web::{put, web};
use domain::billing::Residence;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{FamilyBillingView, ResidenceRequest};

use super::parse_family;
use crate::billing;
use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::routes::guichet::parse_reason;
use crate::state::App;
use crate::store::Conn;
use crate::store::audit::{self, Entry};
use crate::store::billing::households;

/// Says where a family lives from a day on
///
/// Terms that were confirmed on its days are credited and billed again where their price is another; a
/// month, when it is run again.
#[utoipa::path(
    tag = "guichet",
    operation_id = "set_family_residence",
    params(("family" = String, Path, description = "The dossier's id", format = Uuid)),
    request_body = ResidenceRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "The family", body = FamilyBillingView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`no_tariff`, `no_office`, `no_payer`: a term can't be billed again", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, a long one", body = Problem, content_type = "application/problem+json"),

    )
)]
#[put("/guichet/families/{family}/residence")]
pub(crate) async fn set_family_residence(
    app: web::Data<App>,
    guichet: Coordinator,
    family: web::Path<String>,
    body: web::Json<ResidenceRequest>,
) -> Result<web::Json<FamilyBillingView>, Failure> {
    let (family, request) = (parse_family(&family)?, body.into_inner());
    let now = app.clock.now();
    let actor = guichet.actor(now, &parse_reason(&request.reason)?);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let set = async |conn: &mut Conn| {
                if !households::hold(conn, family).await? {
                    return Err(ProblemCode::FamilyNotFound.into());
                }
                let ResidenceRequest { from, outside, .. } = request;
                households::set_residence(conn, family, Residence { from, outside }).await?;
                let after = format!("{from} {}", if outside { "outside" } else { "inside" });
                let (id, action) = (family.to_string(), "residence.set");
                let entry =
                    Entry { action, before: Some(&id), after: Some(&after), ..Entry::default() };
                audit::write(conn, &actor, entry).await?;
                let settings = state.settings.current(conn).await?;
                billing::settle_terms(conn, &actor, family).await?;
                billing::family(conn, &settings, family, now).await
            };
            or_undo(set(conn).await)
        })
    });
    Ok(web::Json(made.await??))
}
