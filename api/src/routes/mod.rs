//! The API's operations, one a file: request, response, handler.

pub mod auth;
pub mod billing;
pub mod children;
pub mod commune;
pub mod families;
pub mod family;
pub mod feeds;
pub mod guichet;
pub mod health;
pub mod reminders;
pub mod weeks;

use actix_web::web;
use utoipa_actix_web::service_config;

macro_rules! operations {
    ($($operation:path,)*) => {
        /// Everything below `/api/v1`.
        pub fn api_v1(config: &mut web::ServiceConfig) {
            config$(.service($operation))*;
        }

        /// The same, with what the OpenAPI document says of it: some megabytes, which a thread that
        /// serves needs not.
        pub fn described(config: &mut service_config::ServiceConfig) {
            config$(.service($operation))*;
        }
    };
}

operations! {
    auth::login::login,
    auth::refresh::refresh,
    auth::logout::logout,
    auth::password::change_password,
    auth::password_links::send_password_link,
    auth::password_links::read_password_link,
    auth::password_links::use_password_link,
    auth::me::get_me,
    feeds::get_address::get_calendar_feed,
    feeds::renew_address::renew_calendar_feed,
    reminders::get_reminders::get_reminders,
    reminders::set_reminders::set_reminders,
    family::get_family::get_family,
    family::get_week::get_family_week,
    family::get_month::get_family_month,
    family::change_days::change_days,
    family::preview_type_week::preview_type_week,
    family::update_type_week::update_type_week,
    family::get_subscriptions::get_family_subscriptions,
    families::get_form::get_subscription_form,
    families::save_draft::save_subscription_draft,
    families::confirm::confirm_subscriptions,
    billing::list_invoices::list_invoices,
    billing::get_invoice::get_invoice,
    billing::get_credit_note::get_credit_note,
    billing::get_invoice_pdf::get_invoice_pdf,
    billing::get_credit_note_pdf::get_credit_note_pdf,
    children::get_week::get_child_week,
    children::add_inscription::add_inscription,
    children::remove_inscription::remove_inscription,
    children::join_waiting::join_waiting,
    children::leave_waiting::leave_waiting,
    children::get_history::get_history,
    weeks::stream_seats::stream_seats,
    guichet::get_week::get_guichet_week,
    guichet::check_buses::check_bus_packages,
    guichet::get_session::get_guichet_session,
    guichet::set_capacity::set_session_capacity,
    guichet::find_children::find_children,
    guichet::get_child_week::get_guichet_child_week,
    guichet::change_day::change_child_day,
    guichet::list_acts::list_guichet_changes,
    guichet::add_activity::add_child_activity,
    guichet::end_subscription::end_subscription,
    guichet::set_package::set_bus_package,
    guichet::billing::list_tariffs::list_tariffs,
    guichet::billing::set_tariff::set_tariff,
    guichet::billing::remove_tariff::remove_tariff,
    guichet::billing::office::get_revenue_office,
    guichet::billing::office::set_revenue_office,
    billing::care::get_care_paid,
    billing::care::get_care_certificate,
    guichet::billing::enter_cheque::enter_cheque,
    guichet::billing::take_back_receipt::take_back_receipt,
    guichet::billing::list_receipts::list_receipts,
    guichet::billing::get_document::get_guichet_document,
    guichet::billing::get_document::get_guichet_document_pdf,
    guichet::billing::get_family::get_family_billing,
    guichet::billing::list_family_invoices::list_family_invoices,
    guichet::billing::set_quotient::set_family_quotient,
    guichet::billing::remove_quotient::remove_family_quotient,
    guichet::billing::set_residence::set_family_residence,
    guichet::billing::set_attendance::set_attendance,
    guichet::billing::start_run::start_invoice_run,
    guichet::billing::list_runs::list_invoice_runs,
    guichet::billing::get_run::get_invoice_run,
    guichet::billing::list_findings::list_invoice_run_findings,
    guichet::billing::list_unpaid::list_unpaid_invoices,
    commune::list_terms::list_terms,
    commune::get_calendar::get_calendar,
}
