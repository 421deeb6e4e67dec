//! What the two files can hold, on an empty database.

use super::*;

#[test]
fn siblings_share_a_dossier_and_half_siblings_share_a_parent() {
    let mut town = Town::new();
    let plan = town.import(&roster(
        &[pupil(2, "Léa Martin", "CE2"), pupil(3, "Tom Martin", "CP"), pupil(4, "Zoé Favre", "GS")],
        &[
            adult(2, "Anne Martin", "Anne@exemple.fr", &["Lea MARTIN", "TOM Martin", "Zoe Favre"]),
            adult(3, "Paul Martin", "", &["Léa Martin", "Tom Martin"]),
            adult(4, "Luc Favre", "luc@exemple.fr", &["Zoé Favre"]),
        ],
    ));
    assert_eq!(found(&plan), [""; 0]);
    assert_eq!(plan.families.len(), 2);
    assert_eq!(town.family_of("Léa Martin"), town.family_of("Tom Martin"));
    assert_ne!(town.family_of("Léa Martin"), town.family_of("Zoé Favre"));
    assert_eq!(town.guardians_of("Zoé Favre"), ["Anne Martin", "Luc Favre"]);
    // One account for the parent of both dossiers, none without an address.
    let accounts: Vec<_> = plan.guardians.iter().map(|guardian| guardian.account.clone()).collect();
    let create = |email: &str| AccountStep::Create { email: email.into() };
    assert_eq!(
        accounts,
        [create("anne@exemple.fr"), AccountStep::Nothing, create("luc@exemple.fr")]
    );
    // Exactly one guardian per dossier gets the invoices: the first of the file.
    for family in &plan.families {
        let first: Vec<_> = family.members.iter().filter(|member| member.first).collect();
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].guardian, plan.guardians[0].id);
    }
}

#[test]
fn the_name_in_use_links_as_well() {
    let mut town = Town::new();
    let mut lea = pupil(2, "Léa Martin-Favre", "CE2");
    lea.usage_name = "Favre".into();
    town.import(&roster(&[lea], &[adult(2, "Luc Favre", "", &["Léa Favre"])]));
    assert_eq!(town.child("Léa Favre").guardians.len(), 1);
}

#[test]
fn a_homonym_is_told_by_level_or_by_a_person_but_never_guessed() {
    let pupils = [pupil(2, "Léa Martin", "CE2"), {
        let mut other = pupil(3, "LEA MARTIN", "CM1");
        other.birth_date = "01/02/2009".into();
        other
    }];
    let by_level = roster(
        &pupils,
        &[
            adult(2, "Anne Martin", "", &["Léa Martin / CLASSE  CE2"]),
            adult(3, "Luc Martin", "", &["Léa Martin / CLASSE CM1-CM2"]),
        ],
    );
    let plan = Town::new().import(&by_level);
    assert_eq!(found(&plan), [""; 0]);
    assert_eq!(plan.children[0].links, [plan.guardians[0].id]);
    assert_eq!(plan.children[1].links, [plan.guardians[1].id]);

    for class in ["CLASSE BLEUE", "CE2-CM1", "CP", ""] {
        let unclear = roster(
            &pupils,
            &[
                adult(2, "Anne Martin", "", &[&format!("Léa Martin / {class}")]),
                adult(3, "Luc Martin", "", &["Léa Martin / CM1"]),
            ],
        );
        let mut town = Town::new();
        let plan = town.plan(&unclear);
        // Nothing is said about a missing guardian as long as it may be this one.
        assert_eq!(
            found(&plan),
            ["guardians:2 Homonyms { child: \"Léa Martin\", pupils: [2, 3] }"]
        );
        assert!(!plan.ready());
        let plan = town.import_with(&unclear, &decisions(&[], &[], &[(2, 2)]));
        assert_eq!(plan.children[0].links, [plan.guardians[0].id]);
        // Decided once, it is not asked again.
        let plan = town.import(&unclear);
        assert!(plan.is_empty());
        assert_eq!(found(&plan), [""; 0]);
    }
}

#[test]
fn a_choice_that_is_none_is_refused() {
    let files =
        roster(&[pupil(2, "Léa Martin", "CE2")], &[adult(2, "Anne Martin", "", &["Léa Martin"])]);
    for pointless in [
        decisions(&["pupils:9"], &[], &[]),
        decisions(&[], &["pupils:2"], &[]),
        decisions(&[], &[], &[(2, 2)]),
    ] {
        let plan = Town::new().plan_with(&files, &pointless);
        assert!(!plan.ready(), "{pointless:?}");
        assert_eq!(plan.findings.iter().filter(|f| f.what == What::Pointless).count(), 1);
    }
}

#[test]
fn a_bad_line_is_named_and_can_be_skipped() {
    let mut bad = pupil(17, "Tom Martin", "CP");
    bad.birth_date = "31/02/2011".into();
    let mut nameless = pupil(18, "Zoé -", "CP");
    nameless.birth_date = "2018-01-01".into();
    let files = roster(
        &[pupil(2, "Léa Martin", "CE2"), bad, nameless],
        &[
            adult(2, "Anne Martin", "", &["Léa Martin", "Tom Martin"]),
            adult(3, "Luc Martin", "", &["Tom Martin"]),
        ],
    );
    let mut town = Town::new();
    assert_eq!(
        found(&town.plan(&files)),
        [
            "pupils:17 BadDate(\"31/02/2011\")",
            "pupils:18 Missing(LastName)",
            "pupils:18 FutureDate(\"2018-01-01\")",
            "guardians:3 LeftOut",
        ]
    );
    let plan = town.import_with(&files, &decisions(&["pupils:17", "pupils:18"], &[], &[]));
    assert_eq!((plan.children.len(), plan.guardians.len()), (1, 1));
    assert_eq!(plan.skipped[0], (Place::pupil(17), "Tom Martin".into()));
}

#[test]
fn a_pupils_line_twice() {
    let mut again = pupil(3, "LÉA  Martin", "CE2");
    again.last_name = "Martin".into();
    again.first_name = "Léa".into();
    let guardians = [adult(2, "Anne Martin", "", &["Léa Martin"])];
    let plan =
        Town::new().import(&roster(&[pupil(2, "Léa Martin", "CE2"), again.clone()], &guardians));
    assert_eq!(found(&plan), ["pupils:3 SameLine { line: 2 }"]);
    assert_eq!(plan.children.len(), 1);

    again.class_name = "CE2 bis".into();
    let files = roster(&[pupil(2, "Léa Martin", "CE2"), again], &guardians);
    let plan = Town::new().plan(&files);
    assert_eq!(found(&plan), ["pupils:3 PupilTwice { line: 2 }"]);
    for line in ["pupils:2", "pupils:3"] {
        let plan = Town::new().import_with(&files, &decisions(&[line], &[], &[]));
        assert_eq!(plan.children.len(), 1);
        assert_eq!(plan.children[0].links.len(), 1, "the guardian's child is who is left");
    }
}

#[test]
fn a_guardians_line_twice() {
    let pupils = [pupil(2, "Léa Martin", "CE2"), pupil(3, "Tom Martin", "CP")];
    let mut first = adult(2, "Anne Martin", "anne@exemple.fr", &["Léa Martin"]);
    first.values.home_phone = "04 50 00 00 01".into();
    let mut second = adult(3, "ANNE MARTIN", "anne@exemple.fr", &["Tom Martin"]);
    second.values.mobile_phone = "06 00 00 00 01".into();
    let mut town = Town::new();
    let plan = town.import(&roster(&pupils, &[first.clone(), second.clone()]));
    assert_eq!(found(&plan), ["guardians:3 SameGuardian { line: 2 }"]);
    assert_eq!(plan.guardians.len(), 1);
    assert_eq!(plan.guardians[0].values.mobile_phone, "06 00 00 00 01");
    assert_eq!(plan.families.len(), 1);

    second.values.home_phone = "04 50 00 00 02".into();
    let files = roster(&pupils, &[first, second]);
    let mut town = Town::new();
    let plan = town.plan(&files);
    assert_eq!(found(&plan), ["guardians:3 GuardiansDiffer { line: 2, fields: [HomePhone] }"]);
    town.import_with(&files, &decisions(&[], &["guardians:3"], &[]));
    let plan = town.import(&files);
    assert!(plan.is_empty());
    assert_eq!(found(&plan), ["guardians:3 SameGuardian { line: 2 }"]);
}

#[test]
fn two_persons_of_one_name_stay_two() {
    let plan = Town::new().import(&roster(
        &[pupil(2, "Léa Martin", "CE2"), pupil(3, "Tom Favre", "CP")],
        &[
            adult(2, "Jean Martin", "", &["Léa Martin"]),
            adult(3, "Jean Martin", "jean@exemple.fr", &["Tom Favre"]),
        ],
    ));
    assert_eq!(found(&plan), ["guardians:3 SameName { line: 2 }"]);
    assert_eq!(plan.guardians.len(), 2);
}

#[test]
fn a_child_without_a_guardian_needs_a_persons_word() {
    let files = roster(
        &[pupil(9, "Léa Martin", "CE2"), pupil(10, "Tom Favre", "CP")],
        &[adult(2, "Luc Favre", "", &["Tom Favre"])],
    );
    let mut town = Town::new();
    assert_eq!(found(&town.plan(&files)), ["pupils:9 NoGuardian"]);
    let plan = town.import_with(&files, &decisions(&[], &["pupils:9"], &[]));
    assert_eq!(found(&plan), ["pupils:9 NoGuardian settled"]);
    assert!(town.child("Léa Martin").guardians.is_empty());
    assert_ne!(town.family_of("Léa Martin"), town.family_of("Tom Favre"));
    let plan = town.import(&files);
    assert!(plan.is_empty() && found(&plan).is_empty(), "decided once, not asked again");
}

#[test]
fn children_who_are_no_pupils() {
    let pupils = [pupil(2, "Léa Martin", "CE2")];
    let some = roster(&pupils, &[adult(2, "Anne Martin", "", &["Léa Martin", "Tim Martin"])]);
    let plan = Town::new().plan(&some);
    assert_eq!(found(&plan), ["guardians:2 NoSuchChild { child: \"Tim Martin\" }"]);
    let plan = Town::new().import_with(&some, &decisions(&[], &["guardians:2"], &[]));
    assert_eq!(plan.guardians.len(), 1);

    let none = roster(
        &pupils,
        &[
            adult(2, "Anne Martin", "", &["Léa Martin"]),
            adult(3, "Luc Favre", "", &["Tim Favre"]),
            adult(4, "Eve Roux", "", &[]),
        ],
    );
    let plan = Town::new().plan(&none);
    assert_eq!(
        found(&plan),
        ["guardians:3 NoSuchChildren { children: [\"Tim Favre\"] }", "guardians:4 NoChild"]
    );
    let plan =
        Town::new().import_with(&none, &decisions(&["guardians:3", "guardians:4"], &[], &[]));
    assert_eq!(plan.guardians.len(), 1);
}

#[test]
fn an_address_has_one_account() {
    let pupils = [pupil(2, "Léa Martin", "CE2"), pupil(3, "Tom Favre", "CP")];
    // A couple: nobody sees less for it.
    let couple = roster(
        &pupils[..1],
        &[
            adult(2, "Anne Martin", "nous@exemple.fr", &["Léa Martin"]),
            adult(3, "Paul Martin", "Nous@exemple.fr", &["Léa Martin"]),
        ],
    );
    let mut town = Town::new();
    let plan = town.import(&couple);
    assert_eq!(
        found(&plan),
        ["guardians:3 SharedAccount { email: \"nous@exemple.fr\", with: \"Anne Martin\" }"]
    );
    assert_eq!(plan.guardians[1].account, AccountStep::Nothing);
    assert!(town.import(&couple).is_empty());

    let strangers = roster(
        &pupils,
        &[
            adult(2, "Anne Martin", "nous@exemple.fr", &["Léa Martin"]),
            adult(3, "Luc Favre", "nous@exemple.fr", &["Tom Favre"]),
        ],
    );
    let plan = Town::new().plan(&strangers);
    assert_eq!(
        found(&plan),
        ["guardians:3 SharedEmail { email: \"nous@exemple.fr\", with: \"Anne Martin\" }"]
    );
    assert!(!plan.ready());
    let plan = Town::new().import_with(&strangers, &decisions(&[], &["guardians:3"], &[]));
    assert_eq!(plan.guardians[1].account, AccountStep::Nothing);

    let mut town = Town::new();
    town.existing.staff.insert("nous@exemple.fr".into());
    assert!(!town.plan(&couple).ready());
}

#[test]
fn unknown_levels_wait_for_a_word_and_other_oddities_do_not() {
    let mut lea = pupil(2, "Léa Martin", "CE3");
    lea.sex = "X".into();
    lea.class_name = String::new();
    let files = roster(&[lea], &[adult(2, "Anne Martin", "anne chez exemple", &["Léa Martin"])]);
    let mut town = Town::new();
    let accept = decisions(&[], &["pupils:2"], &[]);
    assert_eq!(
        found(&town.plan(&files)),
        [
            "pupils:2 UnknownSex(\"X\")",
            "pupils:2 NoClass",
            "pupils:2 UnknownLevel(\"CE3\")",
            "guardians:2 BadEmail(\"anne chez exemple\")",
        ]
    );
    town.import_with(&files, &accept);
    assert_eq!(town.child("Léa Martin").values.level, "CE3");
    assert!(town.import(&files).is_empty(), "accepted once, not asked again");
}

#[test]
fn damaged_lines_are_not_imported() {
    let mut quote = pupil(2, "Léa Martin", "CE2");
    quote.defect = Some(Defect::UnclosedQuote);
    let mut extra = adult(2, "Anne Martin", "", &["Tom Favre"]);
    extra.defect = Some(Defect::ExtraCells("Zoé".into()));
    let files = roster(&[quote, pupil(3, "Tom Favre", "CP")], &[extra]);
    let plan = Town::new().plan(&files);
    assert_eq!(found(&plan), ["pupils:2 UnclosedQuote", "guardians:2 ExtraCells(\"Zoé\")"]);
    let plan = Town::new().import_with(&files, &decisions(&["pupils:2"], &["guardians:2"], &[]));
    assert_eq!(plan.children.len(), 1);
}

#[test]
fn the_only_pupil_of_a_name_on_another_level_is_asked_about() {
    let pupils = [pupil(2, "Léa Martin", "CE1")];
    let line = |class: &str| {
        let child = format!("Léa Martin{class}");
        adult(2, "Anne Martin", "anne@exemple.fr", &[&child])
    };
    let open = |class: &str, accept: bool| {
        let mut decisions = Decisions::default();
        if accept {
            decisions.accept.insert(Place::guardian(2));
        }
        let files = roster(&pupils, &[line(class)]);
        let plan = Town::new().plan_with(&files, &decisions);
        plan.open().map(|finding| finding.what.clone()).collect::<Vec<_>>()
    };
    let (child, class) = ("Léa Martin".to_owned(), "CLASSE  CM2".to_owned());
    assert_eq!(open(" / CLASSE  CM2", false), [What::OtherLevel { child, pupil: 2, class }]);
    for (class, accept) in [(" / CLASSE  CM2", true), (" / CE1-CE2", false), ("", false)] {
        assert_eq!(open(class, accept), [], "{class}");
    }
}
