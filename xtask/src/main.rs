//! `cargo xtask …`: everything that a person or CI does with the repository.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks through its output"
)]

mod bench;
mod demo;
mod dev;
mod mailbox;
mod openapi;
mod postgres;
mod process;
mod provision;
mod repo;
mod server;
mod stamp;
mod tally;
mod test;
mod tidy;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run and check Préau")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the demo commune on this machine
    Run(demo::Options),
    /// Run the demo, rebuilt and reloaded at every change
    Dev(demo::Options),
    /// Check everything that CI checks
    Test(test::Options),
    /// Measure what Préau does in a second, against yardsticks of the same run
    Bench(bench::Options),
    /// Build the web app into web/dist
    Web(web::Options),
    /// Write openapi.yaml from the code
    Openapi(openapi::Options),
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<ExitCode> {
    process::catch_interrupts()?;
    match command {
        Command::Run(options) => demo::run(options),
        Command::Dev(options) => dev::dev(options),
        Command::Test(options) => return Ok(test::test(options)),
        Command::Bench(options) => return bench::bench(options),
        Command::Web(options) => web::build(options),
        Command::Openapi(options) => openapi::openapi(options),
    }?;
    Ok(ExitCode::SUCCESS)
}
