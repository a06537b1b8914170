//! Files and domain: reading with spans, edits spliced into the text, journal,
//! lock, atomic writes.

pub mod duels;

use std::path::{Path, PathBuf};

use crate::domain::{Edit, EditError, Portfolio, Problem};

/// A workspace that is open: its texts, and where each idea stands in them.
#[derive(Debug)]
pub struct Workspace {}

/// What was read from the files of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The ideas that could be read.
    pub portfolio: Portfolio,
    /// Everything that is wrong, in file order: ideas that could not be read
    /// (errors) and what was read in spite of being odd (warnings).
    pub problems: Vec<Problem>,
}

/// An edit that is on disk.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Present when the files had been changed by somebody else since they
    /// were read: everything as it now stands, this edit included.
    pub outside: Option<Loaded>,
}

/// An edit taken back or done again.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was taken back or done again, in words.
    pub label: String,
    /// The edit that brings a portfolio from before the step to after it.
    pub edit: Edit,
    /// As in [`Committed::outside`].
    pub outside: Option<Loaded>,
}

/// What to do where an edit and an outside change touch the same field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// Refuse with [`StoreError::Conflict`].
    Ask,
    /// Let the edit win.
    Overwrite,
}

/// Why a store operation did not happen. The files are then as before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The edit does not fit the ideas as they are on disk.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Somebody else changed the same field since it was read.
    #[error("{what} of \"{id}\" was changed outside to {theirs}")]
    Conflict {
        /// The idea.
        id: String,
        /// The field or list.
        what: String,
        /// What the edit would put there.
        mine: String,
        /// What stands there now.
        theirs: String,
        /// Everything as it now stands on disk.
        loaded: Box<Loaded>,
    },
    /// The place to edit cannot be read, so it is left alone.
    #[error("\"{id}\" cannot be changed: {problem}")]
    Broken {
        /// The idea or file.
        id: String,
        /// What is wrong with it.
        problem: Box<Problem>,
    },
}

impl Workspace {
    /// Opens a file or a folder and reads all ideas. Broken ideas are problems,
    /// not errors. `state` is the folder for journals and locks.
    ///
    /// # Errors
    /// The path does not exist or cannot be read at all.
    pub fn open(_path: &Path, _state: &Path) -> Result<(Self, Loaded), StoreError> {
        unimplemented!()
    }

    /// Makes a workspace at a path where there is none: `PATH/ideas.toml`, or
    /// PATH itself where it ends in `.toml`. Never overwrites.
    ///
    /// # Errors
    /// Something is there already, or cannot be written.
    pub fn create(_path: &Path) -> Result<PathBuf, StoreError> {
        unimplemented!()
    }

    /// The file or folder that is open.
    #[must_use]
    pub fn path(&self) -> &Path {
        unimplemented!()
    }

    /// Where an idea stands: its file and the line of its header, from 1.
    #[must_use]
    pub fn location(&self, _id: &str) -> Option<(PathBuf, usize)> {
        unimplemented!()
    }

    /// Writes an edit to the freshest text on disk and records it for undo.
    /// `inverse` is what [`Portfolio::apply`] returned for it: it holds the
    /// values that the edit expects to replace.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written then.
    pub fn commit(
        &mut self,
        _edit: &Edit,
        _inverse: &Edit,
        _on_conflict: OnConflict,
    ) -> Result<Committed, StoreError> {
        unimplemented!()
    }

    /// Takes back the last edit that stands; `None` if there is none.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written then.
    pub fn undo(&mut self, _on_conflict: OnConflict) -> Result<Option<Step>, StoreError> {
        unimplemented!()
    }

    /// Does again what was taken back last; `None` if there is nothing.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing is written then.
    pub fn redo(&mut self, _on_conflict: OnConflict) -> Result<Option<Step>, StoreError> {
        unimplemented!()
    }

    /// Reads again what has changed on disk; `None` if nothing has.
    ///
    /// # Errors
    /// The workspace cannot be read any more. What was read before stays.
    pub fn reload(&mut self) -> Result<Option<Loaded>, StoreError> {
        unimplemented!()
    }
}
