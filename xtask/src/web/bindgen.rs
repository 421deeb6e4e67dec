//! The module's JavaScript, and the module made small.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::Mode;
use crate::{process, provision};

pub(super) struct Module {
    pub(super) wasm: Vec<u8>,
    pub(super) glue: String,
}

pub(super) fn bind(wasm: &Path, mode: Mode) -> Result<Module> {
    let release = mode == Mode::Release;
    let mut output = Bindgen::new()
        .input_path(wasm)
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
    let module = output.wasm_mut().emit_wasm();
    let wasm = if release { optimise(&module)? } else { module };
    Ok(Module { wasm, glue: output.js().to_owned() })
}

fn optimise(module: &[u8]) -> Result<Vec<u8>> {
    let tool = provision::npm_tools()?.join(".bin/wasm-opt");
    let before = super::folder().join("bound.wasm");
    let after = super::folder().join("optimised.wasm");
    fs::write(&before, module)?;
    println!("Optimising the module");
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
