//! The pupils' file: each line checked, repeated lines found, children of the database met.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::existing::Known;
use super::finding::{Findings, What};
use super::lines::{Defect, Place, PupilLine, Roster};
use super::name::{NameIndex, NameKey};
use super::values::{ChildValues, ClassName, Field};
use super::{check, level};

/// What is to be done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Imported.
    Active,
    /// Skipped, or in error: the pupil exists, but is not imported.
    Aside,
    /// The pupil of another line, by its position.
    Same(usize),
}

/// A pupil's line, understood.
#[derive(Debug)]
pub(super) struct Pupil {
    pub(super) line: u32,
    pub(super) key: NameKey,
    pub(super) values: ChildValues,
    pub(super) state: State,
    /// The child of the database that it is.
    pub(super) existing: Option<usize>,
}

impl Pupil {
    pub(super) fn place(&self) -> Place {
        Place::pupil(self.line)
    }

    pub(super) fn active(&self) -> bool {
        self.state == State::Active
    }

    /// Whether the two lines are about one pupil, as far as the lines themselves tell.
    fn is(&self, other: &Self) -> bool {
        match (&self.values.ine, &other.values.ine) {
            (Some(a), Some(b)) => a == b,
            _ => {
                self.values.birth_date.is_some()
                    && self.values.birth_date == other.values.birth_date
                    && self.key.matches(&other.key)
            }
        }
    }
}

/// The pupils of the file, in its order.
pub(super) struct Pupils {
    pub(super) list: Vec<Pupil>,
    by_name: NameIndex,
    by_line: HashMap<u32, usize>,
}

impl Pupils {
    /// The distinct pupils of a name, repeated lines aside.
    pub(super) fn named(&self, name: &NameKey) -> BTreeSet<usize> {
        let found = self.by_name.find(name).into_iter();
        found
            .map(|at| match self.list[at].state {
                State::Same(original) => original,
                State::Active | State::Aside => at,
            })
            .collect()
    }

    pub(super) fn at_line(&self, line: u32) -> Option<usize> {
        self.by_line.get(&line).copied()
    }

    /// The positions of the pupils that are imported.
    pub(super) fn active(&self) -> impl Iterator<Item = (usize, &Pupil)> {
        self.list.iter().enumerate().filter(|(_, pupil)| pupil.active())
    }

    /// Whether a child of the database stands in the file, on whatever line.
    pub(super) fn mention(&self, known: &Known, child: usize) -> bool {
        let values = &known.child(child).values;
        let same_ine = |pupil: &Pupil| pupil.values.ine.is_some() && pupil.values.ine == values.ine;
        let aside = |pupil: &&Pupil| pupil.state == State::Aside;
        self.list.iter().any(|pupil| pupil.active() && pupil.existing == Some(child))
            || self.list.iter().filter(aside).any(|p| same_ine(p) || p.key.matches(&values.key()))
    }
}

pub(super) fn read(
    roster: &Roster,
    known: &Known,
    school: &str,
    today: NaiveDate,
    findings: &mut Findings<'_>,
) -> Pupils {
    let read = |line| check_line(line, school, today, findings);
    let mut list: Vec<_> = roster.pupils.iter().map(read).collect();
    find_repeated(&mut list, findings);
    meet_existing(&mut list, known, findings);
    check_levels(&list, known, findings);
    let mut by_name = NameIndex::default();
    for (at, pupil) in list.iter().enumerate() {
        by_name.insert(&pupil.key, at);
    }
    let by_line = list.iter().enumerate().map(|(at, pupil)| (pupil.line, at)).collect();
    let pupils = Pupils { list, by_name, by_line };
    find_lookalikes(&pupils, known, findings);
    pupils
}

fn check_line(
    line: &PupilLine,
    school: &str,
    today: NaiveDate,
    findings: &mut Findings<'_>,
) -> Pupil {
    let place = Place::pupil(line.line);
    let skipped = findings.decisions.skips(place);
    let mut state = if skipped { State::Aside } else { State::Active };
    let mut found = Vec::new();
    match &line.defect {
        Some(Defect::UnclosedQuote) => found.push(What::UnclosedQuote),
        Some(Defect::ExtraCells(text)) => found.push(What::ExtraCells(text.clone())),
        None => {}
    }
    for (field, cell) in [(Field::LastName, &line.last_name), (Field::FirstName, &line.first_name)]
    {
        if super::name::key(cell).is_empty() {
            found.push(What::Missing(field));
        }
    }
    let birth_date = check::date(&line.birth_date);
    match birth_date {
        None if line.birth_date.is_empty() => found.push(What::Missing(Field::BirthDate)),
        None => found.push(What::BadDate(line.birth_date.clone())),
        Some(date) if date > today => found.push(What::FutureDate(line.birth_date.clone())),
        Some(_) => {}
    }
    let sex = check::sex(&line.sex);
    if sex.is_none() {
        found.push(What::UnknownSex(line.sex.clone()));
    }
    if line.class_name.is_empty() {
        found.push(What::NoClass);
    }
    for what in found.into_iter().filter(|_| !skipped) {
        if what.severity() == super::finding::Severity::Error {
            state = State::Aside;
        }
        findings.add(place, what);
    }
    let class = ClassName { school: school.to_owned(), name: line.class_name.clone() };
    let values = ChildValues {
        last_name: line.last_name.clone(),
        usage_name: line.usage_name.clone(),
        first_name: line.first_name.clone(),
        birth_date,
        sex: sex.unwrap_or_default().to_owned(),
        ine: Some(line.ine.to_uppercase()).filter(|ine| !ine.is_empty()),
        level: level::parse(&line.level).unwrap_or(&line.level).to_owned(),
        class: Some(class).filter(|class| !class.name.is_empty()),
    };
    Pupil { line: line.line, key: line.key(), values, state, existing: None }
}

/// Two lines about one pupil: the second goes without saying if it says the same.
fn find_repeated(list: &mut [Pupil], findings: &mut Findings<'_>) {
    let mut by_name = NameIndex::default();
    let mut by_ine = BTreeMap::new();
    // Lines that are imported first, so that a skipped one is found to be the same pupil.
    let mut order: Vec<_> = (0..list.len()).collect();
    order.sort_by_key(|at| !list[*at].active());
    for at in order {
        let pupil = &list[at];
        let number = pupil.values.ine.clone();
        let same_ine = number.as_ref().and_then(|ine| by_ine.get(ine).copied());
        let original = same_ine
            .or_else(|| by_name.find(&pupil.key).into_iter().find(|other| pupil.is(&list[*other])));
        let Some(original) = original else {
            if pupil.active() {
                by_name.insert(&pupil.key, at);
                if let Some(ine) = number {
                    by_ine.insert(ine, at);
                }
            }
            continue;
        };
        let line = list[original].line;
        let (place, active, same) = {
            let pupil = &list[at];
            (pupil.place(), pupil.active(), pupil.values == list[original].values)
        };
        if active {
            let what = if same { What::SameLine { line } } else { What::PupilTwice { line } };
            findings.add(place, what);
        }
        list[at].state = State::Same(original);
    }
}

/// The child of the database: by INE, or else by name and day of birth.
fn meet_existing(list: &mut [Pupil], known: &Known, findings: &mut Findings<'_>) {
    let mut met: HashMap<usize, u32> = HashMap::new();
    for pupil in list.iter_mut().filter(|pupil| pupil.active()) {
        let ine = pupil.values.ine.as_deref();
        let like = known.children_like(&pupil.key, pupil.values.birth_date, ine);
        let found = match (ine.and_then(|ine| known.child_by_ine(ine)), &like[..]) {
            (Some(at), _) => at,
            (None, [at]) => *at,
            (None, []) => continue,
            (None, _) => {
                findings.add(pupil.place(), What::AmbiguousChild);
                pupil.state = State::Aside;
                continue;
            }
        };
        if let Some(line) = met.insert(found, pupil.line) {
            findings.add(pupil.place(), What::PupilTwice { line });
            pupil.state = State::Aside;
            continue;
        }
        pupil.existing = Some(found);
        let child = &known.child(found).values;
        if !child.key().matches(&pupil.key) && child.birth_date != pupil.values.birth_date {
            let what = What::SameIne { child: child.name(), born: born(child) };
            findings.add(pupil.place(), what);
        }
    }
}

/// What a person has accepted once is not asked again.
fn check_levels(list: &[Pupil], known: &Known, findings: &mut Findings<'_>) {
    for pupil in list.iter().filter(|pupil| pupil.active()) {
        let level = &pupil.values.level;
        let before = pupil.existing.map(|at| &known.child(at).values.level);
        let accepted = before.is_some_and(|before| before == level || level.is_empty());
        if level::parse(level).is_none() && !accepted {
            findings.add(pupil.place(), What::UnknownLevel(level.clone()));
        }
    }
}

/// A new pupil with the name of a child who would be missing: perhaps the birth date was
/// corrected.
fn find_lookalikes(pupils: &Pupils, known: &Known, findings: &mut Findings<'_>) {
    for (_, pupil) in pupils.active().filter(|(_, pupil)| pupil.existing.is_none()) {
        let alike = known.children_by_name.find(&pupil.key).into_iter().find(|at| {
            let ines = pupil.values.ine.as_ref().zip(known.child(*at).values.ine.as_ref());
            ines.is_none() && !pupils.mention(known, *at)
        });
        if let Some(at) = alike {
            let child = &known.child(at).values;
            findings.add(pupil.place(), What::LooksLike { child: child.name(), born: born(child) });
        }
    }
}

fn born(child: &ChildValues) -> String {
    child.birth_date.map(|date| date.to_string()).unwrap_or_default()
}
