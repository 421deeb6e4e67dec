//! The files of web/dist, each named after its content where its name is ours to choose.
//!
//! Sources write plain addresses (`/preau.css`, `/fonts/name.woff2`); the bundle replaces them by
//! `/assets/preau-<hash>.css`. So everything under /assets can be cached for ever.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use brotli::CompressorWriter;

use super::weight::{Weight, When};
use super::{Mode, assets, bindgen};
use crate::{repo, stamp};

/// Stands for the list of the first load's addresses in a file that keeps its name (sw.js).
const LIST: &str = "__FIRST_LOAD__";
/// Stands there for the list of what is loaded later.
const LATER_LIST: &str = "__LATER__";
/// Stands there for a name of the whole first load, which its page tells.
const BUILD: &str = "__BUILD__";
const COMPRESSIBLE: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

#[derive(Default)]
pub(super) struct Bundle {
    /// By address from the root of the site, without the leading slash.
    files: BTreeMap<String, Vec<u8>>,
    /// Addresses as sources write them, to those of the bundle.
    named: BTreeMap<String, String>,
    first_load: Vec<String>,
    /// What the parents' app loads on demand.
    later: Vec<String>,
}

/// The parents' app, which web/index.html and web/boot.js are written for.
const PARENTS: &str = "preau";
/// The guichet's app, whose page is the same but for what it loads: nothing of it weighs on parents.
const GUICHET: &str = "guichet";

/// Bundles the modules of a folder.
pub(super) fn bundle(modules: &Path, mode: Mode) -> Result<Bundle> {
    assets::all_are_used(&[&format!("{PARENTS}.css"), &format!("{GUICHET}.css")])?;
    let assets = assets::assets()?;
    let mut bundle = Bundle::default();

    for asset in assets.iter().filter(|asset| !asset.keeps_name()) {
        bundle.add(&asset.address(), asset.content.clone());
    }
    let mut page = bundle.app(PARENTS, &modules.join("parents.wasm"), mode)?;
    bundle.list_first_load(&page)?;
    if mode == Mode::Dev {
        page = bundle.reloading(&page);
    }
    let guichet = bundle.app(GUICHET, &modules.join("guichet.wasm"), mode)?;
    bundle.files.insert("guichet.html".into(), guichet.into_bytes());
    let build = stamp::of_bytes(page.as_bytes());
    bundle.files.insert("index.html".into(), page.into_bytes());
    for asset in assets.into_iter().filter(assets::Asset::keeps_name) {
        let content = bundle.filled(&asset, &build);
        bundle.files.insert(asset.path.display().to_string(), content);
    }
    Ok(bundle)
}

/// The address of an app's first script.
fn boot(name: &str) -> String {
    if name == PARENTS { "/boot.js".to_owned() } else { format!("/boot-{name}.js") }
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(repo::path(file)).context(file.to_owned())
}

impl Bundle {
    /// Adds an app's files and answers its page.
    fn app(&mut self, name: &str, wasm: &Path, mode: Mode) -> Result<String> {
        let module = bindgen::bind(name, wasm, mode)?;
        for chunk in module.chunks {
            let named = self.add(&chunk.address, chunk.wasm);
            if name == PARENTS {
                self.later.push(named);
            }
        }
        let glue = self.renamed(&module.glue);
        let styles = self.renamed(&assets::styles(&format!("{name}.css"))?);
        self.add(&format!("/{name}.css"), styles.into_bytes());
        self.add(&format!("/{name}.js"), glue.into_bytes());
        self.add(&format!("/{name}.wasm"), module.wasm);
        let own = |text: String| {
            // Left alone where the app is the one that they are written for.
            let text = text.replace("/boot.js", &boot(name));
            text.replace(&format!("/{PARENTS}."), &format!("/{name}."))
        };
        let script = self.renamed(&own(read("web/boot.js")?));
        self.add(&boot(name), script.into_bytes());
        Ok(self.renamed(&own(read("web/index.html")?)))
    }

    /// Adds a file under a name that tells its content, and answers its address.
    fn add(&mut self, address: &str, content: Vec<u8>) -> String {
        let name = address.rsplit('/').next().unwrap_or(address);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let file = format!("assets/{stem}-{}.{extension}", stamp::of_bytes(&content));
        let named = format!("/{file}");
        self.named.insert(address.to_owned(), named.clone());
        self.files.insert(file, content);
        named
    }

    fn renamed(&self, text: &str) -> String {
        // From the longest: one address may begin another.
        let mut pairs: Vec<_> = self.named.iter().collect();
        pairs.sort_by_key(|(address, _)| std::cmp::Reverse(address.len()));
        pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    }

    /// The page, what it names, and the fonts.
    fn list_first_load(&mut self, page: &str) -> Result<()> {
        for address in ["/preau.css", "/preau.js", "/preau.wasm", "/boot.js"] {
            if !self.named.get(address).is_some_and(|named| page.contains(named)) {
                bail!("web/index.html does not load {address}");
            }
        }
        self.first_load = self
            .named
            .values()
            .filter(|named| page.contains(named.as_str()) || extension(named) == "woff2")
            .cloned()
            .collect();
        Ok(())
    }

    fn filled(&self, asset: &assets::Asset, build: &str) -> Vec<u8> {
        let Ok(text) = std::str::from_utf8(&asset.content) else {
            return asset.content.clone();
        };
        let text = self.renamed(text).replace(LIST, &list(&self.first_load));
        text.replace(LATER_LIST, &list(&self.later)).replace(BUILD, build).into_bytes()
    }

    /// A page that loads itself again when the build changes.
    fn reloading(&mut self, page: &str) -> String {
        let id = stamp::of_bytes(page.as_bytes());
        self.files.insert("dev-build-id.txt".into(), id.into_bytes());
        self.files.insert("dev-reload.js".into(), include_bytes!("dev-reload.js").to_vec());
        page.replace("</head>", "<script type=\"module\" src=\"/dev-reload.js\"></script>\n</head>")
    }

    /// When a parent's browser loads a file, if it does.
    fn loaded(&self, name: &str) -> Option<When> {
        let address = format!("/{name}");
        if name == "index.html" || self.first_load.contains(&address) {
            Some(When::First)
        } else {
            self.later.contains(&address).then_some(When::Later)
        }
    }

    /// Writes the whole folder anew beside the old one, then changes them over.
    pub(super) fn write(&self, dist: &Path, mode: Mode) -> Result<Vec<Weight>> {
        let fresh = super::folder().join("dist");
        if fresh.exists() {
            fs::remove_dir_all(&fresh)?;
        }
        let mut weights = Vec::new();
        for (name, content) in &self.files {
            let file = fresh.join(name);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&file, content)?;
            let mut wire = content.len();
            if mode == Mode::Release && is_compressible(name) {
                let small = compressed(content)?;
                wire = small.len();
                fs::write(fresh.join(format!("{name}.br")), small)?;
            }
            if let Some(when) = self.loaded(name) {
                weights.push(Weight { name: name.clone(), raw: content.len(), wire, when });
            }
        }
        if dist.exists() {
            fs::remove_dir_all(dist)?;
        }
        fs::rename(&fresh, dist).context("web/dist")?;
        println!("web/dist holds {} files", self.files.len());
        Ok(weights)
    }
}

/// As JavaScript writes it.
fn list(files: &[String]) -> String {
    let files: Vec<_> = files.iter().map(|file| format!("\"{file}\"")).collect();
    format!("[{}]", files.join(","))
}

fn is_compressible(name: &str) -> bool {
    COMPRESSIBLE.contains(&extension(name))
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Brotli at its best: done once, served to everybody.
fn compressed(content: &[u8]) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let mut writer = CompressorWriter::new(&mut small, 1 << 16, 11, 24);
    writer.write_all(content)?;
    drop(writer);
    Ok(small)
}

#[cfg(test)]
mod tests {
    use super::assets::Asset;
    use super::{Bundle, compressed, extension};

    #[test]
    fn addresses_are_replaced_from_the_longest() {
        let mut bundle = Bundle::default();
        bundle.add("/a.js", b"one".to_vec());
        bundle.add("/a.json", b"two".to_vec());
        let text = bundle.renamed("\"/a.js\" \"/a.json\"");
        let (script, data) = (&bundle.named["/a.js"], &bundle.named["/a.json"]);
        assert_eq!(text, format!("\"{script}\" \"{data}\""));
        assert_eq!(extension(data), "json");
    }

    #[test]
    fn a_page_without_its_style_sheet_is_refused() {
        let mut bundle = Bundle::default();
        for address in ["/preau.css", "/preau.js", "/preau.wasm", "/boot.js"] {
            bundle.add(address, address.as_bytes().to_vec());
        }
        let page = bundle.renamed("/preau.css /preau.js /preau.wasm /boot.js");
        assert!(bundle.list_first_load(&page).is_ok());
        assert_eq!(bundle.first_load.len(), 4);
        let page = bundle.renamed("/preau.js /preau.wasm /boot.js");
        assert!(bundle.list_first_load(&page).is_err());
    }

    #[test]
    fn the_worker_is_told_the_first_load_and_its_version() {
        let mut bundle = Bundle::default();
        for address in ["/preau.css", "/preau.js", "/preau.wasm", "/boot.js", "/icons/a.png"] {
            bundle.add(address, address.as_bytes().to_vec());
        }
        let page = bundle.renamed("/preau.css /preau.js /preau.wasm /boot.js /sw.js");
        bundle.list_first_load(&page).unwrap();
        let worker = |content: &[u8]| {
            let asset = Asset { path: "sw.js".into(), content: content.to_vec() };
            assert!(asset.keeps_name());
            String::from_utf8(bundle.filled(&asset, "0a1b2c")).unwrap()
        };
        let list = worker(b"__FIRST_LOAD__");
        let files: Vec<_> = list.split('"').skip(1).step_by(2).collect();
        assert_eq!(files.len(), 4);
        assert!(files.iter().all(|file| page.contains(file)), "{list}");
        assert_eq!(worker(b"preau-__BUILD__"), "preau-0a1b2c");
        assert_eq!(worker(b"/icons/a.png"), bundle.named["/icons/a.png"]);
    }

    #[test]
    fn brotli_makes_a_stream_that_reads_back() {
        let content = b"Neuvecelle ".repeat(200);
        let small = compressed(&content).unwrap();
        assert!(small.len() < 40);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut back).unwrap();
        assert_eq!(back, content);
    }
}
