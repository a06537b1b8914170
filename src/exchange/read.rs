//! Readers of file formats: one file each, chosen by content, then by extension.
//!
//! To add a format: a file in this folder with a constant `FORMAT`, and its line
//! in [`FORMATS`]. A reader makes a [`Row`](super::Row) of every candidate for an
//! idea; the names of its cells are mapped to fields like the columns of a table
//! (`title`, `text`, `tags`, `status`, `created`, `links`, `id`, …), so that
//! `--map` works for every format. Everything in a file that becomes no cell is
//! reported with [`Rows::skip`].

mod bibliography;
mod front_matter;
mod json;
mod markdown;
mod markdown_table;
mod org;
mod table;
mod todo_txt;
mod toml;

use std::borrow::Cow;

use super::{Format, Input, Rows, Shape, Skipped};

/// The formats, in the order in which they are asked whether a text is theirs.
const FORMATS: &[Format] = &[
    json::FORMAT,
    toml::FORMAT,
    bibliography::RIS,
    bibliography::BIBTEX,
    org::FORMAT,
    todo_txt::FORMAT,
    markdown_table::FORMAT,
    table::FORMAT,
    markdown::FORMAT,
];

/// Reads a text. Its format follows from its content and, where that could be of several,
/// from the extension of its name. `shape` says what an idea is in Markdown; `None` guesses.
///
/// # Errors
/// The text cannot be read at all; says where and why.
pub fn read(name: &str, text: &str, shape: Option<Shape>) -> Result<Rows, Skipped> {
    let text = plain_line_ends(text.trim_start_matches('\u{feff}'));
    let input = Input { name, text: &text, shape };
    let format = match shape {
        Some(_) => &markdown::FORMAT,
        None => recognise(&input),
    };
    (format.read)(&input)
}

/// Whether a file of this name may be read, by its extension.
#[must_use]
pub fn is_read(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    extension.is_some_and(|end| FORMATS.iter().any(|one| one.extensions.contains(&end.as_str())))
}

fn recognise(input: &Input<'_>) -> &'static Format {
    let extension = input.extension();
    FORMATS
        .iter()
        .find(|format| (format.looks_like)(input.text))
        .or_else(|| FORMATS.iter().find(|one| one.extensions.contains(&extension.as_str())))
        .unwrap_or_else(|| {
            let is_markdown = markdown::begins_like(input.text);
            if !is_markdown && table::may_be(input.text) {
                &table::FORMAT
            } else {
                &markdown::FORMAT
            }
        })
}

/// Reads a folder of notes, each of them one idea: the name of each file, and its text.
#[must_use]
pub fn read_notes<'n>(notes: impl IntoIterator<Item = (&'n str, &'n str)>) -> Rows {
    let mut rows = Rows::new("notes");
    for (name, text) in notes {
        let text = plain_line_ends(text.trim_start_matches('\u{feff}'));
        markdown::read_note(name, &text, &mut rows);
    }
    rows
}

/// The text with `\n` at the end of every line, also where programs wrote
/// `\r\n` or, long ago, `\r`.
fn plain_line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        false => Cow::Borrowed(text),
        true if text.contains('\n') => Cow::Owned(text.replace("\r\n", "\n")),
        true => Cow::Owned(text.replace('\r', "\n")),
    }
}
