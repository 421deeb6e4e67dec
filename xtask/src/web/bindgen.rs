//! The module's JavaScript, and module and chunks made small.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::Mode;
use super::split::{self, Chunk};
use crate::{process, provision};

pub(super) struct Module {
    pub(super) wasm: Vec<u8>,
    pub(super) glue: String,
    pub(super) chunks: Vec<Chunk>,
}

/// The app `name` of the module in a file.
pub(super) fn bind(name: &str, wasm: &Path, mode: Mode) -> Result<Module> {
    let release = mode == Mode::Release;
    let mut split = split::split(name, wasm)?;
    let mut output = Bindgen::new()
        .input_bytes(name, std::mem::take(&mut split.main))
        // Chunks import memory, table and stack by the linker's names.
        .keep_lld_exports(true)
        .web(true)?
        .typescript(false)
        // The start script names the module, whose name has a hash.
        .omit_default_module_path(true)
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate_output()
        .context("wasm-bindgen")?;
    // Every crate has an entry, mostly an empty one.
    let snippets = output.snippets().iter().filter(|(_, inline)| !inline.is_empty());
    let scripts: Vec<_> =
        snippets.map(|(from, _)| from).chain(output.local_modules().keys()).collect();
    if !scripts.is_empty() {
        bail!("a crate brings JavaScript of its own, which is not bundled: {scripts:?}");
    }
    let mut wasm = output.wasm_mut().emit_wasm();
    let glue = split.glue(output.js())?;
    let mut chunks = split.chunks;
    if release {
        println!("Optimising {name} and what it loads later");
        wasm = optimise(&wasm)?;
        for chunk in &mut chunks {
            chunk.wasm = optimise(&chunk.wasm)?;
        }
    }
    Ok(Module { wasm, glue, chunks })
}

fn optimise(module: &[u8]) -> Result<Vec<u8>> {
    let tool = provision::npm_tools()?.join(".bin/wasm-opt");
    let before = super::folder().join("bound.wasm");
    let after = super::folder().join("optimised.wasm");
    fs::write(&before, module)?;
    process::run(
        Command::new(tool)
            // Compressed, what -Os leaves is smaller than what -Oz does.
            .args(["-Os", "--strip-debug", "--strip-producers"])
            // What rustc's wasm32 target and wasm-bindgen emit.
            .args(["--enable-bulk-memory", "--enable-multivalue", "--enable-mutable-globals"])
            .args(["--enable-nontrapping-float-to-int", "--enable-reference-types"])
            .args(["--enable-sign-ext"])
            .arg(&before)
            .arg("-o")
            .arg(&after),
    )?;
    Ok(fs::read(after)?)
}
