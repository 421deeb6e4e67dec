//! Findings and fields in French.

use chrono::NaiveDate;
use domain::roster::{Change, Field, File, Place, Severity, What};

pub(super) fn file(file: File) -> &'static str {
    match file {
        File::Pupils => "élèves",
        File::Guardians => "responsables",
    }
}

/// `élèves, ligne 17`.
pub(super) fn place(place: Place) -> String {
    format!("{}, ligne {}", file(place.file), place.line)
}

pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Civility => "civilité",
        Field::LastName => "nom de famille",
        Field::UsageName => "nom d'usage",
        Field::FirstName => "prénom",
        Field::BirthDate => "date de naissance",
        Field::Sex => "sexe",
        Field::Ine => "INE",
        Field::Level => "niveau",
        Field::Class => "classe",
        Field::Email => "courriel",
        Field::HomePhone => "téléphone du domicile",
        Field::WorkPhone => "téléphone professionnel",
        Field::MobilePhone => "téléphone portable",
        Field::Address => "adresse",
        Field::Postcode => "code postal",
        Field::City => "commune",
        Field::Country => "pays",
    }
}

/// `classe « CE1 » → « CE2 »`.
pub(super) fn change(change: &Change) -> String {
    format!(
        "{} {} → {}",
        field(change.field),
        value(change, &change.old),
        value(change, &change.new)
    )
}

/// `téléphone portable « 06… » gardé (fichier : « 07… »)`.
pub(super) fn kept(change: &Change) -> String {
    let (portal, file) = (value(change, &change.old), value(change, &change.new));
    format!("{} {portal} gardé (fichier : {file})", field(change.field))
}

fn value(change: &Change, text: &str) -> String {
    match (text, change.field) {
        ("", _) => "vide".to_owned(),
        (text, Field::BirthDate) => date(text),
        (text, _) => format!("« {text} »"),
    }
}

fn date(text: &str) -> String {
    let date = text.parse().map(|date: NaiveDate| date.format("%d/%m/%Y").to_string());
    date.unwrap_or_else(|_| text.to_owned())
}

fn quoted<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| format!("« {text} »")).collect();
    texts.join(", ")
}

fn of(owner: &str) -> String {
    if owner.is_empty() { "d'un compte du guichet".to_owned() } else { format!("de {owner}") }
}

/// What was found, in a sentence.
pub(super) fn what(what: &What) -> String {
    match what {
        What::UnclosedQuote => "un guillemet est ouvert et jamais refermé".to_owned(),
        What::Missing(missing) => format!("la cellule « {} » est vide", field(*missing)),
        What::BadDate(cell) => {
            format!("date de naissance « {cell} » illisible ; attendu : JJ/MM/AAAA ou AAAA-MM-JJ")
        }
        What::FutureDate(cell) => {
            format!("date de naissance « {cell} » : ce jour n'est pas encore passé")
        }
        What::PupilTwice { line } => {
            format!(
                "même élève qu'à la ligne {line}, avec d'autres valeurs : gardez l'une des deux"
            )
        }
        What::AmbiguousChild => {
            "plusieurs enfants de la base ont ce nom et cette date de naissance".to_owned()
        }
        What::AmbiguousGuardian => {
            "plusieurs responsables de la base peuvent être celui-ci".to_owned()
        }
        What::NoChild => "aucun enfant n'est nommé sur la ligne".to_owned(),
        What::NoSuchChildren { children } => {
            let children = quoted(children.iter().map(String::as_str));
            format!("aucun élève ne porte le nom de ses enfants : {children}")
        }
        What::Pointless => "cette ligne n'existe pas, ou il n'y a rien à y décider".to_owned(),
        What::Homonyms { child, pupils } => {
            let lines: Vec<_> = pupils.iter().map(u32::to_string).collect();
            format!(
                "enfant « {child} » : plusieurs élèves portent ce nom (élèves, lignes {})",
                lines.join(", ")
            )
        }
        What::NoSuchChild { child } => format!("aucun élève ne s'appelle « {child} »"),
        What::OtherLevel { child, pupil, class } => format!(
            "enfant « {child} » : le seul élève de ce nom (élèves, ligne {pupil}) n'est pas du \
             niveau de « {class} »"
        ),
        What::OtherNamesake { child, pupil } => format!(
            "enfant « {child} » : le seul élève de ce nom (élèves, ligne {pupil}) n'est pas l'enfant \
             que ce responsable a dans la base"
        ),
        What::NoGuardian => "aucun responsable ne nomme cet enfant".to_owned(),
        What::UnknownLevel(cell) => format!(
            "niveau « {cell} » inconnu ; attendu : {}",
            domain::roster::level::LEVELS.join(", ")
        ),
        What::SharedEmail { email, with } => {
            format!("le courriel « {email} » est déjà celui {}", of(with))
        }
        What::GuardiansDiffer { line, fields } => {
            let fields: Vec<_> = fields.iter().map(|differs| field(*differs)).collect();
            format!("même responsable qu'à la ligne {line}, mais diffère : {}", fields.join(", "))
        }
        What::ExtraCells(text) => format!("« {text} » dépasse les colonnes de l'en-tête"),
        What::LooksLike { child, born } => format!(
            "un enfant de la base qui n'est plus dans le fichier s'appelle aussi {child}, né(e) le {}",
            date(born)
        ),
        What::SameIne { child, born } => {
            format!("cet INE est dans la base celui de {child}, né(e) le {}", date(born))
        }
        What::OtherDossier => {
            "ses responsables ne sont plus ceux des autres enfants de son dossier".to_owned()
        }
        What::BilledInDossier => {
            "ses responsables ne sont plus ceux des autres enfants de son dossier, qui est facturé \
             pour lui cette année : il y reste jusqu'à la rentrée"
                .to_owned()
        }
        What::UnknownColumn(title) => format!("colonne « {title} » inconnue, ignorée"),
        What::SameLine { line } => format!("répète la ligne {line}, ignorée"),
        What::SameGuardian { line } => {
            format!("même responsable qu'à la ligne {line}, réunis en un seul")
        }
        What::SameName { line } => format!(
            "même nom qu'à la ligne {line}, sans enfant ni courriel en commun : deux personnes"
        ),
        What::LeftOut => "aucun de ses enfants n'est importé, donc lui non plus".to_owned(),
        What::NoEmail => "sans courriel, donc sans compte".to_owned(),
        What::BadEmail(cell) => format!("courriel « {cell} » illisible, ignoré"),
        What::SharedAccount { email, with } => format!(
            "le courriel « {email} » est aussi celui {}, des mêmes enfants : un seul compte",
            of(with)
        ),
        What::LoginKept { login } => {
            format!("nouveau courriel ; pour se connecter, « {login} » reste valable")
        }
        What::UnknownSex(cell) => format!("sexe « {cell} » inconnu, laissé vide"),
        What::NoClass => "sans classe".to_owned(),
        What::UnlinkedSince { child } => {
            format!("le lien avec {child} a été retiré au portail : il le reste")
        }
        What::NoLongerNamed { guardian } => format!(
            "{guardian} n'est plus responsable dans les fichiers : lien gardé, à vérifier au guichet"
        ),
    }
}

/// The ways out, as options to type.
pub(super) fn ways_out(place: Place, what: &What) -> Vec<String> {
    let skip = format!("écarter la ligne : --skip {place}");
    if matches!(what, What::Pointless) {
        return vec!["retirez l'option".to_owned()];
    }
    let mut ways = match what {
        What::Homonyms { pupils, .. } => pupils
            .iter()
            .map(|pupil| {
                format!("c'est l'élève de la ligne {pupil} : --decide {place}=pupils:{pupil}")
            })
            .collect(),
        What::PupilTwice { line } => {
            vec![format!("écarter l'autre ligne : --skip {}", Place::pupil(*line))]
        }
        _ if what.severity() == Severity::Decision => {
            vec![format!("{} : --accept {place}", accepted(what))]
        }
        _ => vec!["corriger le fichier".to_owned()],
    };
    ways.push(skip);
    ways
}

/// What accepting means.
pub(super) fn accepted(what: &What) -> &'static str {
    match what {
        What::NoSuchChild { .. } => "importer sans cet enfant",
        What::OtherLevel { .. } | What::OtherNamesake { .. } => "c'est bien cet élève",
        What::NoGuardian => "ouvrir un dossier sans responsable",
        What::UnknownLevel(_) => "garder ce niveau tel quel",
        What::SharedEmail { .. } => "importer sans compte",
        What::GuardiansDiffer { .. } => "garder les valeurs de la première ligne",
        What::ExtraCells(_) => "importer sans ce texte",
        What::LooksLike { .. } => "c'est un autre enfant",
        What::SameIne { .. } => "c'est le même enfant, à corriger",
        What::OtherDossier => "le changer de dossier",
        What::Homonyms { .. } => "élève choisi",
        _ => "importer",
    }
}
