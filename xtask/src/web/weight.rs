//! What a parent's first visit weighs on the network.

use anyhow::{Result, bail};

const LIMIT: usize = 300_000;

pub(super) struct Weight {
    pub(super) name: String,
    pub(super) raw: usize,
    pub(super) wire: usize,
}

/// Prints the table, and refuses a first load above the limit.
pub(super) fn check(files: &[Weight]) -> Result<()> {
    println!("{:<46} {:>9} {:>9}", "first load", "bytes", "on wire");
    for file in files {
        println!("{:<46} {:>9} {:>9}", file.name, file.raw, file.wire);
    }
    let total: usize = files.iter().map(|file| file.wire).sum();
    println!("{:<46} {:>9} {total:>9}", "total", files.iter().map(|file| file.raw).sum::<usize>());
    if total > LIMIT {
        bail!("the first load weighs {total} bytes on the wire, over the limit of {LIMIT}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, Weight, check};

    #[test]
    fn one_byte_over_the_limit_is_refused() {
        let file = |wire| Weight { name: "a".into(), raw: 2 * LIMIT, wire };
        assert!(check(&[file(LIMIT - 1), file(1)]).is_ok());
        assert!(check(&[file(LIMIT - 1), file(2)]).is_err());
    }
}
