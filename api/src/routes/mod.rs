//! The API's operations, one a file: request, response, handler.

pub mod auth;
pub mod children;
pub mod commune;
pub mod family;
pub mod feeds;
pub mod guichet;
pub mod health;
pub mod reminders;
pub mod weeks;

use utoipa_actix_web::service_config::ServiceConfig;

/// Everything below `/api/v1`.
pub fn api_v1(config: &mut ServiceConfig) {
    config
        .service(auth::login::login)
        .service(auth::refresh::refresh)
        .service(auth::logout::logout)
        .service(auth::password::change_password)
        .service(auth::me::get_me)
        .service(feeds::get_address::get_calendar_feed)
        .service(feeds::renew_address::renew_calendar_feed)
        .service(reminders::get_reminders::get_reminders)
        .service(reminders::set_reminders::set_reminders)
        .service(family::get_family::get_family)
        .service(family::get_week::get_family_week)
        .service(family::get_month::get_family_month)
        .service(family::change_days::change_days)
        .service(family::preview_type_week::preview_type_week)
        .service(family::update_type_week::update_type_week)
        .service(children::get_week::get_child_week)
        .service(children::add_inscription::add_inscription)
        .service(children::remove_inscription::remove_inscription)
        .service(children::join_waiting::join_waiting)
        .service(children::leave_waiting::leave_waiting)
        .service(children::get_history::get_history)
        .service(weeks::stream_seats::stream_seats)
        .service(guichet::get_week::get_guichet_week)
        .service(guichet::check_buses::check_bus_packages)
        .service(guichet::get_session::get_guichet_session)
        .service(guichet::set_capacity::set_session_capacity)
        .service(guichet::find_children::find_children)
        .service(guichet::get_child_week::get_guichet_child_week)
        .service(guichet::change_day::change_child_day)
        .service(guichet::list_acts::list_guichet_changes)
        .service(guichet::add_activity::add_child_activity)
        .service(commune::list_terms::list_terms)
        .service(commune::get_calendar::get_calendar);
}
