//! Notices for the user besides the result of an operation.

use std::fmt;
use std::path::PathBuf;

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
                let lines =
                    if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
                write!(
                    f,
                    "{lines} of {} cannot be read; those edits cannot be undone",
                    path.display()
                )
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
