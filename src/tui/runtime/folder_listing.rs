//! Listing of a folder, for completing a path.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::exchange::is_read;
use crate::tui::world::{FolderEntry, FolderListing};

use super::import_preview::expanded;

/// More entries than this are not listed.
const MOST: usize = 1000;

/// What the folder of a path, as it was typed, holds: folders, and files that can
/// be read, the newest first. Empty where there is none.
pub(super) fn list(folder: &str) -> FolderListing {
    let path = match folder {
        "" => Path::new(".").to_owned(),
        folder => expanded(Path::new(folder)),
    };
    let found = fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
    let mut entries: Vec<(SystemTime, FolderEntry)> = found
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // A link counts as what it leads to.
            let data = fs::metadata(entry.path()).ok()?;
            let is_folder = data.is_dir();
            let is_listed = is_folder || data.is_file() && is_read(&name);
            let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            is_listed.then_some((changed, FolderEntry { name, is_folder }))
        })
        .collect();
    entries.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.name.cmp(&other.name)));
    let entries = entries.into_iter().map(|(_, entry)| entry).take(MOST).collect();
    FolderListing { folder: folder.to_owned(), entries }
}
