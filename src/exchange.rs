//! Import from the files of other programs. Pure: texts come in, ideas and edits
//! go out.
//!
//! [`read`] recognises the format of a text and makes [`Rows`] of named cells; a
//! [`Mapping`] says which column is what; [`Mapping::read_ideas`] makes ideas of
//! the rows; [`plan_import`] compares them with the ideas that are there.

mod cell;
mod column_names;
mod entry_cell;
mod example;
mod identity;
mod key;
mod languages;
mod mapping;
mod plan;
mod read;
mod source_idea;
mod status_words;
mod title;
mod unsupported_format;

use serde_json::Value as Json;

pub use cell::list_to_cell;
pub use entry_cell::entries_from_cell;
pub use mapping::{Column, Mapping, Target};
pub use plan::{ImportHistory, ImportOptions, ImportPlan, LocalEditKept, ReusedKey, plan_import};
pub use read::{is_read, read, read_notes};
pub use source_idea::{EXPORT_MARKER, IdeasRead, SourceIdea, ideas_of_workspace};
pub use unsupported_format::unsupported_format;

/// The rows of a source, and what was left out of it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The format it was read as: `CSV`, `JSON`, `Markdown`, …
    pub format: &'static str,
    pub rows: Vec<Row>,
    pub skipped: Vec<Skipped>,
    /// Whether the rows are whole ideas that `prospect export` wrote: they keep their ids.
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

/// The part of a Markdown file that is an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Every item of a list, with what is indented below it.
    List,
    /// Every heading, with the text below it.
    Headings,
    Note,
}

/// A format that can be read.
pub(super) struct Format {
    /// In lower case, without the point.
    pub(super) extensions: &'static [&'static str],
    /// Whether a text can only be of this format, whatever its file is called.
    /// Text that may be of several formats is left to the extension.
    pub(super) looks_like: fn(&str) -> bool,
    pub(super) read: fn(&Input<'_>) -> Result<Rows, Skipped>,
}

/// A text to be read.
pub(super) struct Input<'a> {
    /// The name of the file, as it should be shown.
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) shape: Option<Shape>,
}

impl Input<'_> {
    /// A line of the file, from 1.
    pub(super) fn location(&self, line: usize) -> Location {
        Location { file: self.name.to_owned(), line }
    }

    /// The line of an offset into the text.
    pub(super) fn location_at(&self, offset: usize) -> Location {
        self.location(line_of(self.text, offset))
    }

    /// In lower case; empty without one.
    pub(super) fn extension(&self) -> String {
        self.name.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
    }
}

/// The line of an offset, from 1.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
