//! The three-way difference: what the last import brought, what stands now, what the file has.

use super::values::{Change, Field, GuardianValues};

/// What an import makes of a guardian's values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The values from now on.
    pub values: GuardianValues,
    /// What to remember as this import's values.
    pub imported: GuardianValues,
    /// Updated from the file.
    pub changes: Vec<Change>,
    /// Changed in the portal, so kept: `old` is the portal's value, `new` the file's.
    pub kept: Vec<Change>,
}

/// Merges field by field. A value that the portal did not touch follows the file; one that it
/// did stays, and is reported where it differs from the file. An empty cell says nothing.
#[must_use]
pub fn merge(last: &GuardianValues, now: &GuardianValues, file: &GuardianValues) -> Merged {
    let mut merged = Merged { values: now.clone(), imported: last.clone(), ..Merged::default() };
    let sources = last.fields().into_iter().zip(now.fields()).zip(file.fields());
    let targets = merged.values.fields_mut().into_iter().zip(merged.imported.fields_mut());
    for ((((field, last), (_, now)), (_, file)), ((_, value), (_, imported))) in
        sources.zip(targets)
    {
        if !file.is_empty() {
            file.clone_into(imported);
        }
        if same(field, now, file) {
            continue;
        }
        let change = || Change { field, old: now.to_owned(), new: file.to_owned() };
        if !same(field, now, last) {
            merged.kept.push(change());
        } else if !file.is_empty() {
            merged.changes.push(change());
            file.clone_into(value);
        }
    }
    merged
}

/// The portal and the schools write phone numbers with different spaces and dots.
pub(super) fn same(field: Field, a: &str, b: &str) -> bool {
    match field {
        Field::HomePhone | Field::WorkPhone | Field::MobilePhone => {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            digits(a) == digits(b)
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phone(number: &str) -> GuardianValues {
        GuardianValues { mobile_phone: number.into(), ..GuardianValues::default() }
    }

    /// (last, now, file) → (values, imported, changed, kept)
    fn case(last: &str, now: &str, file: &str) -> (String, String, usize, usize) {
        let merged = merge(&phone(last), &phone(now), &phone(file));
        let values = (merged.values.mobile_phone, merged.imported.mobile_phone);
        (values.0, values.1, merged.changes.len(), merged.kept.len())
    }

    #[test]
    fn all_ways_in_which_three_values_can_differ() {
        let is = |values: &str, imported: &str, changed, kept| {
            (values.to_owned(), imported.to_owned(), changed, kept)
        };
        assert_eq!(case("1", "1", "1"), is("1", "1", 0, 0), "nothing changed");
        assert_eq!(case("1", "1", "2"), is("2", "2", 1, 0), "the school changed it");
        assert_eq!(case("1", "2", "1"), is("2", "1", 0, 1), "the parent changed it");
        assert_eq!(case("1", "2", "2"), is("2", "2", 0, 0), "both made the same change");
        assert_eq!(case("1", "2", "3"), is("2", "3", 0, 1), "both changed it: the parent's stays");
        assert_eq!(case("1", "1", ""), is("1", "1", 0, 0), "an empty cell says nothing");
        assert_eq!(case("1", "2", ""), is("2", "1", 0, 1), "kept, and differs");
        assert_eq!(case("1", "", "1"), is("", "1", 0, 1), "the parent took it out");
        assert_eq!(case("", "", "1"), is("1", "1", 1, 0), "the school adds it");
        assert_eq!(case("", "2", "1"), is("2", "1", 0, 1), "added by both: the parent's stays");
    }

    #[test]
    fn spaces_and_dots_in_a_phone_number_are_no_change() {
        let merged =
            merge(&phone("0450000001"), &phone("04 50 00 00 01"), &phone("04.50.00.00.01"));
        assert_eq!((merged.changes, merged.kept), (Vec::new(), Vec::new()));
        assert_eq!(merged.values.mobile_phone, "04 50 00 00 01");
    }

    proptest! {
        /// The same file again changes nothing; and a portal's edit is never lost.
        #[test]
        fn merging_twice_is_merging_once(last in "[0-3]?", now in "[0-3]?", file in "[0-3]?") {
            let first = merge(&phone(&last), &phone(&now), &phone(&file));
            let again = merge(&first.imported, &first.values, &phone(&file));
            prop_assert_eq!(&again.values, &first.values);
            prop_assert_eq!(&again.imported, &first.imported);
            prop_assert!(again.changes.is_empty());
            if now != last { prop_assert_eq!(first.values.mobile_phone, now); }
        }
    }
}
