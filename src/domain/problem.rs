//! What is wrong with a file, and where.

use std::fmt;
use std::path::PathBuf;

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

/// `ideas.toml:12:9: headroom must be …`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, message, .. } = self;
        write!(f, "{}:{line}:{column}: {message}", file.display())
    }
}
