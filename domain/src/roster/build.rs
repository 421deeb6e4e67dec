//! The plan, step by step: pupils, guardians, links, dossiers, accounts, who is missing.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::cast::{Cast, Unsure};
use super::existing::{Existing, Imported, Known};
use super::finding::{Decisions, Findings, What};
use super::lines::{Place, Roster};
use super::person::Person;
use super::plan::{
    AccountStep, Context, MissingChild, Plan, PlannedChild, PlannedFamily, PlannedGuardian,
    PlannedMember,
};
use super::pupils::{Pupil, Pupils};
use super::{accounts, dossier, link, merge, person, pupils};
use crate::calendar::SchoolYear;
use crate::ids::{ChildId, FamilyId, GuardianId};

/// Compares the two files with what the database holds. `new_id` makes identifiers for what is
/// new.
pub fn plan(
    roster: &Roster,
    existing: &Existing,
    decisions: &Decisions,
    context: &Context,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Plan {
    let known = Known::new(existing);
    let mut findings = Findings::new(decisions);
    for (place, title) in &roster.unknown_columns {
        findings.add(*place, What::UnknownColumn(title.clone()));
    }
    let pupils = pupils::read(roster, &known, &context.school, context.today, &mut findings);
    let mut adults = link::read(roster, &pupils, &known, &mut findings);
    let persons = person::gather(&mut adults, &pupils, &known, &mut findings);
    let met = persons.iter().enumerate().filter_map(|(number, p)| Some((p.existing?, number)));
    let numbers = met.collect();
    let cast = Cast { pupils: &pupils, persons: &persons, known: &known, numbers };

    let children: Vec<_> =
        pupils.active().map(|(_, pupil)| child_id(pupil, &known, new_id)).collect();
    let ids: BTreeMap<usize, ChildId> =
        pupils.active().map(|(at, _)| at).zip(children.iter().copied()).collect();
    let mut guardians: Vec<_> =
        persons.iter().map(|person| guardian(person, &ids, &known, new_id)).collect();

    let unsure = Unsure::new(roster, decisions, &adults);
    let links: Vec<_> =
        pupils.active().map(|(at, pupil)| cast.links(at, pupil, &unsure, &mut findings)).collect();
    let missing = missing(&pupils, &known, context);
    let placed = cast.place(&links, &missing);
    let number = Numbering { persons: &guardians, known: &known };
    let (families, family_ids) = families(&placed, &known, &number, new_id);
    let children: Vec<_> = pupils
        .active()
        .zip(children)
        .zip(links.iter().zip(&placed.dossiers))
        .map(|(((_, pupil), id), (links, dossier))| {
            let guardians = links.new.iter().map(|person| number.id(*person)).collect();
            let child = child(pupil, id, family_ids[*dossier], guardians, &known);
            if child.moved_from.is_some() {
                let until = pupil.existing.and_then(|at| known.child(at).subscribed_until);
                let this_year = SchoolYear::of(context.today);
                let is_billed = until.is_some_and(|until| SchoolYear::of(until) >= this_year);
                let what = if is_billed { What::BilledInDossier } else { What::OtherDossier };
                findings.add(pupil.place(), what);
            }
            child
        })
        .collect();

    let sees = sees(existing, &children);
    accounts::decide(&mut guardians, &sees, &known, &mut findings);
    let pupil_lines = roster.pupils.iter().map(|line| (Place::pupil(line.line), line.name()));
    let guardian_lines =
        roster.guardians.iter().map(|line| (Place::guardian(line.line), line.values.name()));
    let names: BTreeMap<_, _> = pupil_lines.chain(guardian_lines).collect();
    let findings = findings.finish(&names.keys().copied().collect());
    let skipped = names.into_iter().filter(|(place, _)| decisions.skips(*place)).collect();
    let (school, today) = (context.school.clone(), context.today);
    Plan { school, today, findings, skipped, children, guardians, families, missing }
}

fn child_id(pupil: &Pupil, known: &Known, new_id: &mut dyn FnMut() -> Uuid) -> ChildId {
    pupil.existing.map_or_else(|| ChildId(new_id()), |at| known.child(at).id)
}

fn guardian(
    person: &Person,
    ids: &BTreeMap<usize, ChildId>,
    known: &Known,
    new_id: &mut dyn FnMut() -> Uuid,
) -> PlannedGuardian {
    let existing = person.existing.map(|at| known.guardian(at));
    let before = existing.map(|guardian| guardian.imported.clone()).unwrap_or_default();
    let merged = existing.map(|guardian| merge(&before.values, &guardian.values, &person.values));
    let merged = merged.unwrap_or_else(|| super::Merged {
        values: person.values.clone(),
        imported: person.values.clone(),
        ..super::Merged::default()
    });
    let mut imported = Imported { values: merged.imported, children: before.children.clone() };
    imported.children.extend(person.pupils.iter().filter_map(|at| ids.get(at)));
    PlannedGuardian {
        id: existing.map_or_else(|| GuardianId(new_id()), |guardian| guardian.id),
        line: person.line,
        new: existing.is_none(),
        values: merged.values,
        imported_changed: imported != before,
        imported,
        changes: merged.changes,
        kept: merged.kept,
        account: AccountStep::Nothing,
    }
}

/// Guardians by number: the persons of the file, in its order, then those of the database.
struct Numbering<'a> {
    persons: &'a [PlannedGuardian],
    known: &'a Known<'a>,
}

impl Numbering<'_> {
    fn id(&self, number: usize) -> GuardianId {
        match self.persons.get(number) {
            Some(person) => person.id,
            None => self.known.guardian(number - self.persons.len()).id,
        }
    }
}

/// The dossiers to write, and the ids of all.
fn families(
    placed: &dossier::Placed,
    known: &Known,
    number: &Numbering<'_>,
    new_id: &mut dyn FnMut() -> Uuid,
) -> (Vec<PlannedFamily>, Vec<FamilyId>) {
    let mut planned = Vec::new();
    let mut ids = Vec::with_capacity(placed.guardians.len());
    for (at, guardians) in placed.guardians.iter().enumerate() {
        let old = known.existing.families.get(at);
        let id = old.map_or_else(|| FamilyId(new_id()), |family| family.id);
        ids.push(id);
        let guardians = guardians.iter().map(|guardian| number.id(*guardian));
        let has = |guardian: &GuardianId| old.is_some_and(|old| old.guardians.contains(guardian));
        let without = old.is_none_or(|old| old.guardians.is_empty());
        let members: Vec<_> = guardians
            .filter(|guardian| !has(guardian))
            .enumerate()
            .map(|(at, guardian)| PlannedMember { guardian, first: without && at == 0 })
            .collect();
        if old.is_none() || !members.is_empty() {
            planned.push(PlannedFamily { id, new: old.is_none(), members });
        }
    }
    (planned, ids)
}

fn child(
    pupil: &Pupil,
    id: ChildId,
    family: FamilyId,
    links: Vec<GuardianId>,
    known: &Known,
) -> PlannedChild {
    let before = pupil.existing.map(|at| known.child(at));
    let (values, changes) = match before {
        Some(child) => child.values.updated(&pupil.values),
        None => (pupil.values.clone(), Vec::new()),
    };
    PlannedChild {
        id,
        line: pupil.line,
        new: before.is_none(),
        values,
        changes,
        family,
        moved_from: before.map(|child| child.family).filter(|before| *before != family),
        back: before.is_some_and(|child| child.missing_since.is_some()),
        links,
    }
}

/// The school's children who are in the database and on no line of the files.
fn missing(pupils: &Pupils, known: &Known, context: &Context) -> Vec<MissingChild> {
    let children = known.existing.children.iter().enumerate();
    let of_school = children.filter(|(_, child)| match &child.values.class {
        Some(class) => class.school == context.school,
        None => context.only_school,
    });
    of_school
        .filter(|(at, _)| !pupils.mention(known, *at))
        .map(|(_, child)| MissingChild {
            id: child.id,
            name: child.values.name(),
            class: child.values.class.as_ref().map(|class| class.name.clone()).unwrap_or_default(),
            since: child.missing_since,
        })
        .collect()
}

fn sees(existing: &Existing, planned: &[PlannedChild]) -> BTreeMap<GuardianId, BTreeSet<ChildId>> {
    let mut sees: BTreeMap<GuardianId, BTreeSet<ChildId>> = BTreeMap::new();
    let before = existing.children.iter().flat_map(|c| c.guardians.iter().map(|g| (*g, c.id)));
    let new = planned.iter().flat_map(|child| child.links.iter().map(|g| (*g, child.id)));
    for (guardian, child) in before.chain(new) {
        sees.entry(guardian).or_default().insert(child);
    }
    sees
}
