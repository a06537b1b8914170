//! A workspace in a temporary folder, with the portfolio beside it that a
//! program would hold.

use std::fs;
use std::path::{Path, PathBuf};

use prospect::domain::{Edit, Idea, Portfolio, Problem};
use prospect::store::{Committed, OnConflict, StoreError, Workspace};
use tempfile::TempDir;

/// A folder with a workspace and a folder for its state.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

impl Desk {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        // In memory where that is possible: thousands of edits, each synced.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let desk = Self { folder: folder.unwrap() };
        fs::create_dir_all(desk.path("w")).unwrap();
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    /// A folder with one file of ideas.
    pub(crate) fn new(text: &str) -> Self {
        Self::with(&[("ideas.toml", text)])
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path("w").join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.file(name).parent().unwrap()).unwrap();
        fs::write(self.file(name), text).unwrap();
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.file("ideas.toml")).unwrap()
    }

    pub(crate) fn open(&self) -> Session {
        Session::open(&self.path("w"), &self.path("state"))
    }
}

/// An open workspace, and what is known of it.
pub(crate) struct Session {
    pub(crate) workspace: Workspace,
    pub(crate) portfolio: Portfolio,
    pub(crate) problems: Vec<Problem>,
}

impl Session {
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
