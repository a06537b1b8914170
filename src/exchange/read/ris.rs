//! RIS, the tagged format that reference managers export.

use serde_json::{Value as Json, json};

use super::format::{Format, Input};
use crate::exchange::{Row, Rows, Skipped};

pub(super) const FORMAT: Format = Format { extensions: &["ris"], looks_like, read };

/// Whether a text is RIS: its first filled line opens a reference, below its number
/// where programs write one.
fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !is_number(line));
    lines.next().and_then(tag).is_some_and(|(tag, _)| tag == "TY")
}

/// `12.`, as some programs count the references.
fn is_number(line: &str) -> bool {
    let number = line.trim().strip_suffix('.');
    number.is_some_and(|digits| digits.parse::<u32>().is_ok())
}

/// Reads the references, each an idea.
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
    let mut rows = Rows::new("RIS");
    let location = |line| input.location(line);
    let mut open: Option<(usize, Reference)> = None;
    for (at, line) in input.text.lines().enumerate() {
        let number = at + 1;
        match (tag(line), &mut open) {
            (Some(("TY", kind)), _) => {
                if let Some((line, reference)) = open.take() {
                    rows.skip(location(line), "this reference has no end (ER)");
                    rows.rows.push(Row { location: location(line), cells: reference.cells() });
                }
                let reference = Reference { fields: vec![("TY".to_owned(), kind.to_owned())] };
                open = Some((number, reference));
            }
            (Some(("ER", _)), _) => {
                if let Some((line, reference)) = open.take() {
                    rows.rows.push(Row { location: location(line), cells: reference.cells() });
                }
            }
            (Some((tag, value)), Some((_, reference))) => {
                reference.fields.push((tag.to_owned(), value.to_owned()));
            }
            (None, Some((_, reference))) if !line.trim().is_empty() => reference.go_on(line.trim()),
            (_, None) if !line.trim().is_empty() && !is_number(line) => {
                rows.skip(location(number), "outside any reference");
            }
            _ => {}
        }
    }
    if let Some((line, reference)) = open {
        rows.skip(location(line), "this reference has no end (ER)");
        rows.rows.push(Row { location: location(line), cells: reference.cells() });
    }
    Ok(rows)
}

fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let is_tag = tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let value = rest.strip_prefix("  -").or_else(|| rest.strip_prefix(" -"))?;
    is_tag.then(|| (tag, value.trim()))
}

/// The fields of a reference, in their order.
struct Reference {
    fields: Vec<(String, String)>,
}

impl Reference {
    /// A line without a tag goes on with the field above.
    fn go_on(&mut self, line: &str) {
        if let Some((_, value)) = self.fields.last_mut() {
            value.push('\n');
            value.push_str(line);
        }
    }

    fn all(&self, tags: &[&str]) -> Vec<&str> {
        let mut found = Vec::new();
        for tag in tags {
            for (_, value) in self.fields.iter().filter(|(known, _)| known == tag) {
                if !value.is_empty() && !found.contains(&value.as_str()) {
                    found.push(value);
                }
            }
        }
        found
    }

    fn cells(&self) -> Vec<(String, Json)> {
        let mut cells: Vec<(String, Json)> = Vec::new();
        let mut push = |column: &str, value: Option<Json>| {
            cells.extend(value.map(|value| (column.to_owned(), value)));
        };
        let first = |tags: &[&str]| self.all(tags).first().map(|value| json!(value));
        let list = |tags: &[&str]| {
            let values = self.all(tags);
            (!values.is_empty()).then(|| json!(values))
        };
        push("title", first(&["TI", "T1", "CT", "BT"]));
        push("abstract", first(&["AB", "N2"]));
        push("keywords", list(&["KW"]));
        push("doi", first(&["DO"]));
        push("url", list(&["UR", "L2"]));
        push("id", first(&["ID"]));
        push("authors", list(&["AU", "A1"]));
        push("note", first(&["N1"]));
        push("published", first(&["PY", "Y1", "DA"]));
        push("type", first(&["TY"]));
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_rows() {
        let text = "TY  - JOUR\nTI  - Probe the tokenizer\nAU  - Costa, M.\nAU  - Lee, S.\nAB  - We look\nat merges.\n\
                    KW  - nlp\nKW  - data\nDO  - 10.1000/x\nPY  - 2024///\nER  - \n\nTY  - BOOK\nT1  - Smaller\n";
        assert!(looks_like(text) && looks_like(&format!("1.\n{text}")));
        assert!(!looks_like("TY is a word\n"));
        let input = Input { name: "x.ris", text, shape: None };
        let rows = read(&input).unwrap();
        let shown: Vec<String> =
            rows.rows.iter().map(|row| json!(row.cells).to_string().replace('"', "")).collect();
        assert_eq!(
            shown,
            [
                "[[title,Probe the tokenizer],[abstract,We look\\nat merges.],[keywords,[nlp,data]],[doi,10.1000/x],\
                 [authors,[Costa, M.,Lee, S.]],[published,2024///],[type,JOUR]]",
                "[[title,Smaller],[type,BOOK]]",
            ]
        );
        assert_eq!(rows.skipped.len(), 1);
    }
}
