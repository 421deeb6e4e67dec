//! What a request finds: the commune's database, settings and clock. Nothing is global, so that
//! one process can serve several communes the day it must.

use std::net::IpAddr;

use crate::clock::Clock;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::security::limits::Limits;
use crate::security::password_links::PasswordLinks;
use crate::security::passwords::Passwords;
use crate::security::tokens::{Tokens, random_key};
use crate::store::settings::Cache;
use crate::store::{Db, StoreError, Undo, accounts};

/// One commune's server.
pub struct App {
    pub db: Db,
    pub settings: Cache,
    pub clock: Clock,
    pub tokens: Tokens,
    pub password_links: PasswordLinks,
    pub passwords: Passwords,
    pub limits: Limits,
    pub metrics: Metrics,
    pub live: Live,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether e-mails are sent.
    pub sends_email: bool,
}

/// How an [`App`] is to be.
#[derive(Debug, Clone)]
pub struct AppOptions {
    pub clock: Clock,
    pub demo: bool,
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether e-mails are sent.
    pub sends_email: bool,
}

/// The server can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Hash(#[from] crate::security::passwords::HashError),
    #[error(transparent)]
    Token(#[from] crate::security::tokens::TokenError),
}

impl App {
    /// A server of the commune in a database.
    pub async fn new(db: Db, options: AppOptions) -> Result<Self, StartError> {
        let fresh = random_key()?;
        let key = db
            .write(move |conn| {
                Box::pin(
                    async move { accounts::token_key(conn, &fresh).await.map_err(Undo::Failed) },
                )
            })
            .await?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            settings: Cache::default(),
            tokens: Tokens::new(&key),
            password_links: PasswordLinks::new(&key),
            passwords: Passwords::new(cores)?,
            limits: Limits::new(options.demo),
            metrics: Metrics::default(),
            live: Live::start(&db),
            clock: options.clock,
            trusted_proxies: options.trusted_proxies,
            sends_email: options.sends_email,
            db,
        })
    }
}
