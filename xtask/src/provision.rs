//! What the machine must have, and how it gets it: nothing is installed that is already there.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use crate::{process, repo, stamp};

/// Set once the package lists have been read again.
static LISTS: OnceLock<()> = OnceLock::new();

/// A program's path, if it is in PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

pub(crate) fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// Installs Debian packages, or says exactly what to install.
pub(crate) fn packages(names: &[&str], purpose: &str) -> Result<()> {
    let list = names.join(" ");
    let by_hand =
        format!("{purpose}. Please install it: on Debian, `apt-get install {list}` as root");
    if program("apt-get").is_none() {
        bail!("{by_hand}, or what your system calls them");
    }
    if !is_root() && process::output(Command::new("sudo").args(["-n", "true"])).is_err() {
        bail!("{by_hand} (this account is not root, and sudo asks for a password)");
    }
    println!("{purpose}: installing {list}");
    if LISTS.set(()).is_ok() {
        process::run(apt().args(["-q", "update"])).with_context(|| by_hand.clone())?;
    }
    process::run(apt().args(["-q", "-y", "--no-install-recommends", "install"]).args(names))
        .context(by_hand)
}

fn apt() -> Command {
    let mut command = if is_root() {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "env"]);
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

/// A program in PATH, installed from its package when missing.
pub(crate) fn program_or(names: &[&str], package: &[&str], purpose: &str) -> Result<PathBuf> {
    let find = || names.iter().find_map(|name| program(name));
    if let Some(path) = find() {
        return Ok(path);
    }
    packages(package, purpose)?;
    find().with_context(|| format!("{} is still not in PATH", names.join(" or ")))
}

/// The system's Chromium, which drives the browser journeys.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM_PATH") {
        return Ok(path.into());
    }
    program_or(
        &["chromium", "chromium-browser", "google-chrome"],
        &["chromium"],
        "The browser journeys need Chromium",
    )
}

/// The npm tools of e2e/, exactly as its lock file has them.
pub(crate) fn npm_tools() -> Result<PathBuf> {
    let folder = repo::path("e2e");
    let modules = folder.join("node_modules");
    let mark = modules.join(".preau-stamp");
    let input = stamp::of_paths(&[folder.join("package.json"), folder.join("package-lock.json")])?;
    if !stamp::is_current(&mark, &input) {
        program_or(&["npm"], &["nodejs", "npm"], "The web tools need Node.js and npm")?;
        println!("Installing the npm tools of e2e/");
        process::run(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                // The system's Chromium is used.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(&folder),
        )?;
        stamp::write(&mark, &input)?;
    }
    Ok(modules)
}
