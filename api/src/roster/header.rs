//! Columns, found by their titles and never by position.

use std::collections::HashMap;

use domain::roster::key;

/// Words that say nothing: `Date de naissance` is `Date naissance`.
const FILLERS: [&str; 8] = ["d", "de", "du", "des", "l", "la", "le", "les"];

/// The form in which titles are compared: without case, accents, apostrophes, spaces and plurals.
fn title_key(title: &str) -> String {
    let words = key(title);
    let words = words.split(' ').filter(|word| !FILLERS.contains(word));
    words.map(|word| word.strip_suffix(['s', 'x']).unwrap_or(word)).collect()
}

/// A file's header.
pub(super) struct Header<'a> {
    titles: &'a [String],
    columns: HashMap<String, Vec<usize>>,
}

impl<'a> Header<'a> {
    pub(super) fn new(titles: &'a [String]) -> Self {
        let mut columns: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, title) in titles.iter().enumerate() {
            columns.entry(title_key(title)).or_default().push(at);
        }
        Self { titles, columns }
    }

    /// The columns of a title, in order.
    pub(super) fn all(&self, title: &str) -> &[usize] {
        self.columns.get(&title_key(title)).map_or(&[], Vec::as_slice)
    }

    /// The first column that bears one of the titles; the first title is preferred.
    pub(super) fn first(&self, titles: &[&str]) -> Option<usize> {
        titles.iter().find_map(|title| self.all(title).first().copied())
    }

    /// The titles that none of the known ones matches.
    pub(super) fn unknown(&self, known: &[&str]) -> Vec<String> {
        let known: Vec<_> = known.iter().map(|title| title_key(title)).collect();
        let mut unknown: Vec<_> = self
            .titles
            .iter()
            .filter(|title| !title.is_empty() && !known.contains(&title_key(title)))
            .cloned()
            .collect();
        unknown.dedup();
        unknown
    }

    /// What stands in cells that have no titled column.
    pub(super) fn beyond(&self, cells: &[String]) -> Option<String> {
        let titled = |at: usize| self.titles.get(at).is_some_and(|title| !title.is_empty());
        let extra = cells.iter().enumerate();
        let extra: Vec<_> = extra
            .filter(|(at, cell)| !cell.is_empty() && !titled(*at))
            .map(|(_, cell)| cell.as_str())
            .collect();
        (!extra.is_empty()).then(|| extra.join(" ; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_all_their_spellings() {
        for (one, other) in [
            ("Nom d'usage élève", "NOM D’USAGE  ELEVE"),
            ("Nom usage responsable", "Nom d'usage Responsable"),
            ("Autorisation associations", "Autorisations association"),
            ("Cp1", "CP 1"),
            ("Date naissance", "Date de naissance"),
            ("Classes enfants", "Classe enfant"),
            (" Cycle", "cycle"),
        ] {
            assert_eq!(title_key(one), title_key(other));
        }
        assert_ne!(title_key("Adresse1"), title_key("Adresse2"));
        assert_ne!(title_key("Nom élève"), title_key("Prénom élève"));
    }

    #[test]
    fn repeated_unknown_and_missing_titles() {
        let titles = ["Nom", "", "Taille", "nom"].map(String::from);
        let header = Header::new(&titles);
        assert_eq!(header.all("NOM"), [0, 3]);
        assert_eq!(header.first(&["Libellé", "Taille"]), Some(2));
        assert_eq!(header.unknown(&["nom"]), ["Taille"]);
        let cells = ["a", "b", "", "", "", "c"].map(String::from);
        assert_eq!(header.beyond(&cells).as_deref(), Some("b ; c"));
        assert_eq!(header.beyond(&cells[..1]), None);
    }
}
