use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::Datelike;
use domain::billing::BillingError;
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{CareCertificate, CarePaid, CarePaidView, ChildView};

use crate::caller::Parent;
use crate::failure::Failure;
use crate::paper;
use crate::planning::parse_child;
use crate::receipts;
use crate::state::App;
use crate::store::billing::{households, office};
use crate::store::{Conn, children};

/// The year of a path, which is over.
fn over(app: &App, year: &str) -> Result<i32, Failure> {
    let year: i32 = year.parse().map_err(|_| ProblemCode::InvalidDate)?;
    let this = utc_to_paris(app.clock.now()).year();
    if year < this { Ok(year) } else { Err(ProblemCode::YearNotOver.into()) }
}

fn name(child: &ChildView) -> String {
    format!("{} {}", child.first_name, child.last_name)
}

/// What was paid for the guardian's children, each in its own dossier.
async fn paid(
    conn: &mut Conn,
    parent: &Parent,
    year: i32,
) -> Result<Vec<(ChildView, CarePaid)>, Failure> {
    let mut paid = Vec::new();
    for child in children::of_guardian(conn, parent.guardian).await? {
        if let Some(sum) = receipts::care(conn, child.id, child.family_id, year).await? {
            let line = CarePaid { child_id: child.id, child: name(&child), paid: sum };
            paid.push((child, line));
        }
    }
    Ok(paid)
}

/// Shows what was paid for young children's care
///
/// In a calendar year that is over, for children who were under six on its first day: TAP, without
/// meals and bus.
#[utoipa::path(
    tag = "invoices",
    operation_id = "get_care_paid",
    params(("year" = i32, Path, description = "The year", example = 2026)),
    security(("token" = [])),
    responses(
        (status = 200, description = "A line for each child", body = CarePaidView),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`year_not_over`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/family/care-paid/{year}")]
pub(crate) async fn get_care_paid(
    app: web::Data<App>,
    parent: Parent,
    year: web::Path<String>,
) -> Result<web::Json<CarePaidView>, Failure> {
    let year = over(&app, &year)?;
    let paid = paid(&mut app.db.read().await?, &parent, year).await?;
    let children = paid.into_iter().map(|(_, line)| line).collect();
    Ok(web::Json(CarePaidView { year, children }))
}

/// Downloads a year's certificate of what was paid for a young child's care
///
/// In the language of `Accept-Language` (French or English): a tagged PDF.
#[utoipa::path(
    tag = "invoices",
    operation_id = "get_care_certificate",
    params(
        ("child" = String, Path, description = "The child's id", format = Uuid),
        ("year" = i32, Path, description = "The year", example = 2026),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf"),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `nothing_paid`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`year_not_over`, `no_office`, `no_payer`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/children/{child}/care-certificates/{year}")]
pub(crate) async fn get_care_certificate(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let (child, year) = path.into_inner();
    let (child, year) = (parse_child(&child)?, over(&app, &year)?);
    let mut conn = app.db.read().await?;
    let mut mine = children::of_guardian(&mut conn, parent.guardian).await?.into_iter();
    let child = mine.find(|known| known.id == child).ok_or(ProblemCode::ChildNotFound)?;
    let paid = receipts::care(&mut conn, child.id, child.family_id, year).await?;
    let paid = paid.ok_or(ProblemCode::NothingPaid)?;
    let certificate = CareCertificate {
        year,
        office: office::get(&mut conn).await?.ok_or(ProblemCode::NoOffice)?,
        addressee: households::payer(&mut conn, child.family_id)
            .await?
            .ok_or(BillingError::NoPayer)?,
        birth_date: child.birth_date.ok_or(ProblemCode::NothingPaid)?,
        child: name(&child),
        paid,
        issued_on: utc_to_paris(app.clock.now()).date(),
    };
    drop(conn);
    paper::certificate(&request, certificate).await
}
