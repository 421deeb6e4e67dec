//! The roster: pupils and guardians as the school exports them, in two files that share no
//! identifier.
//!
//! [`plan`] compares what the files say with what the database holds, and answers what would
//! change and what a person must decide first. Nothing is guessed, and nothing is deleted.

pub mod check;
pub mod level;

mod accounts;
mod build;
mod cast;
mod dossier;
mod existing;
mod finding;
mod lines;
mod link;
mod merge;
mod name;
mod person;
mod plan;
mod pupils;
mod values;

#[cfg(test)]
mod tests;

pub use build::plan;
pub use existing::{
    Existing, ExistingAccount, ExistingChild, ExistingFamily, ExistingGuardian, Imported,
};
pub use finding::{Decisions, Finding, Severity, What};
pub use lines::{
    ChildCell, Defect, File, GuardianLine, NotAPlace, Place, PupilLine, Roster, full_name,
};
pub use merge::{Merged, merge};
pub use name::{NameKey, is_found, key, tidy};
pub use plan::{
    AccountStep, Context, MissingChild, Plan, PlannedChild, PlannedFamily, PlannedGuardian,
    PlannedMember,
};
pub use values::{Change, ChildValues, ClassName, Field, GuardianValues};
