//! Everybody: who is linked to whom, and in which dossier the children are.

use std::collections::{BTreeMap, BTreeSet};

use super::dossier;
use super::existing::Known;
use super::finding::{Decisions, Findings, What};
use super::lines::{Place, Roster};
use super::link::Adult;
use super::name::NameIndex;
use super::person::Person;
use super::plan::MissingChild;
use super::pupils::{Pupil, Pupils};

/// Guardians and pupils about whom nothing can be said, because a line is skipped or open.
pub(super) struct Unsure {
    pupils: BTreeSet<usize>,
    guardians: NameIndex,
}

impl Unsure {
    pub(super) fn new(roster: &Roster, decisions: &Decisions, adults: &[Adult]) -> Self {
        let mut guardians = NameIndex::default();
        let skipped = |line: u32| decisions.skips(Place::guardian(line));
        for line in roster.guardians.iter().filter(|line| skipped(line.line)) {
            guardians.insert(&line.values.key(), 0);
        }
        for adult in adults.iter().filter(|adult| !adult.active || !adult.pending.is_empty()) {
            guardians.insert(&adult.key, 0);
        }
        let pupils = adults.iter().flat_map(|adult| adult.pending.iter().copied()).collect();
        Self { pupils, guardians }
    }
}

/// A child's guardians after the import, by the numbers of [`Numbering`].
pub(super) struct Links {
    all: dossier::Guardians,
    /// To be added.
    pub(super) new: BTreeSet<usize>,
}

/// Everybody.
pub(super) struct Cast<'a> {
    pub(super) pupils: &'a Pupils,
    pub(super) persons: &'a [Person],
    pub(super) known: &'a Known<'a>,
    /// Guardians of the database who are persons of the file.
    pub(super) numbers: BTreeMap<usize, usize>,
}

impl Cast<'_> {
    fn number(&self, guardian: usize) -> usize {
        self.numbers.get(&guardian).copied().unwrap_or(self.persons.len() + guardian)
    }

    fn numbers(&self, guardians: &BTreeSet<usize>) -> dossier::Guardians {
        guardians.iter().map(|guardian| self.number(*guardian)).collect()
    }

    pub(super) fn links(
        &self,
        at: usize,
        pupil: &Pupil,
        unsure: &Unsure,
        findings: &mut Findings<'_>,
    ) -> Links {
        let child = pupil.existing.map(|child| self.known.child(child).id);
        let linked = pupil.existing.map(|child| self.known.guardians_of(child)).unwrap_or_default();
        let imported = |guardian: usize| {
            let children = &self.known.guardian(guardian).imported.children;
            child.is_some_and(|child| children.contains(&child))
        };
        let mut new = BTreeSet::new();
        let mut named = BTreeSet::new();
        let persons = self.persons.iter().enumerate();
        for (number, person) in persons.filter(|(_, person)| person.pupils.contains(&at)) {
            named.extend(person.existing);
            match person.existing {
                Some(guardian) if linked.contains(&guardian) => {}
                Some(guardian) if imported(guardian) => {
                    let what = What::UnlinkedSince { child: pupil.values.name() };
                    findings.add(Place::guardian(person.line), what);
                }
                _ => drop(new.insert(number)),
            }
        }
        for guardian in linked.difference(&named).filter(|guardian| imported(**guardian)) {
            let values = &self.known.guardian(*guardian).values;
            if unsure.guardians.find(&values.key()).is_empty() {
                let what = What::NoLongerNamed { guardian: values.name() };
                findings.add(pupil.place(), what);
            }
        }
        if new.is_empty() && child.is_none() && !unsure.pupils.contains(&at) {
            findings.add(pupil.place(), What::NoGuardian);
        }
        Links { all: self.numbers(&linked).union(&new).copied().collect(), new }
    }

    pub(super) fn place(&self, links: &[Links], missing: &[MissingChild]) -> dossier::Placed {
        let families = &self.known.existing.families;
        let of_family: BTreeMap<_, _> =
            families.iter().enumerate().map(|(at, family)| (family.id, at)).collect();
        let old: Vec<_> = (0..families.len())
            .map(|at| self.numbers(&self.known.guardians_of_family(at)))
            .collect();
        let dossier = |child: usize| of_family.get(&self.known.child(child).family).copied();
        let active = self.pupils.active().zip(links).map(|((_, pupil), links)| dossier::Child {
            guardians: links.all.clone(),
            before: pupil.existing.and_then(dossier).map(|at| (at, !links.new.is_empty())),
        });
        // Children of other schools and of lines set aside count as well, those who left do not.
        let met: BTreeSet<_> =
            self.pupils.active().filter_map(|(_, pupil)| pupil.existing).collect();
        let left: BTreeSet<_> = missing.iter().map(|child| child.id).collect();
        let others = self.known.existing.children.iter().enumerate().filter(|(at, child)| {
            !met.contains(at) && !left.contains(&child.id) && child.missing_since.is_none()
        });
        let others = others.map(|(at, _)| dossier::Child {
            guardians: self.numbers(&self.known.guardians_of(at)),
            before: dossier(at).map(|at| (at, false)),
        });
        dossier::place(&old, &active.chain(others).collect::<Vec<_>>())
    }
}
