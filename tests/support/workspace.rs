//! A workspace in a temporary folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use prospect::demo;
use tempfile::TempDir;

/// A home folder with a workspace in it, gone at the end of the test.
pub(crate) struct TestWorkspace {
    home: TempDir,
}

impl TestWorkspace {
    /// A home folder, and no workspace yet.
    pub(crate) fn empty() -> Self {
        // In memory where that is possible: thousands of edits, each synced.
        let home = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self { home: home.unwrap() }
    }

    /// The same on a certain file system.
    pub(crate) fn empty_within(folder: &Path) -> Self {
        Self { home: tempfile::tempdir_in(folder).unwrap() }
    }

    pub(crate) fn with_demo() -> Self {
        let workspace = Self::empty();
        demo::unpack(&workspace.folder()).unwrap();
        workspace
    }

    /// A workspace of one file.
    pub(crate) fn with(ideas: &str) -> Self {
        Self::with_files(&[("ideas.toml", ideas)])
    }

    pub(crate) fn with_files(files: &[(&str, &str)]) -> Self {
        let workspace = Self::empty();
        fs::create_dir(workspace.folder()).unwrap();
        for (name, text) in files {
            workspace.write(name, text);
        }
        workspace
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// A path in the home folder, beside the workspace.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.home().join(name)
    }

    /// The folder of the workspace.
    pub(crate) fn folder(&self) -> PathBuf {
        self.path("ideas")
    }

    /// A path in the workspace.
    pub(crate) fn file(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder().join(name)
    }

    pub(crate) fn ideas_file(&self) -> PathBuf {
        self.file("ideas.toml")
    }

    /// What is in the file of ideas.
    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.ideas_file()).unwrap()
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.file(name).parent().unwrap()).unwrap();
        fs::write(self.file(name), text).unwrap();
        // As if a while ago: a fresh file is waited for.
        let past = SystemTime::now() - Duration::from_secs(5);
        File::options().write(true).open(self.file(name)).unwrap().set_modified(past).unwrap();
    }
}

/// Two ideas, one complete and capped, one with answers missing, and comments
/// that must survive.
pub(crate) const TWO: &str = "\
# what we might do

[[idea]]
id = \"narrow\"
title = \"A narrow topic, well done\"   # by the window
tags = [\"vision\"]
[idea.ratings]
simplicity = 9
generality = 8
longevity = 8
headroom = 2
strategy = 8

[[idea]]
id = \"open-question\"
title = \"An open question\"
status = \"shortlist\"
dir = \"work\"
[idea.ratings]
headroom = [6, 9]
[idea.bet]
kind = \"hot\"
edge = 3
";
