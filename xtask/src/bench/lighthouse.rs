//! Lighthouse on the planning of the demo commune.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::table::Table;
use crate::{demo, provision, repo};

pub(super) struct Tools {
    node: PathBuf,
    chromium: PathBuf,
}

pub(super) fn tools() -> Result<Tools> {
    provision::npm_tools()?;
    let node = provision::program_or(&["node"], &["nodejs"], "Lighthouse needs Node.js")?;
    Ok(Tools { node, chromium: provision::chromium()? })
}

pub(super) fn run(tools: &Tools, preau: &Path, quick: bool, table: &mut Table) -> Result<()> {
    let folder = repo::target().join("bench");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let database_url = Some(format!("sqlite://{}", folder.join("preau.sqlite").display()));
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let options = demo::Options { database_url, port, year: Some(2017) };
    let _server = demo::start(preau, &options, None)?;
    table.fill(
        Command::new(&tools.node)
            .arg("bench/lighthouse.mjs")
            .current_dir(repo::path("e2e"))
            .env("CHROMIUM_PATH", &tools.chromium)
            .env("PREAU_URL", format!("http://localhost:{port}"))
            .env("PREAU_BENCH_RUNS", if quick { "1" } else { "5" }),
    );
    Ok(())
}
