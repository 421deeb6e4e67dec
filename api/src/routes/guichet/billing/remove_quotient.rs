use actix_web::{delete, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::FamilyBillingView;

use super::parse_family;
use crate::billing;
use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::planning::parse_date;
use crate::state::App;
use crate::store::Conn;
use crate::store::audit::{self, Entry};
use crate::store::billing::households;

/// Takes a family's quotient back
///
/// One that was entered by mistake. Terms that were confirmed on its days are credited and billed again
/// where their price is another; a month, when it is run again.
#[utoipa::path(
    tag = "guichet",
    operation_id = "remove_family_quotient",
    params(
        ("family" = String, Path, description = "The dossier's id", format = Uuid),
        ("from" = String, Path, description = "The quotient's first day", format = Date, example = "2017-09-01"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The family", body = FamilyBillingView),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`, `quotient_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`no_tariff`, `no_office`, `no_payer`: a term can't be billed again", body = Problem, content_type = "application/problem+json"),

    )
)]
#[delete("/guichet/families/{family}/quotients/{from}")]
pub(crate) async fn remove_family_quotient(
    app: web::Data<App>,
    guichet: Coordinator,
    path: web::Path<(String, String)>,
) -> Result<web::Json<FamilyBillingView>, Failure> {
    let (family, from) = path.into_inner();
    let (family, from) = (parse_family(&family)?, parse_date(&from)?);
    let now = app.clock.now();
    let actor = guichet.plain_actor(now);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let remove = async |conn: &mut Conn| {
                if !households::hold(conn, family).await? {
                    return Err(ProblemCode::FamilyNotFound.into());
                }
                if !households::remove_quotient(conn, family, from).await? {
                    return Err(ProblemCode::QuotientNotFound.into());
                }
                let (id, day) = (family.to_string(), from.to_string());
                let entry = Entry {
                    action: "quotient.removed",
                    before: Some(&id),
                    after: Some(&day),
                    ..Entry::default()
                };
                audit::write(conn, &actor, entry).await?;
                let settings = state.settings.current(conn).await?;
                billing::settle_terms(conn, &actor, family).await?;
                billing::family(conn, &settings, family, now).await
            };
            or_undo(remove(conn).await)
        })
    });
    Ok(web::Json(made.await??))
}
