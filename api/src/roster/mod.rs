//! The roster import: from the school's two CSV files to the database, all or nothing.

mod files;
mod header;
mod report;
mod table;
mod text;
mod words;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use domain::calendar::utc_to_paris;
use domain::roster::{Context, Decisions, Plan};
use uuid::Uuid;

pub use files::{Files, ReadError, ReadErrors, Source, Unreadable, read};
pub use report::{Counts, Report};
pub use text::Charset;

use crate::store::audit::{Actor, Origin};
use crate::store::{Conn, Db, StoreError, Undo, roster};

/// The name of a commune's first school, until the guichet gives it another.
const FIRST_SCHOOL: &str = "École primaire";

/// Why an import can't even be planned.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "plusieurs écoles : dites de laquelle viennent les fichiers, avec --school ({})",
        .0.join(", ")
    )]
    WhichSchool(Vec<String>),
}

/// Compares the files with the database and plans the import. Without a school's name they are
/// those of the only school.
pub async fn plan(
    conn: &mut Conn,
    files: &Files,
    decisions: &Decisions,
    school: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Plan, ImportError> {
    let mut schools = roster::schools(conn).await?;
    let school = match (school, schools.as_slice()) {
        (Some(name), _) => name.to_owned(),
        (None, []) => FIRST_SCHOOL.to_owned(),
        (None, [only]) => only.clone(),
        (None, _) => return Err(ImportError::WhichSchool(schools)),
    };
    schools.retain(|other| *other != school);
    let today = utc_to_paris(now).date();
    let context = Context { school, only_school: schools.is_empty(), today };
    let existing = roster::load(conn).await?;
    Ok(domain::roster::plan(&files.roster, &existing, decisions, &context, &mut Uuid::now_v7))
}

/// Does what a plan says, in the transaction in which it was made.
pub async fn apply(conn: &mut Conn, plan: &Plan, actor: &Actor) -> Result<(), StoreError> {
    roster::apply(conn, plan, actor, &Counts::of(plan)).await
}

/// Plans and, if nothing stands in the way, imports: in one transaction, so that nothing can
/// change in between.
pub async fn import(
    db: &Db,
    files: Files,
    decisions: Decisions,
    school: Option<String>,
    actor: Actor,
) -> Result<Plan, ImportError> {
    db.write(move |conn| {
        Box::pin(async move {
            roster::lock(conn).await?;
            let plan = match plan(conn, &files, &decisions, school.as_deref(), actor.now).await {
                Ok(plan) => plan,
                Err(ImportError::Store(error)) => return Err(Undo::Failed(error)),
                Err(error) => return Err(Undo::Answer(Err(error))),
            };
            if !plan.ready() {
                return Err(Undo::Answer(Ok(plan)));
            }
            apply(conn, &plan, &actor).await?;
            Ok(Ok(plan))
        })
    })
    .await?
}

/// Imports files in which there is nothing to decide into a new commune.
pub async fn enrol(conn: &mut Conn, files: &Files, now: DateTime<Utc>) -> Result<Plan, StoreError> {
    let actor = Actor::system(Origin::Import, now);
    let plan = match plan(conn, files, &Decisions::default(), None, now).await {
        Ok(plan) => plan,
        Err(ImportError::Store(error)) => return Err(error),
        Err(error) => return Err(StoreError::corrupt("school", "name", error)),
    };
    if let Some(open) = plan.open().next() {
        let (place, what) = (words::place(open.place), words::what(&open.what));
        return Err(StoreError::corrupt("roster", "line", format!("{place} : {what}")));
    }
    apply(conn, &plan, &actor).await?;
    Ok(plan)
}
