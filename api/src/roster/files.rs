//! The two files, from bytes to lines.

use domain::roster::{
    ChildCell, Defect, File, GuardianLine, GuardianValues, Place, PupilLine, Roster,
};

use super::header::Header;
use super::table::{self, Row};
use super::text::{self, Charset};

/// A column: the titles that it may bear, the usual one first.
type Column = &'static [&'static str];

const LAST_NAME: Column = &["Nom élève", "Nom de famille élève"];
const USAGE_NAME: Column = &["Nom d'usage élève"];
const FIRST_NAME: Column = &["Prénom élève"];
const BIRTH_DATE: Column = &["Date naissance"];
const SEX: Column = &["Sexe"];
const INE: Column = &["INE"];
const LEVEL: Column = &["Niveau"];
const CLASS: Column = &["Libellé classe", "Classe"];
const PUPIL_NEEDS: [Column; 5] = [LAST_NAME, FIRST_NAME, BIRTH_DATE, LEVEL, CLASS];
/// Known, and of no use here: addresses come with the guardians.
const PUPIL_UNUSED: Column = &[
    "Adresse1",
    "Cp1",
    "Commune1",
    "Pays1",
    "Adresse2",
    "Cp2",
    "Commune2",
    "Pays2",
    "Cycle",
    "Identifiant classe",
    "Attestation fournie",
    "Autorisation associations",
    "Autorisation photo",
    "Décision de passage",
];

const CIVILITY: Column = &["Civilité responsable"];
const GUARDIAN_LAST_NAME: Column = &["Nom responsable", "Nom de famille responsable"];
const GUARDIAN_USAGE_NAME: Column = &["Nom usage responsable"];
const GUARDIAN_FIRST_NAME: Column = &["Prénom responsable"];
const ADDRESS: Column = &["Adresse responsable"];
const POSTCODE: Column = &["CP responsable"];
const CITY: Column = &["Commune responsable"];
const COUNTRY: Column = &["Pays", "Pays responsable"];
const EMAIL: Column = &["Courriel", "Courriel responsable"];
const HOME_PHONE: Column = &["Téléphone domicile"];
const WORK_PHONE: Column = &["Téléphone travail"];
const MOBILE_PHONE: Column = &["Téléphone portable"];
const CHILD_LAST_NAME: Column = &["Nom de famille enfant"];
const CHILD_USAGE_NAME: Column = &["Nom d'usage enfant"];
const CHILD_FIRST_NAME: Column = &["Prénom enfant"];
const CHILD_CLASS: Column = &["Classes enfants"];
const GUARDIAN_NEEDS: [Column; 5] =
    [GUARDIAN_LAST_NAME, GUARDIAN_FIRST_NAME, EMAIL, CHILD_LAST_NAME, CHILD_FIRST_NAME];

/// Why a file can't be read at all.
#[derive(Debug, thiserror::Error)]
#[error("fichier des {} : {why}", match .file {
    File::Pupils => "élèves",
    File::Guardians => "responsables",
})]
pub struct ReadError {
    pub file: File,
    pub why: Unreadable,
}

/// Why the two files can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ReadErrors(pub Vec<ReadError>);

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("c'est un classeur, pas un export CSV. Chargez le fichier tel qu'ONDE l'a exporté.")]
    Spreadsheet,
    #[error("le fichier est vide.")]
    Empty,
    #[error("{}", missing(.columns, *.other_file))]
    MissingColumns {
        columns: Vec<&'static str>,
        /// The header is that of the other file.
        other_file: bool,
    },
    #[error("il ne se lit pas comme un CSV : {0}")]
    Csv(#[from] csv::Error),
}

fn missing(columns: &[&str], other_file: bool) -> String {
    let columns: Vec<_> = columns.iter().map(|column| format!("« {column} »")).collect();
    let noun = if columns.len() == 1 { "colonne absente" } else { "colonnes absentes" };
    let hint = if other_file {
        " C'est l'autre fichier de l'export : les deux ont été intervertis."
    } else {
        " Les colonnes se cherchent sur la première ligne, séparées par des points-virgules."
    };
    format!("{noun} : {}.{hint}", columns.join(", "))
}

/// One file's size and form, for the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    pub lines: usize,
    pub charset: Charset,
}

/// The two files, read.
#[derive(Clone, Debug)]
pub struct Files {
    pub roster: Roster,
    pub pupils: Source,
    pub guardians: Source,
}

/// Reads the two files; both errors are told at once.
pub fn read(pupils: &[u8], guardians: &[u8]) -> Result<Files, ReadErrors> {
    match (Sheet::open(File::Pupils, pupils), Sheet::open(File::Guardians, guardians)) {
        (Ok(pupils), Ok(guardians)) => {
            let mut roster = Roster::default();
            pupils.pupils(&mut roster);
            guardians.guardians(&mut roster);
            Ok(Files { roster, pupils: pupils.source(), guardians: guardians.source() })
        }
        (pupils, guardians) => {
            Err(ReadErrors(pupils.err().into_iter().chain(guardians.err()).collect()))
        }
    }
}

struct Sheet {
    file: File,
    header: Row,
    rows: Vec<Row>,
    charset: Charset,
}

impl Sheet {
    fn open(file: File, bytes: &[u8]) -> Result<Self, ReadError> {
        let (needs, other): (&[Column], &[Column]) = match file {
            File::Pupils => (&PUPIL_NEEDS, &GUARDIAN_NEEDS),
            File::Guardians => (&GUARDIAN_NEEDS, &PUPIL_NEEDS),
        };
        let open = || {
            if text::is_spreadsheet(bytes) {
                return Err(Unreadable::Spreadsheet);
            }
            let (text, charset) = text::decode(bytes);
            let mut rows = table::rows(&text)?.into_iter();
            let header = rows.next().ok_or(Unreadable::Empty)?;
            let titles = Header::new(&header.cells);
            let absent = |column: &&Column| titles.first(column).is_none();
            let columns: Vec<_> = needs.iter().filter(absent).map(|column| column[0]).collect();
            if !columns.is_empty() {
                let other_file = !other.iter().any(|column| absent(&column));
                return Err(Unreadable::MissingColumns { columns, other_file });
            }
            Ok((header, rows.collect(), charset))
        };
        let (header, rows, charset) = open().map_err(|why| ReadError { file, why })?;
        Ok(Self { file, header, rows, charset })
    }

    fn source(&self) -> Source {
        Source { lines: self.rows.len(), charset: self.charset }
    }

    fn name_unknown(&self, header: &Header, known: &[Column], roster: &mut Roster) {
        let place = Place { file: self.file, line: self.header.line };
        let unknown = header.unknown(&known.concat()).into_iter();
        roster.unknown_columns.extend(unknown.map(|title| (place, title)));
    }

    fn pupils(&self, roster: &mut Roster) {
        let header = Header::new(&self.header.cells);
        let known =
            [LAST_NAME, USAGE_NAME, FIRST_NAME, BIRTH_DATE, SEX, INE, LEVEL, CLASS, PUPIL_UNUSED];
        self.name_unknown(&header, &known, roster);
        for row in &self.rows {
            let cell = |column| cell(row, header.first(column));
            roster.pupils.push(PupilLine {
                line: row.line,
                last_name: cell(LAST_NAME),
                usage_name: cell(USAGE_NAME),
                first_name: cell(FIRST_NAME),
                birth_date: cell(BIRTH_DATE),
                sex: cell(SEX),
                ine: cell(INE),
                level: cell(LEVEL),
                class_name: cell(CLASS),
                defect: defect(row, &header),
            });
        }
    }

    fn guardians(&self, roster: &mut Roster) {
        let header = Header::new(&self.header.cells);
        let known = [
            CIVILITY,
            GUARDIAN_LAST_NAME,
            GUARDIAN_USAGE_NAME,
            GUARDIAN_FIRST_NAME,
            ADDRESS,
            POSTCODE,
            CITY,
            COUNTRY,
            EMAIL,
            HOME_PHONE,
            WORK_PHONE,
            MOBILE_PHONE,
            CHILD_LAST_NAME,
            CHILD_USAGE_NAME,
            CHILD_FIRST_NAME,
            CHILD_CLASS,
        ];
        self.name_unknown(&header, &known, roster);
        for row in &self.rows {
            let cell = |column| cell(row, header.first(column));
            let values = GuardianValues {
                civility: cell(CIVILITY),
                last_name: cell(GUARDIAN_LAST_NAME),
                usage_name: cell(GUARDIAN_USAGE_NAME),
                first_name: cell(GUARDIAN_FIRST_NAME),
                email: cell(EMAIL),
                home_phone: cell(HOME_PHONE),
                work_phone: cell(WORK_PHONE),
                mobile_phone: cell(MOBILE_PHONE),
                address: cell(ADDRESS),
                postcode: cell(POSTCODE),
                city: cell(CITY),
                country: cell(COUNTRY),
            };
            let children = children(row, &header);
            let defect = defect(row, &header);
            roster.guardians.push(GuardianLine { line: row.line, values, children, defect });
        }
    }
}

/// The groups of columns that bear the same titles, as many as there are.
fn children(row: &Row, header: &Header) -> Vec<ChildCell> {
    let columns = [CHILD_LAST_NAME, CHILD_USAGE_NAME, CHILD_FIRST_NAME, CHILD_CLASS];
    let columns = columns.map(|column| header.all(column[0]));
    let groups = columns.iter().map(|column| column.len()).max().unwrap_or_default();
    (0..groups)
        .map(|group| {
            let [last_name, usage_name, first_name, class_name] =
                columns.map(|column| cell(row, column.get(group).copied()));
            ChildCell { last_name, usage_name, first_name, class_name }
        })
        .filter(|child| !child.name().is_empty())
        .collect()
}

fn cell(row: &Row, column: Option<usize>) -> String {
    column.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
}

fn defect(row: &Row, header: &Header) -> Option<Defect> {
    if row.unclosed {
        return Some(Defect::UnclosedQuote);
    }
    header.beyond(&row.cells).map(Defect::ExtraCells)
}
