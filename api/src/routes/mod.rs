//! The API's operations, one a file: request, response, handler.

pub mod auth;
pub mod children;
pub mod commune;
pub mod family;
pub mod health;

use utoipa_actix_web::service_config::ServiceConfig;

/// Everything below `/api/v1`.
pub fn api_v1(config: &mut ServiceConfig) {
    config
        .service(auth::login::login)
        .service(auth::refresh::refresh)
        .service(auth::logout::logout)
        .service(auth::password::change_password)
        .service(auth::me::get_me)
        .service(family::get_family::get_family)
        .service(family::get_week::get_family_week)
        .service(children::get_week::get_child_week)
        .service(children::add_inscription::add_inscription)
        .service(children::remove_inscription::remove_inscription)
        .service(commune::list_terms::list_terms)
        .service(commune::get_calendar::get_calendar);
}
