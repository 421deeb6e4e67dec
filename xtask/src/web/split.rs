//! The parts of a module that are loaded on demand (`chunk!` in web/src/components/lazy.rs), each put
//! into a module of its own beside the one that the app starts with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use super::exports;

/// Where the main module imports the ways to load the chunks from.
const LOADERS: &str = "./loaders.js";
/// Where those have from what all modules share.
const GLUE: &str = "./glue.js";

pub(super) struct Split {
    pub(super) main: Vec<u8>,
    pub(super) chunks: Vec<Chunk>,
    loaders: String,
}

pub(super) struct Chunk {
    /// As sources write it: `/preau-account.wasm`; `/preau-chunk_1.wasm` for what several share.
    pub(super) address: String,
    pub(super) wasm: Vec<u8>,
}

/// Splits the module of the app `name`.
pub(super) fn split(name: &str, module: &Path) -> Result<Split> {
    let input = fs::read(module).with_context(|| module.display().to_string())?;
    let input = exports::without_orphans(&input)?;
    let folder = super::folder().join("split").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let main = folder.join("main.wasm");
    let mut options = Options::new(&input);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = LOADERS;
    options.main_module = GLUE;
    let files = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split {}: {error:?}", module.display()))?;
    let mut loaders = fs::read_to_string(folder.join(LOADERS))?;
    let mut chunks = Vec::new();
    for file in &files.split_modules {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).context("a nameless chunk")?;
        let part = stem.strip_prefix("split_").unwrap_or(stem);
        let address = format!("/{name}-{part}.wasm");
        loaders = replaced(&loaders, &format!("\"./{stem}.wasm\""), &format!("\"{address}\""))?;
        chunks.push(Chunk { address, wasm: fs::read(file)? });
    }
    Ok(Split { main: fs::read(&main)?, chunks, loaders })
}

impl Split {
    /// The main module's JavaScript with the loaders in it: apart, each would name the other by a
    /// hash of its content, and the browser would ask for one after the other.
    pub(super) fn glue(&self, glue: &str) -> Result<String> {
        let from = format!(" from \"{LOADERS}\"");
        // One for each function.
        let (imports, glue): (Vec<_>, Vec<_>) = glue.lines().partition(|line| line.contains(&from));
        let glue = glue.join("\n");
        if imports.is_empty() {
            return Ok(glue);
        }
        let names = imports.into_iter().map(|line| {
            let name = line.strip_prefix("import * as ").and_then(|line| line.split(' ').next());
            let name = name.with_context(|| format!("wasm-bindgen: cannot read `{line}`"))?;
            Ok(format!("const {name} = loaders;\n"))
        });
        let names = names.collect::<Result<String>>()?;
        Ok(format!("{}{names}{glue}", self.loaders()?))
    }

    /// An object instead of a module.
    fn loaders(&self) -> Result<String> {
        let import = format!("import {{ initSync }} from \"{GLUE}\";\n");
        let loaders = replaced(&self.loaders, &import, "")?;
        let exports = loaders.lines().filter_map(|line| line.strip_prefix("export const "));
        let names: Vec<_> = exports.filter_map(|rest| rest.split(' ').next()).collect();
        let (names, loaders) = (names.join(", "), loaders.replace("export const ", "const "));
        Ok(format!("const loaders = (() => {{\n{loaders}return {{ {names} }};\n}})();\n"))
    }
}

/// The text with `to` in the place of `from`, which must be in it.
fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    text.contains(from).then(|| text.replace(from, to)).with_context(|| format!("no `{from}`"))
}

#[cfg(test)]
mod tests {
    use super::Split;

    #[test]
    fn the_loaders_stand_where_they_were_imported() {
        let loaders = "import { initSync } from \"./glue.js\";\nlet shared;\n\
                       export const load_a = wrap(\"/preau-a.wasm\");\nexport const load_b = 2;\n";
        let split = Split { main: vec![], chunks: vec![], loaders: loaders.to_owned() };
        let glue = "import * as import1 from \"./loaders.js\"\n\
                    import * as import2 from \"./loaders.js\"\n\
                    use({ \"./loaders.js\": import1, \"./loaders.js\": import2 });";
        assert_eq!(
            split.glue(glue).unwrap(),
            "const loaders = (() => {\nlet shared;\nconst load_a = wrap(\"/preau-a.wasm\");\n\
             const load_b = 2;\nreturn { load_a, load_b };\n})();\n\
             const import1 = loaders;\nconst import2 = loaders;\n\
             use({ \"./loaders.js\": import1, \"./loaders.js\": import2 });"
        );
        assert_eq!(split.glue("use({});").unwrap(), "use({});");
        assert!(split.glue("import { load_a } from \"./loaders.js\"").is_err());
    }
}
