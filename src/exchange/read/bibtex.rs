//! BibTeX and BibLaTeX: each entry an idea.

use biblatex::{Bibliography, ChunksExt as _, Entry, RawBibliography};
use serde_json::{Value as Json, json};

use super::format::{Format, Input};
use crate::exchange::{Row, Rows, Skipped};

pub(super) const FORMAT: Format = Format { extensions: &["bib", "bibtex"], looks_like, read };

/// Whether a text is BibTeX: its first line that is no comment begins an entry,
/// `@kind{key,`.
fn looks_like(text: &str) -> bool {
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
fn read(input: &Input<'_>) -> Result<Rows, Skipped> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_become_rows() {
        let text = "% library\n@string{jml = \"J. Machine Learning\"}\n\n@article{a2024,\n  title = {Probe the {T}okenizer},\n  \
                    keywords = {nlp, data},\n  author = {Costa, Mara and Lee, Sam},\n  journal = jml,\n  year = 2024,\n  \
                    doi = {10.1000/x},\n  abstract = {We look\n    at {\\'e}tudes.},\n}\n\
                    @misc{b, title = \"Smaller\", eprint = {2401.00001}, archivePrefix = {arXiv}}\n";
        assert!(looks_like(text));
        let input = Input { name: "x.bib", text, shape: None };
        let rows = read(&input).unwrap();
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
        assert!(!looks_like("mail me @ home {now}\n@mara wrote {this}\n"));
    }
}
