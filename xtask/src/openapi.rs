//! `cargo xtask openapi`: the API's description, generated from the code and checked in.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::{process, repo, server};

#[derive(Args)]
pub(crate) struct Options {
    /// Only compare, and fail when openapi.yaml is stale
    #[arg(long)]
    pub(crate) check: bool,
}

pub(crate) fn openapi(options: &Options) -> Result<()> {
    let file = repo::path("openapi.yaml");
    let preau = server::debug()?;
    let generated = String::from_utf8(process::output(Command::new(preau).arg("openapi"))?)?;
    let checked_in = fs::read_to_string(&file).unwrap_or_default();
    if generated == checked_in {
        println!("openapi.yaml is up to date");
        return Ok(());
    }
    if options.check {
        println!("{}", difference(&checked_in, &generated));
        bail!("openapi.yaml is stale: run `cargo xtask openapi` and commit it");
    }
    fs::write(&file, generated)?;
    println!("openapi.yaml is written");
    Ok(())
}

/// The lines between the common beginning and the common end.
fn difference(old: &str, new: &str) -> String {
    const SHOWN: usize = 20;
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end =
        (old[start..].iter().rev()).zip(new[start..].iter().rev()).take_while(|(a, b)| a == b);
    let end = end.count();
    let mut shown = vec![format!("openapi.yaml, from line {}:", start + 1)];
    for (sign, lines) in [('-', &old[start..old.len() - end]), ('+', &new[start..new.len() - end])]
    {
        shown.extend(lines.iter().take(SHOWN).map(|line| format!("{sign} {line}")));
        if lines.len() > SHOWN {
            shown.push(format!("{sign} … and {} more lines", lines.len() - SHOWN));
        }
    }
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn shows_what_stands_between_the_common_ends() {
        let shown = difference("a\nb\nc\nd\n", "a\nx\nd\n");
        assert_eq!(shown, "openapi.yaml, from line 2:\n- b\n- c\n+ x");
        assert_eq!(difference("a\na\n", "a\na\na\n"), "openapi.yaml, from line 3:\n+ a");
    }
}
