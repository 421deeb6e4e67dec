//! Style sheets and static files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{repo, stamp};

/// A file of web/assets.
pub(super) struct Asset {
    /// From web/assets, as in `fonts/name.woff2`.
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}

impl Asset {
    /// Files at the top keep their names (robots.txt, favicon.svg, sw.js): their addresses are
    /// fixed from outside. Those in folders are ours to name.
    pub(super) fn keeps_name(&self) -> bool {
        self.path.components().count() == 1
    }

    /// The address that style sheets and pages write.
    pub(super) fn address(&self) -> String {
        format!("/{}", self.path.display())
    }
}

pub(super) fn assets() -> Result<Vec<Asset>> {
    let folder = repo::path("web/assets");
    stamp::files(&folder)?
        .into_iter()
        .map(|file| {
            let content = fs::read(&file).with_context(|| repo::shown(&file))?;
            Ok(Asset { path: file.strip_prefix(&folder)?.to_owned(), content })
        })
        .collect()
}

/// An app's style sheet: a file of web/styles with its `@import "…";` lines replaced by those files.
/// A file of the folder that no app's sheet imports is an error, as it would silently do nothing.
pub(super) fn styles(name: &str) -> Result<String> {
    let folder = repo::path("web/styles");
    let mut sheet = String::new();
    for line in read(&folder.join(name))?.lines() {
        match imported(line)? {
            Some(name) => sheet.push_str(&read(&folder.join(name))?),
            None => sheet.push_str(line),
        }
        sheet.push('\n');
    }
    Ok(minified(&sheet))
}

/// The file that a line imports, if it does.
fn imported(line: &str) -> Result<Option<&str>> {
    let Some(rest) = line.trim().strip_prefix("@import") else { return Ok(None) };
    rest.split('"').nth(1).map(Some).with_context(|| format!("web/styles: cannot read `{line}`"))
}

/// Checks that each style sheet is one of these or imported by one of them.
pub(super) fn all_are_used(sheets: &[&str]) -> Result<()> {
    let folder = repo::path("web/styles");
    let mut used: Vec<_> = sheets.iter().map(|sheet| folder.join(sheet)).collect();
    for sheet in sheets {
        for line in read(&folder.join(sheet))?.lines() {
            used.extend(imported(line)?.map(|name| folder.join(name)));
        }
    }
    for file in stamp::files(&folder)? {
        if file.extension().is_some_and(|extension| extension == "css") && !used.contains(&file) {
            bail!("{} is imported by no style sheet of an app", repo::shown(&file));
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| repo::shown(file))
}

/// Without comments, indentation and blank lines; compression does the rest.
fn minified(sheet: &str) -> String {
    let mut bare = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::minified;

    #[test]
    fn keeps_rules_and_drops_the_rest() {
        let sheet = "/* a\n b */\n\n  .a { color: red } /* c */\n\n.b {\n  top: 0;\n}\n";
        assert_eq!(minified(sheet), ".a { color: red }\n.b {\ntop: 0;\n}");
    }

    #[test]
    fn an_open_comment_runs_to_the_end() {
        assert_eq!(minified(".a {}\n/* open .b {}"), ".a {}");
    }
}
