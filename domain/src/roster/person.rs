//! Who the guardians are: lines about one person taken together, and the guardian of the database
//! met.
//!
//! A name alone is not a person, and neither is an address that a couple shares: two lines, or a
//! line and a guardian of the database, are one person when the name is the same and there is a
//! child or an address in common.

use std::collections::BTreeSet;

use super::existing::Known;
use super::finding::{Findings, What};
use super::link::{Adult, has_email};
use super::name::key;
use super::pupils::Pupils;
use super::values::{Field, GuardianValues};

/// A guardian of the file, from one line or more.
#[derive(Debug)]
pub(super) struct Person {
    /// The first line.
    pub(super) line: u32,
    pub(super) values: GuardianValues,
    pub(super) pupils: BTreeSet<usize>,
    pub(super) existing: Option<usize>,
}

/// The persons, in the order of their first lines.
pub(super) fn gather(
    adults: &mut [Adult],
    pupils: &Pupils,
    known: &Known,
    findings: &mut Findings<'_>,
) -> Vec<Person> {
    meet_existing(adults, pupils, known, findings);
    let mut groups: Vec<Vec<&Adult>> = Vec::new();
    for adult in adults.iter().filter(|adult| adult.active) {
        // A line may join what seemed to be two persons.
        let (same, others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|other| one(adult, other)));
        groups = others;
        groups.push(same.into_iter().flatten().chain([adult]).collect());
    }
    for group in &mut groups {
        group.sort_by_key(|adult| adult.line);
    }
    groups.sort_by_key(|group| group[0].line);
    warn_of_names(&groups, findings);
    groups.iter().map(|group| join(group, known, findings)).collect()
}

fn one(a: &Adult, b: &Adult) -> bool {
    let same_email = !a.values.email.is_empty() && a.values.email == b.values.email;
    let in_common = same_email || !a.pupils.is_disjoint(&b.pupils);
    (a.existing.is_some() && a.existing == b.existing) || (a.key.matches(&b.key) && in_common)
}

fn meet_existing(
    adults: &mut [Adult],
    pupils: &Pupils,
    known: &Known,
    findings: &mut Findings<'_>,
) {
    for adult in adults.iter_mut().filter(|adult| adult.active) {
        let children: BTreeSet<_> =
            adult.pupils.iter().filter_map(|at| pupils.list[*at].existing).collect();
        let named = known.guardians_by_name.find(&adult.key);
        let has_child = |guardian: &usize| {
            let imported = &known.guardian(*guardian).imported.children;
            children.iter().any(|child| {
                imported.contains(&known.child(*child).id)
                    || known.guardians_of(*child).contains(guardian)
            })
        };
        let by_email = |guardian: &usize| has_email(known, *guardian, &adult.values.email);
        let met: Vec<_> =
            named.iter().copied().filter(|at| has_child(at) || by_email(at)).collect();
        let both: Vec<_> = met.iter().copied().filter(|at| has_child(at) && by_email(at)).collect();
        match (&met[..], &both[..]) {
            ([], _) => {}
            ([at], _) | (_, [at]) => adult.existing = Some(*at),
            _ => {
                findings.add(adult.place(), What::AmbiguousGuardian);
                adult.put_aside();
            }
        }
    }
}

/// Two persons of one name are perhaps one, entered twice at the school.
fn warn_of_names(groups: &[Vec<&Adult>], findings: &mut Findings<'_>) {
    for (at, group) in groups.iter().enumerate() {
        let adult = group[0];
        if let Some(earlier) = groups[..at].iter().find(|other| other[0].key.matches(&adult.key)) {
            findings.add(adult.place(), What::SameName { line: earlier[0].line });
        }
    }
}

/// One person from the lines about it: the first line's values, blanks filled from later ones.
fn join(group: &[&Adult], known: &Known, findings: &mut Findings<'_>) -> Person {
    let first = group[0];
    let mut values = first.values.clone();
    let existing: BTreeSet<_> = group.iter().filter_map(|adult| adult.existing).collect();
    if existing.len() > 1 {
        findings.add(first.place(), What::AmbiguousGuardian);
    }
    let existing = existing.first().copied();
    let before = existing.map(|at| &known.guardian(at).imported.values);
    for adult in &group[1..] {
        let mut differ: Vec<Field> = Vec::new();
        for ((field, value), (_, later)) in
            values.fields_mut().into_iter().zip(adult.values.fields())
        {
            if value.is_empty() {
                later.clone_into(value);
            } else if !later.is_empty() && !alike(field, value, later) {
                differ.push(field);
            }
        }
        // What a person has accepted once is not asked again.
        let accepted = before.is_some_and(|before| {
            let mut fields = before.fields().into_iter().zip(values.fields());
            fields.all(|(before, now)| !differ.contains(&now.0) || before == now)
        });
        let line = first.line;
        findings.add(
            adult.place(),
            if differ.is_empty() || accepted {
                What::SameGuardian { line }
            } else {
                What::GuardiansDiffer { line, fields: differ }
            },
        );
    }
    let pupils = group.iter().flat_map(|adult| adult.pupils.iter().copied()).collect();
    Person { line: first.line, values, pupils, existing }
}

fn alike(field: Field, a: &str, b: &str) -> bool {
    super::merge::same(field, a, b) || (field != Field::Email && key(a) == key(b))
}
