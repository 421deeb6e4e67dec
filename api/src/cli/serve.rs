//! `preau serve`

use std::net::TcpListener;
use std::time::Duration;

use actix_web::web;

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::state::{App, AppOptions};
use crate::store::{Db, Undo, settings, sign_ins};
use crate::{demo, server};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Serves a demo commune: the clock can be set with `PREAU_NOW`, and many may sign in at once.
    /// Unset, it is today's, or for another school year that of a Tuesday in November.
    #[arg(long)]
    demo: bool,
}

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
    let options = AppOptions { clock, demo: args.demo, trusted_proxies: config.trusted_proxies };
    let app = web::Data::new(App::new(db.clone(), options).await?);
    let listener = TcpListener::bind(config.listen)
        .map_err(|error| format!("can't listen on {}: {error}", config.listen))?;
    tracing::info!(address = %listener.local_addr()?, demo = args.demo, "serving");
    let cleaner = actix_web::rt::spawn(clean_up(app.clone()));
    server::run(app, listener)?.await?;
    cleaner.abort();
    db.close().await;
    Ok(())
}

/// Forgets, every hour, refresh tokens that have ended and callers that have been quiet.
async fn clean_up(app: web::Data<App>) {
    let mut hours = tokio::time::interval(Duration::from_hours(1));
    loop {
        hours.tick().await;
        app.limits.forget_idle();
        let now = app.clock.now();
        let forgotten = app
            .db
            .write(move |conn| {
                Box::pin(
                    async move { sign_ins::forget_ended(conn, now).await.map_err(Undo::Failed) },
                )
            })
            .await;
        if let Err(error) = forgotten {
            tracing::error!(%error, "ended refresh tokens could not be forgotten");
        }
    }
}
