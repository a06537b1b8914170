//! History of a workspace that was moved: its journal lies in a folder named
//! after the old path, and is taken over if it is certain whose it is.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal::Journal;
use super::patch::TextId;
use super::state::create_private_folder;
use super::{JOURNAL, Notice, StoreError, Workspace, atomic};

/// The file beside the journal that names the workspace.
const OWNER: &str = "workspace.json";

#[derive(Serialize, Deserialize)]
struct Owner {
    path: PathBuf,
}

/// The history of another path.
struct OtherHistory {
    path: PathBuf,
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
                .find(|other| other.is_of_these_files && !other.path.exists());
            if let Some(other) = moved {
                self.move_history(&other.folder).map_err(StoreError::io(&other.folder))?;
                self.notices.push(Notice::Moved { from: other.path });
            }
        }
        let known: Option<Owner> = self.state.read_json(OWNER);
        if known.is_none_or(|known| known.path != path) {
            // Only the next move needs it.
            let _ = self.state.write_json_unsynced(OWNER, &Owner { path });
        }
        self.has_noted_path = true;
        Ok(())
    }

    /// Says whose history an undo does not use, where there is none of its own.
    pub(super) fn report_other_histories(&mut self) {
        let Ok(path) = self.path.canonicalize() else { return };
        let name = path.file_name();
        for other in self.other_histories(&path) {
            let reason = match (other.is_of_these_files, other.path.exists()) {
                (true, true) => "it still exists, so that these files are a copy",
                (false, false) if other.path.file_name() == name => "its files were others",
                _ => continue,
            };
            self.notices.push(Notice::OtherHistory { path: other.path, reason });
        }
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
            let is_of_these_files = !texts.is_empty() && texts.iter().all(is_here);
            Some(OtherHistory { path: owner.path, folder, is_of_these_files })
        };
        folders.filter_map(other).filter(|other| other.path != path).collect()
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
