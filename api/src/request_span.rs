//! What every line of the log says of the request that it comes from.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage};
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::{DefaultRootSpanBuilder, RequestId, RootSpanBuilder};

use crate::edge::FEEDS;

/// A span of the usual fields, in which a feed's address, which is a secret, does not appear.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern();
        let id = request.extensions().get::<RequestId>().map(ToString::to_string);
        // As the router reads it: an escaped letter hides nothing.
        let secret = request.match_info().as_str().starts_with(FEEDS)
            || route.as_deref().is_some_and(|route| route.starts_with(FEEDS));
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let agent = request.headers().get("user-agent").and_then(|agent| agent.to_str().ok());
        let connection = request.connection_info();
        tracing::info_span!(
            "HTTP request",
            http.method = %request.method(),
            http.route = route.as_deref().unwrap_or("default"),
            http.flavor = ?request.version(),
            http.scheme = connection.scheme(),
            http.host = connection.host(),
            http.client_ip = connection.realip_remote_addr().unwrap_or_default(),
            http.user_agent = agent.unwrap_or_default(),
            http.target = if secret { FEEDS } else { target },
            http.status_code = Empty,
            request_id = id,
            exception.message = Empty,
            exception.details = Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        DefaultRootSpanBuilder::on_request_end(span, outcome);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};
    use tracing_actix_web::TracingLogger;

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    async fn answer() -> HttpResponse {
        tracing::error!("answered");
        HttpResponse::Ok().finish()
    }

    #[actix_web::test]
    async fn a_feeds_address_is_never_logged() {
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let guard = tracing::subscriber::set_default(subscriber);
        let routes = App::new()
            .wrap(TracingLogger::<RequestSpan>::new())
            .route("/feeds/{secret}.ics", web::to(answer))
            .default_service(web::to(answer));
        let service = init_service(routes).await;
        let secret = "5ec4e7";
        for path in [
            "/feeds/5ec4e7.ics",
            "/feeds/5ec4e7.ics?x=5ec4e7",
            "/feeds/5ec4e7",
            "/feeds/5ec4e7/5ec4e7.ics",
            "/%66eeds/5ec4e7.ics",
        ] {
            call_service(&service, TestRequest::get().uri(path).to_request()).await;
        }
        call_service(&service, TestRequest::get().uri("/api/v1/terms?a=b").to_request()).await;
        drop(guard);
        let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert_eq!(logged.matches(": answered").count(), 6, "{logged}");
        assert!(!logged.contains(secret), "{logged}");
        assert!(logged.contains("http.target=\"/feeds/\""), "{logged}");
        assert!(logged.contains("http.target=\"/api/v1/terms?a=b\""), "{logged}");
        assert!(logged.contains("request_id="), "{logged}");
    }
}
