//! What a parent's first visit weighs on the network, and what comes after it.

use anyhow::{Result, bail};

const LIMIT: usize = 300_000;

/// When a file is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    First,
    /// On demand, or by the service worker.
    Later,
}

pub(super) struct Weight {
    pub(super) name: String,
    pub(super) raw: usize,
    pub(super) wire: usize,
    pub(super) when: When,
}

/// Prints the tables, and refuses a first load above the limit.
pub(super) fn check(files: &[Weight]) -> Result<()> {
    let total = table("first load", files, When::First);
    table("later", files, When::Later);
    if total > LIMIT {
        bail!("the first load weighs {total} bytes on the wire, over the limit of {LIMIT}");
    }
    Ok(())
}

/// Prints one, and answers its total on the wire.
fn table(title: &str, files: &[Weight], when: When) -> usize {
    println!("{title:<46} {:>9} {:>9}", "bytes", "on wire");
    let (mut raw, mut wire) = (0, 0);
    for file in files.iter().filter(|file| file.when == when) {
        println!("{:<46} {:>9} {:>9}", file.name, file.raw, file.wire);
        raw += file.raw;
        wire += file.wire;
    }
    println!("{:<46} {raw:>9} {wire:>9}", "total");
    wire
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, Weight, When, check};

    #[test]
    fn one_byte_over_the_limit_is_refused() {
        let file = |wire, when| Weight { name: "a".into(), raw: 2 * LIMIT, wire, when };
        let (first, later) = (When::First, When::Later);
        assert!(check(&[file(LIMIT - 1, first), file(1, first), file(LIMIT, later)]).is_ok());
        assert!(check(&[file(LIMIT - 1, first), file(2, first)]).is_err());
    }
}
