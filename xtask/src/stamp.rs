//! Work already done is skipped: a stamp beside a result holds the hash of what it was made from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::repo;

/// Sixteen hexadecimal digits: enough to tell one version from another.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// One hash over files and whole folders, by name and content.
pub(crate) fn of_paths(paths: &[PathBuf]) -> Result<String> {
    let mut hash = Xxh3::new();
    for path in paths {
        for file in files(path)? {
            let content = fs::read(&file).with_context(|| file.display().to_string())?;
            hash.update(repo::shown(&file).as_bytes());
            hash.update(&content.len().to_le_bytes());
            hash.update(&content);
        }
    }
    Ok(format!("{:016x}", hash.digest()))
}

/// The files under a path, in a fixed order; a missing path has none.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = fs::read_dir(path)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}

/// Whether the stamp says that this very input has been worked on.
pub(crate) fn is_current(stamp: &Path, input: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|stamped| stamped == input)
}

pub(crate) fn write(stamp: &Path, input: &str) -> Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, input).with_context(|| stamp.display().to_string())
}
