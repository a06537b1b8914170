//! Tables in Markdown: each row an idea.

use serde_json::Value as Json;

use crate::exchange::{Format, Input, Row, Rows, Skipped};

pub(super) const FORMAT: Format = Format { extensions: &[], looks_like, read };

/// A line of a text that holds tables.
enum Line<'t> {
    /// The names of the columns.
    Header(Vec<String>),
    /// The line below the names.
    Rule,
    Cells(Vec<String>),
    /// What stands between tables; empty, a heading or a comment says nothing.
    Other(&'t str),
}

/// Whether a text is mostly a table.
fn looks_like(text: &str) -> bool {
    let (mut rows, mut others) = (0, 0);
    for line in lines(text) {
        match line {
            Line::Cells(_) => rows += 1,
            Line::Other(text) => others += usize::from(is_text(text)),
            Line::Header(_) | Line::Rule => {}
        }
    }
    rows > others
}

fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let mut rows = Rows::new("a Markdown table");
    let mut names: Vec<String> = Vec::new();
    for (at, line) in lines(input.text).into_iter().enumerate() {
        let location = input.location(at + 1);
        match line {
            Line::Header(cells) => names = cells,
            Line::Cells(cells) => {
                let cells = names.iter().cloned().zip(cells.into_iter().map(Json::String));
                let filled = cells.filter(|(_, cell)| cell != "").collect::<Vec<_>>();
                if !filled.is_empty() {
                    rows.rows.push(Row { location, cells: filled });
                }
            }
            Line::Other(text) if is_text(text) => rows.skip(location, "text beside the table"),
            Line::Rule | Line::Other(_) => {}
        }
    }
    Ok(rows)
}

fn is_text(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with(['#', '<']) && line != "---"
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let all: Vec<&str> = text.lines().collect();
    let mut lines = Vec::with_capacity(all.len());
    let mut is_open = false;
    for (at, line) in all.iter().enumerate() {
        let is_header = !is_open && is_rule(line, all.get(at + 1));
        is_open = is_header || is_open && line.contains('|');
        lines.push(match () {
            () if is_header => Line::Header(cells(line)),
            () if matches!(lines.last(), Some(Line::Header(_))) => Line::Rule,
            () if is_open => Line::Cells(cells(line)),
            () => Line::Other(line),
        });
    }
    lines
}

/// Whether below a line with `|` stands a rule of as many columns: `|---|:-:|`.
fn is_rule(header: &str, below: Option<&&str>) -> bool {
    let Some(below) = below.filter(|_| header.contains('|')) else { return false };
    let rule = cells(below);
    let is_one = |cell: &String| {
        let dashes = cell.trim_matches(':');
        !dashes.is_empty() && dashes.chars().all(|c| c == '-')
    };
    rule.len() == cells(header).len() && rule.iter().all(is_one)
}

/// The cells between `|`; `\|` is a sign of the text, `<br>` a line break.
fn cells(line: &str) -> Vec<String> {
    const BAR: &str = "\u{1}";
    let line = line.trim().replace("\\|", BAR);
    let line = line.strip_prefix('|').unwrap_or(&line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let cell = |cell: &str| {
        let cell = cell.trim().replace(BAR, "|");
        ["<br>", "<br/>", "<br />"].iter().fold(cell, |cell, tag| cell.replace(tag, "\n"))
    };
    line.split('|').map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_table_become_ideas() {
        let text = "# My ideas\n\n| Title | Tags | Paper |\n|---|:-:|---|\n| Probe \\| x | nlp, data | |\n\
                    | [Smaller](https://example.org/s) | | [paper](https://example.org/p) |\n\nMore soon.\n";
        assert!(looks_like(text));
        let rows = read(&Input { name: "t.md", text, shape: None }).unwrap();
        let shown: Vec<String> = rows
            .rows
            .iter()
            .map(|row| format!("{} {:?}", row.location.line, row.cells))
            .map(|row| row.replace("String(", "").replace([')', '"'], ""))
            .collect();
        assert_eq!(shown[0], "5 [(Title, Probe | x, (Tags, nlp, data]");
        assert_eq!(rows.rows.len(), 2);
        assert_eq!(rows.skipped.len(), 1);
        assert!(!looks_like("# Notes\n\nA | B\n\ntext\n"));
        assert!(!looks_like("Long text.\n\nMore text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"));
    }
}
