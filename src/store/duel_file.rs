//! `duels.toml` beside the ideas: read when it has changed, appended to and
//! never rewritten.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::duels::{Addition, append, parse};
use super::file::Stamp;
use super::{atomic, folder};
use crate::domain::{DuelEntry, DuelLog, Problem, Severity};

/// The log of duels as it was read last.
#[derive(Debug)]
pub(super) struct DuelFile {
    pub(super) path: PathBuf,
    stamp: Option<Stamp>,
    pub(super) log: DuelLog,
    pub(super) problems: Vec<Problem>,
}

impl DuelFile {
    /// That of the workspace in a folder, not read yet.
    pub(super) fn new(root: &Path) -> Self {
        let path = root.join(folder::DUELS);
        Self { path, stamp: None, log: DuelLog::default(), problems: Vec::new() }
    }

    /// Reads again what has changed; returns whether something has.
    pub(super) fn refresh(&mut self) -> bool {
        let stamp = Stamp::of(&self.path);
        if stamp == self.stamp {
            return false;
        }
        let (entries, problems) = match fs::read(&self.path) {
            Ok(bytes) => parse(&self.path, &bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
            Err(error) => (Vec::new(), vec![unreadable(&self.path, &error)]),
        };
        self.stamp = stamp;
        self.problems = problems;
        self.log = DuelLog { entries };
        true
    }

    /// Adds entries at the end and waits until they are on disk; either all of
    /// them are, or none. The lock must be held.
    pub(super) fn append(&mut self, entries: &[DuelEntry]) -> io::Result<()> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let Addition { keep, text } = append(&bytes, entries);
        if keep == bytes.len() && !bytes.is_empty() {
            extend(&self.path, &text)?;
        } else {
            // A new file, or a torn ending that becomes comments.
            let kept = bytes.get(..keep).unwrap_or(&bytes);
            atomic::write_atomic(&self.path, &[kept, text.as_bytes()].concat())?;
        }
        self.problems.retain(|problem| problem.severity == Severity::Error);
        self.log.entries.extend_from_slice(entries);
        self.stamp = Stamp::of(&self.path);
        Ok(())
    }
}

/// Adds to the end of a file; if that fails half-way, the file is as before.
fn extend(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).open(path)?;
    let length = file.metadata()?.len();
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        // If not even this works, the torn ending is tolerated.
        let _ = file.set_len(length);
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem {
        file: path.to_owned(),
        line: 1,
        column: 1,
        excerpt: String::new(),
        width: 1,
        severity: Severity::Error,
        code: "unreadable",
        message: format!("the file cannot be read: {error}"),
        hint: String::new(),
        idea: None,
    }
}
