//! Who is signed in. The access token lives in memory alone; the refresh token in a cookie that
//! no script can read.

use domain::wire::{
    Client, LoginRequest, Me, NewPasswordRequest, PasswordLink, PasswordLinkRequest,
    PasswordLinkView, TokenResponse,
};
use futures_util::FutureExt;
use futures_util::Stream;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use web_sys::Blob;

use super::http::{self, Method, Request};
use super::{ApiError, Connection};
use crate::browser;
use crate::i18n::I18n;

/// Left in this browser while somebody is signed in, with a number of that sign-in: without it, no
/// refresh is tried, and with another tab's, this one's guardian has gone.
pub(super) const HINT: &str = "preau.signed-in";
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

/// Who is here.
struct Guest {
    /// Counts those who were: an answer to what another asked is dropped.
    number: u64,
    /// What this tab's sign-in left in the browser.
    hint: Option<String>,
}

type Refreshing = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: RwSignal<State>,
    me: RwSignal<Option<Me>>,
    /// Why the app can't start, where that is no lost connection.
    trouble: RwSignal<Option<ApiError>>,
    token: StoredValue<Option<Token>>,
    guest: StoredValue<Guest>,
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
            guest: StoredValue::new(Guest { number: 0, hint: browser::stored(HINT) }),
            refreshing: StoredValue::new_local(None),
            connection,
            i18n,
        };
        connection.set_probe(Callback::new(move |()| session.probe()));
        // Signing out in one tab signs out the others, and so does another's signing in.
        let listener = window_event_listener_untyped("storage", move |_| {
            let is_out = matches!(session.state.get_untracked(), State::SignedOut(_));
            if !is_out && session.has_changed_hands() {
                session.leave(SignedOut::OnPurpose);
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

    /// The number of this tab's sign-in, unless it has ended in this browser.
    pub(crate) fn sign_in_number(self) -> Option<String> {
        if self.has_changed_hands() {
            return None;
        }
        self.guest.with_value(|guest| guest.hint.clone())
    }

    /// The number of the sign-in in this browser, this tab's or another's.
    pub(crate) fn browser_sign_in() -> Option<String> {
        browser::stored(HINT)
    }

    /// Whether it is known that the server can't be asked now. It is tried again at once.
    pub(crate) fn is_cut_off(self) -> bool {
        let starting = self.state.get_untracked() == State::Starting;
        let cut_off = starting || untrack(|| self.connection.is_lost());
        if cut_off {
            self.connection.try_now();
        }
        cut_off
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
                    let _ = self.send(Method::Get, "/me", None, None).await;
                }
            }
        });
    }

    async fn learn_who(self) {
        let guest = self.guest.with_value(|guest| guest.number);
        let answer = self.call(Method::Get, "/me", None).await;
        if guest != self.guest.with_value(|guest| guest.number) {
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
        let answer = self.send(Method::Post, "/auth/login", body, None).await?;
        self.enter(&answer).await
    }

    /// Asks for an e-mail with a link to choose a password.
    pub(crate) async fn send_password_link(self, email: String) -> Result<(), ApiError> {
        let body = json(&PasswordLinkRequest { email });
        self.send(Method::Post, "/auth/password-links", body, None).await.map(|_| ())
    }

    /// Whose password a link lets choose.
    pub(crate) async fn read_password_link(
        self,
        link: String,
    ) -> Result<PasswordLinkView, ApiError> {
        let body = json(&PasswordLink { link });
        read(&self.send(Method::Post, "/auth/password-links/read", body, None).await?)
    }

    /// Chooses a password by a link, and signs its account in, whoever was here before.
    pub(crate) async fn use_password_link(
        self,
        link: String,
        new_password: String,
    ) -> Result<(), ApiError> {
        let body = json(&NewPasswordRequest { link, new_password, client: Client::Browser });
        let answer = self.send(Method::Post, "/auth/password-links/use", body, None).await?;
        if self.state.get_untracked() != State::SignedOut(SignedOut::NotYet) {
            self.leave(SignedOut::NotYet);
            // What was shown to another guardian is forgotten first.
            leptos::task::tick().await;
        }
        self.enter(&answer).await
    }

    /// Signed in: what the server answered.
    async fn enter(self, answer: &str) -> Result<(), ApiError> {
        let tokens = read(answer)?;
        let number = browser::random_number();
        browser::store(HINT, &number);
        self.guest.update_value(|guest| guest.hint = Some(number));
        self.keep(&tokens);
        self.state.set(State::SignedIn);
        self.learn_who().await;
        Ok(())
    }

    /// Only the server can take the cookie back: unless it says so, nobody is signed out.
    pub(crate) async fn sign_out(self) -> Result<(), ApiError> {
        self.send(Method::Post, "/auth/logout", Some("{}".to_owned()), None).await?;
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
    pub(crate) async fn authorised(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<String, ApiError> {
        self.with_token(async |token: &str| {
            self.send(method, path, body.clone(), Some(token)).await
        })
        .await
    }

    /// A signed-in request that is carried out once, however often it is sent with the same key.
    pub(crate) async fn call_once<T: DeserializeOwned>(
        self,
        path: &str,
        body: Option<&str>,
        key: &str,
    ) -> Result<T, ApiError> {
        let answer = self.with_token(async |token: &str| {
            let (body, token, key) = (body.map(str::to_owned), Some(token), Some(key));
            let request = Request { body, token, key, ..self.request(Method::Post, path) };
            self.heard(http::send(request).await)
        });
        read(&answer.await?)
    }

    /// As [`Self::call`], carried to its end though the page is left meanwhile.
    pub(crate) async fn call_leaving<T: DeserializeOwned>(
        self,
        method: Method,
        path: &str,
        body: Option<&str>,
    ) -> Result<T, ApiError> {
        let answer = self.with_token(async |token: &str| {
            let (body, token) = (body.map(str::to_owned), Some(token));
            let request = self.request(method, path);
            let request = Request { body, token, outlives_page: true, ..request };
            self.heard(http::send(request).await)
        });
        read(&answer.await?)
    }

    /// A signed-in request whose answer is a file.
    pub(crate) async fn file(self, path: &str) -> Result<Blob, ApiError> {
        self.with_token(async |token: &str| {
            let request = Request { token: Some(token), ..self.request(Method::Get, path) };
            self.heard(http::file(request).await)
        })
        .await
    }

    /// A signed-in request whose answer comes little by little. Says nothing of the connection: it
    /// may end at any time.
    pub(super) async fn open(
        self,
        path: &str,
    ) -> Result<impl Stream<Item = Vec<u8>> + use<>, ApiError> {
        self.with_token(async |token: &str| {
            http::open(Request { token: Some(token), ..self.request(Method::Get, path) }).await
        })
        .await
    }

    /// Asks with the access token, and once more with another one where that is refused.
    async fn with_token<T>(
        self,
        ask: impl AsyncFn(&str) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.may_ask()?;
        let first = self.token().await?;
        match ask(&first).await {
            Err(error) if error.asks_for_token() => ask(&self.token_after(&first).await?).await,
            answer => answer,
        }
    }

    /// Nothing that was planned before the sign-out is asked after it, nor anything before the
    /// server has said whether somebody is there.
    fn may_ask(self) -> Result<(), ApiError> {
        match self.state.get_untracked() {
            State::SignedIn => Ok(()),
            State::SignedOut(_) => Err(ApiError::SignedOut),
            State::Starting => Err(ApiError::Unreachable),
        }
    }

    /// Another token than one that was refused.
    async fn token_after(self, refused: &str) -> Result<String, ApiError> {
        // Another request may have brought a new one meanwhile.
        if self.token.with_value(|token| token.as_ref().is_some_and(|t| t.text == refused)) {
            self.token.set_value(None);
        }
        self.token().await
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
        // The cookie is the browser's: it may be another guardian's by now.
        if self.has_changed_hands() {
            self.leave(SignedOut::OnPurpose);
            return Err(ApiError::SignedOut);
        }
        let guest = self.guest.with_value(|guest| guest.number);
        let answer = self.send(Method::Post, "/auth/refresh", Some("{}".to_owned()), None).await;
        self.refreshing.set_value(None);
        if guest != self.guest.with_value(|guest| guest.number) {
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

    /// Whether another sign-in, or a sign-out, in this browser has ended this tab's.
    fn has_changed_hands(self) -> bool {
        browser::can_store() && self.guest.with_value(|guest| browser::stored(HINT) != guest.hint)
    }

    /// Takes a new access token into use.
    fn keep(self, tokens: &TokenResponse) {
        self.token.set_value(Some(Token {
            text: tokens.access_token.clone(),
            fresh_until: browser::milliseconds() + f64::from(tokens.expires_in) * 1000.0 * USED_FOR,
        }));
    }

    /// Signed out, this whole browser.
    fn end(self, why: SignedOut) {
        browser::forget(HINT);
        self.leave(why);
    }

    /// Signed out, this tab alone.
    fn leave(self, why: SignedOut) {
        self.guest.update_value(|guest| guest.number += 1);
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
        self.heard(http::send(Request { body, token, ..self.request(method, path) }).await)
    }

    /// In the language of the page.
    fn request(self, method: Method, path: &str) -> Request<'_> {
        Request::new(method, path, self.i18n.language().tag())
    }

    /// Tells the connection of an answer, or of none.
    fn heard<T>(self, answer: Result<T, ApiError>) -> Result<T, ApiError> {
        if matches!(answer, Err(ApiError::Unreachable)) {
            self.connection.failed();
        } else {
            self.connection.answered();
        }
        answer
    }
}

/// The JSON of a request. All of its types can be written.
pub(crate) fn json(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_string(value).ok()
}

pub(super) fn read<T: DeserializeOwned>(body: &str) -> Result<T, ApiError> {
    serde_json::from_str(body).map_err(|_| ApiError::Unreadable(200))
}
