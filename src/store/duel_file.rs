//! `duels.toml` beside the ideas: read when it has changed, appended to and
//! never rewritten.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{self, Expected, Replaced};
use super::duels::{Addition, append, parse};
use super::folder::DUELS;
use super::patch::{Side, TextHash};
use crate::domain::{DuelEntry, DuelLog, Problem, Severity};
use crate::regular_file::Stamp;
use crate::regular_file::{self, check_inside};

/// The log of duels as it was read last.
#[derive(Debug)]
pub(super) struct DuelFile {
    pub(super) path: PathBuf,
    stamp: Option<Stamp>,
    pub(super) log: DuelLog,
    pub(super) problems: Vec<Problem>,
}

/// Length and hash of `duels.toml` before and after an addition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DuelPatch {
    /// `None` if there was no file.
    before: Option<(usize, TextHash)>,
    after: (usize, TextHash),
}

/// An addition to the file as it was a moment ago.
#[derive(Debug)]
pub(super) struct StagedDuels {
    entries: Vec<DuelEntry>,
    bytes: Vec<u8>,
    stamp: Option<Stamp>,
    addition: Addition,
    pub(super) patch: DuelPatch,
}

impl DuelFile {
    /// That of the workspace in a folder, not read yet.
    pub(super) fn new(root: &Path) -> Self {
        let path = root.join(DUELS);
        Self { path, stamp: None, log: DuelLog::default(), problems: Vec::new() }
    }

    /// Reads again what has changed; returns whether something has.
    pub(super) fn refresh(&mut self) -> bool {
        let stamp = Stamp::of(&self.path);
        if stamp == self.stamp {
            return false;
        }
        let (entries, problems) = match self.read() {
            Ok((bytes, _)) => parse(&self.path, &bytes),
            Err(error) => (Vec::new(), vec![unreadable(&self.path, &error)]),
        };
        self.stamp = stamp;
        self.problems = problems;
        self.log = DuelLog { entries };
        true
    }

    /// The bytes of the file, none if it does not exist.
    fn read(&self) -> io::Result<(Vec<u8>, Option<Stamp>)> {
        check_inside(&self.path, self.path.parent().unwrap_or(Path::new("")))?;
        match regular_file::read(&self.path) {
            Ok((bytes, metadata)) => Ok((bytes, Some(Stamp::from_metadata(&metadata)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((Vec::new(), None)),
            Err(error) => Err(error),
        }
    }

    /// What has to be written so that some entries stand at the end.
    pub(super) fn stage(&self, entries: Vec<DuelEntry>) -> io::Result<StagedDuels> {
        let (bytes, stamp) = self.read()?;
        let addition = append(&bytes, &entries);
        let side = |bytes: &[u8]| (bytes.len(), TextHash::of(bytes));
        let after = [&bytes[..addition.keep], addition.text.as_bytes()].concat();
        let before = stamp.is_some().then(|| side(&bytes));
        let patch = DuelPatch { before, after: side(&after) };
        Ok(StagedDuels { entries, bytes, stamp, addition, patch })
    }

    /// Adds entries at the end and waits until they are on disk. `false` if another
    /// program has changed the file since they were staged. The lock must be held.
    pub(super) fn append(&mut self, staged: StagedDuels) -> io::Result<bool> {
        let StagedDuels { entries, bytes, stamp, addition: Addition { keep, text }, .. } = staged;
        let replaced = if keep == bytes.len() && stamp.is_some() {
            extend(&self.path, &text, stamp.as_ref())?
        } else {
            // A new file, or a torn ending that becomes comments.
            let expected = Expected { stamp: stamp.as_ref(), bytes: &bytes };
            let whole = [&bytes[..keep], text.as_bytes()].concat();
            atomic::replace_if_unchanged(&self.path, &whole, expected)?
        };
        let Replaced::Done(stamp) = replaced else { return Ok(false) };
        self.problems.retain(|problem| problem.severity == Severity::Error);
        self.log.entries.extend(entries);
        self.stamp = stamp;
        Ok(true)
    }

    /// The side of a step on which the file is. Without a patch, as in journals
    /// of 0.2, and after another change the entries themselves tell.
    pub(super) fn side_of(&self, patch: Option<&DuelPatch>, entries: &[DuelEntry]) -> Side {
        if let (Some(patch), Ok((bytes, stamp))) = (patch, self.read()) {
            let now = stamp.map(|_| (bytes.len(), TextHash::of(&bytes)));
            if now.as_ref() == Some(&patch.after) {
                return Side::After;
            }
            if now == patch.before {
                return Side::Before;
            }
        }
        let there = entries.iter().filter(|entry| self.log.entries.contains(entry)).count();
        match there {
            _ if entries.is_empty() => Side::Both,
            0 => Side::Before,
            _ if there == entries.len() => Side::After,
            _ => Side::Unclear,
        }
    }

    /// Takes an addition away again; `false` if the file is not as it left it.
    pub(super) fn put_back(&mut self, patch: &DuelPatch) -> io::Result<bool> {
        let (bytes, stamp) = self.read()?;
        if (bytes.len(), TextHash::of(&bytes)) != patch.after {
            return Ok(false);
        }
        let expected = Expected { stamp: stamp.as_ref(), bytes: &bytes };
        let is_back = match &patch.before {
            None => atomic::remove_if_unchanged(&self.path, expected)?,
            Some((length, hash)) => match bytes.get(..*length) {
                Some(kept) if TextHash::of(kept) == *hash => {
                    let replaced = atomic::replace_if_unchanged(&self.path, kept, expected)?;
                    matches!(replaced, Replaced::Done(_))
                }
                _ => false,
            },
        };
        self.refresh();
        Ok(is_back)
    }
}

/// Adds to the end of a file that is as it was read; if that fails half-way,
/// the file is as before.
fn extend(path: &Path, text: &str, read: Option<&Stamp>) -> io::Result<Replaced> {
    let mut file = OpenOptions::new().append(true).open(path)?;
    let metadata = file.metadata()?;
    if Some(&Stamp::from_metadata(&metadata)) != read {
        return Ok(Replaced::Changed);
    }
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        // If not even this works, the torn ending is tolerated.
        let _ = file.set_len(metadata.len());
    })?;
    // If the file was replaced meanwhile, the entry is in the old one only.
    let (own, now) = (file.metadata()?, Stamp::from_metadata(&fs::metadata(path)?));
    if !now.is_same_content(&Stamp::from_metadata(&own)) {
        return Ok(Replaced::Changed);
    }
    let is_ours = own.len() == metadata.len() + text.len() as u64;
    Ok(Replaced::Done(is_ours.then_some(now)))
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
