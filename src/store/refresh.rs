//! Rereading of the files that have changed on disk.

use std::collections::HashMap;
use std::path::PathBuf;

use super::file::{FileKind, SourceFile};
use super::stamp::Stamp;

/// How a file is compared with what was read of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Freshness {
    /// By its stamp alone: length, time and inode.
    Stamp,
    /// By its contents, because it may be about to be replaced.
    Contents,
}

/// Files after another look at the disk.
pub(super) struct Reread {
    pub(super) now: Vec<SourceFile>,
    /// Files that have changed or are gone, as they were.
    pub(super) before: Vec<SourceFile>,
    /// Paths of files that are new.
    pub(super) fresh: Vec<PathBuf>,
    pub(super) has_changed: bool,
}

/// Looks at the files of a workspace, whose paths these now are, again.
pub(super) fn reread(
    known: Vec<SourceFile>,
    paths: Vec<(PathBuf, FileKind)>,
    freshness: Freshness,
) -> Reread {
    let mut known: HashMap<PathBuf, SourceFile> =
        known.into_iter().map(|file| (file.path.clone(), file)).collect();
    let mut reread =
        Reread { now: Vec::new(), before: Vec::new(), fresh: Vec::new(), has_changed: false };
    for (path, kind) in paths {
        let old = known.remove(&path);
        let stamp = Stamp::of(&path);
        match old {
            Some(old) if freshness == Freshness::Stamp && stamp.is_some() && old.stamp == stamp => {
                reread.now.push(old);
            }
            old => {
                let new = SourceFile::read(path, kind);
                match old {
                    Some(old) if old.says_the_same(&new) => {
                        reread.now.push(SourceFile { stamp: new.stamp, ..old });
                    }
                    old => {
                        reread.has_changed = true;
                        if old.is_none() {
                            reread.fresh.push(new.path.clone());
                        }
                        reread.before.extend(old);
                        reread.now.push(new);
                    }
                }
            }
        }
    }
    reread.has_changed |= !known.is_empty();
    reread.before.extend(known.into_values());
    reread
}
