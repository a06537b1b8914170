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
mod history;
mod identity;
mod key;
mod mapping;
mod plan;
mod read;
mod source_idea;
mod status_words;
mod title;
mod units;
mod unsupported_format;

pub use cell::list_to_cell;
pub use entry_cell::entries_from_cell;
pub use history::ImportHistory;
pub use mapping::{Column, Mapping, Target};
pub use plan::{ImportOptions, ImportPlan, LocalEditKept, ReusedKey, plan_import};
pub use read::{Shape, is_read, read, read_notes};
pub use source_idea::{EXPORT_MARKER, IdeasRead, SourceIdea, ideas_of_workspace};
pub use unsupported_format::unsupported_format;

use serde_json::Value as Json;

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
