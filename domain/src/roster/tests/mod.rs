//! A small school, and a database that does what a plan says.

mod again;
mod files;
mod properties;

use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::ids::{AccountId, FamilyId};
use crate::testing::date;

/// `Léa Martin` → first name, last name.
fn split(name: &str) -> (String, String) {
    let (first, last) = name.split_once(' ').unwrap();
    (first.into(), last.into())
}

fn pupil(line: u32, name: &str, level: &str) -> PupilLine {
    let (first_name, last_name) = split(name);
    PupilLine {
        line,
        first_name,
        last_name,
        birth_date: "17/08/2010".into(),
        sex: "F".into(),
        level: level.into(),
        class_name: format!("{level} Mme Roux"),
        ..PupilLine::default()
    }
}

fn adult(line: u32, name: &str, email: &str, children: &[&str]) -> GuardianLine {
    let (first_name, last_name) = split(name);
    let child = |name: &&str| {
        let (name, class_name) = name.split_once(" / ").unwrap_or((name, ""));
        let (first_name, last_name) = split(name);
        let class_name = class_name.into();
        ChildCell { last_name, first_name, class_name, ..ChildCell::default() }
    };
    GuardianLine {
        line,
        values: GuardianValues {
            first_name,
            last_name,
            email: email.into(),
            ..GuardianValues::default()
        },
        children: children.iter().map(child).collect(),
        defect: None,
    }
}

fn roster(pupils: &[PupilLine], guardians: &[GuardianLine]) -> Roster {
    let unknown_columns = Vec::new();
    Roster { pupils: pupils.to_vec(), guardians: guardians.to_vec(), unknown_columns }
}

fn decisions(skip: &[&str], accept: &[&str], choose: &[(u32, u32)]) -> Decisions {
    let places = |list: &[&str]| list.iter().map(|place| place.parse().unwrap()).collect();
    Decisions {
        skip: places(skip),
        accept: places(accept),
        choose: choose.iter().copied().collect(),
    }
}

/// Ids count up, so that they sort by age as the real ones do.
struct Town {
    existing: Existing,
    next: u128,
}

impl Town {
    fn new() -> Self {
        Self { existing: Existing::default(), next: 1 }
    }

    fn plan_with(&mut self, roster: &Roster, decisions: &Decisions) -> Plan {
        let context =
            Context { school: "Les Tilleuls".into(), only_school: true, today: date("2017-09-01") };
        let mut new_id = || {
            self.next += 1;
            Uuid::from_u128(self.next)
        };
        plan(roster, &self.existing, decisions, &context, &mut new_id)
    }

    fn plan(&mut self, roster: &Roster) -> Plan {
        self.plan_with(roster, &Decisions::default())
    }

    /// Imports, which must be possible.
    fn import_with(&mut self, roster: &Roster, decisions: &Decisions) -> Plan {
        let plan = self.plan_with(roster, decisions);
        assert!(plan.ready(), "{:#?}", plan.open().collect::<Vec<_>>());
        self.apply(&plan);
        plan
    }

    fn import(&mut self, roster: &Roster) -> Plan {
        self.import_with(roster, &Decisions::default())
    }

    fn apply(&mut self, plan: &Plan) {
        for planned in &plan.guardians {
            let account = match &planned.account {
                AccountStep::Nothing => self.guardian(planned.id).and_then(|g| g.account.clone()),
                AccountStep::Create { email } => {
                    self.next += 1;
                    let id = AccountId(Uuid::from_u128(self.next));
                    Some(ExistingAccount { id, email: email.clone(), in_use: false })
                }
                AccountStep::Move { account, email } => {
                    Some(ExistingAccount { id: *account, email: email.clone(), in_use: false })
                }
            };
            let (id, values, imported) =
                (planned.id, planned.values.clone(), planned.imported.clone());
            self.existing.guardians.retain(|guardian| guardian.id != id);
            self.existing.guardians.push(ExistingGuardian { id, values, imported, account });
        }
        for planned in &plan.families {
            let families = &mut self.existing.families;
            if planned.new {
                families.push(ExistingFamily { id: planned.id, guardians: BTreeSet::new() });
            }
            let family = families.iter_mut().find(|family| family.id == planned.id).unwrap();
            family.guardians.extend(planned.members.iter().map(|member| member.guardian));
        }
        for planned in &plan.children {
            let children = &mut self.existing.children;
            let before = children.iter().position(|child| child.id == planned.id);
            let before = before.map(|at| children.remove(at));
            let mut guardians = before.map(|child| child.guardians).unwrap_or_default();
            guardians.extend(&planned.links);
            let (id, family, values) = (planned.id, planned.family, planned.values.clone());
            children.push(ExistingChild {
                id,
                family,
                values,
                missing_since: None,
                guardians,
                subscribed_until: None,
            });
        }
        for missing in &plan.missing {
            let child = self.child_mut(&missing.name);
            child.missing_since = child.missing_since.or(Some(plan.today));
        }
        self.existing.guardians.sort_by_key(|guardian| guardian.id);
        self.existing.children.sort_by_key(|child| child.id);
    }

    fn guardian(&self, id: crate::ids::GuardianId) -> Option<&ExistingGuardian> {
        self.existing.guardians.iter().find(|guardian| guardian.id == id)
    }

    fn guardian_mut(&mut self, name: &str) -> &mut ExistingGuardian {
        self.existing.guardians.iter_mut().find(|g| g.values.name() == name).unwrap()
    }

    fn child(&self, name: &str) -> &ExistingChild {
        self.existing.children.iter().find(|child| child.values.name() == name).unwrap()
    }

    fn child_mut(&mut self, name: &str) -> &mut ExistingChild {
        self.existing.children.iter_mut().find(|child| child.values.name() == name).unwrap()
    }

    fn family_of(&self, child: &str) -> FamilyId {
        self.child(child).family
    }

    /// A child's guardians, by name.
    fn guardians_of(&self, child: &str) -> Vec<String> {
        let ids = self.child(child).guardians.iter();
        ids.map(|id| self.guardian(*id).unwrap().values.name()).collect()
    }
}

/// The findings as `pupils:17 BadDate("…")`, warnings about missing addresses aside.
fn found(plan: &Plan) -> Vec<String> {
    let worth = plan.findings.iter().filter(|finding| finding.what != What::NoEmail);
    worth
        .map(|f| format!("{} {:?}{}", f.place, f.what, if f.settled { " settled" } else { "" }))
        .collect()
}
