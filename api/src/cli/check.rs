//! `preau check`

use std::io::Write;

use super::CommandError;
use crate::config::Config;
use crate::store::{Db, check};

pub(super) async fn run(config: &Config) -> Result<u8, CommandError> {
    let db = Db::open_existing(&config.database).await?;
    let findings = check::findings(&mut db.read().await?).await?;
    db.close().await;
    let mut out = std::io::stdout();
    if findings.is_empty() {
        writeln!(out, "Nothing is wrong.")?;
        return Ok(0);
    }
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{} findings.", findings.len())?;
    Ok(1)
}
