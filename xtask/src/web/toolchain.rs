//! A compiler for wasm32 with the sources of its standard library.
//!
//! The library is built with the app: optimised for size, and without the text of panics, it
//! makes the app a tenth smaller than the ready-made one, and the same size on every machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, provision};

pub(super) struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    linker: Option<PathBuf>,
}

impl Toolchain {
    /// The active toolchain, with its sources fetched by rustup; else Debian's compiler.
    pub(super) fn find() -> Result<Self> {
        let active = Self { cargo: "cargo".into(), rustc: "rustc".into(), linker: None };
        if active.has_sources() {
            return active.with_linker();
        }
        let debian =
            Self { cargo: "/usr/bin/cargo".into(), rustc: "/usr/bin/rustc".into(), linker: None };
        if debian.rustc.is_file() && debian.cargo.is_file() && debian.has_sources() {
            return debian.with_linker();
        }
        println!("The web app needs the sources of Rust's standard library");
        if provision::program("rustup").is_some()
            && process::run(Command::new("rustup").args(["component", "add", "rust-src"])).is_ok()
            && active.has_sources()
        {
            return active.with_linker();
        }
        provision::packages(
            &["rustc-web", "cargo-web", "rust-web-src", "lld-22"],
            "rustup cannot fetch them, so Debian's compiler is used",
        )?;
        if !debian.has_sources() {
            bail!("`rustup component add rust-src` is needed to build the web app");
        }
        debian.with_linker()
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        command
            .env("RUSTC", &self.rustc)
            // Building the standard library is not stable yet.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        if let Some(linker) = &self.linker {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command
    }

    fn sysroot(&self) -> Option<PathBuf> {
        process::text(Command::new(&self.rustc).args(["--print", "sysroot"])).ok().map(Into::into)
    }

    fn has_sources(&self) -> bool {
        self.sysroot()
            .is_some_and(|root| root.join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
    }

    /// rustup ships a linker for wasm32; distributions have LLVM's apart.
    fn with_linker(mut self) -> Result<Self> {
        if self.sysroot().is_some_and(|root| ships_linker(&root)) {
            return Ok(self);
        }
        let find = || {
            provision::program("wasm-ld").or_else(|| {
                (14..40).rev().find_map(|n| provision::program(&format!("wasm-ld-{n}")))
            })
        };
        self.linker = find();
        if self.linker.is_none() {
            provision::packages(&["lld-22"], "The web app needs the linker wasm-ld")?;
            self.linker = find();
        }
        Ok(self)
    }
}

fn ships_linker(sysroot: &Path) -> bool {
    std::fs::read_dir(sysroot.join("lib/rustlib"))
        .into_iter()
        .flatten()
        .flatten()
        .any(|host| host.path().join("bin/rust-lld").is_file())
}
