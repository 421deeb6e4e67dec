//! The commands of `preau`.

mod check;
mod demo;
mod import;
mod init;
mod invoice_run;
mod password;
mod serve;

use std::io::Write;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::openapi;
use crate::store::Db;

/// What a command ends with when it can't go on: words for the person at the terminal.
pub type CommandError = Box<dyn std::error::Error + Send + Sync>;

/// Préau: the parents' portal of a commune's after-school services.
#[derive(Parser)]
#[command(name = "preau", version)]
struct Cli {
    /// The configuration file, `preau.toml` when absent; `PREAU_…` variables go before it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal and its API.
    Serve(serve::Args),
    /// Creates the database or brings its schema up to date.
    Migrate,
    /// Founds a commune in an empty database.
    Init(init::Args),
    /// Fills an empty database with the demo commune; prints its logins.
    Demo(demo::Args),
    /// Loads pupils and guardians from the two files that the school exports.
    Import(import::Args),
    /// Gives an account a password.
    Password(password::Args),
    /// Issues the invoices of a month's canteen, or of a term.
    InvoiceRun(invoice_run::Args),
    /// Looks for anything that should never be in the data.
    Check,
    /// Prints the OpenAPI document.
    Openapi,
}

/// Runs the command of this process and answers its exit code.
pub async fn run() -> Result<u8, CommandError> {
    let cli = Cli::parse();
    if let Command::Openapi = cli.command {
        write!(std::io::stdout(), "{}", openapi::document().to_yaml()?)?;
        return Ok(0);
    }
    let config = Config::load(cli.config.as_deref())?;
    log(&config);
    match cli.command {
        Command::Serve(args) => serve::run(args, config).await.map(|()| 0),
        Command::Migrate => {
            Db::open(&config.database).await?.close().await;
            writeln!(std::io::stdout(), "The schema is up to date.")?;
            Ok(0)
        }
        Command::Init(args) => init::run(args, &config).await.map(|()| 0),
        Command::Demo(args) => demo::run(&args, &config).await.map(|()| 0),
        Command::Import(args) => import::run(args, &config).await,
        Command::Password(args) => password::run(args, &config).await.map(|()| 0),
        Command::InvoiceRun(args) => invoice_run::run(&args, config).await,
        Command::Check => check::run(&config).await,
        Command::Openapi => Ok(0),
    }
}

fn log(config: &Config) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,api=info,preau=info,actix_server=info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json { logs.json().init() } else { logs.init() }
}
