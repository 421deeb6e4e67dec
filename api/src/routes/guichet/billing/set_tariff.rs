use actix_web::{put, web};
use domain::billing::Tariff;
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::TariffsView;

use super::tariffs_view;
use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::state::App;
use crate::store::Conn;
use crate::store::audit::{self, Entry};
use crate::store::billing::{office, tariffs};

/// Adds a tariff, or changes one by which nothing has been billed
///
/// The first of a service may begin on any day; later ones from a day to come, so that what was billed
/// stays right.
#[utoipa::path(
    tag = "guichet",
    operation_id = "set_tariff",
    request_body = Tariff,
    security(("token" = [])),
    responses(
        (status = 200, description = "All tariffs", body = TariffsView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`tariff_in_use`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: each fault with its pointer", body = Problem, content_type = "application/problem+json"),

    )
)]
#[put("/guichet/tariffs")]
pub(crate) async fn set_tariff(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<Tariff>,
) -> Result<web::Json<TariffsView>, Failure> {
    let tariff = body.into_inner();
    let faults = tariff.faults();
    if !faults.is_empty() {
        return Err(Failure::Tariff(faults));
    }
    let now = app.clock.now();
    let today = utc_to_paris(now).date();
    let actor = guichet.plain_actor(now);
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let set = async |conn: &mut Conn| {
                // Whoever bills by it has read it, and is waited for.
                office::hold(conn).await?;
                let known = tariffs::all(conn).await?;
                if !tariff.may_be_set(&known, today) || !tariffs::set(conn, &tariff).await? {
                    return Err(ProblemCode::TariffInUse.into());
                }
                let day = tariff.from.to_string();
                let service = Some(tariff.service.as_str());
                let entry = Entry {
                    action: "tariff.set",
                    before: service,
                    after: Some(&day),
                    ..Entry::default()
                };
                audit::write(conn, &actor, entry).await?;
                Ok(tariffs_view(conn, today).await?)
            };
            or_undo(set(conn).await)
        })
    });
    Ok(web::Json(made.await??))
}
