//! `preau serve`

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web;
use chrono::TimeDelta;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::invoice_run::Runner;
use crate::mail::Sender;
use crate::mail::sender::EXCHANGE;
use crate::state::{App, AppOptions};
use crate::store::{Db, Undo, idempotency, outbox, settings, sign_ins};
use crate::{demo, server};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Serves a demo commune: the clock can be set with `PREAU_NOW`, and many may sign in at once.
    /// Unset, it is today's, or for another school year that of a Tuesday in November.
    #[arg(long)]
    demo: bool,
}

/// For the e-mail that is leaving when the server is told to stop, and for writing down that it has.
const LAST_EMAIL: Duration = EXCHANGE.saturating_add(Duration::from_secs(10));

pub(super) async fn run(args: Args, config: Config) -> Result<(), CommandError> {
    if config.clock.is_some() && !args.demo {
        return Err("PREAU_NOW sets the clock of a demo alone: add --demo, or unset it".into());
    }
    let db = Db::open(&config.database).await?;
    let mut conn = db.read().await?;
    if args.demo && settings::is_demo(&mut conn).await? == Some(false) {
        return Err("this database holds a real commune: serve it without --demo".into());
    }
    // Without a commune there is nothing to serve, and the error says what to do.
    let settings = settings::load(&mut conn).await?;
    drop(conn);
    let clock = match config.clock {
        Some(clock) => clock,
        None if args.demo => demo::clock(&settings),
        None => Clock::system(),
    };
    let options = AppOptions {
        clock: clock.clone(),
        demo: args.demo,
        trusted_proxies: config.trusted_proxies,
        sends_email: config.mail.is_some(),
    };
    let app = web::Data::new(App::new(db.clone(), options).await?);
    let listener = TcpListener::bind(config.listen)
        .map_err(|error| format!("can't listen on {}: {error}", config.listen))?;
    tracing::info!(address = %listener.local_addr()?, demo = args.demo, "serving");
    if config.mail.is_none() {
        tracing::warn!("PREAU_SMTP_URL is not set: e-mails are not sent, they wait");
    }
    let (sending, ends) = oneshot::channel();
    let runner = actix_web::rt::spawn(Runner::new(db.clone(), clock.clone()).run());
    let sender = config
        .mail
        .map(|mail| actix_web::rt::spawn(Sender::new(db.clone(), clock, mail).run(ends)));
    let cleaner = actix_web::rt::spawn(clean_up(app.clone()));
    let server = server::run(app.clone(), listener)?;
    let stopper = actix_web::rt::spawn(stop_on_signal(app, server.handle()));
    server.await?;
    stopper.abort();
    cleaner.abort();
    // A page of families that is under way comes to its end, or is rolled back as a whole.
    runner.abort();
    drop(sending);
    if let Some(mut sender) = sender
        && timeout(LAST_EMAIL, &mut sender).await.is_err()
    {
        // The database does not answer: the e-mail comes again when its lease has ended.
        sender.abort();
    }
    db.close().await;
    Ok(())
}

/// Ends the streams of live seats, which would never end, then the server.
async fn stop_on_signal(app: web::Data<App>, server: ServerHandle) {
    let (mut interrupt, mut terminate) =
        match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
            (Ok(interrupt), Ok(terminate)) => (interrupt, terminate),
            (Err(error), _) | (_, Err(error)) => {
                tracing::error!(%error, "signals can't be heard: the server can only be killed");
                return;
            }
        };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    app.live.end();
    server.stop(true).await;
}

/// E-mails that have left say for so long when and to whom; what they told of stands in the audit
/// trail.
const EMAILS_KEPT: TimeDelta = TimeDelta::days(90);

/// For so long a request that is sent again is known.
const KEYS_KEPT: TimeDelta = TimeDelta::days(2);

/// Forgets, every hour, refresh tokens that have ended, callers that have been quiet, and e-mails
/// that have long left.
async fn clean_up(app: web::Data<App>) {
    let mut hours = tokio::time::interval(Duration::from_hours(1));
    loop {
        hours.tick().await;
        app.limits.forget_idle();
        let now = app.clock.now();
        let forgotten = app
            .db
            .write(move |conn| {
                Box::pin(async move {
                    outbox::forget_done(conn, now - EMAILS_KEPT).await?;
                    idempotency::forget(conn, now - KEYS_KEPT).await?;
                    sign_ins::forget_ended(conn, now).await.map_err(Undo::Failed)
                })
            })
            .await;
        if let Err(error) = forgotten {
            tracing::error!(%error, "what has ended could not be forgotten");
        }
    }
}
