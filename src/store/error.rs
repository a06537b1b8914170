//! Errors of reading and writing the files of a workspace.

use std::io;
use std::path::{Path, PathBuf};

use super::Loaded;
use crate::domain::{EditError, Problem};

/// Why a store operation did not happen. The files are then as before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    /// Another program keeps changing a file, so that nothing can be written.
    #[error("{} keeps changing; nothing was written to it", path.display())]
    KeepsChanging { path: PathBuf },
    /// The edit does not fit the ideas as they are on disk.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The same field was changed externally since it was read.
    #[error("{what} of \"{id}\" was changed outside to {theirs}")]
    Conflict {
        id: String,
        what: String,
        /// What the edit would put there.
        mine: String,
        theirs: String,
        /// Everything as it now stands on disk.
        loaded: Box<Loaded>,
    },
    /// The place to edit cannot be read, so it is left alone.
    #[error("\"{id}\" cannot be changed: {problem}")]
    Broken {
        id: String,
        /// What is wrong with it.
        problem: Box<Problem>,
    },
    /// The edit, spliced into the text, would not give what it should.
    #[error(
        "\"{id}\" is written in a way that cannot be edited here; edit {} by hand", path.display()
    )]
    Refused {
        id: String,
        /// The file in which it stands.
        path: PathBuf,
    },
    /// A text that was to become an idea is none.
    #[error("{}", problems.first().map(ToString::to_string).unwrap_or_default())]
    Invalid {
        /// What is wrong with it, with places in the text.
        problems: Vec<Problem>,
    },
    /// What was given as the inverse of an edit is not that.
    #[error("an edit came with an inverse that does not take it back")]
    NotInverse,
}

impl StoreError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
