//! What no compiler sees: the repository speaks of itself alone, and keeps its own order.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, repo};

/// Past this a file probably has more than one purpose; it is only told.
const LONG: usize = 450;

pub(crate) fn check() -> Result<()> {
    let mut faults = migrations_in_pairs()?;
    for name in tracked()? {
        // Pictures, fonts and files deleted but not yet committed.
        let Ok(text) = fs::read_to_string(repo::path(&name)) else {
            continue;
        };
        let source = Source { name: &name, text: &text };
        faults.extend(source.faults());
        if source.is_code() && text.lines().count() > LONG {
            println!("note: {name} has {} lines", text.lines().count());
        }
    }
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        bail!("the repository is not tidy: {} faults", faults.len());
    }
    Ok(())
}

/// What git tracks, or would if it were added.
fn tracked() -> Result<Vec<String>> {
    let list = process::text(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(repo::root()),
    )?;
    Ok(list.lines().map(str::to_owned).collect())
}

/// Both databases have the same migrations.
fn migrations_in_pairs() -> Result<Vec<String>> {
    let names = |database: &str| -> Result<BTreeSet<String>> {
        let folder = repo::path("migrations").join(database);
        if !folder.is_dir() {
            return Ok(BTreeSet::new());
        }
        fs::read_dir(folder)?
            .map(|file| Ok(file?.file_name().to_string_lossy().into_owned()))
            .collect()
    };
    let (sqlite, postgres) = (names("sqlite")?, names("postgres")?);
    Ok(sqlite
        .symmetric_difference(&postgres)
        .map(|name| format!("migrations: {name} stands for one database only"))
        .collect())
}

struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn is_code(&self) -> bool {
        let extension = self.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        ["rs", "css", "ts", "js", "sql"].contains(&extension)
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (index, line) in self.text.lines().enumerate() {
            let mut fault =
                |what: &str| faults.push(format!("{}:{}: {what}", self.name, index + 1));
            if names_registry_host(line) {
                fault("names a package registry's host");
            }
            if names_machine_path(line) {
                fault("names a path of one machine");
            }
            if self.is_code() && is_unfinished(line) {
                fault("unfinished work, or a test that hides others");
            }
        }
        if self.name.starts_with("api/src/") && !self.name.starts_with("api/src/store/") {
            for line in sql_lines(self.text) {
                faults.push(format!("{}:{line}: SQL stands in api/src/store only", self.name));
            }
        }
        faults
    }
}

/// `https://` and a host such as a lock file records for downloads.
fn names_registry_host(line: &str) -> bool {
    line.split("://").skip(1).any(|rest| {
        ["registry", "static", "files", "index", "deb"]
            .iter()
            .any(|label| rest.strip_prefix(label).is_some_and(|rest| rest.starts_with('.')))
    })
}

/// A path that exists on somebody's machine alone. A letter or a dot before it means that it is
/// the middle of another path or address.
fn names_machine_path(line: &str) -> bool {
    ["work", "farm", "root", "home"].iter().any(|top| {
        let path = format!("/{top}/");
        line.match_indices(&path).any(|(at, _)| {
            !line[..at]
                .ends_with(|before: char| before.is_alphanumeric() || "._-}".contains(before))
        })
    })
}

fn is_unfinished(line: &str) -> bool {
    // In two pieces, so that this file does not find itself.
    [
        ("todo", "!("),
        ("unimplemented", "!("),
        ("dbg", "!("),
        ("FIX", "ME"),
        ("test.on", "ly("),
        ("describe.on", "ly("),
    ]
    .iter()
    .any(|(start, end)| line.contains(&format!("{start}{end}")))
}

/// The lines with a string that begins like a statement.
fn sql_lines(text: &str) -> Vec<usize> {
    text.match_indices('"')
        .filter(|(at, _)| {
            let string = text[at + 1..].trim_start();
            ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|word| {
                string.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_whitespace))
            })
        })
        .map(|(at, _)| text[..at].lines().count())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Source, names_machine_path, names_registry_host, sql_lines};

    #[test]
    fn registry_hosts_are_found_and_other_addresses_are_not() {
        assert!(names_registry_host(&format!(
            "\"resolved\": \"https:{}registry.example.org/a\"",
            "//"
        )));
        assert!(!names_registry_host("https://github.com/files/index"));
        assert!(!names_registry_host("http://localhost:8080/static/"));
    }

    #[test]
    fn machine_paths_are_found_and_routes_are_not() {
        let path = |top: &str| format!("cd /{top}/someone");
        assert!(names_machine_path(&path("home")));
        assert!(names_machine_path(&path("root")));
        assert!(!names_machine_path("src/pages/home/mod.rs"));
        assert!(!names_machine_path("https://example.org/home/"));
        assert!(!names_machine_path("/homework/"));
    }

    #[test]
    fn sql_is_found_outside_the_store_alone() {
        let text = "let a = 1;\nquery(\"SELECT 1\")\nquery(r#\"\n  UPDATE child SET\"#)";
        assert_eq!(sql_lines(text), [2, 3]);
        assert!(sql_lines("method(\"DELETE\"); \"Select a day\"").is_empty());
        let faults = |name| Source { name, text }.faults().len();
        assert_eq!(faults("api/src/routes/login.rs"), 2);
        assert_eq!(faults("api/src/store/family.rs"), 0);
    }

    #[test]
    fn unfinished_work_is_found_in_code_alone() {
        let text = format!("fn a() {{ to{} }}", "do!()");
        let faults = |name| Source { name, text: &text }.faults().len();
        assert_eq!(faults("domain/src/a.rs"), 1);
        assert_eq!(faults("README.md"), 0);
    }
}
