//! Accounts: a guardian with an e-mail address gets one; an address has one account at most.

use std::collections::{BTreeMap, BTreeSet};

use super::existing::Known;
use super::finding::{Findings, What};
use super::lines::Place;
use super::plan::{AccountStep, PlannedGuardian};
use super::values::Field;
use crate::ids::{ChildId, GuardianId};

/// Whose an address is: nobody's in particular for the guichet's staff.
struct Owner {
    name: String,
    guardian: Option<GuardianId>,
}

/// Decides the account step of every guardian; `sees` has the children that each will be linked
/// to.
pub(super) fn decide(
    guardians: &mut [PlannedGuardian],
    sees: &BTreeMap<GuardianId, BTreeSet<ChildId>>,
    known: &Known,
    findings: &mut Findings<'_>,
) {
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    for email in &known.existing.staff {
        owners.insert(email.clone(), Owner { name: String::new(), guardian: None });
    }
    for guardian in &known.existing.guardians {
        if let Some(account) = &guardian.account {
            let owner = Owner { name: guardian.values.name(), guardian: Some(guardian.id) };
            owners.insert(account.email.clone(), owner);
        }
    }
    let accounts: BTreeMap<_, _> = known
        .existing
        .guardians
        .iter()
        .filter_map(|guardian| Some((guardian.id, guardian.account.as_ref()?)))
        .collect();
    let nothing = BTreeSet::new();
    for guardian in guardians {
        let place = Place::guardian(guardian.line);
        let email = guardian.values.email.clone();
        if email.is_empty() {
            findings.add(place, What::NoEmail);
        }
        // An account that the guichet took away does not come back by itself.
        let brought = guardian.new || guardian.changes.iter().any(|c| c.field == Field::Email);
        if email.is_empty() || !brought {
            continue;
        }
        let account = accounts.get(&guardian.id);
        if let Some(account) = account.filter(|account| account.in_use && account.email != email) {
            findings.add(place, What::LoginKept { login: account.email.clone() });
            continue;
        }
        let children = sees.get(&guardian.id).unwrap_or(&nothing);
        match owners.get(&email) {
            Some(Owner { guardian: Some(owner), .. }) if *owner == guardian.id => {}
            Some(Owner { guardian: Some(owner), name })
                if children.is_subset(sees.get(owner).unwrap_or(&nothing)) =>
            {
                findings.add(place, What::SharedAccount { email, with: name.clone() });
            }
            Some(Owner { name, .. }) => {
                findings.add(place, What::SharedEmail { email, with: name.clone() });
            }
            None => {
                let name = guardian.values.name();
                owners.insert(email.clone(), Owner { name, guardian: Some(guardian.id) });
                guardian.account = match account {
                    Some(account) => AccountStep::Move { account: account.id, email },
                    None => AccountStep::Create { email },
                };
            }
        }
    }
}
