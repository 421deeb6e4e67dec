//! The OpenAPI document, made from the routes themselves.

use std::sync::OnceLock;

use actix_web::{App, web};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::scope::scope;

use crate::edge::Operations;
use crate::routes::{described, feeds};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Préau",
        description = "The parents' portal of a commune's after-school services: canteen, school bus, TAP.\n\n\
            Sign in with `POST /api/v1/auth/login` and `\"client\": \"app\"`, then send \
            `Authorization: Bearer <access_token>`. Dates are `YYYY-MM-DD`, instants UTC, a week is \
            named by its Monday. Every answer from 400 on is `application/problem+json` (RFC 9457) \
            with a stable `code` and, in the language of `Accept-Language` (French or English), \
            words for a person. Beside what is listed, any address can answer 405, 413, 415, 500 or \
            503 in that form.",
        license(name = "EUPL-1.2"),
    ),
    tags(
        (name = "auth", description = "Signing in and out"),
        (name = "family", description = "The caller's children"),
        (name = "planning", description = "Weeks and inscriptions"),
        (name = "subscriptions", description = "What children are subscribed to, term by term"),
        (name = "invoices", description = "Invoices and credit notes"),
        (name = "guichet", description = "What the coordinator sees and does"),
        (name = "calendar", description = "Terms and closed days; the calendar feed"),
        (name = "reminders", description = "What the caller is reminded of by e-mail"),
    ),
    modifiers(&Bearer),
)]
struct Head;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The document.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(Head::openapi())
        .service(scope("/api/v1").configure(described))
        .service(feeds::read_feed::read_calendar_feed)
        .split_for_parts();
    document
}

/// The document as it is served: made for who asks first, as most servers are never asked and
/// making it takes megabytes.
#[derive(Default)]
pub struct Reference(OnceLock<Parts>);

/// What is kept of it.
pub struct Parts {
    pub json: web::Bytes,
    pub yaml: web::Bytes,
    pub operations: Operations,
}

impl Reference {
    /// The document's parts.
    pub fn parts(&self) -> &Parts {
        self.0.get_or_init(|| {
            let document = document();
            // It always serialises, as the tests show.
            Parts {
                json: document.to_json().unwrap_or_default().into(),
                yaml: document.to_yaml().unwrap_or_default().into(),
                operations: Operations::of(&document),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::problem::ProblemCode::{
        self, Internal, InvalidRequest, MethodNotAllowed, NoOffice, NoPayer, NoTariff, NotFound,
        PayloadTooLarge, Unavailable, UnsupportedMediaType,
    };
    use utoipa::openapi::RefOr;

    use super::*;

    /// Of any address, as the document's head says; and of those that are none.
    const ANYWHERE: [ProblemCode; 6] =
        [MethodNotAllowed, PayloadTooLarge, UnsupportedMediaType, Internal, Unavailable, NotFound];

    /// Which codes an operation's answers name, with their status.
    fn named() -> Vec<(String, BTreeSet<&'static str>)> {
        let document = document();
        let operations = document.paths.paths.values().flat_map(|path| {
            [&path.get, &path.put, &path.post, &path.delete, &path.patch].into_iter().flatten()
        });
        let mut named = Vec::new();
        for operation in operations {
            let id = operation.operation_id.clone().unwrap();
            let mut codes = BTreeSet::new();
            for (status, response) in &operation.responses.responses {
                let RefOr::T(response) = response else { panic!("{id}: {status} is a reference") };
                let quoted = response.description.split('`').skip(1).step_by(2);
                for text in quoted {
                    let Some(code) = ProblemCode::ALL.iter().find(|code| code.as_str() == text)
                    else {
                        continue;
                    };
                    assert_eq!(*status, code.status().to_string(), "{id}: {text}");
                    codes.insert(code.as_str());
                }
            }
            named.push((id, codes));
        }
        named
    }

    #[test]
    fn each_problem_is_some_operations_with_its_status() {
        let named: BTreeSet<_> = named().into_iter().flat_map(|(_, codes)| codes).collect();
        assert!(named.contains(InvalidRequest.as_str()));
        for code in ProblemCode::ALL.iter().filter(|code| !ANYWHERE.contains(code)) {
            assert!(named.contains(code.as_str()), "no operation answers {}", code.as_str());
        }
    }

    #[test]
    fn who_may_find_no_tariff_may_find_no_office_and_no_payer() {
        let settles: Vec<_> =
            named().into_iter().filter(|(_, codes)| codes.contains(NoTariff.as_str())).collect();
        assert!(settles.len() > 5);
        for (id, codes) in settles {
            for code in [NoOffice, NoPayer] {
                assert!(codes.contains(code.as_str()), "{id}: {}", code.as_str());
            }
        }
    }
}
