//! What stands in the two files, line by line, before anything is checked.

use std::fmt;
use std::str::FromStr;

use super::name::NameKey;
use super::values::GuardianValues;

/// One of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    Pupils,
    Guardians,
}

/// A line of a file, counted from 1 as text editors do. Written `pupils:17`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub file: File,
    pub line: u32,
}

impl Place {
    /// A line of the pupils' file.
    #[must_use]
    pub fn pupil(line: u32) -> Self {
        Self { file: File::Pupils, line }
    }

    /// A line of the guardians' file.
    #[must_use]
    pub fn guardian(line: u32) -> Self {
        Self { file: File::Guardians, line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = match self.file {
            File::Pupils => "pupils",
            File::Guardians => "guardians",
        };
        write!(f, "{file}:{}", self.line)
    }
}

/// Not a place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("« {0} » : écrivez pupils:LIGNE ou guardians:LIGNE, par exemple pupils:17")]
pub struct NotAPlace(String);

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let parsed = text.split_once(':').and_then(|(file, line)| {
            let line = line.parse().ok().filter(|line| *line > 0)?;
            match file {
                "pupils" => Some(Self::pupil(line)),
                "guardians" => Some(Self::guardian(line)),
                _ => None,
            }
        });
        parsed.ok_or_else(|| NotAPlace(text.to_owned()))
    }
}

/// What is wrong with a line as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A quotation mark that is opened and not closed: the line swallows later ones.
    UnclosedQuote,
    /// Text in cells that the header has no column for.
    ExtraCells(String),
}

/// A pupil's line, its cells tidied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PupilLine {
    pub line: u32,
    pub last_name: String,
    pub usage_name: String,
    pub first_name: String,
    pub birth_date: String,
    pub sex: String,
    pub ine: String,
    pub level: String,
    pub class_name: String,
    pub defect: Option<Defect>,
}

impl PupilLine {
    pub(super) fn key(&self) -> NameKey {
        NameKey::new(&self.last_name, &self.usage_name, &self.first_name)
    }

    /// As a report names the pupil.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.usage_name)
    }
}

/// A guardian's line, its cells tidied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuardianLine {
    pub line: u32,
    pub values: GuardianValues,
    pub children: Vec<ChildCell>,
    pub defect: Option<Defect>,
}

/// A child as a guardian's line names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChildCell {
    pub last_name: String,
    pub usage_name: String,
    pub first_name: String,
    /// The class, in words of the guardians' file's own.
    pub class_name: String,
}

impl ChildCell {
    pub(super) fn key(&self) -> NameKey {
        NameKey::new(&self.last_name, &self.usage_name, &self.first_name)
    }

    /// As a report names the child.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.usage_name)
    }
}

/// First name, then the name in use or else the family name.
#[must_use]
pub fn full_name(first_name: &str, last_name: &str, usage_name: &str) -> String {
    let last = if usage_name.is_empty() { last_name } else { usage_name };
    format!("{first_name} {last}").trim().to_owned()
}

/// The two files, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    pub pupils: Vec<PupilLine>,
    pub guardians: Vec<GuardianLine>,
    /// Columns that no use is known for, by their titles.
    pub unknown_columns: Vec<(Place, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_back() {
        for place in [Place::pupil(17), Place::guardian(2)] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in ["pupils", "pupils:0", "pupils:-1", "eleves:3", "17", "pupils:1:2"] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }
}
