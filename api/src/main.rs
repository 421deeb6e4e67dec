//! `preau`: Préau's one binary.

use std::io::Write;
use std::process::ExitCode;

#[actix_web::main]
async fn main() -> ExitCode {
    match api::cli::run().await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // Nothing is left to do when even this can't be written.
            drop(writeln!(std::io::stderr(), "preau: {error}"));
            ExitCode::from(2)
        }
    }
}
