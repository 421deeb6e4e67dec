//! `cargo xtask bench`: what Préau does in a second, against yardsticks of the same run.

mod lighthouse;
mod machine;
mod table;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::postgres::{Commit, Postgres};
use crate::{process, provision, server, web};
use table::Table;

#[derive(Args)]
pub(crate) struct Options {
    /// Small counts: shows that it works, not how fast
    #[arg(long)]
    quick: bool,
    /// Some of the works, as in `--only book,rush`; all but `invoices` and `size` when absent
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Work>,
    /// Fail where an aim is missed, not only where an answer is wrong
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Work {
    /// One seat taken or given back, by 16 clients
    Book,
    /// A family's week
    Week,
    /// 2,000 families ask for 64 seats
    Rush,
    /// At rest, and with 1,000 screens open
    Memory,
    /// A month's invoices of 10,000 families, which take long to make
    Invoices,
    /// From 300 to 30,000 families, which take long to make
    Size,
    /// The first load's weight, and Lighthouse
    Web,
}

impl Options {
    fn works(&self) -> Vec<Work> {
        let asked = |work: &Work| match self.only.as_slice() {
            [] => !matches!(work, Work::Invoices | Work::Size),
            only => only.contains(work),
        };
        Work::value_variants().iter().copied().filter(asked).collect()
    }
}

pub(crate) fn bench(options: &Options) -> Result<ExitCode> {
    let works = options.works();
    let tools = if works.contains(&Work::Web) { Some(lighthouse::tools()?) } else { None };
    web::build(&web::Options { dev: false })?;
    let preau = server::release()?;
    let load = server::load()?;
    let postgres = Postgres::start(Commit::Durable)?;
    let machine = machine::describe(&postgres.programs)?;
    println!("\n{machine}\n");

    let mut table = Table::default();
    let names: Vec<_> = works
        .iter()
        .filter(|work| **work != Work::Web)
        .filter_map(|work| Some(work.to_possible_value()?.get_name().to_owned()))
        .collect();
    if !names.is_empty() {
        let mut command = Command::new(load);
        command
            .args(options.quick.then_some("--quick"))
            .args(["--only", &names.join(",")])
            .env("PREAU_BIN", &preau)
            .env("PREAU_BENCH_POSTGRES_URL", &postgres.url)
            .envs(pgbench(&postgres).map(|path| ("PREAU_BENCH_PGBENCH", path)));
        table.fill(&mut command);
    }
    drop(postgres);
    if let Some(tools) = &tools {
        lighthouse::run(tools, &preau, options.quick, &mut table)?;
    }
    if process::interrupted() {
        bail!("interrupted");
    }
    println!("\n{machine}\n\n{table}");
    let failed = table.is_wrong() || options.strict && table.misses() > 0;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Beside the server's own programs; the folder in PATH may hold links to them alone.
fn pgbench(postgres: &Postgres) -> Option<PathBuf> {
    let server = postgres.programs.join("postgres").canonicalize().ok();
    let beside = server.and_then(|server| Some(server.parent()?.join("pgbench")));
    beside.filter(|path| path.is_file()).or_else(|| provision::program("pgbench"))
}
