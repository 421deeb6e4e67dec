use actix_web::{delete, web};
use domain::activity::ServiceKind;
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::TariffsView;

use super::tariffs_view;
use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::planning::parse_date;
use crate::state::App;
use crate::store::Conn;
use crate::store::audit::{self, Entry};
use crate::store::billing::{office, tariffs};

/// Takes a tariff back by which nothing has been billed
#[utoipa::path(
    tag = "guichet",
    operation_id = "remove_tariff",
    params(
        ("service" = String, Path, description = "`canteen`, `bus` or `tap`", example = "canteen"),
        ("from" = String, Path, description = "Its first day", format = Date, example = "2018-01-01"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The tariffs that are left", body = TariffsView),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`tariff_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`tariff_in_use`", body = Problem, content_type = "application/problem+json"),

    )
)]
#[delete("/guichet/tariffs/{service}/{from}")]
pub(crate) async fn remove_tariff(
    app: web::Data<App>,
    guichet: Coordinator,
    path: web::Path<(String, String)>,
) -> Result<web::Json<TariffsView>, Failure> {
    let (service, from) = path.into_inner();
    let service = ServiceKind::parse(&service).ok_or(ProblemCode::TariffNotFound)?;
    let from = parse_date(&from)?;
    let now = app.clock.now();
    let today = utc_to_paris(now).date();
    let actor = guichet.plain_actor(now);
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let remove = async |conn: &mut Conn| {
                // Whoever bills by it has read it, and is waited for.
                office::hold(conn).await?;
                if !tariffs::remove(conn, service, from).await? {
                    let mut known = tariffs::all(conn).await?.into_iter();
                    let is_known =
                        known.any(|known| known.service == service && known.from == from);
                    let why = if is_known {
                        ProblemCode::TariffInUse
                    } else {
                        ProblemCode::TariffNotFound
                    };
                    return Err(why.into());
                }
                let day = from.to_string();
                let service = Some(service.as_str());
                let entry = Entry {
                    action: "tariff.removed",
                    before: service,
                    after: Some(&day),
                    ..Entry::default()
                };
                audit::write(conn, &actor, entry).await?;
                Ok(tariffs_view(conn, today).await?)
            };
            or_undo(remove(conn).await)
        })
    });
    Ok(web::Json(made.await??))
}
