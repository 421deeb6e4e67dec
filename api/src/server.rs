//! The HTTP server.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{NormalizePath, TrailingSlash, from_fn};
use actix_web::{App as Routes, HttpResponse, HttpServer, web};
use tracing_actix_web::TracingLogger;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::edge;
use crate::openapi::Reference;
use crate::request_span::RequestSpan;
use crate::routes::{api_v1, feeds, health};
use crate::state::App;

const OPENAPI_JSON: &str = "/api/v1/openapi.json";

/// Runs a commune's server on a listener until it is stopped; requests under way are answered.
pub fn run(app: web::Data<App>, listener: TcpListener) -> std::io::Result<Server> {
    let reference = web::Data::new(Reference::default());
    let server = HttpServer::new(move || {
        let json =
            web::JsonConfig::default().limit(edge::BODY_LIMIT).error_handler(edge::json_failure);
        Routes::new()
            .app_data(app.clone())
            .app_data(reference.clone())
            .app_data(json)
            .wrap(from_fn(edge::small_bodies))
            .wrap(from_fn(edge::problems))
            .wrap(from_fn(edge::protect))
            .wrap(from_fn(edge::measure))
            .wrap(TracingLogger::<RequestSpan>::new())
            .wrap(NormalizePath::new(TrailingSlash::MergeOnly))
            .service(health::healthz)
            .service(health::readyz)
            .service(health::metrics)
            .route("/api/docs", web::get().to(docs_redirect))
            .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from(OPENAPI_JSON)))
            .route(OPENAPI_JSON, web::get().to(openapi_json))
            .route("/api/v1/openapi.yaml", web::get().to(openapi_yaml))
            .service(web::scope("/api/v1").configure(api_v1))
            .service(feeds::read_feed::read_calendar_feed)
            .default_service(web::to(edge::no_route))
    })
    .keep_alive(Duration::from_secs(75))
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(20)
    // Whoever runs the server ends its streams first.
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(server)
}

async fn docs_redirect() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header(("Location", "/api/docs/")).finish()
}

async fn openapi_json(reference: web::Data<Reference>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(reference.parts().json.clone())
}

async fn openapi_yaml(reference: web::Data<Reference>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/yaml").body(reference.parts().yaml.clone())
}
