//! What other programs wrote, read into ideas, and what that changes in a
//! workspace. Pure: texts come in, ideas and edits go out.
//!
//! A source becomes [`Rows`] of named cells, whatever its form; a [`Mapping`]
//! says which column is what; [`Mapping::items`] makes ideas of the rows; and
//! [`plan`] compares them with the ideas that are there.

mod cell;
mod dates;
mod item;
mod json;
mod mapping;
mod markdown;
mod note;
mod plan;
mod table;
mod title;
mod toml;

pub use item::{Item, MARK, items_of};
pub use mapping::{Column, Mapping, Target};
pub use markdown::Shape;
pub use plan::{Kept, Memory, Plan, Terms, plan};

use serde_json::Value as Json;

/// What was read from a source: rows of named cells, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// What the source was read as: `CSV`, `JSON`, `Markdown`, …
    pub form: &'static str,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// What was left out, and why.
    pub unread: Vec<Unread>,
    /// Whether the rows are whole ideas that `prospect export` wrote: they keep
    /// their ids.
    pub whole: bool,
}

/// One candidate for an idea.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it begins.
    pub place: Place,
    /// Its cells: the name of the column and what stands there, never null.
    pub cells: Vec<(String, Json)>,
}

/// A line of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it should be shown.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where.
    pub place: Place,
    /// Why, and what was expected.
    pub message: String,
}

/// `papers.csv:12`
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Rows {
    fn new(form: &'static str) -> Self {
        Self { form, ..Self::default() }
    }

    fn leave_out(&mut self, place: Place, message: impl Into<String>) {
        self.unread.push(Unread { place, message: message.into() });
    }
}

/// Reads a text. Its form follows from the end of its name and, where that says
/// nothing, from how it begins. `shape` is for Markdown; `None` guesses.
///
/// # Errors
/// The text as a whole makes no sense; says where and why.
pub fn read(name: &str, text: &str, shape: Option<Shape>) -> Result<Rows, Unread> {
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
