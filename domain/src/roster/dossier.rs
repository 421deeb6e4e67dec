//! Dossiers: children with the same set of guardians share one.

use std::collections::{BTreeMap, BTreeSet};

/// Guardians, by whatever number stands for each.
pub(super) type Guardians = BTreeSet<usize>;

/// A child to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Child {
    pub(super) guardians: Guardians,
    /// The dossier that it has, and whether this import changes its guardians.
    pub(super) before: Option<(usize, bool)>,
}

/// The children placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placed {
    /// Each child's dossier. Those from `guardians.len()` of the old ones on are new.
    pub(super) dossiers: Vec<usize>,
    /// Each dossier's guardians, new dossiers after the old ones.
    pub(super) guardians: Vec<Guardians>,
}

/// Places children in dossiers: `old` has the guardians of each dossier of the database, and
/// `children` names all who are in one and have not left.
///
/// A child whose guardians this import does not change stays where it is, wherever the guichet
/// has put it. Where the guardians of all children of a dossier change alike, the dossier follows;
/// else the child moves to the dossier of its guardians. A child without a guardian has its own.
pub(super) fn place(old: &[Guardians], children: &[Child]) -> Placed {
    let mut guardians = follow(old, children);
    let mut of_set: BTreeMap<Guardians, usize> = BTreeMap::new();
    for (dossier, set) in guardians.iter().enumerate().filter(|(_, set)| !set.is_empty()) {
        of_set.entry(set.clone()).or_insert(dossier);
    }
    let mut dossiers = Vec::with_capacity(children.len());
    for child in children {
        let stays = child.before.filter(|(dossier, changed)| {
            !changed || child.guardians.is_subset(&guardians[*dossier])
        });
        let found =
            stays.map(|(dossier, _)| dossier).or_else(|| of_set.get(&child.guardians).copied());
        dossiers.push(found.unwrap_or_else(|| {
            let new = guardians.len();
            guardians.push(child.guardians.clone());
            if !child.guardians.is_empty() {
                of_set.insert(child.guardians.clone(), new);
            }
            new
        }));
    }
    Placed { dossiers, guardians }
}

/// The guardians of the old dossiers, where all children of one change alike and no other dossier
/// has those guardians already.
fn follow(old: &[Guardians], children: &[Child]) -> Vec<Guardians> {
    let mut members: Vec<Vec<&Child>> = vec![Vec::new(); old.len()];
    for child in children {
        if let Some((dossier, _)) = child.before {
            members[dossier].push(child);
        }
    }
    let mut guardians = old.to_vec();
    for (dossier, members) in members.iter().enumerate() {
        let Some(first) = members.first() else {
            continue;
        };
        let set = &first.guardians;
        let changed = members.iter().any(|child| child.before.is_some_and(|(_, changed)| changed));
        let alike = members.iter().all(|child| child.guardians == *set);
        if changed
            && alike
            && !old.iter().enumerate().any(|(at, other)| at != dossier && other == set)
        {
            guardians[dossier].extend(set);
        }
    }
    guardians
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn new(guardians: &[usize]) -> Child {
        Child { guardians: guardians.iter().copied().collect(), before: None }
    }

    fn old(dossier: usize, changed: bool, guardians: &[usize]) -> Child {
        Child { before: Some((dossier, changed)), ..new(guardians) }
    }

    fn sets(sets: &[&[usize]]) -> Vec<Guardians> {
        sets.iter().map(|set| set.iter().copied().collect()).collect()
    }

    #[test]
    fn half_siblings_are_in_two_dossiers_and_orphans_each_in_its_own() {
        let children = [new(&[1, 2]), new(&[2, 3]), new(&[2, 1]), new(&[]), new(&[])];
        let placed = place(&[], &children);
        assert_eq!(placed.dossiers, [0, 1, 0, 2, 3]);
        assert_eq!(placed.guardians, sets(&[&[1, 2], &[2, 3], &[], &[]]));
    }

    #[test]
    fn a_new_sibling_joins_the_dossier() {
        let placed = place(
            &sets(&[&[1], &[1, 2]]),
            &[old(0, false, &[1]), old(1, false, &[1, 2]), new(&[1, 2])],
        );
        assert_eq!(placed.dossiers, [0, 1, 1]);
        assert_eq!(placed.guardians.len(), 2);
    }

    #[test]
    fn a_dossier_follows_when_all_its_children_change_alike() {
        let placed =
            place(&sets(&[&[1]]), &[old(0, true, &[1, 2]), old(0, true, &[1, 2]), new(&[1, 2])]);
        assert_eq!(placed.dossiers, [0, 0, 0]);
        assert_eq!(placed.guardians, sets(&[&[1, 2]]));
    }

    #[test]
    fn a_child_moves_when_the_others_do_not_change() {
        let placed = place(&sets(&[&[1]]), &[old(0, false, &[1]), old(0, true, &[1, 2])]);
        assert_eq!(placed.dossiers, [0, 1]);
        assert_eq!(placed.guardians, sets(&[&[1], &[1, 2]]));
    }

    #[test]
    fn a_child_joins_the_dossier_that_already_has_its_guardians() {
        let placed =
            place(&sets(&[&[1, 2], &[]]), &[old(0, false, &[1, 2]), old(1, true, &[1, 2])]);
        assert_eq!(placed.dossiers, [0, 0]);
    }

    #[test]
    fn what_the_guichet_arranged_stays() {
        // Two children with different guardians in one dossier; nothing changed since.
        let placed = place(&sets(&[&[1, 2, 3]]), &[old(0, false, &[1, 2]), old(0, false, &[2, 3])]);
        assert_eq!(placed.dossiers, [0, 0]);
        assert_eq!(placed.guardians, sets(&[&[1, 2, 3]]));
    }

    #[test]
    fn a_guardian_of_the_dossier_who_becomes_a_childs_moves_nobody() {
        let placed = place(&sets(&[&[1, 2]]), &[old(0, false, &[1]), old(0, true, &[1, 2])]);
        assert_eq!(placed.dossiers, [0, 0]);
    }

    proptest! {
        /// New children share a dossier just when they share their guardians, in whatever order
        /// they come.
        #[test]
        fn the_order_does_not_matter(
            (sorted, shuffled) in proptest::collection::vec(proptest::collection::btree_set(0..4usize, 0..4), 0..12)
                .prop_map(|sets| sets.into_iter().enumerate().collect::<Vec<_>>())
                .prop_flat_map(|sets| (Just(sets.clone()), Just(sets).prop_shuffle())),
        ) {
            let partition = |children: &[(usize, Guardians)]| {
                let list: Vec<_> = children.iter().map(|(_, set)| Child { guardians: set.clone(), before: None }).collect();
                let placed = place(&[], &list);
                prop_assert_eq!(placed.dossiers.len(), list.len());
                let mut parts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
                for ((name, set), dossier) in children.iter().zip(&placed.dossiers) {
                    prop_assert_eq!(set, &placed.guardians[*dossier]);
                    parts.entry(*dossier).or_default().insert(*name);
                }
                for part in parts.values().filter(|part| part.len() > 1) {
                    prop_assert!(part.iter().all(|name| !sorted[*name].1.is_empty()));
                }
                Ok(parts.into_values().collect::<BTreeSet<_>>())
            };
            prop_assert_eq!(partition(&sorted)?, partition(&shuffled)?);
        }

        /// Placing again what was placed moves nobody.
        #[test]
        fn placing_twice_is_placing_once(
            old_sets in proptest::collection::vec(proptest::collection::btree_set(0..4usize, 1..4), 0..5),
            added in proptest::collection::vec((0..6usize, proptest::collection::btree_set(0..5usize, 0..3)), 0..8),
        ) {
            let children: Vec<_> = added.into_iter().map(|(at, more)| match old_sets.get(at) {
                Some(set) => {
                    let guardians: Guardians = set.union(&more).copied().collect();
                    Child { before: Some((at, guardians != *set)), guardians }
                }
                None => Child { guardians: more, before: None },
            }).collect();
            let first = place(&old_sets, &children);
            for (dossier, set) in first.guardians.iter().enumerate().take(old_sets.len()) {
                prop_assert!(old_sets[dossier].is_subset(set));
            }
            let settled: Vec<_> = children.iter().zip(&first.dossiers)
                .map(|(child, at)| Child { before: Some((*at, false)), ..child.clone() })
                .collect();
            prop_assert_eq!(place(&first.guardians, &settled), first);
        }
    }
}
