//! A workspace opened in the store, with the portfolio beside it that a program
//! would hold.

use std::path::{Path, PathBuf};

use prospect::domain::{Edit, Idea, Portfolio, Problem};
use prospect::store::{Committed, OnConflict, StoreError, Workspace};

use super::TestWorkspace;

impl TestWorkspace {
    /// The folder for the journal.
    pub(crate) fn state(&self) -> PathBuf {
        self.path("state")
    }

    pub(crate) fn open(&self) -> OpenWorkspace {
        OpenWorkspace::open(&self.folder(), &self.state())
    }
}

/// An open workspace, and what is known of it.
pub(crate) struct OpenWorkspace {
    pub(crate) workspace: Workspace,
    pub(crate) portfolio: Portfolio,
    pub(crate) problems: Vec<Problem>,
}

impl OpenWorkspace {
    pub(crate) fn open(path: &Path, state: &Path) -> Self {
        let (workspace, loaded) = Workspace::open(path, state).unwrap();
        Self { workspace, portfolio: loaded.portfolio, problems: loaded.problems }
    }

    pub(crate) fn idea(&self, id: &str) -> &Idea {
        self.portfolio.get(id).unwrap_or_else(|| panic!("no idea {id}: {:?}", self.problems))
    }

    /// Edits as a program does: first in memory, then on disk.
    pub(crate) fn try_edit(&mut self, edit: &Edit) -> Result<Committed, StoreError> {
        self.edit_on(edit, OnConflict::Ask)
    }

    pub(crate) fn edit_on(
        &mut self,
        edit: &Edit,
        on_conflict: OnConflict,
    ) -> Result<Committed, StoreError> {
        let mut portfolio = self.portfolio.clone();
        let inverse = portfolio.apply(edit)?;
        let committed = self.workspace.commit(edit, &inverse, on_conflict)?;
        self.portfolio = match &committed.outside {
            Some(loaded) => loaded.portfolio.clone(),
            None => portfolio,
        };
        Ok(committed)
    }

    pub(crate) fn edit(&mut self, edit: &Edit) {
        self.try_edit(edit).unwrap_or_else(|error| panic!("{edit:?}: {error:?}"));
    }

    /// Reads again what has changed; whether anything has.
    pub(crate) fn reload(&mut self) -> bool {
        let Some(loaded) = self.workspace.reload().unwrap() else { return false };
        self.portfolio = loaded.portfolio;
        self.problems = loaded.problems;
        true
    }

    pub(crate) fn undo(&mut self) -> Option<String> {
        let step = self.workspace.undo(OnConflict::Ask).unwrap()?;
        self.follow(&step.edit, step.outside.map(|loaded| loaded.portfolio));
        Some(step.label)
    }

    pub(crate) fn redo(&mut self) -> Option<String> {
        let step = self.workspace.redo(OnConflict::Ask).unwrap()?;
        self.follow(&step.edit, step.outside.map(|loaded| loaded.portfolio));
        Some(step.label)
    }

    fn follow(&mut self, edit: &Edit, outside: Option<Portfolio>) {
        match outside {
            Some(portfolio) => self.portfolio = portfolio,
            None => drop(self.portfolio.apply(edit).unwrap()),
        }
    }
}
