//! What was measured on: figures of another machine are other figures.

use std::path::Path;
use std::process::Command;
use std::{env, fs, thread};

use anyhow::Result;

use crate::process;

pub(super) fn describe(postgres: &Path) -> Result<String> {
    let cores = thread::available_parallelism()?;
    let cpu = value("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".into());
    let memory = value("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib: f64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    let disk = process::text(
        Command::new("stat").args(["--file-system", "--format=%T"]).arg(env::temp_dir()),
    )?;
    let rustc = process::text(Command::new("rustc").arg("--version"))?;
    let postgres = process::text(Command::new(postgres.join("postgres")).arg("--version"))?;
    Ok(format!(
        "{cores} cores, {cpu}, {:.1} GB of memory, {} on {disk}\n{rustc}, {postgres}",
        kib * 1024.0 / 1e9,
        env::temp_dir().display(),
    ))
}

/// A line's value in a file of `name : value`.
fn value(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start().strip_prefix(':')?.trim().to_owned())
}
