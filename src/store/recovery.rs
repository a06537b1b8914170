//! Recovery of a step that was interrupted by a crash or an error (whether it reached
//! the files is decided by the files), and of the history of a workspace that was
//! moved: its journal lies in a folder named after the old path, and is taken over if
//! it is certain whose it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::remove_orphans;
use super::commit::{duels_of, replace_on_disk};
use super::file::FileKind;
use super::file::SourceFile;
use super::folder::is_own;
use super::journal::{Ending, Journal, Record};
use super::load::Freshness;
use super::patch::{FilePatch, Side, TextHash, TextId};
use super::state::create_private_folder;
use super::{JOURNAL, Notice, StoreError, Workspace, atomic};
use crate::domain::DuelEntry;
use crate::regular_file::Stamp;

impl Workspace {
    /// Reads what is new in the journal, and says once what cannot be read.
    pub(super) fn catch_up(&mut self) -> Result<(), StoreError> {
        let path = self.state.path(JOURNAL);
        let known = self.journal.unreadable();
        self.journal.catch_up().map_err(StoreError::io(&path))?;
        let lines = self.journal.unreadable();
        if lines > known {
            self.notices.push(Notice::UnreadableJournal { path, lines: lines - known });
        }
        Ok(())
    }

    /// Gives the step that was begun and not ended its ending. The lock must be
    /// held and the files be fresh. Files that are known to be unreached are on the
    /// side before, whatever they hold.
    pub(super) fn recover(&mut self, unreached: &BTreeSet<String>) -> Result<(), StoreError> {
        self.catch_up()?;
        let error = StoreError::io(&self.state.path(JOURNAL));
        let Some(record) = self.journal.pending().map_err(error)? else { return Ok(()) };
        let entries = self.entries_of(&record);
        let side = |file: &FilePatch| match unreached.contains(&file.file) {
            true => Side::Before,
            false => self.side_of(file),
        };
        let mut sides: Vec<Side> = record.files.iter().map(side).collect();
        sides.push(self.duels.side_of(record.duels.as_ref(), &entries));
        let all = |side| sides.iter().all(|one| matches!(*one, Side::Both) || *one == side);
        let ending = if all(Side::After) {
            Ending::Done
        } else if all(Side::Before)
            || (!sides.contains(&Side::Unclear) && self.put_back(&record, &sides)?)
        {
            Ending::Aborted
        } else {
            self.notices.push(self.unclear(&record, &sides));
            Ending::Unclear
        };
        for file in &record.files {
            remove_orphans(&self.root.join(&file.file));
        }
        let error = StoreError::io(&self.state.path(JOURNAL));
        self.journal.end(ending).map_err(error)
    }

    fn entries_of(&self, record: &Record) -> Vec<DuelEntry> {
        let edit = record.edit.to_edit();
        let entries = edit.iter().flat_map(duels_of);
        entries.map(|entry| self.duels.log.resolve(entry)).collect()
    }

    fn file_named(&self, name: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name == name)
    }

    fn side_of(&self, patch: &FilePatch) -> Side {
        match self.file_named(&patch.file) {
            Some(file) if !file.read_errors.is_empty() => Side::Unclear,
            file => patch.side_of(file.map(|file| file.text.as_str())),
        }
    }

    /// Puts the files that a step has reached back to what they were. `false` if
    /// one of them cannot be, or would not be the same byte for byte.
    fn put_back(&mut self, record: &Record, sides: &[Side]) -> Result<bool, StoreError> {
        for (patch, _) in record.files.iter().zip(sides).filter(|(_, side)| **side == Side::After) {
            let known = self.file_named(&patch.file).cloned();
            let text = known.as_ref().map_or("", |file| file.text.as_str());
            let Some(text) = patch.unapplied(text).filter(|_| is_own(&patch.file)) else {
                return Ok(false);
            };
            if patch.before_hash.as_ref().is_some_and(|hash| *hash != TextHash::of(text.as_bytes()))
            {
                return Ok(false);
            }
            let path = self.root.join(&patch.file);
            let mut file =
                known.clone().unwrap_or_else(|| SourceFile::new(path, FileKind::of(&patch.file)));
            file.text = text;
            let is_removed = patch.before.is_none();
            let result = replace_on_disk(&mut file, known.as_ref(), is_removed);
            if !result.map_err(StoreError::io(&file.path))? {
                return Ok(false);
            }
        }
        if let (Some(Side::After), Some(patch)) = (sides.last(), &record.duels)
            && !self.duels.put_back(patch).map_err(StoreError::io(&self.duels.path.clone()))?
        {
            return Ok(false);
        }
        self.refresh(Freshness::Contents)?;
        Ok(true)
    }

    /// What is said of a step of which it cannot be told whether it is done.
    fn unclear(&self, record: &Record, sides: &[Side]) -> Notice {
        let files = record.files.iter().zip(sides);
        let mut unclear = files.filter(|(_, side)| **side == Side::Unclear).map(|(file, _)| file);
        let file = unclear.next().or(record.files.first());
        let patch = file.and_then(|file| file.patches.first());
        Notice::UnclearStep {
            label: record.label.clone(),
            file: file.map_or_else(|| self.duels.path.clone(), |file| self.root.join(&file.file)),
            before: patch.map(|patch| patch.before.clone()).unwrap_or_default(),
            after: patch.map(|patch| patch.after.clone()).unwrap_or_default(),
        }
    }
}

/// The file beside the journal that names the workspace.
const OWNER: &str = "workspace.json";

#[derive(PartialEq, Serialize, Deserialize)]
struct Owner {
    path: PathBuf,
    /// Device and inode of the folder of the ideas, which a rename does not change.
    #[serde(default)]
    folder: Option<(u64, u64)>,
}

/// The history of another path.
struct OtherHistory {
    owner: Owner,
    folder: PathBuf,
    /// Whether the last texts that it wrote are those of the files here.
    is_of_these_files: bool,
}

impl Workspace {
    /// Takes over the history of the path that the workspace was moved from:
    /// nothing is there any more, and the files are as its last step left them.
    /// The lock must be held.
    pub(super) fn adopt_history(&mut self) -> Result<(), StoreError> {
        if self.has_noted_path {
            return Ok(());
        }
        let path = self.path.canonicalize().map_err(StoreError::io(&self.path))?;
        if !self.state.path(JOURNAL).exists() {
            let moved = self
                .other_histories(&path)
                .into_iter()
                .find(|other| other.is_of_these_files && !other.owner.path.exists());
            if let Some(other) = moved {
                self.move_history(&other.folder).map_err(StoreError::io(&other.folder))?;
                self.notices.push(Notice::Moved { from: other.owner.path });
            }
        }
        let owner = self.owner(path);
        if self.state.read_json(OWNER).as_ref() != Some(&owner) {
            // Only the next move needs it.
            let _ = self.state.write_json_unsynced(OWNER, &owner);
        }
        self.has_noted_path = true;
        Ok(())
    }

    /// Says whose history an undo does not use, where there is none of its own.
    pub(super) fn report_other_histories(&mut self) {
        let Ok(path) = self.path.canonicalize() else { return };
        let own = self.owner(path);
        for OtherHistory { owner, is_of_these_files, .. } in self.other_histories(&own.path) {
            // A workspace that was renamed is in the same folder; one that was moved keeps its name.
            let is_near = owner.folder.is_some() && owner.folder == own.folder
                || owner.path.file_name() == own.path.file_name();
            let reason = match (is_of_these_files, owner.path.exists()) {
                (true, true) => "it still exists, so that these files are a copy",
                (false, false) if is_near => "its files were others",
                _ => continue,
            };
            self.notices.push(Notice::OtherHistory { path: owner.path, reason });
        }
    }

    fn owner(&self, path: PathBuf) -> Owner {
        Owner { path, folder: Stamp::of(&self.root).and_then(|stamp| stamp.inode()) }
    }

    fn other_histories(&self, path: &Path) -> Vec<OtherHistory> {
        let root = self.state.lock_path().parent().unwrap_or(Path::new("."));
        let folders = root.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
        let other = |folder: PathBuf| {
            let owner = fs::read(folder.join(OWNER)).ok()?;
            let owner: Owner = serde_json::from_slice(&owner).ok()?;
            let texts = Journal::new(folder.join(JOURNAL)).last_texts().ok()?;
            let is_here = |(name, text): (&String, &Option<TextId>)| {
                let file = self.files.iter().find(|file| file.name == *name);
                file.map(|file| TextId::of(&file.text)) == *text
            };
            // Files without a word could be those of any workspace.
            let has_words = texts.values().flatten().any(|text| !text.is_of_nothing());
            let is_of_these_files = has_words && texts.iter().all(is_here);
            Some(OtherHistory { owner, folder, is_of_these_files })
        };
        folders.filter_map(other).filter(|other| other.owner.path != path).collect()
    }

    fn move_history(&self, from: &Path) -> std::io::Result<()> {
        let to = self.state.path("");
        create_private_folder(&to)?;
        for entry in from.read_dir()? {
            let name = entry?.file_name();
            if !to.join(&name).exists() {
                atomic::move_file(&from.join(&name), &to.join(&name))?;
            }
        }
        // What is left belongs to nothing.
        let _ = fs::remove_dir(from);
        Ok(())
    }
}
