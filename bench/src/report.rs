//! What a run says: a line of the table for each aim, with tabs, for `cargo xtask bench`; and
//! notes for a person.

use crate::measure::Rounds;

/// Marks the lines that are rows of the table.
const ROW: &str = "row";

/// One aim of the table.
pub(crate) struct Row<'a> {
    pub(crate) work: &'a str,
    pub(crate) measured: String,
    pub(crate) yardstick: String,
    pub(crate) figure: String,
    pub(crate) aim: String,
    pub(crate) met: bool,
}

pub(crate) fn row(row: &Row<'_>) {
    let Row { work, measured, yardstick, figure, aim, met } = row;
    let verdict = if *met { "met" } else { "missed" };
    println!("{ROW}\t{work}\t{measured}\t{yardstick}\t{figure}\t{aim}\t{verdict}");
}

/// Rates against a yardstick's: at least so many of them.
pub(crate) fn rate(work: &str, rounds: &Rounds, yardstick: &str, at_least: f64) {
    row(&Row {
        work,
        measured: format!("{:.0}/s", rounds.measured()),
        yardstick: format!("{yardstick} {:.0}/s", rounds.yardstick()),
        figure: format!("{:.2} ×", rounds.ratio()),
        aim: format!("≥ {at_least} ×"),
        met: rounds.ratio() >= at_least,
    });
}

/// Milliseconds against a yardstick's: at most so many of them.
pub(crate) fn time(work: &str, rounds: &Rounds, yardstick: &str, at_most: f64) {
    row(&Row {
        work,
        measured: format!("{:.2} ms", rounds.measured()),
        yardstick: format!("{yardstick} {:.2} ms", rounds.yardstick()),
        figure: format!("{:.1} ×", rounds.ratio()),
        aim: format!("≤ {at_most} ×"),
        met: rounds.ratio() <= at_most,
    });
}

pub(crate) fn note(text: &str) {
    println!("  {text}");
}

/// An answer was wrong, or none came: no figure of this work counts.
pub(crate) fn wrong(work: &str, error: &anyhow::Error) {
    println!("{ROW}\t{work}\t{}\t\t\t\twrong", format!("{error:#}").replace(['\t', '\n'], " "));
}
