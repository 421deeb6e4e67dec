//! What holds for any two files.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A child's guardians as numbers, for each child.
fn classes() -> impl Strategy<Value = Vec<BTreeSet<usize>>> {
    proptest::collection::vec(proptest::collection::btree_set(0..6usize, 1..4), 1..10)
}

const CHILDREN: [&str; 10] = ["Léa", "Tom", "Zoé", "Max", "Eva", "Noé", "Lou", "Ali", "Mia", "Sam"];
const ADULTS: [&str; 6] = ["Anne", "Paul", "Luc", "Eve", "Jean", "Rose"];

fn lines(sets: &[BTreeSet<usize>]) -> (Vec<PupilLine>, Vec<GuardianLine>) {
    let name = |child: usize| format!("{} Martin", CHILDREN[child]);
    let pupils = (0..sets.len()).map(|child| pupil(0, &name(child), "CP")).collect();
    let guardians = (0..ADULTS.len()).filter_map(|adult_number| {
        let children: Vec<_> = (0..sets.len())
            .filter(|child| sets[*child].contains(&adult_number))
            .map(name)
            .collect();
        let children: Vec<_> = children.iter().map(String::as_str).collect();
        let full = format!("{} Favre", ADULTS[adult_number]);
        let email = format!("{}@exemple.fr", ADULTS[adult_number]);
        (!children.is_empty()).then(|| adult(0, &full, &email, &children))
    });
    (pupils, guardians.collect())
}

fn numbered(pupils: &[PupilLine], guardians: &[GuardianLine]) -> Roster {
    let mut files = roster(pupils, guardians);
    for (line, pupil) in (2..).zip(&mut files.pupils) {
        pupil.line = line;
    }
    for (line, guardian) in (2..).zip(&mut files.guardians) {
        guardian.line = line;
    }
    files
}

/// The children of each dossier, by name.
fn dossiers(town: &Town) -> BTreeSet<BTreeSet<String>> {
    let mut dossiers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for child in &town.existing.children {
        dossiers.entry(child.family).or_default().insert(child.values.name());
    }
    dossiers.into_values().collect()
}

proptest! {
    #[test]
    fn the_order_of_lines_does_not_change_the_dossiers(
        (files, shuffled) in classes().prop_map(|sets| lines(&sets)).prop_flat_map(|(pupils, guardians)| (
            Just((pupils.clone(), guardians.clone())),
            (Just(pupils).prop_shuffle(), Just(guardians).prop_shuffle()),
        )),
    ) {
        let mut town = Town::new();
        town.import(&numbered(&files.0, &files.1));
        let mut other = Town::new();
        other.import(&numbered(&shuffled.0, &shuffled.1));
        prop_assert_eq!(dossiers(&town), dossiers(&other));
        prop_assert!(other.import(&numbered(&files.0, &files.1)).is_empty());
    }

    #[test]
    fn every_child_is_in_one_dossier_with_its_guardians_alone(sets in classes()) {
        let (pupils, guardians) = lines(&sets);
        let mut town = Town::new();
        let plan = town.import(&numbered(&pupils, &guardians));
        prop_assert_eq!(plan.children.len(), sets.len());
        let families: BTreeMap<_, _> =
            town.existing.families.iter().map(|family| (family.id, &family.guardians)).collect();
        for child in &town.existing.children {
            prop_assert_eq!(families[&child.family], &child.guardians);
        }
        prop_assert_eq!(families.values().collect::<BTreeSet<_>>().len(), families.len());
        for family in &plan.families {
            prop_assert_eq!(family.members.iter().filter(|member| member.first).count(), 1);
        }
        prop_assert!(town.import(&numbered(&pupils, &guardians)).is_empty());
    }

    /// Whatever the second files say, nobody loses a child, and a third time changes nothing.
    #[test]
    fn a_second_import_only_adds(first in classes(), second in classes()) {
        let (pupils, guardians) = lines(&first);
        let mut town = Town::new();
        town.import(&numbered(&pupils, &guardians));
        let before = town.existing.clone();
        let (pupils, guardians) = lines(&second);
        let files = numbered(&pupils, &guardians);
        let open = town.plan(&files).open().map(|finding| finding.place).collect();
        let plan = town.import_with(&files, &Decisions { accept: open, ..Decisions::default() });
        for child in &before.children {
            let now = town.child(&child.values.name());
            prop_assert!(now.guardians.is_superset(&child.guardians));
            prop_assert_eq!(now.id, child.id);
            let family = town.existing.families.iter().find(|family| family.id == now.family).unwrap();
            prop_assert!(family.guardians.is_superset(&now.guardians));
        }
        prop_assert_eq!(
            plan.missing.len(), before.children.len().saturating_sub(second.len())
        );
        prop_assert!(town.import(&files).is_empty());
    }
}
