//! Who is signed in. The access token lives in memory alone; the refresh token in a cookie that
//! no script can read.

use domain::wire::{Client, LoginRequest, Me, TokenResponse};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;
use leptos::task::spawn_local;
use reqwest::Method;
use serde::de::DeserializeOwned;

use super::http::{self, Request};
use super::{ApiError, Connection};
use crate::browser;
use crate::i18n::I18n;

/// Left in this browser while somebody is signed in: without it, no refresh is tried.
const HINT: &str = "preau.signed-in";
/// An access token is refreshed before its last tenth, lest it end on the way.
const USED_FOR: f64 = 0.9;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Not known yet.
    Starting,
    SignedOut(SignedOut),
    SignedIn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignedOut {
    NotYet,
    Expired,
    OnPurpose,
}

#[derive(Clone)]
struct Token {
    text: String,
    /// On the clock of [`browser::milliseconds`].
    fresh_until: f64,
}

type Refreshing = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: RwSignal<State>,
    me: RwSignal<Option<Me>>,
    /// Why the app can't start, where that is no lost connection.
    trouble: RwSignal<Option<ApiError>>,
    token: StoredValue<Option<Token>>,
    /// Counts who was here: an answer to what another asked is dropped.
    guest: StoredValue<u64>,
    /// The one refresh that all waiting requests share: a refresh token is good for one use.
    refreshing: StoredValue<Option<Refreshing>, LocalStorage>,
    connection: Connection,
    i18n: I18n,
}

impl Session {
    pub(crate) fn provide(connection: Connection, i18n: I18n) -> Self {
        let session = Self {
            state: RwSignal::new(State::Starting),
            me: RwSignal::new(None),
            trouble: RwSignal::new(None),
            token: StoredValue::new(None),
            guest: StoredValue::new(0),
            refreshing: StoredValue::new_local(None),
            connection,
            i18n,
        };
        connection.set_probe(Callback::new(move |()| session.probe()));
        // Signing out in one tab signs out the others.
        let listener = window_event_listener_untyped("storage", move |_| {
            if browser::can_store()
                && browser::stored(HINT).is_none()
                && session.state.get_untracked() == State::SignedIn
            {
                session.end(SignedOut::OnPurpose);
            }
        });
        on_cleanup(move || listener.remove());
        provide_context(session);
        session
    }

    /// Tracked.
    pub(crate) fn state(self) -> State {
        self.state.get()
    }

    /// Tracked; `None` until the server has said it.
    pub(crate) fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// Tracked.
    pub(crate) fn trouble(self) -> Option<ApiError> {
        self.trouble.get()
    }

    /// Finds out who is there, from the cookie.
    pub(crate) fn start(self) {
        if browser::can_store() && browser::stored(HINT).is_none() {
            self.state.set(State::SignedOut(SignedOut::NotYet));
        } else {
            self.probe();
        }
    }

    /// Asks the server for what is missing, or for anything at all.
    fn probe(self) {
        spawn_local(async move {
            match self.state.get_untracked() {
                State::Starting => match self.refresh().await {
                    Ok(()) => {
                        self.state.set(State::SignedIn);
                        self.learn_who().await;
                    }
                    Err(error) => self.in_trouble(error),
                },
                State::SignedIn => self.learn_who().await,
                State::SignedOut(_) => {
                    let _ = self.send(Method::GET, "/me", None, None).await;
                }
            }
        });
    }

    async fn learn_who(self) {
        let guest = self.guest.get_value();
        let answer = self.call(Method::GET, "/me", None).await;
        if guest != self.guest.get_value() {
            return;
        }
        match answer {
            Ok(me) => {
                self.trouble.set(None);
                self.me.set(Some(me));
            }
            Err(error) => self.in_trouble(error),
        }
    }

    fn in_trouble(self, error: ApiError) {
        if !matches!(error, ApiError::Unreachable | ApiError::SignedOut) {
            self.trouble.set(Some(error));
        }
    }

    pub(crate) async fn sign_in(self, email: String, password: String) -> Result<(), ApiError> {
        let body = json(&LoginRequest { email, password, client: Client::Browser });
        let answer = self.send(Method::POST, "/auth/login", body, None).await?;
        self.keep(&read(&answer)?);
        self.state.set(State::SignedIn);
        self.learn_who().await;
        Ok(())
    }

    /// Only the server can take the cookie back: unless it says so, nobody is signed out.
    pub(crate) async fn sign_out(self) -> Result<(), ApiError> {
        self.send(Method::POST, "/auth/logout", Some("{}".to_owned()), None).await?;
        self.end(SignedOut::OnPurpose);
        Ok(())
    }

    /// A signed-in request, whose answer is read as JSON.
    pub(crate) async fn call<T: DeserializeOwned>(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<T, ApiError> {
        read(&self.authorised(method, path, body).await?)
    }

    /// A signed-in request, whose answer may be empty.
    pub(super) async fn authorised(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<String, ApiError> {
        // Nothing that was planned before the sign-out is asked after it.
        if matches!(self.state.get_untracked(), State::SignedOut(_)) {
            return Err(ApiError::SignedOut);
        }
        let first = self.token().await?;
        match self.send(method.clone(), path, body.clone(), Some(&first)).await {
            Err(error) if error.asks_for_token() => {
                // Another request may have brought a new one meanwhile.
                if self.token.with_value(|token| token.as_ref().is_some_and(|t| t.text == first)) {
                    self.token.set_value(None);
                }
                let second = self.token().await?;
                self.send(method, path, body, Some(&second)).await
            }
            answer => answer,
        }
    }

    async fn token(self) -> Result<String, ApiError> {
        let now = browser::milliseconds();
        let current = |session: Self| {
            session.token.with_value(|token| {
                token.as_ref().filter(|t| now < t.fresh_until).map(|t| t.text.clone())
            })
        };
        if let Some(token) = current(self) {
            return Ok(token);
        }
        self.refresh().await?;
        self.token
            .with_value(|token| token.as_ref().map(|t| t.text.clone()))
            .ok_or(ApiError::SignedOut)
    }

    async fn refresh(self) -> Result<(), ApiError> {
        let running = self.refreshing.get_value();
        let refreshing = running.unwrap_or_else(|| {
            let refreshing = self.refresh_once().boxed_local().shared();
            self.refreshing.set_value(Some(refreshing.clone()));
            refreshing
        });
        refreshing.await
    }

    async fn refresh_once(self) -> Result<(), ApiError> {
        let guest = self.guest.get_value();
        let answer = self.send(Method::POST, "/auth/refresh", Some("{}".to_owned()), None).await;
        self.refreshing.set_value(None);
        if guest != self.guest.get_value() {
            return Err(ApiError::SignedOut);
        }
        match answer {
            Ok(body) => {
                self.keep(&read(&body)?);
                Ok(())
            }
            Err(ApiError::Refused(refused)) if matches!(refused.problem.status, 401 | 403) => {
                self.end(SignedOut::Expired);
                Err(ApiError::SignedOut)
            }
            Err(error) => Err(error),
        }
    }

    /// Takes a new access token into use.
    fn keep(self, tokens: &TokenResponse) {
        browser::store(HINT, "1");
        self.token.set_value(Some(Token {
            text: tokens.access_token.clone(),
            fresh_until: browser::milliseconds() + f64::from(tokens.expires_in) * 1000.0 * USED_FOR,
        }));
    }

    fn end(self, why: SignedOut) {
        browser::forget(HINT);
        self.guest.update_value(|guest| *guest += 1);
        self.token.set_value(None);
        self.me.set(None);
        self.state.set(State::SignedOut(why));
    }

    async fn send(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
        token: Option<&str>,
    ) -> Result<String, ApiError> {
        let language = self.i18n.words().tag;
        let answer = http::send(Request { method, path, body, token, language }).await;
        if matches!(answer, Err(ApiError::Unreachable)) {
            self.connection.failed();
        } else {
            self.connection.answered();
        }
        answer
    }
}

/// The JSON of a request. All of its types can be written.
pub(super) fn json(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_string(value).ok()
}

pub(super) fn read<T: DeserializeOwned>(body: &str) -> Result<T, ApiError> {
    serde_json::from_str(body).map_err(|_| ApiError::Unreadable(200))
}
