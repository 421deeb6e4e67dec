//! For whoever runs the server.

use actix_web::http::header;
use actix_web::{HttpResponse, route, web};
use domain::problem::ProblemCode;

use crate::failure::Failure;
use crate::state::App;
use crate::store::{StoreError, settings};

/// The process answers.
#[route("/healthz", method = "GET", method = "HEAD")]
pub(crate) async fn healthz() -> &'static str {
    "ok"
}

/// The database answers too, and holds a commune.
#[route("/readyz", method = "GET", method = "HEAD")]
pub(crate) async fn readyz(app: web::Data<App>) -> Result<&'static str, Failure> {
    let mut conn = app.db.read().await.map_err(|error| not_ready(&error))?;
    settings::version(&mut conn).await.map_err(|error| not_ready(&error))?;
    Ok("ready")
}

fn not_ready(error: &StoreError) -> Failure {
    tracing::warn!(%error, "not ready");
    ProblemCode::Unavailable.into()
}

/// Figures for Prometheus.
#[route("/metrics", method = "GET", method = "HEAD")]
pub(crate) async fn metrics(app: web::Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((
            header::CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ))
        .body(app.metrics.text(app.db.statements(), app.live.listeners()))
}
