//! `preau password`

use std::io::Write;
use std::path::{Path, PathBuf};

use domain::password;
use domain::problem::Language;

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::security::passwords;
use crate::store::audit::{self, Actor, Entry, Origin};
use crate::store::{Db, accounts, sign_ins};

/// Gives an account a password, and signs out all its devices.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The account's e-mail address.
    #[arg(long)]
    email: String,
    /// A file whose first line is the password.
    #[arg(long)]
    password_file: PathBuf,
}

/// The hash of the password on a file's first line, if it is a good one for that address.
pub(super) fn hash_from(file: &Path, email: &str) -> Result<String, CommandError> {
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let password = text.lines().next().unwrap_or_default();
    password::judge(password, email)
        .map_err(|weak| format!("{}: {}", file.display(), weak.advice(Language::English)))?;
    Ok(passwords::hash_now(password)?)
}

pub(super) async fn run(args: Args, config: &Config) -> Result<(), CommandError> {
    let hash = hash_from(&args.password_file, &args.email)?;
    let db = Db::open_existing(&config.database).await?;
    let account = accounts::by_email(&mut db.read().await?, &args.email)
        .await?
        .ok_or_else(|| format!("no account has the address {}", args.email))?;
    let now = Clock::system().now();
    db.write(move |conn| {
        Box::pin(async move {
            accounts::set_password(conn, account.id, &hash).await?;
            sign_ins::revoke_all(conn, account.id, None, now).await?;
            let actor = Actor::system(Origin::System, now);
            let after = account.id.to_string();
            let entry =
                Entry { action: "account.password_set", after: Some(&after), ..Entry::default() };
            audit::write(conn, &actor, entry).await?;
            Ok(())
        })
    })
    .await?;
    db.close().await;
    writeln!(std::io::stdout(), "{} has a new password.", args.email)?;
    Ok(())
}
