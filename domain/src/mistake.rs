//! What is wrong with a field or a list of a request's body, in words.

use chrono::NaiveDate;

use crate::dates;
use crate::problem::Language;

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldMistake {
    /// Nothing is in it.
    Missing,
    /// It may have so many characters.
    TooLong(usize),
    /// It may be so much at most.
    TooMuch(u32),
    /// The end comes before the start.
    Reversed,
    /// It has to be a day before this one.
    NotBefore(NaiveDate),
    /// It is no e-mail address.
    NoEmail,
    /// It is no SIRET: 14 digits with their check.
    NoSiret,
}

impl FieldMistake {
    /// What to correct.
    #[must_use]
    pub fn advice(self, language: Language) -> String {
        match (self, language) {
            (Self::Missing, Language::French) => "Remplissez ce champ.".to_owned(),
            (Self::Missing, Language::English) => "Fill in this field.".to_owned(),
            (Self::TooLong(most), Language::French) => {
                format!("Écrivez {most} caractères au plus.")
            }
            (Self::TooLong(most), Language::English) => {
                format!("Write at most {most} characters.")
            }
            (Self::TooMuch(most), Language::French) => format!("Donnez {most} au plus."),
            (Self::TooMuch(most), Language::English) => format!("Give at most {most}."),
            (Self::Reversed, Language::French) => {
                "La fin vient avant le début. Corrigez l'une des dates.".to_owned()
            }
            (Self::Reversed, Language::English) => {
                "The end comes before the start. Correct one of the dates.".to_owned()
            }
            (Self::NotBefore(day), _) => {
                let day = dates::full(day, language);
                match language {
                    Language::French => format!("Choisissez un jour avant le {day}."),
                    Language::English => format!("Choose a day before {day}."),
                }
            }
            (Self::NoEmail, Language::French) => {
                "Écrivez une adresse e-mail, comme camille@exemple.fr.".to_owned()
            }
            (Self::NoEmail, Language::English) => {
                "Write an e-mail address, like camille@example.org.".to_owned()
            }
            (Self::NoSiret, Language::French) => {
                "Un SIRET a 14 chiffres, et ceux-ci n'en font pas un. Recopiez-le.".to_owned()
            }
            (Self::NoSiret, Language::English) => {
                "A SIRET has 14 digits, and these make none. Copy it again.".to_owned()
            }
        }
    }
}

/// What is wrong with a list in a request's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListMistake {
    Empty,
    /// It may have so many entries.
    TooLong(usize),
    /// An entry that is there already.
    Twice,
}

impl ListMistake {
    /// What to correct.
    #[must_use]
    pub fn advice(self, language: Language) -> String {
        match (self, language) {
            (Self::Empty, Language::French) => "La liste est vide.".to_owned(),
            (Self::Empty, Language::English) => "The list is empty.".to_owned(),
            (Self::TooLong(most), Language::French) => {
                format!("La liste a plus de {most} lignes. Envoyez-la en plusieurs fois.")
            }
            (Self::TooLong(most), Language::English) => {
                format!("The list has more than {most} entries. Send it in parts.")
            }
            (Self::Twice, Language::French) => {
                "Cette ligne est déjà dans la liste. Enlevez-la.".to_owned()
            }
            (Self::Twice, Language::English) => {
                "This entry is in the list already. Take it out.".to_owned()
            }
        }
    }

    /// The first mistake of a list, and the position of the entry that it is about.
    pub fn find<T, K: Eq + std::hash::Hash>(
        list: &[T],
        most: usize,
        key: impl Fn(&T) -> K,
    ) -> Option<(Option<usize>, Self)> {
        if list.is_empty() {
            return Some((None, Self::Empty));
        }
        if list.len() > most {
            return Some((None, Self::TooLong(most)));
        }
        let mut seen = std::collections::HashSet::new();
        let twice = list.iter().position(|entry| !seen.insert(key(entry)))?;
        Some((Some(twice), Self::Twice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_neither_empty_nor_too_long_and_name_nothing_twice() {
        let find = |list: &[u8]| ListMistake::find(list, 3, |entry| *entry);
        assert_eq!(find(&[]), Some((None, ListMistake::Empty)));
        assert_eq!(find(&[1, 2, 3]), None);
        assert_eq!(find(&[1, 2, 3, 4]), Some((None, ListMistake::TooLong(3))));
        assert_eq!(find(&[1, 2, 1]), Some((Some(2), ListMistake::Twice)));
    }
}
