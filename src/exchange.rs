//! Import from the files of other programs. Pure: texts come in, ideas and edits
//! go out.
//!
//! [`read`] recognises the format of a text and makes [`Rows`] of named cells; a
//! [`Mapping`] says which column is what; [`Mapping::read_ideas`] makes ideas of
//! the rows; [`plan_import`] compares them with the ideas that are there.

mod cell;
mod dates;
mod json;
mod mapping;
mod markdown;
mod note;
mod plan;
mod source_idea;
mod table;
mod title;
mod toml;

pub use mapping::{Column, Mapping, Target};
pub use markdown::Shape;
pub use plan::{ImportHistory, ImportOptions, ImportPlan, LocalEditKept, plan_import};
pub use source_idea::{EXPORT_MARKER, SourceIdea, ideas_of_workspace};

use serde_json::Value as Json;

/// The rows of a source, and what was left out of it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The format it was read as: `CSV`, `JSON`, `Markdown`, …
    pub format: &'static str,
    pub rows: Vec<Row>,
    pub skipped: Vec<Skipped>,
    /// Whether the rows are whole ideas that `prospect export` wrote: they keep
    /// their ids.
    pub keeps_ids: bool,
}

/// One candidate for an idea.
#[derive(Clone, Debug)]
pub struct Row {
    pub location: Location,
    /// Its cells: the name of the column and what stands there, never null.
    pub cells: Vec<(String, Json)>,
}

/// A line of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// As it should be shown.
    pub file: String,
    /// From 1.
    pub line: usize,
}

/// A place that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    pub location: Location,
    /// The reason, and what was expected.
    pub message: String,
}

/// `papers.csv:12`
impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Rows {
    fn new(format: &'static str) -> Self {
        Self { format, ..Self::default() }
    }

    fn skip(&mut self, location: Location, message: impl Into<String>) {
        self.skipped.push(Skipped { location, message: message.into() });
    }
}

/// Reads a text. Its format follows from the end of its name and, where that says
/// nothing, from how it begins. `shape` is for Markdown; `None` guesses.
///
/// # Errors
/// The text as a whole makes no sense; says where and why.
pub fn read(name: &str, text: &str, shape: Option<Shape>) -> Result<Rows, Skipped> {
    let text = text.trim_start_matches('\u{feff}');
    let begins = text.trim_start();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("csv" | "tsv" | "tab") => table::read(name, text),
        Some("json" | "jsonl" | "ndjson") => json::read(name, text),
        Some("toml") => toml::read(name, text),
        Some("md" | "markdown" | "txt" | "org") => Ok(markdown::read(name, text, shape)),
        _ if shape.is_some() => Ok(markdown::read(name, text, shape)),
        _ if begins.starts_with(['{', '[']) && !begins.starts_with("[[") => json::read(name, text),
        _ if begins.starts_with("[[") => toml::read(name, text),
        _ if markdown::looks_like_it(begins) => Ok(markdown::read(name, text, shape)),
        _ if table::looks_like_it(begins) => table::read(name, text),
        _ => Ok(markdown::read(name, text, shape)),
    }
}

/// Reads a folder of notes, each of them one idea: the name of each file, and
/// what it holds.
#[must_use]
pub fn read_notes<'n>(notes: impl IntoIterator<Item = (&'n str, &'n str)>) -> Rows {
    let mut rows = Rows::new("notes");
    for (name, text) in notes {
        markdown::read_note(name, text.trim_start_matches('\u{feff}'), &mut rows);
    }
    rows
}

/// The line of an offset, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
