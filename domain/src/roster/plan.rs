//! What an import would do.

use chrono::NaiveDate;

use super::existing::Imported;
use super::finding::{Finding, Severity};
use super::lines::Place;
use super::values::{Change, ChildValues, GuardianValues};
use crate::ids::{AccountId, ChildId, FamilyId, GuardianId};

/// Where and when an import takes place.
#[derive(Clone, Debug)]
pub struct Context {
    /// The school whose files they are.
    pub school: String,
    /// The commune has no other school.
    pub only_school: bool,
    pub today: NaiveDate,
}

/// What an import would do, and what a person must decide first.
#[derive(Clone, Debug)]
pub struct Plan {
    pub school: String,
    pub today: NaiveDate,
    /// By file and line.
    pub findings: Vec<Finding>,
    /// Lines that a person left out, with the names on them.
    pub skipped: Vec<(Place, String)>,
    /// By line.
    pub children: Vec<PlannedChild>,
    /// By first line.
    pub guardians: Vec<PlannedGuardian>,
    /// The new dossiers, and those that gain guardians.
    pub families: Vec<PlannedFamily>,
    /// Children of the school who are not in the files.
    pub missing: Vec<MissingChild>,
}

/// A child of the files.
#[derive(Clone, Debug)]
pub struct PlannedChild {
    pub id: ChildId,
    pub line: u32,
    pub new: bool,
    /// From now on.
    pub values: ChildValues,
    /// What is updated; empty for a new child.
    pub changes: Vec<Change>,
    pub family: FamilyId,
    /// The dossier that it leaves.
    pub moved_from: Option<FamilyId>,
    /// It was listed as missing.
    pub back: bool,
    /// Guardians to link it to.
    pub links: Vec<GuardianId>,
}

/// A guardian of the files.
#[derive(Clone, Debug)]
pub struct PlannedGuardian {
    pub id: GuardianId,
    pub line: u32,
    pub new: bool,
    /// From now on.
    pub values: GuardianValues,
    /// To be remembered.
    pub imported: Imported,
    /// What is remembered changes.
    pub imported_changed: bool,
    /// What is updated; empty for a new guardian.
    pub changes: Vec<Change>,
    /// Changed in the portal, so kept: `old` is the portal's value, `new` the file's.
    pub kept: Vec<Change>,
    pub account: AccountStep,
}

/// What is done about a guardian's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountStep {
    Nothing,
    /// A new account, and an invitation.
    Create {
        email: String,
    },
    /// The account was never used: it gets the new address, and a new invitation.
    Move {
        account: AccountId,
        email: String,
    },
}

/// A dossier that is new or gains guardians.
#[derive(Clone, Debug)]
pub struct PlannedFamily {
    pub id: FamilyId,
    pub new: bool,
    /// Those to add.
    pub members: Vec<PlannedMember>,
}

/// A guardian to add to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedMember {
    pub guardian: GuardianId,
    /// The billing address and the emergency contact, until the family says otherwise.
    pub first: bool,
}

/// A child who is not in the files any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingChild {
    pub id: ChildId,
    pub name: String,
    pub class: String,
    /// Since when it is listed; `None` if it was there the last time.
    pub since: Option<NaiveDate>,
}

impl Plan {
    /// The findings that stand in the way.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        let open = |f: &&Finding| !f.settled && f.what.severity() != Severity::Warning;
        self.findings.iter().filter(open)
    }

    /// Whether nothing stands in the way.
    #[must_use]
    pub fn ready(&self) -> bool {
        self.open().next().is_none()
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.children.iter().all(PlannedChild::unchanged)
            && self.guardians.iter().all(PlannedGuardian::unchanged)
            && self.families.is_empty()
            && self.missing.iter().all(|child| child.since.is_some())
    }
}

impl PlannedChild {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn unchanged(&self) -> bool {
        !self.updated() && self.links.is_empty()
    }

    /// Whether the child's own row is written.
    #[must_use]
    pub fn updated(&self) -> bool {
        self.new || !self.changes.is_empty() || self.moved_from.is_some() || self.back
    }
}

impl PlannedGuardian {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn unchanged(&self) -> bool {
        !self.new
            && self.changes.is_empty()
            && !self.imported_changed
            && self.account == AccountStep::Nothing
    }
}
