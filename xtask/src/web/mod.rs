//! `cargo xtask web`: the web apps, compiled and bundled into web/dist.

mod assets;
mod bindgen;
mod bundle;
mod compile;
mod exports;
mod split;
mod toolchain;
mod weight;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::{repo, stamp};

#[derive(Args)]
pub(crate) struct Options {
    /// Quicker to build, larger, reloads by itself when rebuilt
    #[arg(long)]
    pub(crate) dev: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Release,
    Dev,
}

pub(crate) fn build(options: &Options) -> Result<()> {
    let mode = if options.dev { Mode::Dev } else { Mode::Release };
    let name = if options.dev { "dev" } else { "release" };
    let dist = repo::path("web/dist");
    let mark = folder().join("dist.stamp");
    let input = format!("{name} {}", stamp::of_paths(&inputs())?);
    if dist.join("index.html").is_file() && stamp::is_current(&mark, &input) {
        println!("web/dist is up to date ({name})");
        return Ok(());
    }
    let modules = compile::compile(mode)?;
    let bundle = bundle::bundle(&modules, mode)?;
    let files = bundle.write(&dist, mode)?;
    if mode == Mode::Release {
        weight::check(&files)?;
    }
    stamp::write(&mark, &input)
}

/// Own output folder: this compiler is another than the server's.
fn folder() -> PathBuf {
    repo::target().join("web")
}

fn inputs() -> Vec<PathBuf> {
    [
        "web/Cargo.toml",
        "web/src",
        "web/styles",
        "web/assets",
        "web/index.html",
        "web/boot.js",
        "domain/Cargo.toml",
        "domain/src",
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "e2e/package-lock.json",
        "xtask/src/web",
    ]
    .into_iter()
    .map(repo::path)
    .collect()
}
