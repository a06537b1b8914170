//! Tables: comma-separated values and the like.

use serde_json::Value as Json;

use crate::domain::{DateOrder, EntryKind, Field, date_from_text};
use crate::exchange::{Format, Input, Location, Row, Rows, Skipped, column_names};

/// Signs that separate cells, the most usual first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A longer first cell is hardly the name of a column.
const LONG: usize = 40;

/// How many lines tell whether a text is a table, and of which kind.
const SAMPLE: usize = 20;

pub(super) const FORMAT: Format = Format { extensions: &["csv", "tsv", "tab"], looks_like, read };

/// Whether a text says its separator, or has the same number of cells in every one of
/// its first lines: with tabs between them, or below names of columns that are known.
fn looks_like(text: &str) -> bool {
    let text = text.trim_start_matches('\n');
    if text.lines().next().is_some_and(|line| said_separator(line).is_some()) {
        return true;
    }
    let end = text.match_indices('\n').nth(2 * SAMPLE).map_or(text.len(), |(at, _)| at);
    SEPARATORS.iter().any(|separator| {
        let mut records = records(&text[..end], *separator);
        records.retain(|record| record.filled() > 0);
        records.truncate(SAMPLE);
        let [first, below @ ..] = &records[..] else { return false };
        let cells = first.cells.len();
        let (known, is_even) = (first.known(), |record: &Record| record.cells.len() == cells);
        let is_named = known >= 2 && 2 * known >= cells && below.first().is_some_and(is_even);
        // Marks of a list may have tabs behind them.
        let is_named_first = first.cells[0].contains(char::is_alphanumeric);
        let has_tabs = *separator == '\t' && is_named_first && below.iter().all(is_even);
        cells > 1 && !below.is_empty() && (is_named || has_tabs)
    })
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

/// Reads a table. Its header is the first line that is as full as the rows below
/// it; where that looks like a row itself, the columns are called `column 1`,
/// `column 2`, … Columns of one name become one list.
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let separator = separator(input);
    let mut rows = Rows::new(if separator == '\t' { "TSV" } else { "CSV" });
    let mut records = records(input.text, separator);
    if records.first().is_some_and(|record| said_separator(&record.cells[0]).is_some()) {
        records.remove(0);
    }
    for record in &records {
        if let Some(line) = record.open_quote {
            let message =
                "a quote is opened here and never closed; it is read as a part of the text";
            rows.skip(input.location(line), message);
        }
    }
    records.retain(|record| record.filled() > 0);
    let at = header(&records);
    for record in records.drain(..at) {
        rows.skip(input.location(record.line), "above the header of the table");
    }
    let Some(first) = records.first() else { return Ok(rows) };
    let names = if is_header(&first.cells) {
        let names = names(&first.cells);
        records.remove(0);
        names
    } else {
        (1..=first.cells.len()).map(|at| format!("column {at}")).collect()
    };
    let is_own = is_own_export(&names);
    rows.keeps_ids = is_own;
    for record in records {
        let location = input.location(record.line);
        if record.cells.iter().skip(names.len()).any(|cell| !cell.trim().is_empty()) {
            let (found, expected) = (record.cells.len(), names.len());
            rows.skip(location, format!("{found} cells where there are {expected} columns"));
            continue;
        }
        rows.rows.push(row(location, &names, record.cells, is_own));
    }
    Ok(rows)
}

/// A row of cells with something in them; what columns of one name hold is a list.
fn row(location: Location, names: &[String], cells: Vec<String>, is_own: bool) -> Row {
    let mut row: Vec<(String, Json)> = Vec::new();
    for (name, cell) in names.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        // Our export puts a quote before what a spreadsheet would run, and before a
        // quote.
        let cell = match cell.strip_prefix('\'').filter(|_| is_own) {
            Some(inner) => inner.to_owned(),
            None => cell,
        };
        match row.iter_mut().find(|(known, _)| known == name) {
            Some((_, Json::Array(list))) => list.push(Json::String(cell)),
            Some((_, known)) => *known = Json::Array(vec![known.take(), Json::String(cell)]),
            None => row.push((name.clone(), Json::String(cell))),
        }
    }
    Row { location, cells: row }
}

/// A line of a table, or several where a quoted cell goes on.
struct Record {
    /// The line on which it begins, from 1.
    line: usize,
    cells: Vec<String>,
    /// The line of a quote that is never closed.
    open_quote: Option<usize>,
}

impl Record {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }

    /// How many cells are names of columns that are known.
    fn known(&self) -> usize {
        self.cells.iter().filter(|cell| column_names::is_known(cell)).count()
    }
}

/// The records of a table (RFC 4180). A quote that is never closed, or that is
/// closed lines later in the middle of a cell, is text of its own line: it must
/// not swallow the rows below.
fn records(text: &str, separator: char) -> Vec<Record> {
    let mut records = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        let mut record = Record { line, cells: Vec::new(), open_quote: None };
        loop {
            let start = at + text[at..].len() - text[at..].trim_start_matches(' ').len();
            let is_quoted = text[start..].starts_with('"');
            let quoted = is_quoted.then(|| quoted(text, start, separator)).flatten();
            if is_quoted && quoted.is_none() {
                record.open_quote = record.open_quote.or(Some(line));
            }
            let (cell, end) = quoted.unwrap_or_else(|| {
                let end = end_of_cell(text, at, separator);
                (text[at..end].to_owned(), end)
            });
            line += text[at..end].matches('\n').count();
            record.cells.push(cell);
            at = end + 1;
            if !text[end..].starts_with(separator) {
                break;
            }
        }
        line += 1;
        records.push(record);
    }
    records
}

/// A quoted cell and where it ends; `None` if the quote is not closed, or in the
/// middle of a later line.
fn quoted(text: &str, start: usize, separator: char) -> Option<(String, usize)> {
    let mut close = start + 1;
    loop {
        close += text[close..].find('"')?;
        if !text[close + 1..].starts_with('"') {
            break;
        }
        close += 2;
    }
    let end = end_of_cell(text, close + 1, separator);
    let behind = &text[close + 1..end];
    let is_closed = behind.trim().is_empty() || !text[start..close].contains('\n');
    let cell = text[start + 1..close].replace("\"\"", "\"") + behind.trim_end();
    is_closed.then_some((cell, end))
}

fn end_of_cell(text: &str, start: usize, separator: char) -> usize {
    text[start..].find([separator, '\n']).map_or(text.len(), |more| start + more)
}

/// The separator that a first line such as `sep=;` says, as Excel writes it.
fn said_separator(line: &str) -> Option<char> {
    let line = line.trim_end_matches(['\r', '\n']).trim_matches('"');
    let sign =
        line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let mut signs = sign.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if SEPARATORS.contains(&sign) => Some(sign),
        (None, None) => Some(','),
        _ => None,
    }
}

/// The separator that the file says, a tab where its name says so, else the sign
/// of which most lines have the same number outside of quotes.
fn separator(input: &Input<'_>) -> char {
    let mut lines = input.text.lines().filter(|line| !line.trim().is_empty());
    if let Some(sign) = lines.clone().next().and_then(said_separator) {
        // `sep=,` may be cut at its own sign by other programs.
        return sign;
    }
    if matches!(input.extension().as_str(), "tsv" | "tab") {
        return '\t';
    }
    let sample: Vec<String> =
        lines.by_ref().take(SAMPLE).map(|line| line.split('"').step_by(2).collect()).collect();
    let agreeing = |sign: &char| {
        let counts: Vec<usize> = sample.iter().map(|line| line.matches(*sign).count()).collect();
        let agree = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (agree(*count), *count)).max()
    };
    // A header of known names says more than rows, whose cells may hold any sign.
    let known = |sign: &char| {
        let names = sample
            .first()
            .map(|line| line.split(*sign).filter(|name| column_names::is_known(name)));
        names.map_or(0, Iterator::count).max(1)
    };
    // The last of equals would win.
    let fit = |sign: &&char| (known(sign), agreeing(sign));
    SEPARATORS.iter().rev().max_by_key(fit).copied().unwrap_or(',')
}

/// The position of the header: behind lines that are emptier than what follows, or
/// that have no name of a column where a later line has several.
fn header(records: &[Record]) -> usize {
    let Some(first) = records.first() else { return 0 };
    let usual = |from: usize| {
        let mut filled: Vec<usize> =
            records[from..].iter().take(SAMPLE).map(Record::filled).collect();
        filled.sort_unstable();
        filled.get(filled.len() / 2).copied().unwrap_or(0)
    };
    let is_sparse = first.filled() < usual(1);
    let found = (1..records.len().min(SAMPLE)).find(|at| {
        let record = &records[*at];
        let is_full = record.filled() >= usual(at + 1).max(2);
        is_full && record.known() >= 1 && (is_sparse || first.known() == 0 && record.known() >= 2)
    });
    found.unwrap_or(0)
}

/// Whether a record names columns: one of its cells is a name that is known, or
/// none of several looks like a value.
fn is_header(cells: &[String]) -> bool {
    let is_value = |cell: &String| {
        let cell = cell.trim();
        cell.parse::<f64>().is_ok()
            || cell.contains("://")
            || date_from_text(cell, DateOrder::Unknown).is_some()
            || cell.chars().count() > LONG
    };
    cells.iter().any(|cell| column_names::is_known(cell))
        || (cells.len() > 1 && !cells.iter().any(is_value))
}

/// The names of columns; what has none is called `column 3`.
fn names(cells: &[String]) -> Vec<String> {
    let name = |(at, cell): (usize, &String)| match cell
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
    {
        name if name.is_empty() => format!("column {}", at + 1),
        name => name,
    };
    cells.iter().enumerate().map(name).collect()
}

/// Whether these are columns of `prospect export --format csv`, all or most of them.
fn is_own_export(names: &[String]) -> bool {
    let is_ours = |name: &String| {
        Field::from_name(name).is_some() || EntryKind::ALL.iter().any(|kind| kind.id() == name)
    };
    names.len() >= 10 && names.first().is_some_and(|name| name == "id") && names.iter().all(is_ours)
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
    fn excel_says_its_separator_and_puts_lines_above_the_header() {
        let rows = read("s.csv", "sep=;\nTitle;Tags\nProbe, first;nlp\n").unwrap();
        assert_eq!(cells(&rows), [[("Title", "Probe, first"), ("Tags", "nlp")]]);
        for above in ["Research ideas 2024,,\n,,\n", "Exported on 1 March\n", "# by the lab\n\n"] {
            let rows =
                read("p.csv", &format!("{above}Title,Tags,Status\nProbe,nlp,active\n")).unwrap();
            assert_eq!(cells(&rows), [[("Title", "Probe"), ("Tags", "nlp"), ("Status", "active")]]);
            assert_eq!((rows.skipped[0].location.line, rows.skipped.len()), (1, 1), "{above}");
        }
        let rows = read("t.txt", "Title\tTags\nProbe\tnlp\n").unwrap();
        assert_eq!((rows.format, rows.rows.len()), ("TSV", 1));
        assert!(looks_like("Title\tTags\nProbe\tnlp\n") && !looks_like("one\ntwo\n"));
    }

    #[test]
    fn columns_of_one_name_are_one_list() {
        let rows = read("j.csv", "Summary,Labels,Labels\nProbe,nlp,data\nSmaller,,x\n").unwrap();
        let labels = |row: usize| rows.rows[row].cells[1].1.clone();
        assert_eq!((labels(0), labels(1)), (serde_json::json!(["nlp", "data"]), "x".into()));
    }

    #[test]
    fn a_quote_that_is_never_closed_swallows_nothing() {
        for text in [
            "Title,Notes\nA,one\nB,\"two\nC,three\nD,four\n",
            "Title,Notes\nA,one\nB,\"two\nC,three\nD,fo\"ur\n",
            "Title,Notes\nA,one\n\"B,two\nC,three\nD,\"four\"\n",
        ] {
            let rows = read("q.csv", text).unwrap();
            let titles: Vec<_> = rows.rows.iter().map(|row| row.cells[0].1.clone()).collect();
            assert_eq!(titles.len(), 4, "{text}: {titles:?}");
            assert_eq!((titles[2].as_str(), titles[3].as_str()), (Some("C"), Some("D")));
            assert_eq!((rows.skipped[0].location.line, rows.skipped.len()), (3, 1), "{text}");
        }
        // Quotes inside a line are text.
        let rows = read("q.csv", "Title,Notes\n\"Big\" ideas,\"a \"\"b\"\"\"\n").unwrap();
        assert_eq!(cells(&rows), [[("Title", "Big ideas"), ("Notes", "a \"b\"")]]);
    }

    #[test]
    fn a_quote_of_the_text_stays() {
        let rows = read("q.csv", "Title\n'+' as an operator\n'-omics' for all\n").unwrap();
        assert_eq!(cells(&rows)[0], [("Title", "'+' as an operator")]);
    }

    #[test]
    fn a_row_with_too_much_is_named() {
        let rows = read("x.csv", "title,tags\na,b\nc,d,e\nf,g,\n").unwrap();
        assert_eq!(rows.rows.len(), 2);
        assert_eq!(rows.skipped[0].location.line, 3);
        assert!(rows.skipped[0].message.contains("3 cells"), "{:?}", rows.skipped);
    }
}
