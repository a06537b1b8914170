//! A report that can be mailed: the same content as a web page with pictures
//! and as Markdown.

mod content;
mod html;
mod markdown;

pub use content::{Document, ReportInput};
pub use html::{html, is_report};
pub use markdown::markdown;

use super::svg::Figure;

/// A part of a report. All texts are plain: markup in them means nothing.
#[derive(Clone, Debug)]
enum Block {
    /// A heading of the second level.
    Section(&'static str),
    /// A heading of the third level.
    Heading(String),
    Text(String),
    List(Vec<String>),
    Table(Table),
    Figure(Figure),
}

/// A table; the first column names its row.
#[derive(Clone, Debug)]
struct Table {
    caption: &'static str,
    /// Names of the columns; those that hold numbers align to the right.
    head: Vec<(&'static str, Align)>,
    rows: Vec<Vec<String>>,
    /// Which column names the row.
    name: usize,
}

/// Which way a column leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    /// To the left, and never broken: a date, a word.
    Word,
    Right,
}
