//! Identity of a file's contents, as far as the system tells it without reading them.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// Length, times and inode of a file: nearly always changed when the file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    /// When data, owner, permissions or names changed last: seconds and nanoseconds.
    changed: (i64, i64),
    length: u64,
    /// A file replaced by a rename has another one.
    inode: (u64, u64),
}

impl Stamp {
    /// `None` if there is no such file.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|metadata| Self::from_metadata(&metadata))
    }

    pub(crate) fn from_metadata(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let (changed, inode) = {
            use std::os::unix::fs::MetadataExt;
            ((metadata.ctime(), metadata.ctime_nsec()), (metadata.dev(), metadata.ino()))
        };
        #[cfg(not(unix))]
        let (changed, inode) = ((0, 0), (0, 0));
        Self { modified: metadata.modified().ok(), changed, length: metadata.len(), inode }
    }

    /// Whether two stamps belong to the same contents of the same inode; a
    /// rename or a new link changes the rest.
    pub(crate) fn is_same_content(&self, other: &Self) -> bool {
        (&self.modified, self.length, self.inode) == (&other.modified, other.length, other.inode)
    }

    /// Whether the file was modified within this time before now, or after now.
    pub(crate) fn is_within(&self, age: Duration) -> bool {
        let elapsed = self.modified.map(|modified| SystemTime::now().duration_since(modified));
        elapsed.is_some_and(|elapsed| elapsed.map_or(true, |elapsed| elapsed < age))
    }
}
