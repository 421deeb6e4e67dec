//! Rows in one text. What a statement joins with `string_agg`, words with a blank and rows with a
//! comma, comes in one row: with SQLite each row takes its way from the connection's thread, with
//! both databases each of its columns is unpacked by itself, which costs far more than the reading.

use std::str::FromStr;

use super::StoreError;

/// The words of each row; no text is no row.
pub(super) fn rows<'a, const WORDS: usize>(
    text: Option<&'a str>,
    table: &'static str,
) -> impl Iterator<Item = Result<[&'a str; WORDS], StoreError>> {
    text.into_iter().flat_map(|text| text.split(',')).map(move |row| {
        let words: Vec<_> = row.split(' ').collect();
        words.try_into().map_err(|_| StoreError::corrupt(table, "*", row))
    })
}

/// A word that is a number or a date.
pub(super) fn word<T: FromStr>(
    word: &str,
    table: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    word.parse().map_err(|_| StoreError::corrupt(table, column, word))
}
