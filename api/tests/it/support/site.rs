//! A running server, and a client of it.

use std::net::TcpListener;

use actix_web::dev::ServerHandle;
use actix_web::web;
use api::clock::Clock;
use api::server;
use api::state::{App, AppOptions};
use api::store::Db;
use api::store::sign_ins::SignedIn;
use domain::ids::AccountId;
use domain::problem::Problem;
use domain::wire::{Client, Role};
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use super::{Commune, Person, monday_morning};

/// A running server and a client of it.
pub(crate) struct Site {
    pub(crate) base: String,
    pub(crate) clock: Clock,
    pub(crate) http: reqwest::Client,
    app: web::Data<App>,
    handle: ServerHandle,
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

/// Starts a replica on a free port, with a clock that stands at [`monday_morning`].
pub(crate) async fn serve(db: &Db) -> Site {
    serve_as(db, true).await
}

pub(crate) async fn serve_as(db: &Db, demo: bool) -> Site {
    serve_with(db, demo, false).await
}

/// Starts a replica of a commune whose e-mails are sent, by whomever.
pub(crate) async fn serve_mailing(db: &Db) -> Site {
    serve_with(db, true, true).await
}

async fn serve_with(db: &Db, demo: bool, sends_email: bool) -> Site {
    let clock = Clock::still(monday_morning());
    let options =
        AppOptions { clock: clock.clone(), demo, trusted_proxies: Vec::new(), sends_email };
    let app = web::Data::new(App::new(db.clone(), options).await.unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = server::run(app.clone(), listener).unwrap();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Site { base, clock, http: reqwest::Client::new(), app, handle }
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// The code of the problem that it must be.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.text);
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status.as_u16());
        assert!(!problem.title.is_empty() && problem.detail.len() > 20, "{problem:?}");
        problem
    }

    pub(crate) fn code(&self) -> &'static str {
        self.problem().code.as_str()
    }
}

impl Site {
    pub(crate) fn token(&self, person: &Person) -> String {
        let who = SignedIn {
            sign_in: Uuid::now_v7(),
            account: person.account,
            guardian: Some(person.guardian),
            role: Role::Parent,
            client: Client::App,
        };
        self.app.tokens.access(&who, self.clock.now()).unwrap()
    }

    pub(crate) fn staff_token(&self, role: Role) -> String {
        let who = SignedIn {
            sign_in: Uuid::now_v7(),
            account: AccountId(Uuid::now_v7()),
            guardian: None,
            role,
            client: Client::Browser,
        };
        self.app.tokens.access(&who, self.clock.now()).unwrap()
    }

    /// A request of the coordinator's.
    pub(crate) fn guichet(
        &self,
        commune: &Commune,
        method: Method,
        path: &str,
    ) -> reqwest::RequestBuilder {
        let who = SignedIn {
            sign_in: Uuid::now_v7(),
            account: commune.coordinator,
            guardian: None,
            role: Role::Coordinator,
            client: Client::Browser,
        };
        let token = self.app.tokens.access(&who, self.clock.now()).unwrap();
        self.request(method, &format!("/api/v1/guichet{path}")).bearer_auth(token)
    }

    /// As a server does that stops.
    pub(crate) fn end_streams(&self) {
        self.app.live.end();
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) async fn get(&self, person: &Person, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn post(&self, path: &str, body: serde_json::Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// A request of a parent's, with a JSON body.
    pub(crate) async fn ask(
        &self,
        person: &Person,
        method: Method,
        path: &str,
        body: serde_json::Value,
    ) -> Answer {
        self.send(self.request(method, path).bearer_auth(self.token(person)).json(&body)).await
    }

    /// Joins the waiting list with the person's first child.
    pub(crate) async fn join(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = waiting(person.children[0], activity, day);
        self.send(self.request(Method::PUT, &path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn leave(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = waiting(person.children[0], activity, day);
        self.send(self.request(Method::DELETE, &path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn tick(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = inscription(person.children[0], activity, day);
        self.send(self.request(Method::PUT, &path).bearer_auth(self.token(person))).await
    }

    pub(crate) async fn untick(&self, person: &Person, activity: &str, day: &str) -> Answer {
        let path = inscription(person.children[0], activity, day);
        self.send(self.request(Method::DELETE, &path).bearer_auth(self.token(person))).await
    }
}

pub(crate) fn inscription(child: impl std::fmt::Display, activity: &str, day: &str) -> String {
    format!("/api/v1/children/{child}/inscriptions/{activity}/{day}")
}

pub(crate) fn waiting(child: impl std::fmt::Display, activity: &str, day: &str) -> String {
    format!("/api/v1/children/{child}/waiting/{activity}/{day}")
}
