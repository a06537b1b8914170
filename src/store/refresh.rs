//! What has changed on disk since it was read.

use std::collections::HashMap;
use std::path::PathBuf;

use super::file::{FileKind, SourceFile, Stamp};

/// Whether a file that looks unchanged is taken to be.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Trust {
    /// Yes: length, time and inode tell.
    Stamps,
    /// No: it may be about to be replaced.
    Bytes,
}

/// Files after another look at the disk.
pub(super) struct Reread {
    pub(super) now: Vec<SourceFile>,
    /// What has changed or is gone, as it was.
    pub(super) before: Vec<SourceFile>,
    /// What was not there.
    pub(super) fresh: Vec<PathBuf>,
    pub(super) has_changed: bool,
}

/// Looks at the files of a workspace, whose paths these now are, again.
pub(super) fn reread(
    known: Vec<SourceFile>,
    paths: Vec<(PathBuf, FileKind)>,
    trust: Trust,
) -> Reread {
    let mut known: HashMap<PathBuf, SourceFile> =
        known.into_iter().map(|file| (file.path.clone(), file)).collect();
    let mut reread =
        Reread { now: Vec::new(), before: Vec::new(), fresh: Vec::new(), has_changed: false };
    for (path, kind) in paths {
        let old = known.remove(&path);
        let stamp = Stamp::of(&path);
        match old {
            Some(old) if trust == Trust::Stamps && stamp.is_some() && old.stamp == stamp => {
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
