//! What the database holds already, as an import needs it.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::name::{NameIndex, NameKey};
use super::values::{ChildValues, GuardianValues};
use crate::ids::{AccountId, ChildId, FamilyId, GuardianId};

/// All children, guardians, dossiers and accounts of the commune.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    /// By id.
    pub children: Vec<ExistingChild>,
    /// By id.
    pub guardians: Vec<ExistingGuardian>,
    /// By id.
    pub families: Vec<ExistingFamily>,
    /// Addresses of the guichet's and the attendants' accounts.
    pub staff: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub struct ExistingChild {
    pub id: ChildId,
    pub family: FamilyId,
    pub values: ChildValues,
    pub missing_since: Option<NaiveDate>,
    pub guardians: BTreeSet<GuardianId>,
    /// The last day of the last term in which it has a subscription, for which its dossier is billed.
    pub subscribed_until: Option<NaiveDate>,
}

#[derive(Clone, Debug)]
pub struct ExistingGuardian {
    pub id: GuardianId,
    pub values: GuardianValues,
    pub imported: Imported,
    pub account: Option<ExistingAccount>,
}

#[derive(Clone, Debug)]
pub struct ExistingAccount {
    pub id: AccountId,
    pub email: String,
    /// Its owner has chosen a password.
    pub in_use: bool,
}

#[derive(Clone, Debug)]
pub struct ExistingFamily {
    pub id: FamilyId,
    pub guardians: BTreeSet<GuardianId>,
}

/// What the last import brought of a guardian: kept as JSON beside it. All empty for one whom
/// the guichet entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imported {
    #[serde(flatten)]
    pub values: GuardianValues,
    /// The children that imports named.
    pub children: BTreeSet<ChildId>,
}

/// The same, to be searched. Positions are those of [`Existing`]'s lists.
pub(super) struct Known<'a> {
    pub(super) existing: &'a Existing,
    pub(super) children_by_name: NameIndex,
    pub(super) guardians_by_name: NameIndex,
    by_ine: HashMap<&'a str, usize>,
    guardian_at: HashMap<GuardianId, usize>,
}

impl<'a> Known<'a> {
    pub(super) fn new(existing: &'a Existing) -> Self {
        let mut known = Self {
            existing,
            children_by_name: NameIndex::default(),
            guardians_by_name: NameIndex::default(),
            by_ine: HashMap::new(),
            guardian_at: HashMap::new(),
        };
        for (at, child) in existing.children.iter().enumerate() {
            known.children_by_name.insert(&child.values.key(), at);
            if let Some(ine) = &child.values.ine {
                known.by_ine.insert(ine, at);
            }
        }
        for (at, guardian) in existing.guardians.iter().enumerate() {
            known.guardian_at.insert(guardian.id, at);
            known.guardians_by_name.insert(&guardian.values.key(), at);
            // The name may have been changed in the portal.
            if guardian.imported.values.key() != guardian.values.key() {
                known.guardians_by_name.insert(&guardian.imported.values.key(), at);
            }
        }
        known
    }

    pub(super) fn child(&self, at: usize) -> &'a ExistingChild {
        &self.existing.children[at]
    }

    pub(super) fn guardian(&self, at: usize) -> &'a ExistingGuardian {
        &self.existing.guardians[at]
    }

    pub(super) fn child_by_ine(&self, ine: &str) -> Option<usize> {
        self.by_ine.get(ine).copied()
    }

    /// The children who are, by name and day of birth and as far as INEs go, this one.
    pub(super) fn children_like(
        &self,
        name: &NameKey,
        born: Option<NaiveDate>,
        ine: Option<&str>,
    ) -> Vec<usize> {
        let mut found: Vec<_> = self.children_by_name.find(name).into_iter().collect();
        found.retain(|at| {
            let child = &self.child(*at).values;
            let ines = ine.zip(child.ine.as_deref());
            child.birth_date == born && ines.is_none_or(|(a, b)| a == b)
        });
        found
    }

    pub(super) fn guardians_of(&self, child: usize) -> BTreeSet<usize> {
        self.child(child)
            .guardians
            .iter()
            .filter_map(|id| self.guardian_at.get(id).copied())
            .collect()
    }

    pub(super) fn guardians_of_family(&self, family: usize) -> BTreeSet<usize> {
        let guardians = &self.existing.families[family].guardians;
        guardians.iter().filter_map(|id| self.guardian_at.get(id).copied()).collect()
    }
}
