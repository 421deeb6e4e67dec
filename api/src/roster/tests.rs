//! The two files in every shape in which schools export them.

use domain::roster::{Decisions, Defect, Existing, File, Place, Plan};
use encoding_rs::WINDOWS_1252;
use uuid::Uuid;

use super::*;

const NEW_PUPILS: &str = "\
Nom élève;Nom d’usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;\
Adresse2;Cp2;Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant Classe;Attestation fournie;\
Autorisation associations;Autorisation photo;Décision de passage
MARTIN;;Léa;17/08/2009;F;123456789AB;1 rue du Lac;74500;NEUVECELLE;FRANCE;;;;;CYCLE III;CE2;\
CE2 Mme Roux;12345;Oui;Non;Oui;
L'HÉRITIER;FAVRE;Zoë;2011-02-01;F;123456789CD;2 rue du Lac;74500;NEUVECELLE;FRANCE;;;;;CYCLE II;CP;\
CP M. Blanc;12346;Oui;Non;Oui;
";

const OLD_PUPILS: &str = r#""Nom Elève";"Nom d'usage Elève";"Prénom Elève";"Date naissance";"Sexe";"Adresse1";"Cp1";"Commune1";"Pays1";"Adresse2";"Cp2";"Commune2";"Pays2";"Cycle";"Niveau";"Classe";"Attestation fournie";"Autorisations associations";"Autorisations photos";"Décision de passage"
"MARTIN";"";"Léa";"17/08/2009";"F";"1; rue du Lac";"74500";"NEUVECELLE";"FRANCE";"";"";"";"";"CYCLE III";"CE2";"CE2 Mme Roux";"Oui";"Non";"Oui";""
"L'HÉRITIER";"FAVRE";"Zoë";"01/02/2011";"F";"2 rue du Lac";"74500";"NEUVECELLE";"FRANCE";"";"";"";"";"CYCLE II";"CP";"CP M. Blanc";"Oui";"Non";"Oui";""
"#;

const GUARDIANS: &str = "\
Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;\
CP responsable;Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;\
Téléphone portable;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;\
Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;\
Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;
MME;MARTIN;DURAND;Anne;1 rue du Lac;74500;NEUVECELLE;FRANCE;Anne@Exemple.fr;0450000001;;0600000001;\
;MARTIN;LEA;CLASSE  CE2;FAVRE;L HERITIER;Zoé;CLASSE  CP;;;;;;;;
M.;;FAVRE;Luc;2 rue du Lac;74500;NEUVECELLE;FRANCE;;;;;FAVRE;L’HÉRITIER;ZOE;CLASSE  CP
";

fn windows(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = WINDOWS_1252.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

/// A text in each of the encodings and line ends.
fn every_form(text: &str) -> Vec<Vec<u8>> {
    let crlf = text.replace('\n', "\r\n");
    let forms = [text, &crlf].map(|text| {
        let bytes = text.as_bytes().to_vec();
        [bytes, format!("\u{feff}{text}").into_bytes(), windows(text)]
    });
    forms.concat()
}

fn plan_of(files: &Files, decisions: &Decisions) -> Plan {
    let school = "Les Tilleuls".to_owned();
    let today = "2017-09-01".parse().unwrap();
    let context = Context { school, only_school: true, today };
    let existing = Existing::default();
    domain::roster::plan(&files.roster, &existing, decisions, &context, &mut Uuid::now_v7)
}

#[test]
fn every_shape_says_the_same() {
    let guardians = every_form(GUARDIANS);
    let expected = read(NEW_PUPILS.as_bytes(), GUARDIANS.as_bytes()).unwrap().roster;
    assert_eq!(expected.unknown_columns, []);
    for (shape, pupils) in [NEW_PUPILS, OLD_PUPILS].into_iter().enumerate() {
        for (pupils, guardians) in every_form(pupils).iter().zip(&guardians) {
            let files = read(pupils, guardians).unwrap();
            assert_eq!(files.roster.guardians, expected.guardians);
            assert_eq!(files.roster.unknown_columns, []);
            let plan = plan_of(&files, &Decisions::default());
            assert!(plan.ready(), "{:?}", plan.findings);
            let seen: Vec<_> = plan
                .children
                .iter()
                .map(|child| {
                    let values = &child.values;
                    let class = values.class.as_ref().map(|class| class.name.as_str());
                    (child.line, values.name(), values.birth_date, class, child.links.len())
                })
                .collect();
            let lea = "2009-08-17".parse().ok();
            let zoe = "2011-02-01".parse().ok();
            assert_eq!(
                seen,
                [
                    (2, "Léa MARTIN".to_owned(), lea, Some("CE2 Mme Roux"), 1),
                    (3, "Zoë FAVRE".to_owned(), zoe, Some("CP M. Blanc"), 2),
                ]
            );
            let ines: Vec<_> = plan.children.iter().map(|c| c.values.ine.as_deref()).collect();
            let expected = if shape == 0 { Some("123456789AB") } else { None };
            assert_eq!(ines[0], expected);
        }
    }
    let anne = &expected.guardians[0];
    assert_eq!(anne.children.len(), 2);
    assert_eq!(
        (anne.values.email.as_str(), anne.values.civility.as_str()),
        ("Anne@Exemple.fr", "MME")
    );
}

#[test]
fn any_number_of_children() {
    for groups in [1, 3, 7] {
        let group = "Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;";
        let header =
            "Nom responsable;Prénom responsable;Courriel;".to_owned() + &group.repeat(groups);
        let line = "Favre;Luc;;".to_owned() + &";Favre;Zoé;CP;".repeat(groups);
        let files = read(NEW_PUPILS.as_bytes(), format!("{header}\n{line}\n").as_bytes()).unwrap();
        assert_eq!(files.roster.guardians[0].children.len(), groups);
        assert_eq!(files.roster.guardians[0].defect, None);
    }
}

#[test]
fn columns_go_by_their_titles_alone() {
    let shuffled = "TAILLE;prenom ELEVES;Niveaux;date de naissance;classe;nom de l'élève;Couleur\n\
                    120;Léa;CE2;17/08/2009;CE2 Mme Roux;MARTIN;bleu\n";
    let files = read(shuffled.as_bytes(), GUARDIANS.as_bytes()).unwrap();
    let pupil = &files.roster.pupils[0];
    assert_eq!((pupil.name().as_str(), pupil.class_name.as_str()), ("Léa MARTIN", "CE2 Mme Roux"));
    let unknown = [(Place::pupil(1), "TAILLE".to_owned()), (Place::pupil(1), "Couleur".to_owned())];
    assert_eq!(files.roster.unknown_columns, unknown);
}

#[test]
fn what_is_missing_is_named() {
    let told = |pupils: &[u8], guardians: &[u8]| read(pupils, guardians).unwrap_err().to_string();
    assert_eq!(
        told("Nom élève;Niveau;Classe\n".as_bytes(), GUARDIANS.as_bytes()),
        "fichier des élèves : colonnes absentes : « Prénom élève », « Date naissance ». Les \
         colonnes se cherchent sur la première ligne, séparées par des points-virgules."
    );
    let swapped = told(GUARDIANS.as_bytes(), NEW_PUPILS.as_bytes());
    assert_eq!(swapped.matches("les deux ont été intervertis").count(), 2, "{swapped}");
    assert!(told(b"", GUARDIANS.as_bytes()).contains("élèves : le fichier est vide"));
    assert!(
        told(NEW_PUPILS.as_bytes(), b"PK\x03\x04").contains("responsables : c'est un classeur")
    );
}

#[test]
fn damaged_lines_keep_to_themselves() {
    let pupils = NEW_PUPILS.replace("MARTIN;;Léa", "\"MARTIN;;Léa");
    let guardians = GUARDIANS.replace("ZOE;CLASSE  CP\n", "ZOE;CLASSE  CP;;;;;;;;;;;Tom;;\n");
    let roster = read(pupils.as_bytes(), guardians.as_bytes()).unwrap().roster;
    assert_eq!(roster.pupils[0].defect, Some(Defect::UnclosedQuote));
    assert_eq!((roster.pupils[0].name().as_str(), roster.pupils[0].line), ("Léa MARTIN", 2));
    assert_eq!((&roster.pupils[1].defect, roster.pupils[1].line), (&None, 3));
    assert_eq!(roster.guardians[0].defect, None, "semicolons alone are no text");
    assert_eq!(roster.guardians[1].defect, Some(Defect::ExtraCells("Tom".into())));
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    let blank = NEW_PUPILS.replace("L'HÉRITIER", "\n;;;;\n\"L'HÉRITIER\"").replace('\n', "\r\n");
    let lines: Vec<_> = read(blank.as_bytes(), GUARDIANS.as_bytes())
        .unwrap()
        .roster
        .pupils
        .iter()
        .map(|pupil| pupil.line)
        .collect();
    assert_eq!(lines, [2, 5]);
}

const DIRTY_PUPILS: &str = "\
Nom élève;Prénom élève;Date naissance;Sexe;Niveau;Classe;Taille
MARTIN;Léa;17/08/2009;F;CE2;CE2 A;120
MARTIN;Léa;01/02/2010;F;CE1;CE1 A;120
FAVRE;Tom;31/02/2010;M;CE1;CE1 A;120
ROUX;Max;03/03/2010;M;CE9;CE1 A;120
BLANC;Eva;03/03/2010;F;CP;CP A;120
";

const DIRTY_GUARDIANS: &str = "\
Nom responsable;Prénom responsable;Courriel;Nom de famille enfant;Prénom enfant;Classes enfants
MARTIN;Anne;anne@exemple.fr;MARTIN;Léa;CLASSE BLEUE
MARTIN;Paul;;MARTIN;Léa;CLASSE  CE1
FAVRE;Luc;;FAVRE;Tom;
ROUX;Rose;rose@exemple.fr;ROUX;Max;
";

#[test]
fn the_report_names_each_line_and_the_way_out() {
    let files = read(DIRTY_PUPILS.as_bytes(), DIRTY_GUARDIANS.as_bytes()).unwrap();
    let plan = plan_of(&files, &Decisions::default());
    let report = Report { files: &files, plan: &plan, applied: false }.to_string();
    assert_eq!(
        report,
        "\
Essai d'import : rien n'est écrit — Les Tilleuls

  élèves : 5 lignes, UTF-8
  responsables : 4 lignes, UTF-8

À corriger (1)
  élèves, ligne 4 : date de naissance « 31/02/2010 » illisible ; attendu : JJ/MM/AAAA ou AAAA-MM-JJ
      corriger le fichier
      écarter la ligne : --skip pupils:4

À décider (3)
  élèves, ligne 5 : niveau « CE9 » inconnu ; attendu : TPS, PS, MS, GS, CP, CE1, CE2, CM1, CM2, ULIS
      garder ce niveau tel quel : --accept pupils:5
      écarter la ligne : --skip pupils:5
  élèves, ligne 6 : aucun responsable ne nomme cet enfant
      ouvrir un dossier sans responsable : --accept pupils:6
      écarter la ligne : --skip pupils:6
  responsables, ligne 2 : enfant « Léa MARTIN » : plusieurs élèves portent ce nom (élèves, lignes 2, 3)
      c'est l'élève de la ligne 2 : --decide guardians:2=pupils:2
      c'est l'élève de la ligne 3 : --decide guardians:2=pupils:3
      écarter la ligne : --skip guardians:2

À savoir (3)
  élèves, ligne 1 : colonne « Taille » inconnue, ignorée
  responsables, ligne 4 : aucun de ses enfants n'est importé, donc lui non plus
  responsables, ligne 3 : sans courriel, donc sans compte

Enfants à créer (4)
  Léa MARTIN, CE2 (élèves, ligne 2)
  Léa MARTIN, CE1 (élèves, ligne 3)
  Max ROUX, CE9 (élèves, ligne 5)
  Eva BLANC, CP (élèves, ligne 6)

Responsables à créer (2)
  Paul MARTIN (responsables, ligne 3)
  Rose ROUX (responsables, ligne 5)

Bilan
  enfants : 4 à créer, 0 à mettre à jour, 0 inchangés
  responsables : 2 à créer, 0 à mettre à jour, 0 inchangés
  nouveaux dossiers : 4
  comptes invités à choisir un mot de passe : 1
  nouveaux absents : 0

Des points restent à régler (4) : rien ne peut être importé avant.
"
    );
}

#[test]
fn the_report_says_what_was_decided() {
    let files = read(DIRTY_PUPILS.as_bytes(), DIRTY_GUARDIANS.as_bytes()).unwrap();
    let decisions = Decisions {
        skip: [Place::pupil(4)].into(),
        accept: [Place::pupil(5), Place::pupil(6)].into(),
        choose: [(2, 2)].into(),
    };
    let plan = plan_of(&files, &decisions);
    assert!(plan.ready());
    let report = Report { files: &files, plan: &plan, applied: false }.to_string();
    let decided = "\
Décidé (4)
  élèves, ligne 4 : Tom FAVRE — ligne écartée
  élèves, ligne 5 : niveau « CE9 » inconnu ; attendu : TPS, PS, MS, GS, CP, CE1, CE2, CM1, CM2, ULIS — garder ce niveau tel quel
  élèves, ligne 6 : aucun responsable ne nomme cet enfant — ouvrir un dossier sans responsable
  responsables, ligne 2 : enfant « Léa MARTIN » : plusieurs élèves portent ce nom (élèves, lignes 2, 3) — élève choisi
";
    assert!(report.contains(decided), "{report}");
    assert!(report.ends_with("Pour importer, relancez avec --apply.\n"), "{report}");
    assert_eq!(files.roster.pupils.len(), 5);
    assert_eq!(plan.skipped, [(Place { file: File::Pupils, line: 4 }, "Tom FAVRE".to_owned())]);
}
