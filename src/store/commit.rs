//! Commit, undo and redo.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::time::{Duration, Instant};

use super::atomic::{self, Expected, Replaced};
use super::file::FileKind;
use super::file::SourceFile;
use super::journal::EditRecord;
use super::journal::{Ending, Record, StepKind};
use super::load::Freshness;
use super::transaction::{StagedWrite, Transaction};
use super::{Notice, OnConflict, StoreError, Workspace, load};
use crate::domain::{DuelEntry, Edit};

/// How often and how long an edit is made anew because another program keeps changing the file.
const ATTEMPTS: usize = 5;
const ATTEMPT_TIME: Duration = Duration::from_secs(2);

impl Workspace {
    pub(super) fn transaction(&self) -> Transaction<'_> {
        Transaction::new(&self.files, self.root.clone(), self.is_folder).with_duels(&self.duels.log)
    }

    /// Does something under the lock, on the freshest text, and again if another
    /// program changes a file before it is replaced. `attempt` is given the
    /// externally changed files as they were before.
    pub(super) fn locked<T>(
        &mut self,
        mut attempt: impl FnMut(&mut Self, &[SourceFile]) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let started = Instant::now();
        let mut before: Vec<SourceFile> = Vec::new();
        let mut attempts = 1;
        loop {
            let (lock, changed) = self.lock_and_refresh()?;
            for file in changed {
                if before.iter().all(|known| known.path != file.path) {
                    before.push(file);
                }
            }
            let result = attempt(self, &before);
            drop(lock);
            match result {
                Err(StoreError::KeepsChanging { .. })
                    if attempts < ATTEMPTS && started.elapsed() < ATTEMPT_TIME =>
                {
                    attempts += 1;
                }
                // What does not fit a file that is being written may fit the whole.
                Err(StoreError::Broken { .. } | StoreError::Edit(_))
                    if started.elapsed() < ATTEMPT_TIME && self.wait_once() => {}
                result => return result,
            }
        }
    }

    /// Takes the lock, reads what has changed, and recovers from a crash; returns
    /// the changed files as they were before.
    fn lock_and_refresh(&mut self) -> Result<(File, Vec<SourceFile>), StoreError> {
        let lock = self.state.lock(&self.on_wait.0);
        let lock = lock.map_err(StoreError::io(self.state.lock_path()))?;
        let before = self.refresh_when_still(Freshness::Contents)?;
        self.adopt_history()?;
        if !self.journal.is_clean() {
            self.recover(&BTreeSet::new())?;
        }
        if self.externally_changed {
            // What was read just now has not been split into ideas yet.
            load::load(&mut self.files, self.is_folder);
        }
        Ok((lock, before))
    }

    pub(super) fn commit_edit(
        &mut self,
        edit: &Edit,
        inverse: &Edit,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        self.locked(|workspace, before| {
            let base = Transaction::new(before, workspace.root.clone(), workspace.is_folder);
            let mut transaction = workspace.transaction();
            transaction.apply(edit, inverse, &base, on_conflict)?;
            let Some(staged) = transaction.finish() else { return Ok(()) };
            workspace.write(StepKind::Edit, edit.describe(), staged).map(drop)
        })
    }

    pub(super) fn rewrite_text(
        &mut self,
        id: &str,
        before: &str,
        text: &str,
        on_conflict: OnConflict,
    ) -> Result<Option<Edit>, StoreError> {
        self.locked(|workspace, _| {
            let mut transaction = workspace.transaction();
            transaction.rewrite(id, before, text, on_conflict)?;
            let Some(staged) = transaction.finish() else { return Ok(None) };
            workspace.write(StepKind::Edit, format!("{id} edited as text"), staged).map(Some)
        })
    }

    /// Undoes or redoes a step; returns what it was and the edit that does so.
    pub(super) fn undo_or_redo(
        &mut self,
        kind: StepKind,
        on_conflict: OnConflict,
    ) -> Result<Option<(String, Edit)>, StoreError> {
        self.locked(|workspace, before| {
            workspace.catch_up()?;
            let journal_path = workspace.state.path(super::JOURNAL);
            let record = workspace.journal.last(kind).map_err(StoreError::io(&journal_path))?;
            let Some(record) = record else {
                if !journal_path.exists() {
                    workspace.report_other_histories();
                }
                return Ok(None);
            };
            let edits = (record.edit.to_edit(), record.inverse.to_edit());
            let (Some(edit), Some(inverse)) = edits else {
                let source = std::io::Error::other("the journal holds an edit of a newer version");
                return Err(StoreError::Io { path: journal_path, source });
            };
            let base = Transaction::new(before, workspace.root.clone(), workspace.is_folder);
            let mut transaction = workspace.transaction();
            transaction.check_readable(&record.files)?;
            if !transaction.restore(&record.files, &edit, &inverse) {
                transaction = workspace.transaction();
                transaction.apply(&inverse, &edit, &base, on_conflict)?;
            }
            let taken_back = match transaction.finish() {
                Some(staged) => workspace.write(kind, record.label.clone(), staged)?,
                None => workspace.record_done_by_hand(kind, &record, &inverse)?,
            };
            Ok(Some((record.label, taken_back)))
        })
    }

    /// The files say already what an undo or redo would write: only the journal has to follow.
    fn record_done_by_hand(
        &mut self,
        kind: StepKind,
        record: &Record,
        inverse: &Edit,
    ) -> Result<Edit, StoreError> {
        let record = Record {
            label: record.label.clone(),
            edit: record.inverse.clone(),
            inverse: record.edit.clone(),
            files: Vec::new(),
            duels: None,
        };
        let error = StoreError::io(&self.state.path(super::JOURNAL));
        self.journal
            .begin(kind, record)
            .and_then(|()| self.journal.end(Ending::Done))
            .map_err(error)?;
        // A log that is only added to has nothing to add twice.
        let adds = duels_of(inverse).next().is_some();
        Ok(if adds { Edit::Group(Vec::new()) } else { inverse.clone() })
    }

    /// Records a step, then writes its files, then marks it as done. If one of
    /// that fails, the files decide what became of the step.
    pub(super) fn write(
        &mut self,
        kind: StepKind,
        label: String,
        staged: StagedWrite,
    ) -> Result<Edit, StoreError> {
        let StagedWrite { mut changed, removed, files, entries, edit, inverse } = staged;
        let duels = match entries.is_empty() {
            true => None,
            false => {
                let staged = self.duels.stage(entries);
                Some(staged.map_err(StoreError::io(&self.duels.path))?)
            }
        };
        let record = Record {
            label,
            edit: EditRecord::from_edit(&edit),
            inverse: EditRecord::from_edit(&inverse),
            files,
            duels: duels.as_ref().map(|staged| staged.patch.clone()),
        };
        let journal_error = StoreError::io(&self.state.path(super::JOURNAL));
        let mut unreached: BTreeSet<String> =
            changed.values().map(|file| file.name.clone()).collect();
        let mut result = self.journal.begin(kind, record).map_err(journal_error);
        if result.is_ok() {
            result = self.write_files(&mut changed, &removed, &mut unreached);
        }
        if result.is_ok()
            && let Some(staged) = duels
        {
            result = match self.duels.append(staged) {
                Ok(true) => Ok(()),
                Ok(false) => Err(StoreError::KeepsChanging { path: self.duels.path.clone() }),
                Err(error) => Err(StoreError::io(&self.duels.path)(error)),
            };
        }
        if let Err(error) = result {
            // If this fails as well, the next process that writes does it.
            let _ = self.refresh(Freshness::Contents).and_then(|_| self.recover(&unreached));
            return Err(error);
        }
        // From here on the edit counts: without the mark the files tell.
        let _ = self.journal.end(Ending::Done);
        self.own_writes.record(changed.values(), &self.state);
        self.adopt(changed, &removed);
        Ok(edit)
    }

    /// Writes files, and takes those off the list of unreached ones that it has
    /// replaced or may have replaced.
    fn write_files(
        &mut self,
        changed: &mut BTreeMap<usize, SourceFile>,
        removed: &BTreeSet<usize>,
        unreached: &mut BTreeSet<String>,
    ) -> Result<(), StoreError> {
        for (at, file) in changed {
            let known = self.files.get(*at);
            if let Some(names) = hard_links(file) {
                self.notices.push(Notice::HardLinks { file: file.path.clone(), names });
            }
            match replace_on_disk(file, known, removed.contains(at)) {
                Ok(true) => drop(unreached.remove(&file.name)),
                Ok(false) => return Err(StoreError::KeepsChanging { path: file.path.clone() }),
                Err(error) => {
                    unreached.remove(&file.name);
                    return Err(StoreError::io(&file.path)(error));
                }
            }
        }
        Ok(())
    }

    /// Takes over the files of a transaction that is on disk.
    fn adopt(&mut self, changed: BTreeMap<usize, SourceFile>, removed: &BTreeSet<usize>) {
        for (at, file) in changed {
            match self.files.get_mut(at) {
                Some(old) => *old = file,
                None => self.files.push(file),
            }
        }
        let mut at = 0;
        self.files.retain(|_| {
            at += 1;
            !removed.contains(&(at - 1))
        });
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

pub(super) fn duels_of(edit: &Edit) -> impl Iterator<Item = &DuelEntry> {
    edit.flatten().into_iter().filter_map(|step| match step {
        Edit::Duel(entry) => Some(entry),
        _ => None,
    })
}

/// Writes or removes a file if it still is as it was read: `known`. `false` if
/// another program has changed it.
pub(super) fn replace_on_disk(
    file: &mut SourceFile,
    known: Option<&SourceFile>,
    is_removed: bool,
) -> std::io::Result<bool> {
    let expected = Expected {
        stamp: known.and_then(|known| known.stamp.as_ref()),
        bytes: known.map_or(&[], |known| known.text.as_bytes()),
    };
    let folder = file.path.parent().filter(|_| file.kind == FileKind::Person);
    if is_removed {
        let is_gone = atomic::remove_if_unchanged(&file.path, expected)?;
        if let Some(folder) = folder.filter(|_| is_gone) {
            // Only an empty folder goes, and it may stay.
            let _ = std::fs::remove_dir(folder);
        }
        file.stamp = None;
        return Ok(is_gone);
    }
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
    }
    atomic::remove_orphans(&file.path);
    file.is_settled = false;
    match atomic::replace_if_unchanged(&file.path, file.text.as_bytes(), expected)? {
        Replaced::Done(stamp) => {
            file.stamp = stamp;
            Ok(true)
        }
        Replaced::Changed => Ok(false),
    }
}

/// The number of names of a file that has several.
fn hard_links(file: &SourceFile) -> Option<u64> {
    #[cfg(unix)]
    let names = std::os::unix::fs::MetadataExt::nlink(&file.path.metadata().ok()?);
    #[cfg(not(unix))]
    let names = 1;
    (names > 1).then_some(names)
}
