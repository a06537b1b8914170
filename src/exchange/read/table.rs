//! Tables: comma-separated values and the like.

use serde_json::Value as Json;

use super::{Format, Input};
use crate::exchange::{Location, Row, Rows, Skipped, dates, mapping};

/// Signs that separate cells, the most usual first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A longer first cell is hardly the name of a column.
const LONG: usize = 40;

pub(super) const FORMAT: Format = Format { extensions: &["csv", "tsv", "tab"], looks_like, read };

/// How many lines tell whether a text is a table.
const SAMPLE: usize = 10;

/// Whether every one of the first lines has the same number of tabs.
fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE);
    let tabs = |line: &str| line.matches('\t').count();
    let first = lines.next().filter(|line| !line.starts_with('\t'));
    let Some(expected) = first.map(tabs).filter(|tabs| *tabs > 0) else { return false };
    let mut below = lines.map(tabs).peekable();
    below.peek().is_some() && below.all(|tabs| tabs == expected)
}

/// Whether the first two lines have the same number of separators.
pub(super) fn may_be(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    SEPARATORS.iter().any(|sign| {
        let count = |line: &str| line.matches(*sign).count();
        count(first) > 0 && count(first) == count(second)
    })
}

/// Reads a table. Its first line names the columns, unless that looks like a
/// row itself; then they are called `column 1`, `column 2`, …
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let Input { name, text, .. } = *input;
    let separator = separator(name, text);
    let mut rows = Rows::new(if separator == b'\t' { "TSV" } else { "CSV" });
    let mut header: Option<Vec<String>> = None;
    for (line, cells) in records(name, text, separator)? {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let location = Location { file: name.to_owned(), line };
        let named = match &header {
            Some(named) => named,
            None if is_header(&cells) => {
                header = Some(names(&cells));
                continue;
            }
            None => header.insert((1..=cells.len()).map(|at| format!("column {at}")).collect()),
        };
        if cells.iter().skip(named.len()).any(|cell| !cell.trim().is_empty()) {
            let (found, expected) = (cells.len(), named.len());
            rows.skip(location, format!("{found} cells where there are {expected} columns"));
            continue;
        }
        let cells = named.iter().cloned().zip(cells);
        let cells = cells.filter(|(_, cell)| !cell.trim().is_empty());
        let cells = cells.map(|(name, cell)| (name, Json::String(cell))).collect();
        rows.rows.push(Row { location, cells });
    }
    Ok(rows)
}

/// The records with the line on which each begins.
fn records(name: &str, text: &str, separator: u8) -> Result<Vec<(usize, Vec<String>)>, Skipped> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            let location =
                Location { file: name.to_owned(), line: usize::try_from(line).unwrap_or(1) };
            Skipped { location, message: error.to_string() }
        })?;
        let line = record.position().map_or(1, |position| first_line(text, position));
        records.push((line, record.iter().map(undefused).collect()));
    }
    Ok(records)
}

/// The line on which a record begins: its position may lie on empty lines above.
fn first_line(text: &str, position: &csv::Position) -> usize {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let behind = text.as_bytes().get(start..).unwrap_or_default();
    let above = behind.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    let above = above.filter(|byte| **byte == b'\n').count();
    usize::try_from(position.line()).unwrap_or(usize::MAX).saturating_add(above)
}

/// A cell without the quote that disarms a formula, and with plain line ends.
fn undefused(cell: &str) -> String {
    let formula = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    formula.unwrap_or(cell).replace("\r\n", "\n")
}

/// A tab where the name says so, else what the first line holds most of outside
/// of quotes.
fn separator(name: &str, text: &str) -> u8 {
    if name.ends_with(".tsv") || name.ends_with(".tab") {
        return b'\t';
    }
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = line.split('"').step_by(2).collect();
    let count = |sign: &char| outside.matches(*sign).count();
    // The last of equals would win.
    let best = SEPARATORS.iter().rev().max_by_key(|sign| count(sign));
    best.and_then(|sign| u8::try_from(*sign).ok()).unwrap_or(b',')
}

/// Whether a record names columns: one of its cells is a name that is known, or
/// none of several looks like a value.
fn is_header(cells: &[String]) -> bool {
    let is_value = |cell: &String| {
        let cell = cell.trim();
        cell.parse::<f64>().is_ok()
            || cell.contains("://")
            || dates::day(cell, dates::DateOrder::Unknown).is_some()
            || cell.chars().count() > LONG
    };
    cells.iter().any(|cell| mapping::is_known(cell))
        || (cells.len() > 1 && !cells.iter().any(is_value))
}

/// The names of columns, each its own.
fn names(cells: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        let name = match cell.split_whitespace().collect::<Vec<_>>().join(" ") {
            name if name.is_empty() => format!("column {}", at + 1),
            name => name,
        };
        let name = crate::domain::unique(name, |name| names.iter().any(|other| other == name));
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Rows, Skipped> {
        super::read(&Input { name, text, shape: None })
    }

    fn cells(rows: &Rows) -> Vec<Vec<(&str, &str)>> {
        let cell = |(name, value): &'_ (String, Json)| {
            (name.clone().leak() as &str, value.as_str().unwrap().to_owned().leak() as &str)
        };
        rows.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect()
    }

    #[test]
    fn separators_quotes_and_lines_are_understood() {
        let text = "Title;Notes\n\"a; b\";\"two\nlines\"\n\nc;\n";
        let rows = read("x.csv", text).unwrap();
        let expected = vec![vec![("Title", "a; b"), ("Notes", "two\nlines")], vec![("Title", "c")]];
        assert_eq!(cells(&rows), expected);
        assert_eq!(rows.rows[1].location.to_string(), "x.csv:5");
    }

    #[test]
    fn a_first_line_that_is_a_row_is_one() {
        let rows = read("x.csv", "Train small teachers,2024-03-01\nAsk the solver,2024-04-01\n");
        let rows = rows.unwrap();
        assert_eq!(rows.rows.len(), 2);
        assert_eq!(rows.rows[0].cells[1].0, "column 2");
        assert_eq!(read("x.csv", "one\ntwo\n").unwrap().rows.len(), 2);
    }

    #[test]
    fn a_row_with_too_much_is_named() {
        let rows = read("x.csv", "title,tags\na,b\nc,d,e\nf,g,\n").unwrap();
        assert_eq!(rows.rows.len(), 2);
        assert_eq!(rows.skipped[0].location.line, 3);
        assert!(rows.skipped[0].message.contains("3 cells"), "{:?}", rows.skipped);
    }
}
