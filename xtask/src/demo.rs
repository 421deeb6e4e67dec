//! `cargo xtask run`: the demo commune on this machine, with one command.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::mailbox::Mailbox;
use crate::process::{self, Running};
use crate::{repo, server, web};

const START: Duration = Duration::from_secs(30);
const MAIL_FROM: &str = "Périscolaire de Neuvecelle <periscolaire@neuvecelle.example>";

#[derive(Args)]
pub(crate) struct Options {
    /// An empty PostgreSQL database (postgres://…) instead of the embedded one
    #[arg(long)]
    pub(crate) database_url: Option<String>,
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The year in which the demo's school year starts: today's, unless said otherwise; 2017 is
    /// the manual's
    #[arg(long)]
    pub(crate) year: Option<i32>,
}

impl Options {
    fn database_url(&self) -> Result<String> {
        if let Some(url) = &self.database_url {
            return Ok(url.clone());
        }
        let year = self.year.map_or_else(|| "today".to_owned(), |year| year.to_string());
        let folder = repo::target().join("demo").join(year);
        fs::create_dir_all(&folder)?;
        Ok(format!("sqlite://{}/preau.sqlite", folder.display()))
    }

    /// Says at once what would otherwise fail after the builds.
    pub(crate) fn check_port(&self) -> Result<()> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))
            .map(drop)
            .with_context(|| format!("port {} is taken; choose another with --port", self.port))
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    options.check_port()?;
    web::build(&web::Options { dev: false })?;
    let preau = server::release()?;
    start(&preau, options, Some(&Mailbox::open()?))?.until_interrupted()
}

/// Creates the demo if the database is empty, prints its logins, and serves it; its e-mails go to the
/// mailbox, if there is one.
pub(crate) fn start(preau: &Path, options: &Options, mailbox: Option<&Mailbox>) -> Result<Running> {
    let database = options.database_url()?;
    let command = |name: &str| {
        let mut command = Command::new(preau);
        command.arg(name).env("PREAU_DATABASE_URL", &database).current_dir(repo::root());
        command
    };
    let year = options.year.map(|year| format!("--year={year}"));
    process::run(command("demo").args(year))?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let home = format!("http://localhost:{}", options.port);
    let mut serve = command("serve");
    serve.arg("--demo").env("PREAU_LISTEN", address.to_string()).stdin(Stdio::null());
    if let Some(mailbox) = mailbox {
        serve.env("PREAU_SMTP_URL", mailbox.smtp_url()).env("PREAU_PUBLIC_URL", &home);
        serve.env("PREAU_MAIL_FROM", MAIL_FROM);
    }
    let mut server = Running::start(&mut serve)?;
    let asked = Instant::now();
    while TcpStream::connect(address).is_err() {
        if process::interrupted() {
            bail!("interrupted");
        }
        if server.ended()?.is_some() || asked.elapsed() > START {
            bail!("the server did not start");
        }
        thread::sleep(Duration::from_millis(50));
    }
    println!("\nPréau                {home}");
    println!("API reference        {home}/api/docs");
    if let Some(mailbox) = mailbox {
        println!("E-mails              {}", mailbox.address());
    }
    println!("Database             {database}");
    println!("Ctrl-C ends everything.\n");
    Ok(server)
}
