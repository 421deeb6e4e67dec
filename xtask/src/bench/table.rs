//! The rows that the measuring programs print, gathered into one table.

use std::fmt;
use std::process::Command;

use crate::process;

const HEAD: [&str; COLUMNS] = ["work", "measured", "against", "", "aim", ""];
const COLUMNS: usize = 6;

#[derive(Default)]
pub(super) struct Table {
    rows: Vec<[String; COLUMNS]>,
    /// A program that ended before it had said everything.
    broken: Vec<String>,
}

impl Table {
    /// Runs a program whose lines of `row`, the cells and a verdict (`met`, `missed`, `wrong`), all
    /// between tabs, are rows of the table; the others are notes for a person.
    pub(super) fn fill(&mut self, command: &mut Command) {
        let before = self.rows.len();
        let outcome = process::run_reading(command, |line| match cells(line) {
            Some(cells) => {
                println!("{}", cells.join("  "));
                self.rows.push(cells);
            }
            None => println!("{line}"),
        });
        // What went wrong is said by a row, unless there is none.
        let said = self.rows[before..].iter().any(|row| verdict(row) == "wrong");
        if let Err(error) = outcome
            && !said
        {
            self.broken.push(format!("{error:#}"));
        }
    }

    pub(super) fn is_wrong(&self) -> bool {
        !self.broken.is_empty() || self.count("wrong") > 0
    }

    pub(super) fn misses(&self) -> usize {
        self.count("missed")
    }

    fn count(&self, wanted: &str) -> usize {
        self.rows.iter().filter(|row| verdict(row) == wanted).count()
    }
}

fn verdict(row: &[String; COLUMNS]) -> &str {
    &row[COLUMNS - 1]
}

fn cells(line: &str) -> Option<[String; COLUMNS]> {
    let cells: Vec<_> = line.strip_prefix("row\t")?.split('\t').map(str::to_owned).collect();
    cells.try_into().ok()
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = HEAD.map(str::to_owned);
        let all = || std::iter::once(&head).chain(&self.rows);
        let width = |column: usize| {
            // A failure's words would make its column wider than any screen.
            let cells = all().filter(|row| verdict(row) != "wrong").map(|row| &row[column]);
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        for row in all() {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let blank = width(column).saturating_sub(cell.chars().count()) + 2;
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', blank));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        for error in &self.broken {
            writeln!(f, "error: {error}")?;
        }
        let (met, missed, wrong) = (self.count("met"), self.misses(), self.count("wrong"));
        write!(f, "\n{met} aims met, {missed} missed, {wrong} with wrong answers")
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Table;

    fn table(lines: &str, code: u8) -> Table {
        let mut table = Table::default();
        let script = format!("printf '{lines}'; exit {code}");
        table.fill(Command::new("sh").args(["-c", &script]));
        table
    }

    #[test]
    fn a_miss_is_counted_and_a_wrong_answer_told_apart() {
        let missed = table("note\\nrow\\twork\\t1/s\\t2/s\\t0.5 ×\\t≥ 1 ×\\tmissed\\n", 0);
        assert_eq!((missed.misses(), missed.is_wrong()), (1, false));
        let wrong = table("row\\twork\\twhy\\t\\t\\t\\twrong\\n", 1);
        assert_eq!((wrong.misses(), wrong.is_wrong()), (0, true));
        assert!(wrong.to_string().ends_with("0 aims met, 0 missed, 1 with wrong answers"));
    }

    #[test]
    fn a_program_that_breaks_off_is_no_success() {
        let broken = table("row\\twork\\t1\\t\\t\\t2\\tmet\\n", 3);
        assert!(broken.is_wrong() && broken.to_string().contains("error: `sh"), "{broken}");
    }
}
