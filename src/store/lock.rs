//! Paths of a workspace's files in the state folder, and its lock.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::fnv_1a;

/// The files of a workspace in the state folder.
#[derive(Debug)]
pub(super) struct StateFiles {
    lock: PathBuf,
    pub(super) journal: PathBuf,
    /// The round of triage that is under way.
    pub(super) round: PathBuf,
    /// Texts that were begun and not saved.
    pub(super) unsaved_texts: PathBuf,
    /// To whom the duels are limited.
    pub(super) pool: PathBuf,
    /// The time that was spent on choosing.
    pub(super) time_log: PathBuf,
}

impl StateFiles {
    /// Named after the canonical path of the workspace. The lock is that of its
    /// folder, so that a program that opens the folder and one that opens a file in it
    /// wait for each other.
    pub(super) fn of(workspace: &Path, folder: &Path, state: &Path) -> io::Result<Self> {
        let own = state.join(name_of(&workspace.canonicalize()?));
        let lock = state.join(format!("{}.lock", name_of(&folder.canonicalize()?)));
        Ok(Self {
            lock,
            journal: own.join("journal.jsonl"),
            round: own.join("triage.json"),
            unsaved_texts: own.join("unsaved_texts.json"),
            pool: own.join("duels.json"),
            time_log: own.join("choosing.log"),
        })
    }

    /// Waits for the lock of the workspace. Closing the file releases it, and so
    /// does a crash.
    pub(super) fn lock(&self) -> io::Result<File> {
        hold(&self.lock)
    }

    /// The file that [`StateFiles::lock`] locks.
    pub(super) fn lock_path(&self) -> &Path {
        &self.lock
    }
}

/// Waits for a lock on this file. Closing the file releases it.
pub(super) fn hold(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    file.lock()?;
    Ok(file)
}

/// A name for people to recognise and a hash that tells equal names apart.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' })
        .take(40)
        .collect();
    format!("{name}-{:016x}", fnv_1a(path.as_os_str().as_encoded_bytes()))
}
