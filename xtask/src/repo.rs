//! Where things stand in the repository.

use std::env;
use std::path::{Path, PathBuf};

/// The workspace's root. Cargo tells it at run time, so that a moved checkout is found too.
pub(crate) fn root() -> PathBuf {
    let manifest =
        env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&manifest).parent().map_or_else(PathBuf::new, Path::to_owned)
}

pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// The path as a person names it from the root.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Cargo's output folder, which a person may have moved.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), |dir| root().join(dir))
}
