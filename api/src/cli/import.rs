//! `preau import`

use std::io::Write;
use std::path::{Path, PathBuf};

use domain::roster::{Decisions, File, Place};

use super::CommandError;
use crate::clock::Clock;
use crate::config::Config;
use crate::roster::{self, Report};
use crate::store::audit::{Actor, Origin};
use crate::store::{Db, settings};

/// Errors or open decisions are left.
const OPEN: u8 = 3;

/// Reports what an import would change; with `--apply`, makes it.
#[derive(clap::Args)]
#[command(after_help = "Without --apply nothing is written: the report says what would change. \
While a line is in error or waits for a decision nothing can be imported, and the exit code is 3.")]
pub(super) struct Args {
    /// The pupils' file.
    #[arg(long, value_name = "CSV")]
    pupils: PathBuf,
    /// The guardians' file.
    #[arg(long, value_name = "CSV")]
    guardians: PathBuf,
    /// The school whose files they are; needed when the commune has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    /// Leaves a line out: pupils:17 or guardians:12.
    #[arg(long, value_name = "LINE")]
    skip: Vec<Place>,
    /// Accepts what the report proposes for a line: pupils:9.
    #[arg(long, value_name = "LINE")]
    accept: Vec<Place>,
    /// Says which pupil a guardian's line means: guardians:12=pupils:5.
    #[arg(long, value_name = "LINE=LINE", value_parser = choice)]
    decide: Vec<(u32, u32)>,
    /// Imports: everything or nothing.
    #[arg(long)]
    apply: bool,
}

fn choice(text: &str) -> Result<(u32, u32), String> {
    let places = text.split_once('=').map(|(a, b)| (a.parse::<Place>(), b.parse::<Place>()));
    match places {
        Some((Ok(guardian), Ok(pupil)))
            if guardian.file == File::Guardians && pupil.file == File::Pupils =>
        {
            Ok((guardian.line, pupil.line))
        }
        _ => {
            Err("écrivez guardians:LIGNE=pupils:LIGNE, par exemple guardians:12=pupils:5"
                .to_owned())
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

pub(super) async fn run(args: Args, config: &Config) -> Result<u8, CommandError> {
    let files = roster::read(&bytes(&args.pupils)?, &bytes(&args.guardians)?)?;
    let decisions = Decisions {
        skip: args.skip.into_iter().collect(),
        accept: args.accept.into_iter().collect(),
        choose: args.decide.into_iter().collect(),
    };
    let now = Clock::system().now();
    let db = Db::open(&config.database).await?;
    if settings::is_demo(&mut db.read().await?).await?.is_none() {
        let warning = "avertissement : cette base ne contient pas encore de commune (preau init).";
        writeln!(std::io::stderr(), "{warning}")?;
    }
    let plan = if args.apply {
        let actor = Actor::system(Origin::Import, now);
        roster::import(&db, files.clone(), decisions, args.school, actor).await?
    } else {
        let school = args.school.as_deref();
        roster::plan(&mut db.read().await?, &files, &decisions, school, now).await?
    };
    db.close().await;
    let applied = args.apply && plan.ready();
    write!(std::io::stdout(), "{}", Report { files: &files, plan: &plan, applied })?;
    Ok(if plan.ready() { 0 } else { OPEN })
}
