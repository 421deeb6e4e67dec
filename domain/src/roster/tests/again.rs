//! A second import.

use super::*;

fn files() -> Roster {
    roster(
        &[pupil(2, "Léa Martin", "CE2"), pupil(3, "Tom Martin", "CP"), pupil(4, "Zoé Favre", "GS")],
        &[
            adult(2, "Anne Martin", "anne@exemple.fr", &["Léa Martin", "Tom Martin"]),
            adult(3, "Luc Favre", "luc@exemple.fr", &["Zoé Favre"]),
        ],
    )
}

fn town() -> Town {
    let mut town = Town::new();
    town.import(&files());
    town
}

fn changes(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|c| format!("{:?} {} → {}", c.field, c.old, c.new)).collect()
}

#[test]
fn the_same_files_change_nothing() {
    let mut town = town();
    let plan = town.import(&files());
    assert!(plan.is_empty());
    assert_eq!(found(&plan), [""; 0]);
}

#[test]
fn a_child_is_met_by_ine_or_else_by_name_and_birth_date() {
    let mut town = town();
    let mut with_ine = files();
    with_ine.pupils[0].ine = "0123456789ab".into();
    with_ine.pupils[0].level = "CM1".into();
    let plan = town.import(&with_ine);
    let id = town.child("Léa Martin").id;
    assert_eq!(changes(&plan.children[0].changes), ["Level CE2 → CM1", "Ine  → 0123456789AB"]);

    // By INE, though the name was corrected; the guardian is still found.
    with_ine.pupils[0].last_name = "Martin-Roux".into();
    with_ine.guardians[0].children[0].last_name = "Martin-Roux".into();
    let plan = town.import(&with_ine);
    assert_eq!(changes(&plan.children[0].changes), ["LastName Martin → Martin-Roux"]);
    assert_eq!(town.child("Léa Martin-Roux").id, id);
    // A file without INEs takes none away.
    with_ine.pupils[0].ine.clear();
    assert!(town.import(&with_ine).is_empty());
}

#[test]
fn an_ine_that_is_somebody_elses_is_asked_about() {
    let mut town = town();
    let mut files = files();
    files.pupils[0].ine = "1".into();
    town.import(&files);
    files.pupils[0].ine.clear();
    files.pupils[2].ine = "1".into();
    files.pupils[2].birth_date = "01/01/2012".into();
    let plan = town.plan(&files);
    assert!(!plan.ready());
    assert!(found(&plan)[0].contains("Twice"), "{:?}", found(&plan));
    files.pupils.remove(0);
    files.guardians[0].children.remove(0);
    let plan = town.plan(&files);
    let first = plan.open().next().unwrap();
    let (child, born) = ("Léa Martin".to_owned(), "2010-08-17".to_owned());
    assert_eq!(first.what, What::SameIne { child, born });
}

#[test]
fn a_missing_child_is_listed_and_comes_back() {
    let mut town = town();
    let mut shorter = files();
    shorter.pupils.remove(1);
    let plan = town.import(&shorter);
    // The parent's line still names the child, who is known: nothing to ask.
    assert_eq!(found(&plan), [""; 0]);
    assert_eq!(plan.missing.len(), 1);
    assert_eq!((plan.missing[0].name.as_str(), plan.missing[0].since), ("Tom Martin", None));
    assert!(!town.child("Tom Martin").guardians.is_empty(), "never deleted");

    let plan = town.import(&shorter);
    assert!(plan.is_empty());
    assert_eq!(plan.missing[0].since, Some(date("2017-09-01")), "still listed");

    let plan = town.import(&files());
    assert!(plan.children[1].back && plan.missing.is_empty());
    assert_eq!(town.child("Tom Martin").missing_since, None);
}

#[test]
fn a_skipped_line_does_not_make_a_child_missing() {
    let mut town = town();
    let mut bad = files();
    bad.pupils[1].birth_date = "?".into();
    let plan = town.import_with(&bad, &decisions(&["pupils:3"], &[], &[]));
    assert!(plan.is_empty() && plan.missing.is_empty());
}

#[test]
fn children_of_another_school_are_not_missing() {
    let mut town = town();
    let other = ClassName { school: "Les Marronniers".into(), name: "CP".into() };
    town.child_mut("Tom Martin").values.class = Some(other);
    let mut shorter = files();
    shorter.pupils.remove(1);
    assert!(town.import(&shorter).missing.is_empty());
    // And who changes school is the same child.
    let plan = town.import(&files());
    assert_eq!(
        changes(&plan.children[1].changes),
        ["Class CP (Les Marronniers) → CP Mme Roux (Les Tilleuls)"]
    );
}

#[test]
fn a_corrected_birth_date_is_asked_about() {
    let mut town = town();
    let mut corrected = files();
    corrected.pupils[0].birth_date = "18/08/2010".into();
    let plan = town.plan(&corrected);
    assert_eq!(
        found(&plan),
        [
            "pupils:2 LooksLike { child: \"Léa Martin\", born: \"2010-08-17\" }",
            // If it is another child, its guardians are not those of the first for that.
            "guardians:2 OtherNamesake { child: \"Léa Martin\", pupil: 2 }",
        ]
    );
    // Corrected at the guichet first, it is the same child.
    town.child_mut("Léa Martin").values.birth_date = Some(date("2010-08-18"));
    assert!(town.import(&corrected).is_empty());
}

#[test]
fn what_parents_changed_is_kept_and_what_the_school_changed_comes() {
    let mut town = town();
    town.guardian_mut("Anne Martin").values.mobile_phone = "06 00 00 00 09".into();
    let mut newer = files();
    newer.guardians[0].values.mobile_phone = "06 00 00 00 01".into();
    newer.guardians[0].values.city = "Neuvecelle".into();
    let plan = town.import(&newer);
    assert_eq!(changes(&plan.guardians[0].changes), ["City  → Neuvecelle"]);
    assert_eq!(changes(&plan.guardians[0].kept), ["MobilePhone 06 00 00 00 09 → 06 00 00 00 01"]);
    let plan = town.import(&newer);
    assert!(plan.is_empty());
    assert_eq!(plan.guardians[0].kept.len(), 1, "still reported");
}

#[test]
fn a_guardian_who_changed_name_in_the_portal_is_still_met() {
    let mut town = town();
    town.guardian_mut("Anne Martin").values.last_name = "Roux".into();
    let plan = town.import(&files());
    assert!(plan.is_empty());
    assert_eq!(changes(&plan.guardians[0].kept), ["LastName Roux → Martin"]);
}

#[test]
fn accounts_follow_an_address_until_they_are_used() {
    let mut newer = files();
    newer.guardians[0].values.email = "a.martin@exemple.fr".into();
    let mut fresh = town();
    let account = fresh.guardian_mut("Anne Martin").account.clone().unwrap().id;
    let plan = fresh.import(&newer);
    let email = "a.martin@exemple.fr".to_owned();
    assert_eq!(plan.guardians[0].account, AccountStep::Move { account, email });

    let mut used = town();
    used.guardian_mut("Anne Martin").account.as_mut().unwrap().in_use = true;
    let plan = used.import(&newer);
    assert_eq!(plan.guardians[0].account, AccountStep::Nothing);
    assert_eq!(found(&plan), ["guardians:2 LoginKept { login: \"anne@exemple.fr\" }"]);

    // Taken away by the guichet, it does not come back by itself.
    let mut without = town();
    without.guardian_mut("Anne Martin").account = None;
    assert!(without.import(&files()).is_empty());
}

#[test]
fn a_link_that_the_guichet_cut_stays_cut() {
    let mut town = town();
    town.child_mut("Tom Martin").guardians.clear();
    let plan = town.import(&files());
    assert!(plan.is_empty());
    assert_eq!(found(&plan), ["guardians:2 UnlinkedSince { child: \"Tom Martin\" }"]);
}

#[test]
fn a_guardian_no_longer_named_is_reported_not_removed() {
    let mut town = town();
    let mut newer = files();
    newer.guardians.push(adult(4, "Paul Martin", "", &["Tom Martin", "Léa Martin"]));
    town.import(&newer);
    let plan = town.import(&files());
    assert!(plan.is_empty());
    let gone = "NoLongerNamed { guardian: \"Paul Martin\" }";
    assert_eq!(found(&plan), [format!("pupils:2 {gone}"), format!("pupils:3 {gone}")]);
    // Of a line that is skipped nothing is said.
    let plan = town.import_with(&newer, &decisions(&["guardians:4"], &[], &[]));
    assert_eq!(found(&plan), [""; 0]);
}

#[test]
fn a_second_guardian_of_all_children_joins_their_dossier() {
    let mut town = town();
    let mut newer = files();
    newer.guardians.push(adult(4, "Paul Martin", "", &["Tom Martin", "Léa Martin"]));
    let plan = town.import(&newer);
    assert_eq!(plan.families.len(), 1);
    assert!(!plan.families[0].new && !plan.families[0].members[0].first);
}

#[test]
fn a_second_guardian_of_one_child_moves_it_when_a_person_agrees() {
    let mut town = town();
    let before = town.family_of("Léa Martin");
    let mut newer = files();
    newer.guardians.push(adult(4, "Paul Roux", "", &["Tom Martin"]));
    assert_eq!(found(&town.plan(&newer)), ["pupils:3 OtherDossier"]);
    let plan = town.import_with(&newer, &decisions(&[], &["pupils:3"], &[]));
    assert_eq!(plan.children[1].moved_from, Some(before));
    assert_eq!(town.family_of("Léa Martin"), before);
    assert_ne!(town.family_of("Tom Martin"), before);
    assert!(town.import(&newer).is_empty());
}

#[test]
fn a_child_that_its_dossier_is_billed_for_stays_there_until_the_summer() {
    let mut town = town();
    let mut newer = files();
    newer.guardians.push(adult(4, "Paul Roux", "", &["Tom Martin"]));
    let today = town.plan(&newer).today;
    town.child_mut("Tom Martin").subscribed_until = Some(today);
    assert_eq!(found(&town.plan(&newer)), ["pupils:3 BilledInDossier"]);
    let plan = town.import_with(&newer, &decisions(&["pupils:3", "guardians:4"], &[], &[]));
    assert!(plan.children.iter().all(|child| child.moved_from.is_none()));
    let last_year = today.checked_sub_days(chrono::Days::new(366)).unwrap();
    town.child_mut("Tom Martin").subscribed_until = Some(last_year);
    assert_eq!(found(&town.plan(&newer)), ["pupils:3 OtherDossier"]);
}

#[test]
fn a_new_sibling_joins_the_dossier() {
    let mut town = town();
    let mut newer = files();
    newer.pupils.push(pupil(5, "Max Martin", "PS"));
    newer.guardians[0].children.push(ChildCell {
        first_name: "Max".into(),
        last_name: "Martin".into(),
        ..ChildCell::default()
    });
    let plan = town.import(&newer);
    assert!(plan.families.is_empty());
    assert_eq!(town.family_of("Max Martin"), town.family_of("Léa Martin"));
}

#[test]
fn a_guardian_who_could_be_two_is_an_error() {
    let mut town = town();
    let twin = town.guardian_mut("Anne Martin").clone();
    let id = crate::ids::GuardianId(Uuid::from_u128(999));
    town.existing.guardians.push(ExistingGuardian { id, ..twin });
    town.child_mut("Léa Martin").guardians.insert(id);
    assert_eq!(found(&town.plan(&files())), ["guardians:2 AmbiguousGuardian"]);
}

#[test]
fn a_pupil_who_could_be_two_is_an_error() {
    let mut town = town();
    let twin = town.child("Léa Martin").clone();
    let id = crate::ids::ChildId(Uuid::from_u128(999));
    town.existing.children.push(ExistingChild { id, ..twin });
    assert!(found(&town.plan(&files())).contains(&"pupils:2 AmbiguousChild".to_owned()));
}

#[test]
fn a_namesake_who_stays_is_not_taken_for_the_child_who_has_left() {
    let both = roster(
        &[pupil(2, "Léa Martin", "CM2"), pupil(3, "Tom Martin", "CP"), {
            let mut other = pupil(4, "Léa Martin", "CE1");
            other.birth_date = "01/02/2013".into();
            other
        }],
        &[
            adult(2, "Anne Martin", "anne@exemple.fr", &["Léa Martin / CM2", "Tom Martin"]),
            adult(3, "Paul Martin", "paul@exemple.fr", &["Léa Martin / CE1"]),
        ],
    );
    let mut town = Town::new();
    town.import(&both);
    // Anne's Léa has left; Anne's line still names her, beside Tom.
    let mut later = both.clone();
    later.pupils.remove(0);
    for class in ["CM2", ""] {
        later.guardians[0].children[0].class_name = class.into();
        let plan = town.plan(&later);
        let open: Vec<_> = plan.open().map(|finding| (finding.place, &finding.what)).collect();
        let asked = What::OtherNamesake { child: "Léa Martin".into(), pupil: 4 };
        assert_eq!(open, [(Place::guardian(2), &asked)]);
    }
}
