//! Names as two files, or two years, write them: compared without case, accents, hyphens,
//! apostrophes and double spaces.

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A cell's text: composed letters, no space at the ends, single spaces inside.
#[must_use]
pub fn tidy(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form in which names and column titles are compared: `« Zoé  Lœb-d’Arc »` is
/// `zoe loeb d arc`.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for letter in letters {
        match letter {
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            'ß' => key.push_str("ss"),
            'ø' => key.push('o'),
            'ł' => key.push('l'),
            'đ' => key.push('d'),
            'ı' => key.push('i'),
            _ if letter.is_alphanumeric() => key.push(letter),
            _ if is_combining_mark(letter) || key.ends_with(' ') || key.is_empty() => {}
            _ => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Whether each word of a search begins a word of a name, both as [`key`] writes them.
#[must_use]
pub fn is_found(search: &str, name: &str) -> bool {
    let begins = |word: &str| name.split(' ').any(|part| part.starts_with(word));
    search.split(' ').all(begins)
}

/// A person's name, to be compared: the family name or the name in use, and the first name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameKey {
    first: String,
    last: BTreeSet<String>,
}

impl NameKey {
    /// The key of a name; one of the two last names may be empty.
    #[must_use]
    pub fn new(last_name: &str, usage_name: &str, first_name: &str) -> Self {
        let last = [last_name, usage_name].map(key).into_iter().filter(|name| !name.is_empty());
        Self { first: key(first_name), last: last.collect() }
    }

    /// Whether the two can be the same person: same first name, and a last name in common.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.first == other.first && !self.last.is_disjoint(&other.last)
    }
}

/// Finds by name.
#[derive(Debug, Default)]
pub(super) struct NameIndex(HashMap<(String, String), Vec<usize>>);

impl NameIndex {
    pub(super) fn insert(&mut self, name: &NameKey, value: usize) {
        for last in &name.last {
            self.0.entry((name.first.clone(), last.clone())).or_default().push(value);
        }
    }

    /// All that match, in order.
    pub(super) fn find(&self, name: &NameKey) -> BTreeSet<usize> {
        name.last
            .iter()
            .filter_map(|last| self.0.get(&(name.first.clone(), last.clone())))
            .flatten()
            .copied()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_search_finds_by_the_beginning_of_each_word() {
        let name = key("Éliott Da Costa");
        for (search, found) in [
            ("eli", true),
            ("Costa ÉLI", true),
            ("cos da", true),
            ("liott", false),
            ("elio x", false),
        ] {
            assert_eq!(is_found(&key(search), &name), found, "{search}");
        }
    }

    #[test]
    fn the_same_name_however_it_is_written() {
        for (written, same) in [
            ("Jean-Luc", "JEAN  LUC"),
            ("Hélène", "He\u{301}le\u{300}ne"),
            ("N’Diaye", "N'DIAYE"),
            ("Lœb", "LOEB"),
            ("Weiß", "WEISS"),
            ("\u{a0}Le Bihan ", "le\u{202f}bihan"),
            ("Łukasz Đorđe Bjørn", "lukasz dorde bjorn"),
        ] {
            assert_eq!(key(written), key(same));
        }
        assert_eq!(key("« Zoé  Lœb-d’Arc »"), "zoe loeb d arc");
        assert_ne!(key("Le Roy"), key("Leroy"));
        assert_eq!(key(" - "), "");
    }

    #[test]
    fn either_last_name_will_do_but_no_name_matches_nothing() {
        let pupil = NameKey::new("Martin", "Favre", "Léa");
        assert!(pupil.matches(&NameKey::new("FAVRE", "", "lea")));
        assert!(pupil.matches(&NameKey::new("Dupont", "Martin", "Lea")));
        assert!(!pupil.matches(&NameKey::new("Martin", "", "Léo")));
        assert!(!NameKey::new("", "", "Léa").matches(&NameKey::new("", "", "Léa")));
    }

    #[test]
    fn the_index_finds_what_matches() {
        let mut index = NameIndex::default();
        index.insert(&NameKey::new("Martin", "Favre", "Léa"), 0);
        index.insert(&NameKey::new("Martin", "", "Tom"), 1);
        index.insert(&NameKey::new("Favre", "", "Lea"), 2);
        assert_eq!(index.find(&NameKey::new("Favre", "Martin", "LÉA")), [0, 2].into());
        assert_eq!(index.find(&NameKey::new("Martin", "", "Tom")), [1].into());
        assert!(index.find(&NameKey::new("", "", "Tom")).is_empty());
    }

    #[test]
    fn a_tidy_cell() {
        assert_eq!(tidy("  Rue\u{a0} des\r\n  E\u{301}coles "), "Rue des Écoles");
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,30}|[A-Za-zÀ-ÿŒœ'’ -]{0,30}") {
            prop_assert_eq!(key(&key(&text)), key(&text));
            prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
            prop_assert_eq!(key(&tidy(&text)), key(&text));
        }

        #[test]
        fn case_and_separators_do_not_count(words in proptest::collection::vec("[a-zéèêëàâîïôöûüç]{1,8}", 1..4)) {
            let spaced = words.join("  ");
            prop_assert_eq!(key(&words.join("-").to_uppercase()), key(&spaced));
            prop_assert_eq!(key(&words.join("’")), key(&spaced));
        }
    }
}
