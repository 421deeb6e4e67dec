//! What Préau does in a second, each figure against something measured in the same run.
//! `cargo xtask bench` builds it, gives it a PostgreSQL server, and prints its rows as one table.

#![allow(clippy::print_stdout, reason = "a command-line tool speaks through its output")]

mod commune;
mod http;
mod measure;
mod report;
mod rows;
mod server;
mod store;
mod yardstick;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use commune::{Backend, Place};
use rows::{book, invoices, memory, rush, size, week};

/// Clients at once, wherever no other number is said.
const CLIENTS: usize = 16;

#[derive(Parser)]
struct Args {
    /// The release binary.
    #[arg(long, env = "PREAU_BIN")]
    preau: PathBuf,
    /// A superuser on the maintenance database of a durable server.
    #[arg(long, env = "PREAU_BENCH_POSTGRES_URL")]
    postgres: String,
    #[arg(long, env = "PREAU_BENCH_PGBENCH")]
    pgbench: Option<PathBuf>,
    /// Small counts: shows that it works, not how fast.
    #[arg(long)]
    quick: bool,
    /// Some of the rows; all but `invoices` and `size`, which take long to prepare, when absent.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Work>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Work {
    Book,
    Week,
    Rush,
    Memory,
    Invoices,
    Size,
}

impl Work {
    /// It takes long to prepare.
    fn is_long(self) -> bool {
        matches!(self, Self::Invoices | Self::Size)
    }
}

/// How much of everything.
struct Plan {
    pgbench: Option<PathBuf>,
    rounds: usize,
    time: Duration,
    rush: Rush,
    screens: usize,
    /// Families of an invoice run.
    billed: usize,
    city: usize,
}

struct Rush {
    families: usize,
    at_once: usize,
    seats: u32,
}

impl Plan {
    fn of(args: &Args) -> Self {
        let pgbench = args.pgbench.clone();
        if args.quick {
            let rush = Rush { families: 300, at_once: 50, seats: 64 };
            let time = Duration::from_secs(1);
            return Self {
                pgbench,
                rounds: 3,
                time,
                rush,
                screens: 100,
                billed: 1_000,
                city: 1_000,
            };
        }
        let rush = Rush { families: 2_000, at_once: 200, seats: 64 };
        let time = Duration::from_secs(4);
        Self { pgbench, rounds: 5, time, rush, screens: 1_000, billed: 10_000, city: 30_000 }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    if let Err(error) = room_for_screens() {
        report::note(&format!("the number of open files can't be raised: {error}"));
    }
    let plan = Plan::of(&args);
    let place = Place { preau: args.preau, postgres: args.postgres };
    let mut right = true;
    for work in Work::value_variants() {
        let asked = args.only.contains(work) || (args.only.is_empty() && !work.is_long());
        if !asked {
            continue;
        }
        for backend in Backend::BOTH {
            let name = work.to_possible_value().map(|name| name.get_name().to_owned());
            let name = format!("{}, {}", name.unwrap_or_default(), backend.name());
            if let Err(error) = measure(*work, backend, &plan, &place).await {
                report::wrong(&name, &error);
                right = false;
            }
        }
    }
    if right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A connection each, at both ends; the server inherits the limit.
fn room_for_screens() -> nix::Result<()> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, most.min(20_000), most)
}

async fn measure(work: Work, backend: Backend, plan: &Plan, place: &Place) -> Result<()> {
    match (work, backend) {
        (Work::Book, Backend::Sqlite) => book::on_sqlite(plan, place).await,
        (Work::Book, Backend::Postgres) => book::on_postgres(plan, place).await,
        (Work::Week, _) => week::measure(plan, place, backend).await,
        (Work::Rush, _) => rush::measure(plan, place, backend).await,
        (Work::Memory, Backend::Sqlite) => memory::measure(plan, place).await,
        // The database's memory is the database's.
        (Work::Memory, Backend::Postgres) => Ok(()),
        (Work::Invoices, _) => invoices::measure(plan, place, backend).await,
        (Work::Size, _) => size::measure(plan, place, backend).await,
    }
}
