//! `cargo xtask test`: everything that CI checks, one step after the other.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::postgres::{Commit, Postgres};
use crate::tally::Tally;
use crate::{openapi, process, provision, repo, server, tidy, web};

#[derive(Args)]
pub(crate) struct Options {
    /// Some of the steps, as in `--only fmt,clippy`
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// The repository itself: names, leftovers, migrations in pairs
    Tidy,
    /// The code's format
    Fmt,
    /// Lints, on every target
    Clippy,
    /// Unit, property and API tests, on SQLite and PostgreSQL
    Unit,
    /// openapi.yaml is what the code says
    Openapi,
    /// The web app, within its weight
    Web,
    /// Journeys in a real browser
    E2e,
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// What steps share: the databases' server, started by the first that needs it.
#[derive(Default)]
struct Bench {
    postgres: Option<Postgres>,
}

pub(crate) fn test(options: &Options) -> ExitCode {
    let mut bench = Bench::default();
    let mut total = Tally::default();
    let mut summary = Vec::new();
    let mut outcome = Ok(());
    for step in Step::value_variants() {
        if !options.only.is_empty() && !options.only.contains(step) {
            continue;
        }
        let name = step.name();
        if outcome.is_err() {
            summary.push(format!("{name:<8} not run"));
            continue;
        }
        println!("\n== {name}");
        let started = Instant::now();
        let mut tally = Tally::default();
        outcome = bench.run(*step, &mut tally);
        tally.close(outcome.is_ok());
        total += tally;
        let seconds = started.elapsed().as_secs_f32();
        let verdict = if outcome.is_ok() { "passed" } else { "failed" };
        println!("== {name} {verdict} in {seconds:.1} s");
        summary.push(format!("{name:<8} {verdict} {seconds:>7.1} s   {tally}"));
    }
    // The server ends before the closing line: nothing is printed after it.
    drop(bench);
    println!("\n{}", summary.join("\n"));
    if let Err(error) = &outcome {
        println!("error: {error:#}");
    }
    println!("\n{total}");
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Bench {
    fn run(&mut self, step: Step, tally: &mut Tally) -> Result<()> {
        match step {
            Step::Tidy => tidy::check(),
            Step::Fmt => process::run(cargo().args(["fmt", "--all", "--check"])),
            Step::Clippy => process::run(
                cargo()
                    .args(["clippy", "--workspace", "--all-targets", "--quiet"])
                    .args(["--", "-D", "warnings"]),
            ),
            Step::Unit => self.unit(tally),
            Step::Openapi => openapi::openapi(&openapi::Options { check: true }),
            Step::Web => web::build(&web::Options { dev: false }),
            Step::E2e => self.journeys(tally),
        }
    }

    fn unit(&mut self, tally: &mut Tally) -> Result<()> {
        let url = self.postgres_url()?;
        let mut command = cargo();
        command.args(["test", "--workspace", "--no-fail-fast"]).env("PREAU_TEST_POSTGRES_URL", url);
        process::run_reading(&mut command, |line| {
            println!("{line}");
            tally.read_cargo(line);
        })
    }

    fn journeys(&mut self, tally: &mut Tally) -> Result<()> {
        let playwright: PathBuf = provision::npm_tools()?.join(".bin/playwright");
        let chromium = provision::chromium()?;
        web::build(&web::Options { dev: false })?;
        let preau = server::release()?;
        let mut command = Command::new(playwright);
        command
            .arg("test")
            .current_dir(repo::path("e2e"))
            .env("PREAU_BIN", preau)
            .env("PREAU_TEST_POSTGRES_URL", self.postgres_url()?)
            .env("CHROMIUM_PATH", chromium);
        process::run_reading(&mut command, |line| {
            println!("{line}");
            tally.read_playwright(line);
        })
    }

    fn postgres_url(&mut self) -> Result<String> {
        if let Some(postgres) = &self.postgres {
            return Ok(postgres.url.clone());
        }
        let postgres = Postgres::start(Commit::Cached)?;
        println!("PostgreSQL runs at {}", postgres.url);
        Ok(self.postgres.insert(postgres).url.clone())
    }
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(repo::root());
    command
}
