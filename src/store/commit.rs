//! Commit, undo, redo and crash recovery.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use super::file::{FileKind, SourceFile, Stamp};
use super::journal::{Record, StepKind};
use super::journal_format::EditRecord;
use super::refresh::Freshness;
use super::transaction::{StagedWrite, Transaction};
use super::{OnConflict, StoreError, Workspace, atomic, load};
use crate::domain::{DuelEntry, Edit};

impl Workspace {
    pub(super) fn transaction(&self) -> Transaction<'_> {
        Transaction::new(&self.files, self.root.clone(), self.is_folder).with_duels(&self.duels.log)
    }

    /// Takes the lock, settles what a crash has left open, and reads what has
    /// changed; returns that as it was before.
    pub(super) fn prepare(&mut self) -> Result<(File, Vec<SourceFile>), StoreError> {
        let lock = self.state.lock().map_err(StoreError::io(self.state.lock_path()))?;
        let before = self.refresh(Freshness::Contents)?;
        if self.externally_changed {
            // What was read just now has not been split into ideas yet.
            load::load(&mut self.files, self.is_folder);
        }
        if !self.journal.is_clean() {
            self.recover()?;
        }
        Ok((lock, before))
    }

    pub(super) fn commit_edit(
        &mut self,
        edit: &Edit,
        inverse: &Edit,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        let (_lock, before) = self.prepare()?;
        let base = Transaction::new(&before, self.root.clone(), self.is_folder);
        let mut transaction = self.transaction();
        transaction.apply(edit, inverse, &base, on_conflict)?;
        let Some(staged) = transaction.finish() else { return Ok(()) };
        self.write(StepKind::Edit, edit.describe(), staged).map(drop)
    }

    /// Undoes or redoes a step; returns what it was and the edit that does so.
    pub(super) fn undo_or_redo(
        &mut self,
        kind: StepKind,
        on_conflict: OnConflict,
    ) -> Result<Option<(String, Edit)>, StoreError> {
        let (_lock, before) = self.prepare()?;
        self.catch_up()?;
        let journal_path = self.state.journal.clone();
        let record = self.journal.last(kind).map_err(StoreError::io(&journal_path))?;
        let Some(record) = record else { return Ok(None) };
        let edits = (record.edit.to_edit(), record.inverse.to_edit());
        let (Some(edit), Some(inverse)) = edits else {
            let source = std::io::Error::other("the journal holds an edit of a newer version");
            return Err(StoreError::Io { path: journal_path, source });
        };
        let base = Transaction::new(&before, self.root.clone(), self.is_folder);
        let mut transaction = self.transaction();
        if !transaction.restore(&record.files, &edit, &inverse) {
            transaction = self.transaction();
            transaction.apply(&inverse, &edit, &base, on_conflict)?;
        }
        let taken_back = match transaction.finish() {
            Some(staged) => self.write(kind, record.label.clone(), staged)?,
            // It was undone by hand already: only the journal has to follow.
            None => {
                let record = Record {
                    label: record.label.clone(),
                    edit: record.inverse,
                    inverse: record.edit,
                    files: Vec::new(),
                };
                self.journal
                    .begin(kind, record)
                    .and_then(|()| self.journal.end(true))
                    .map_err(StoreError::io(&journal_path))?;
                // A log that is only added to has nothing to add twice.
                let adds = duels_of(&inverse).next().is_some();
                if adds { Edit::Group(Vec::new()) } else { inverse }
            }
        };
        Ok(Some((record.label, taken_back)))
    }

    /// Records a step, then writes its files, then marks it as done. If a file
    /// cannot be written, those before it are put back.
    pub(super) fn write(
        &mut self,
        kind: StepKind,
        label: String,
        staged: StagedWrite,
    ) -> Result<Edit, StoreError> {
        let StagedWrite { mut changed, removed, files, entries, edit, inverse } = staged;
        let record = Record {
            label,
            edit: EditRecord::from_edit(&edit),
            inverse: EditRecord::from_edit(&inverse),
            files,
        };
        let journal_error = StoreError::io(&self.state.journal);
        self.journal.begin(kind, record).map_err(journal_error)?;
        let mut written = Vec::new();
        for (at, file) in &mut changed {
            match replace_on_disk(file, removed.contains(at)) {
                Ok(()) => written.push(*at),
                Err(error) => {
                    let path = file.path.clone();
                    return Err(self.roll_back(&written, StoreError::io(&path)(error)));
                }
            }
        }
        if !entries.is_empty()
            && let Err(error) = self.duels.append(&entries)
        {
            let error = StoreError::io(&self.duels.path)(error);
            return Err(self.roll_back(&written, error));
        }
        // From here on the edit stands, whatever happens to the mark: without
        // it, the next who writes looks at the files.
        let _ = self.journal.end(true);
        self.adopt(changed, &removed);
        Ok(edit)
    }

    /// Puts back the files that a step has written before it failed.
    fn roll_back(&mut self, written: &[usize], error: StoreError) -> StoreError {
        for file in written.iter().filter_map(|at| self.files.get(*at)) {
            // It went through a moment ago; if not now, the journal tells the
            // next who writes.
            let _ = atomic::write_atomic(&file.path, file.text.as_bytes());
        }
        let _ = self.journal.end(false);
        error
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

    fn catch_up(&mut self) -> Result<(), StoreError> {
        self.journal.catch_up().map_err(StoreError::io(&self.state.journal))
    }

    /// Finds out whether a step that was begun has reached the files, and puts
    /// back the files of one that has reached only some.
    fn recover(&mut self) -> Result<(), StoreError> {
        self.catch_up()?;
        let error = StoreError::io(&self.state.journal);
        let Some(record) = self.journal.pending().map_err(error)? else { return Ok(()) };
        let reached: Vec<bool> =
            record.files.iter().map(|file| self.transaction().restore_file(file)).collect();
        let is_done = reached.iter().all(|reached| *reached);
        if is_done {
            self.recover_duels(&record)?;
        } else {
            let mut transaction = self.transaction();
            for (file, _) in record.files.iter().zip(&reached).filter(|(_, reached)| **reached) {
                transaction.restore_file(file);
            }
            if let Some(StagedWrite { mut changed, removed, .. }) = transaction.finish() {
                for (at, file) in &mut changed {
                    let result = replace_on_disk(file, removed.contains(at));
                    result.map_err(StoreError::io(&file.path))?;
                }
                self.adopt(changed, &removed);
                self.externally_changed = true;
            }
        }
        let error = StoreError::io(&self.state.journal);
        self.journal.end(is_done).map_err(error)
    }

    /// Adds the duels of a step that has reached all other files: they are
    /// written last.
    fn recover_duels(&mut self, record: &Record) -> Result<(), StoreError> {
        let Some(edit) = record.edit.to_edit() else { return Ok(()) };
        let log = &self.duels.log;
        let entries = duels_of(&edit).map(|entry| log.resolve(entry));
        let missing: Vec<DuelEntry> =
            entries.filter(|entry| !log.entries.contains(entry)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        self.externally_changed = true;
        let path = self.duels.path.clone();
        self.duels.append(&missing).map_err(StoreError::io(&path))
    }
}

fn duels_of(edit: &Edit) -> impl Iterator<Item = &DuelEntry> {
    edit.flatten().into_iter().filter_map(|step| match step {
        Edit::Duel(entry) => Some(entry),
        _ => None,
    })
}

fn replace_on_disk(file: &mut SourceFile, is_removed: bool) -> std::io::Result<()> {
    let folder = file.path.parent().filter(|_| file.kind == FileKind::Person);
    if is_removed {
        atomic::remove(&file.path)?;
        if let Some(folder) = folder {
            // Only an empty folder goes, and it may stay.
            let _ = std::fs::remove_dir(folder);
        }
        return Ok(());
    }
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
    }
    atomic::remove_orphans(&file.path);
    atomic::write_atomic(&file.path, file.text.as_bytes())?;
    file.stamp = Stamp::of(&file.path);
    Ok(())
}
