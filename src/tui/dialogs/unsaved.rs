//! Names of texts that are begun and not saved.

use std::fmt;

/// What a text that is begun is to become. Written as two words in the state folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UnsavedKey {
    /// A log entry over several lines on the idea of this id.
    Note(String),
    Summary(String),
}

impl UnsavedKey {
    /// What the name stands for; `None` if it is of a kind that is not known.
    #[must_use]
    pub(crate) fn read(name: &str) -> Option<Self> {
        let (kind, id) = name.split_once(' ')?;
        match kind {
            "note" => Some(Self::Note(id.to_owned())),
            "summary" => Some(Self::Summary(id.to_owned())),
            _ => None,
        }
    }

    #[must_use]
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Note(_) => "note",
            Self::Summary(_) => "summary",
        }
    }

    #[must_use]
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Note(id) | Self::Summary(id) => id,
        }
    }
}

impl fmt::Display for UnsavedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.id())
    }
}
