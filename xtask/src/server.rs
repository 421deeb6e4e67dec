//! The server's binary, `preau`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{process, repo};

/// The debug build, with the dependencies' features of the whole workspace, as the tests build it.
pub(crate) fn debug() -> Result<PathBuf> {
    build(&["--workspace", "--bin", "preau"])?;
    Ok(repo::target().join("debug/preau"))
}

/// The build that a commune runs: web/dist is in it, so that must be built before.
pub(crate) fn release() -> Result<PathBuf> {
    build(&["--release", "--package", "api"])?;
    Ok(repo::target().join("release/preau"))
}

/// The program that measures it; see `bench/`.
pub(crate) fn load() -> Result<PathBuf> {
    build(&["--release", "--package", "bench"])?;
    Ok(repo::target().join("release/bench"))
}

fn build(arguments: &[&str]) -> Result<()> {
    println!("Building the {}", if arguments.contains(&"bench") { "load" } else { "server" });
    process::run(Command::new("cargo").arg("build").args(arguments).current_dir(repo::root()))
}
