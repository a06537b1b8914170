//! Diagnostics at spans of a text, converted to a [`Problem`] with line and column;
//! and notices for the user besides the result of an operation.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::domain::{Problem, Severity};

/// Something wrong at a span, before lines are counted.
#[derive(Clone, Debug)]
pub(super) struct Diagnostic {
    pub(super) span: Range<usize>,
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hint: String,
    pub(super) idea: Option<String>,
}

impl Diagnostic {
    pub(super) fn error(span: Range<usize>, code: &'static str, message: String) -> Self {
        let severity = Severity::Error;
        Self { span, severity, code, message, hint: String::new(), idea: None }
    }

    pub(super) fn warning(span: Range<usize>, code: &'static str, message: String) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, code, message) }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    pub(super) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The diagnostics of a file as problems, in file order.
pub(super) fn problems(file: &Path, text: &str, mut diagnostics: Vec<Diagnostic>) -> Vec<Problem> {
    if diagnostics.is_empty() {
        return Vec::new();
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    let lines = LineIndex::new(text);
    diagnostics.into_iter().map(|diagnostic| problem(file, &lines, diagnostic)).collect()
}

/// One diagnostic of a file as a problem.
pub(super) fn problem_of(file: &Path, text: &str, diagnostic: Diagnostic) -> Problem {
    problem(file, &LineIndex::new(text), diagnostic)
}

fn problem(file: &Path, lines: &LineIndex<'_>, diagnostic: Diagnostic) -> Problem {
    let (line, start) = lines.line_at(diagnostic.span.start);
    let excerpt = lines.text[start..].split('\n').next().unwrap_or_default();
    let excerpt = excerpt.strip_suffix('\r').unwrap_or(excerpt);
    let before = diagnostic.span.start.saturating_sub(start).min(excerpt.len());
    let until = diagnostic.span.end.saturating_sub(start).clamp(before, excerpt.len());
    let characters =
        |range: Range<usize>| excerpt.get(range).map_or(0, |part| part.chars().count());
    Problem {
        file: file.to_owned(),
        line,
        column: characters(0..before) + 1,
        excerpt: excerpt.to_owned(),
        width: characters(before..until).max(1),
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: diagnostic.message,
        hint: diagnostic.hint,
        idea: diagnostic.idea,
    }
}

struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    fn new(text: &'t str) -> Self {
        let first = text.len() - text.trim_start_matches('\u{feff}').len();
        let starts =
            std::iter::once(first).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The line, from 1, that holds an offset, and where it starts.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        (line, self.starts[line - 1])
    }
}

/// The nearest of some known words, if it is near enough to be a slip.
pub(super) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(word, known), known))
        .filter(|(distance, known)| *distance <= (known.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Something that happened on the way and that the user should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A step was interrupted, its file was edited since, and it cannot be told
    /// whether the step is in it. It can be neither undone nor redone.
    UnclearStep { label: String, file: PathBuf, before: String, after: String },
    /// Lines of the journal that are damaged or of a newer version.
    UnreadableJournal { path: PathBuf, lines: usize },
    /// A file with several names was replaced; the other names keep the old text.
    HardLinks { file: PathBuf, names: u64 },
    /// The history of a workspace that was moved here is used from now on.
    Moved { from: PathBuf },
    /// The history of another path, that is not used.
    OtherHistory { path: PathBuf, reason: &'static str },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclearStep { label, file, before, after } => write!(
                f,
                "\"{label}\" was interrupted, and {} was edited since: it cannot be told whether it \
                 reached the file, so undo skips it (before: {}; after: {})",
                file.display(),
                excerpt(before),
                excerpt(after)
            ),
            Self::UnreadableJournal { path, lines } => {
                let what = match lines {
                    1 => "1 line of the journal cannot be read, its edit cannot be undone".into(),
                    _ => format!(
                        "{lines} lines of the journal cannot be read, their edits cannot be undone"
                    ),
                };
                write!(f, "{what}: {}", path.display())
            }
            Self::HardLinks { file, names } => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                write!(f, "{name} had {names} hard links; the other names keep the old text")
            }
            Self::Moved { from } => {
                write!(f, "the workspace was moved from {}; its history came along", from.display())
            }
            Self::OtherHistory { path, reason } => {
                write!(f, "the history of {} is not used: {reason}", path.display())
            }
        }
    }
}

/// The beginning of a text on one line, in quotes.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line: String = text.trim().chars().take(LONGEST).collect();
    let more = if text.trim().chars().count() > LONGEST { "…" } else { "" };
    if line.is_empty() { "nothing".to_owned() } else { format!("{line:?}{more}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_ignores_the_byte_order_mark() {
        let text = "\u{feff}a\r\n日本 = 11\r\n";
        let at = text.find("11").unwrap();
        let diagnostics = vec![Diagnostic::error(at..at + 2, "x", String::new())];
        let problem = problems(Path::new("f"), text, diagnostics).remove(0);
        assert_eq!((problem.line, problem.column, problem.width), (2, 6, 2));
        assert_eq!(problem.excerpt, "日本 = 11");
    }

    #[test]
    fn slips_are_near_and_strangers_are_not() {
        assert_eq!(nearest("headrom", ["headroom", "strategy"]), Some("headroom"));
        assert_eq!(nearest("activ", ["inbox", "active"]), Some("active"));
        assert_eq!(nearest("colour", ["headroom", "strategy"]), None);
    }
}
