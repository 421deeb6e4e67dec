//! A CSV file as rows of tidied cells, each with the line on which it starts.

use csv::{ReaderBuilder, StringRecord};
use domain::roster::tidy;

/// A row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Counted from 1, as text editors do.
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
    /// A quotation mark is opened and not closed: the cells are what stands between semicolons.
    pub(super) unclosed: bool,
}

/// All rows that are not empty; the first is the header.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, csv::Error> {
    let mut rows = Vec::new();
    let mut line = 1;
    let mut rest = text;
    // A quotation mark that is not closed swallows the lines below: they are read afresh.
    loop {
        let damaged = read(rest, &mut line, &mut rows)?;
        let Some(start) = damaged else { break };
        let (broken, below) = rest[start..].split_once('\n').unwrap_or((&rest[start..], ""));
        let cells = broken.split(';').map(|cell| tidy(&cell.replace('"', ""))).collect();
        rows.push(Row { line, cells, unclosed: true });
        line += 1;
        rest = below;
    }
    let hint = |row: &Row| row.cells.first().is_some_and(|cell| cell.starts_with("sep="));
    rows.retain(|row| !hint(row) && row.cells.iter().any(|cell| !cell.is_empty()));
    Ok(rows)
}

/// Reads on until the end or until a damaged row, whose start it answers. `line` is that of the
/// text's start, then of where reading stopped.
fn read(text: &str, line: &mut u32, rows: &mut Vec<Row>) -> Result<Option<usize>, csv::Error> {
    let mut reader = ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut counted = 0;
    while reader.read_record(&mut record)? {
        let at = record.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        // The reader's position may lie before blank lines.
        let start = text[at..].find(|c| c != '\n').map_or(at, |blank| at + blank);
        let ends = text[counted..start].bytes().filter(|byte| *byte == b'\n').count();
        *line += u32::try_from(ends).unwrap_or(u32::MAX);
        counted = start;
        if record.iter().any(|cell| cell.contains('\n') && cell.contains(';')) {
            return Ok(Some(start));
        }
        let cells = record.iter().map(tidy).collect();
        rows.push(Row { line: *line, cells, unclosed: false });
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<(u32, Vec<String>, bool)> {
        rows(text).unwrap().into_iter().map(|row| (row.line, row.cells, row.unclosed)).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>, bool) {
        (line, cells.iter().map(|&cell| cell.to_owned()).collect(), false)
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "a;b\n\n1; 2 \n;;;\n\"3\";\"x\ny\"\n4;5;6\n\n\n7";
        assert_eq!(
            table(text),
            [
                row(1, &["a", "b"]),
                row(3, &["1", "2"]),
                row(5, &["3", "x y"]),
                row(7, &["4", "5", "6"]),
                row(10, &["7"]),
            ]
        );
        assert_eq!(table("\n\nsep=;\na;b"), [row(4, &["a", "b"])]);
        assert_eq!(table(""), []);
    }

    #[test]
    fn an_unclosed_quotation_mark_damages_its_own_line_alone() {
        for below in ["Favre;Zoé\nRoux;Tom\n", "\"Favre\";\"Zoé\"\n\"Roux\";\"Tom\"\n"] {
            let text = format!("a;b\nMartin;Léa\n\"Petit;Max\n{below}");
            let damaged = (3, vec!["Petit".to_owned(), "Max".to_owned()], true);
            assert_eq!(
                table(&text),
                [
                    row(1, &["a", "b"]),
                    row(2, &["Martin", "Léa"]),
                    damaged,
                    row(4, &["Favre", "Zoé"]),
                    row(5, &["Roux", "Tom"]),
                ]
            );
        }
    }

    #[test]
    fn semicolons_and_doubled_quotes_in_quotes_belong_to_the_cell() {
        assert_eq!(table("\"1; rue\";\"dit \"\"Léo\"\"\""), [row(1, &["1; rue", "dit \"Léo\""])]);
    }
}
