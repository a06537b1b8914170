//! A format that can be read, and the text that its reader is given.

use crate::exchange::{Location, Rows, Skipped};

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
