//! The crate `web` to WebAssembly: a module for each of its apps.

use std::path::PathBuf;

use anyhow::Result;

use super::Mode;
use super::toolchain::Toolchain;
use crate::{process, repo};

const TARGET: &str = "wasm32-unknown-unknown";

/// The folder in which each app's module is.
pub(super) fn compile(mode: Mode) -> Result<PathBuf> {
    let toolchain = Toolchain::find()?;
    let profile = match mode {
        Mode::Release => "wasm",
        Mode::Dev => "wasm-dev",
    };
    println!("Compiling the web apps (profile {profile})");
    let mut command = toolchain.command();
    command
        .args(["build", "--package", "web", "--bins", "--target", TARGET])
        .args(["--profile", profile, "--target-dir"])
        .arg(super::folder())
        .current_dir(repo::root());
    if mode == Mode::Release {
        // A panic ends the app either way; its text would cross the network for nothing.
        command
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
            .env("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true")
            .env("CARGO_PROFILE_WASM_PANIC", "immediate-abort");
    }
    process::run(&mut command)?;
    Ok(super::folder().join(TARGET).join(profile))
}
