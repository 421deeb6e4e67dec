//! Levels of French primary schools.

use super::name::key;

/// From nursery school to the last year, and the classes for inclusion.
pub const LEVELS: [&str; 10] = ["TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "ULIS"];

/// The level that a cell holds: `ce 2` is `CE2`.
#[must_use]
pub fn parse(cell: &str) -> Option<&'static str> {
    let text = key(cell).replace(' ', "").to_uppercase();
    LEVELS.into_iter().find(|level| *level == text)
}

/// The levels that a class's name speaks of: `CLASSE  CE1-CE2` names two.
#[must_use]
pub fn named_in(class: &str) -> Vec<&'static str> {
    let text = key(class).to_uppercase();
    let words: Vec<_> = text.split(' ').collect();
    LEVELS.into_iter().filter(|level| words.contains(level)).collect()
}

/// Whether a class's name speaks of levels, and a pupil's is none of them. A class for inclusion
/// has pupils of all levels, and a level that nobody knows excludes nothing.
#[must_use]
pub fn excludes(class: &str, level: &str) -> bool {
    let named = named_in(class);
    !named.is_empty()
        && !named.contains(&"ULIS")
        && level != "ULIS"
        && LEVELS.contains(&level)
        && !named.contains(&level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_as_schools_write_them() {
        assert_eq!(parse(" ce2"), Some("CE2"));
        assert_eq!(parse("CM 1"), Some("CM1"));
        assert_eq!(parse("CE3"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_class_excludes_the_levels_that_it_does_not_name() {
        assert!(excludes("CLASSE  CE2", "CM2"));
        assert!(!excludes("CLASSE  CE1-CE2", "CE2"));
        for (class, level) in [("Mme Roux", "CE2"), ("ULIS", "CE2"), ("CE2", "ULIS"), ("CE2", "")] {
            assert!(!excludes(class, level), "{class} {level}");
        }
    }

    #[test]
    fn a_class_may_name_no_level_one_or_two() {
        assert_eq!(named_in("CLASSE  CE2"), ["CE2"]);
        assert_eq!(named_in("PS/MS Mme Roux"), ["PS", "MS"]);
        assert!(named_in("Classe de Mme Cep").is_empty());
    }
}
