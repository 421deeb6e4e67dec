//! The guardians' file: each line checked, and its children found among the pupils.
//!
//! The files share no identifier: a child is the pupil of the same name. Where two pupils bear
//! it, what was linked before or the level in the class's words decides, if it does; else a
//! person does.

use std::collections::BTreeSet;

use super::existing::Known;
use super::finding::{Findings, Severity, What};
use super::lines::{ChildCell, Defect, GuardianLine, Place, Roster};
use super::name::NameKey;
use super::pupils::{Pupils, State};
use super::values::{Field, GuardianValues};
use super::{check, level};

/// A guardian's line, understood.
#[derive(Debug)]
pub(super) struct Adult {
    pub(super) line: u32,
    pub(super) key: NameKey,
    pub(super) values: GuardianValues,
    /// Imported: neither skipped nor in error, and linked to a pupil who is imported.
    pub(super) active: bool,
    /// The pupils that it names, by position.
    pub(super) pupils: BTreeSet<usize>,
    /// Pupils who may be meant: nothing is to be said yet about their guardians.
    pub(super) pending: BTreeSet<usize>,
    /// The guardian of the database that it is.
    pub(super) existing: Option<usize>,
}

impl Adult {
    pub(super) fn place(&self) -> Place {
        Place::guardian(self.line)
    }

    pub(super) fn put_aside(&mut self) {
        self.active = false;
        self.pending.append(&mut self.pupils);
    }
}

/// Whom a cell means.
enum Meant {
    Pupil(usize),
    /// Nobody who is imported, and nothing to say about it.
    Aside,
    Nobody,
    /// One of these.
    Unclear(BTreeSet<usize>),
}

pub(super) fn read(
    roster: &Roster,
    pupils: &Pupils,
    known: &Known,
    findings: &mut Findings<'_>,
) -> Vec<Adult> {
    let lines = roster.guardians.iter();
    let lines = lines.filter(|line| !findings.decisions.skips(Place::guardian(line.line)));
    lines
        .collect::<Vec<_>>()
        .into_iter()
        .map(|line| check_line(line, pupils, known, findings))
        .collect()
}

fn check_line(
    line: &GuardianLine,
    pupils: &Pupils,
    known: &Known,
    findings: &mut Findings<'_>,
) -> Adult {
    let place = Place::guardian(line.line);
    let civility = check::civility(&line.values.civility);
    let mut values = GuardianValues { civility, ..line.values.clone() };
    let mut found = Vec::new();
    match &line.defect {
        Some(Defect::UnclosedQuote) => found.push(What::UnclosedQuote),
        Some(Defect::ExtraCells(text)) => found.push(What::ExtraCells(text.clone())),
        None => {}
    }
    let empty = |text: &str| super::name::key(text).is_empty();
    if empty(&values.last_name) && empty(&values.usage_name) {
        found.push(What::Missing(Field::LastName));
    }
    if empty(&values.first_name) {
        found.push(What::Missing(Field::FirstName));
    }
    if line.children.is_empty() {
        found.push(What::NoChild);
    }
    match check::email(&values.email) {
        Some(email) => values.email = email,
        None if values.email.is_empty() => {}
        None => found.push(What::BadEmail(std::mem::take(&mut values.email))),
    }

    let key = values.key();
    let mut adult = Adult {
        line: line.line,
        key,
        values,
        active: true,
        pupils: BTreeSet::new(),
        pending: BTreeSet::new(),
        existing: None,
    };
    let mut nobody = Vec::new();
    let mut aside = false;
    for cell in &line.children {
        match meant(cell, &adult, pupils, known, findings) {
            Meant::Pupil(at) => match pupils.list[at].state {
                State::Active => {
                    found.extend(doubt(cell, &adult, at, pupils, known));
                    adult.pupils.insert(at);
                }
                State::Aside | State::Same(_) => aside = true,
            },
            Meant::Aside => aside = true,
            Meant::Nobody => nobody.push(cell.name()),
            Meant::Unclear(candidates) => {
                let lines = candidates.iter().map(|at| pupils.list[*at].line).collect();
                found.push(What::Homonyms { child: cell.name(), pupils: lines });
                adult.pending.extend(candidates);
            }
        }
    }
    if adult.pupils.is_empty() {
        adult.active = false;
        if aside {
            found.push(What::LeftOut);
        } else if adult.pending.is_empty() && !line.children.is_empty() {
            found.push(What::NoSuchChildren { children: std::mem::take(&mut nobody) });
        }
    }
    found.extend(nobody.into_iter().map(|child| What::NoSuchChild { child }));
    for what in found {
        adult.active &= what.severity() != Severity::Error;
        findings.add(place, what);
    }
    if !adult.active {
        adult.put_aside();
    }
    adult
}

fn meant(
    cell: &ChildCell,
    adult: &Adult,
    pupils: &Pupils,
    known: &Known,
    findings: &mut Findings<'_>,
) -> Meant {
    let candidates = pupils.named(&cell.key());
    let mut one = candidates.iter();
    match (one.next(), one.next()) {
        (None, _) => {
            return if left_before(cell, adult, known) { Meant::Aside } else { Meant::Nobody };
        }
        (Some(at), None) => return Meant::Pupil(*at),
        (Some(_), Some(_)) => {}
    }
    let lines: Vec<_> = candidates.iter().map(|at| pupils.list[*at].line).collect();
    if let Some(at) = findings.choose(adult.line, &lines).and_then(|line| pupils.at_line(line)) {
        let what = What::Homonyms { child: cell.name(), pupils: lines };
        findings.settle(Place::guardian(adult.line), what);
        return Meant::Pupil(at);
    }
    let levels = level::named_in(&cell.class_name);
    let by_level = only(&candidates, |at| levels.contains(&pupils.list[at].values.level.as_str()));
    let before = linked_before(adult, known);
    let by_link = only(&candidates, |at| {
        pupils.list[at].existing.is_some_and(|child| before.contains(&child))
    });
    match (by_level, by_link) {
        (Some(level), Some(link)) if level != link => Meant::Unclear(candidates),
        (Some(at), _) | (None, Some(at)) => Meant::Pupil(at),
        (None, None) => Meant::Unclear(candidates),
    }
}

/// Why the only pupil of a name may all the same be another child than the one that a guardian's
/// line means: one who has left, say. A link is access to a child, so a person decides.
fn doubt(
    cell: &ChildCell,
    adult: &Adult,
    at: usize,
    pupils: &Pupils,
    known: &Known,
) -> Option<What> {
    if pupils.named(&cell.key()).len() > 1 {
        // Told apart already.
        return None;
    }
    let pupil = &pupils.list[at];
    let guardians: BTreeSet<_> = of_the_name(adult, known).into_iter().collect();
    let mine: BTreeSet<_> = known
        .children_by_name
        .find(&cell.key())
        .into_iter()
        .filter(|child| !known.guardians_of(*child).is_disjoint(&guardians))
        .collect();
    if !mine.is_empty() && !pupil.existing.is_some_and(|child| mine.contains(&child)) {
        return Some(What::OtherNamesake { child: cell.name(), pupil: pupil.line });
    }
    if mine.is_empty() && level::excludes(&cell.class_name, &pupil.values.level) {
        let class = cell.class_name.clone();
        return Some(What::OtherLevel { child: cell.name(), pupil: pupil.line, class });
    }
    None
}

/// The only candidate that fits.
fn only(candidates: &BTreeSet<usize>, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let mut fitting = candidates.iter().copied().filter(|at| fits(*at));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// The guardians of the database who may be this one: of the same name, and of the same address
/// if any of them has it.
fn of_the_name(adult: &Adult, known: &Known) -> Vec<usize> {
    let named: Vec<_> = known.guardians_by_name.find(&adult.key).into_iter().collect();
    let same = |at: &usize| has_email(known, *at, &adult.values.email);
    let by_email: Vec<_> = named.iter().copied().filter(same).collect();
    if by_email.is_empty() { named } else { by_email }
}

/// Whether an address is, or was at the last import, a guardian's.
pub(super) fn has_email(known: &Known, guardian: usize, email: &str) -> bool {
    let guardian = known.guardian(guardian);
    let account = guardian.account.as_ref().map_or("", |account| account.email.as_str());
    let known = [&guardian.values.email, &guardian.imported.values.email, account];
    !email.is_empty() && known.contains(&email)
}

/// The children of the database linked to whoever this guardian may be.
fn linked_before(adult: &Adult, known: &Known) -> BTreeSet<usize> {
    let guardians: BTreeSet<_> = of_the_name(adult, known).into_iter().collect();
    let children = 0..known.existing.children.len();
    children.filter(|child| !known.guardians_of(*child).is_disjoint(&guardians)).collect()
}

/// Whether the child, who is no pupil, is one of the database that this guardian had already.
fn left_before(cell: &ChildCell, adult: &Adult, known: &Known) -> bool {
    let guardians: BTreeSet<_> = of_the_name(adult, known).into_iter().collect();
    let children = known.children_by_name.find(&cell.key()).into_iter();
    children.into_iter().any(|child| !known.guardians_of(child).is_disjoint(&guardians))
}
