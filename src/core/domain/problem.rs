//! A problem in a file, with its place.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Something wrong at one place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it should be shown.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The whole line, without its ending, for a pointer at the spot.
    pub excerpt: String,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
    /// Whether the idea could be read in spite of it.
    pub severity: Severity,
    /// A word that stays the same over versions: `out-of-range`.
    pub code: &'static str,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do about it; empty if the message says it.
    pub hint: String,
    /// The idea it belongs to, by id or, failing that, by title.
    pub idea: Option<String>,
}

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Read all the same; worth a look.
    Warning,
    /// The idea, or the file, could not be read.
    Error,
}

impl Severity {
    /// The word in JSON and in messages.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Problem {
    /// A problem with the bytes `span` of a text, without hint and idea. A span
    /// that ends on a later line is cut at the end of its first one.
    #[must_use]
    pub fn at(
        file: &Path,
        text: &str,
        span: Range<usize>,
        severity: Severity,
        code: &'static str,
        message: String,
    ) -> Self {
        let start = character_start(text, span.start);
        let (before, behind) = text.split_at(start);
        let mark = if before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let line_start = before.rfind('\n').map_or(mark, |newline| newline + 1);
        let rest = behind.lines().next().unwrap_or_default();
        let excerpt = format!("{}{rest}", &before[line_start..]);
        let meant = character_start(text, span.end).saturating_sub(start).min(rest.len());
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            excerpt,
            width: rest[..meant].chars().count().max(1),
            severity,
            code,
            message,
            hint: String::new(),
            idea: None,
        }
    }
}

/// The start of the character that the byte at `index` belongs to; the end of
/// the text for what lies behind it.
fn character_start(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

/// `ideas.toml:12:9: headroom must be …`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, message, .. } = self;
        write!(f, "{}:{line}:{column}: {message}", file.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_characters() {
        let text = "a = 1\r\nü = \"x\ny\"\r\n";
        let at = |span| {
            let problem =
                Problem::at(Path::new("f"), text, span, Severity::Error, "code", String::new());
            (problem.line, problem.column, problem.width, problem.excerpt)
        };
        assert_eq!(at(4..5), (1, 5, 1, "a = 1".to_owned()));
        assert_eq!(at(12..17), (2, 5, 2, "ü = \"x".to_owned()));
        let marked =
            Problem::at(Path::new("f"), "\u{feff}x", 3..4, Severity::Error, "code", String::new());
        assert_eq!((marked.column, marked.excerpt.as_str()), (1, "x"));
        assert_eq!(at(99..99), (4, 1, 1, String::new()));
    }
}
