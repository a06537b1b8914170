//! BibTeX, BibLaTeX and RIS, the formats of reference managers: each entry an idea.

use biblatex::{Bibliography, ChunksExt as _, Entry, RawBibliography};
use serde_json::{Value as Json, json};

use crate::exchange::{Format, Input, Row, Rows, Skipped};

pub(super) const BIBTEX: Format =
    Format { extensions: &["bib", "bibtex"], looks_like: looks_like_bibtex, read: read_bibtex };

/// Whether a text is BibTeX: its first line that is no comment begins an entry,
/// `@kind{key,`.
fn looks_like_bibtex(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    let entry = first.and_then(|line| line.strip_prefix('@')?.split_once('{'));
    entry.is_some_and(|(kind, key)| {
        let is_word = !kind.trim().is_empty() && kind.trim().chars().all(char::is_alphabetic);
        let is_declaration =
            ["string", "comment", "preamble"].contains(&&*kind.trim().to_lowercase());
        is_word && (is_declaration || key.is_empty() || key.contains(','))
    })
}

/// Reads the entries. One that makes no sense is left out; the others are read.
///
/// # Errors
/// A brace or quote is never closed, so that the rest cannot be told apart.
fn read_bibtex(input: &Input<'_>) -> Result<Rows, Skipped> {
    let location = |offset| input.location_at(offset);
    let raw = RawBibliography::parse(input.text).map_err(|error| Skipped {
        location: location(error.span.start),
        message: error.kind.to_string(),
    })?;
    let mut rows = Rows::new("BibTeX");
    let abbreviations = raw.abbreviations;
    for entry in raw.entries {
        let location = location(entry.span.start);
        let one = RawBibliography {
            preamble: String::new(),
            entries: vec![entry],
            abbreviations: abbreviations.clone(),
        };
        match Bibliography::from_raw(one) {
            Ok(bibliography) => {
                let cells = bibliography.iter().next().map(cells).unwrap_or_default();
                rows.rows.push(Row { location, cells });
            }
            Err(error) => rows.skip(location, error.kind.to_string()),
        }
    }
    Ok(rows)
}

fn cells(entry: &Entry) -> Vec<(String, Json)> {
    let mut cells: Vec<(String, Json)> = Vec::new();
    let text = |name: &str| {
        let value = entry.fields.get(name)?.format_verbatim();
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then_some(value)
    };
    let mut push = |column: &str, value: Option<Json>| {
        cells.extend(value.map(|value| (column.to_owned(), value)));
    };
    let title = text("title").map(|title| match text("subtitle") {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    });
    push("title", title.map(Json::String));
    push("abstract", text("abstract").map(Json::String));
    let keywords = text("keywords").map(|keywords| {
        let parts = keywords.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        json!(parts.collect::<Vec<_>>())
    });
    push("keywords", keywords);
    push("doi", text("doi").map(Json::String));
    let printed = || text("howpublished").filter(|text| text.contains("://"));
    push("url", text("url").or_else(printed).map(Json::String));
    // An arXiv number stands in `eprint`.
    let archive = text("eprinttype").or_else(|| text("archiveprefix"));
    let is_arxiv = archive.is_some_and(|archive| archive.eq_ignore_ascii_case("arxiv"));
    let arxiv = text("eprint").filter(|_| is_arxiv);
    push("link", arxiv.map(|number| json!(format!("https://arxiv.org/abs/{number}"))));
    push("id", Some(json!(entry.key)));
    let authors = entry.author().ok().map(|authors| {
        let name = |person: &biblatex::Person| {
            [person.given_name.as_str(), person.prefix.as_str(), person.name.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        json!(authors.iter().map(name).collect::<Vec<_>>())
    });
    push("authors", authors);
    push("note", text("note").or_else(|| text("annotation")).map(Json::String));
    push("published", text("date").or_else(|| text("year")).map(Json::String));
    push("type", Some(json!(entry.entry_type.to_string())));
    cells
}

pub(super) const RIS: Format =
    Format { extensions: &["ris"], looks_like: looks_like_ris, read: read_ris };

/// Whether a text is RIS: its first filled line opens a reference, below its number
/// where programs write one.
fn looks_like_ris(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !is_number(line));
    lines.next().and_then(tag).is_some_and(|(tag, _)| tag == "TY")
}

/// `12.`, as some programs count the references.
fn is_number(line: &str) -> bool {
    let number = line.trim().strip_suffix('.');
    number.is_some_and(|digits| digits.parse::<u32>().is_ok())
}

/// Reads the references, each an idea.
fn read_ris(input: &Input<'_>) -> Result<Rows, Skipped> {
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
    fn entries_become_rows() {
        let text = "% library\n@string{jml = \"J. Machine Learning\"}\n\n@article{a2024,\n  title = {Probe the {T}okenizer},\n  \
                    keywords = {nlp, data},\n  author = {Costa, Mara and Lee, Sam},\n  journal = jml,\n  year = 2024,\n  \
                    doi = {10.1000/x},\n  abstract = {We look\n    at {\\'e}tudes.},\n}\n\
                    @misc{b, title = \"Smaller\", eprint = {2401.00001}, archivePrefix = {arXiv}}\n";
        assert!(looks_like_bibtex(text));
        let input = Input { name: "x.bib", text, shape: None };
        let rows = read_bibtex(&input).unwrap();
        let shown: Vec<String> = rows
            .rows
            .iter()
            .map(|row| {
                format!("{} {}", row.location.line, json!(row.cells).to_string().replace('"', ""))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "4 [[title,Probe the Tokenizer],[abstract,We look at études.],[keywords,[nlp,data]],[doi,10.1000/x],\
                 [id,a2024],[authors,[Mara Costa,Sam Lee]],[published,2024],[type,article]]",
                "14 [[title,Smaller],[link,https://arxiv.org/abs/2401.00001],[id,b],[type,misc]]",
            ]
        );
        assert!(!looks_like_bibtex("mail me @ home {now}\n@mara wrote {this}\n"));
    }

    #[test]
    fn references_become_rows() {
        let text = "TY  - JOUR\nTI  - Probe the tokenizer\nAU  - Costa, M.\nAU  - Lee, S.\nAB  - We look\nat merges.\n\
                    KW  - nlp\nKW  - data\nDO  - 10.1000/x\nPY  - 2024///\nER  - \n\nTY  - BOOK\nT1  - Smaller\n";
        assert!(looks_like_ris(text) && looks_like_ris(&format!("1.\n{text}")));
        assert!(!looks_like_ris("TY is a word\n"));
        let input = Input { name: "x.ris", text, shape: None };
        let rows = read_ris(&input).unwrap();
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
