//! Rereading of the files that have changed on disk: stamps of the files that this
//! program wrote last, waiting for files that another program may still be writing, and
//! the ideas that changed outside between two loads.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::file::SourceFile;
use super::file_kind::FileKind;
use super::stamp::Stamp;
use super::state::StateFolder;

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

/// A file that was modified this recently may not be complete yet.
const RECENT: Duration = Duration::from_secs(1);

/// How long such a file must have stood still.
const STILL: Duration = Duration::from_millis(60);

/// A file that never stands still is read all the same after this time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

const FILE: &str = "last-write.json";

/// The stamp of each file after this program wrote it last, by name.
#[derive(Debug, Default)]
pub(crate) struct OwnWrites(BTreeMap<String, Stamp>);

impl OwnWrites {
    /// Those of earlier runs; without them a file is only waited for once more.
    pub(crate) fn read(state: &StateFolder) -> Self {
        Self(state.read_json(FILE).unwrap_or_default())
    }

    /// Remembers files that have just been written.
    pub(crate) fn record<'f>(
        &mut self,
        written: impl IntoIterator<Item = &'f SourceFile>,
        state: &StateFolder,
    ) {
        for file in written {
            match &file.stamp {
                Some(stamp) => drop(self.0.insert(file.name.clone(), stamp.clone())),
                None => drop(self.0.remove(&file.name)),
            }
        }
        // As in `read`: a loss costs a short wait.
        let _ = state.write_json_unsynced(FILE, &self.0);
    }

    /// Stamps of the files that another program modified a moment ago.
    fn recent_of_others<'p>(&self, files: impl Iterator<Item = (&'p Path, String)>) -> Vec<Stamp> {
        let stamps = files.filter_map(|(path, name)| Some((Stamp::of(path)?, name)));
        let foreign = stamps.filter(|(stamp, name)| self.0.get(name) != Some(stamp));
        foreign.map(|(stamp, _)| stamp).filter(|stamp| stamp.is_within(RECENT)).collect()
    }

    /// Whether another program has modified one of these files just now.
    pub(crate) fn is_moving<'p>(&self, files: impl Iterator<Item = (&'p Path, String)>) -> bool {
        self.recent_of_others(files).iter().any(|stamp| stamp.is_within(STILL))
    }

    /// Waits for a moment if one of these files may still be incomplete; `false` if none may.
    pub(crate) fn wait_once<'p>(&self, files: impl Iterator<Item = (&'p Path, String)>) -> bool {
        let is_recent = !self.recent_of_others(files).is_empty();
        if is_recent {
            thread::sleep(STILL);
        }
        is_recent
    }

    /// Waits until files have stood still that another program modified a moment ago.
    pub(crate) fn wait_for_others<'p>(&self, files: impl Iterator<Item = (&'p Path, String)>) {
        let files: Vec<_> = files.collect();
        let foreign = || self.recent_of_others(files.iter().cloned());
        let started = Instant::now();
        let mut before = foreign();
        while before.iter().any(|stamp| stamp.is_within(STILL)) && started.elapsed() < PATIENCE {
            thread::sleep(STILL);
            let now = foreign();
            if now == before {
                break;
            }
            before = now;
        }
    }
}

/// Files that have changed since the last report, as they were then; `None`
/// where there was no file.
#[derive(Debug, Default)]
pub(super) struct ChangeTracker {
    /// `None` before the first report.
    files: Option<BTreeMap<PathBuf, Option<SourceFile>>>,
}

impl ChangeTracker {
    /// Records the result of rereading the files.
    pub(super) fn record(&mut self, reread: &Reread) {
        let Some(files) = &mut self.files else { return };
        for file in &reread.before {
            files.entry(file.path.clone()).or_insert_with(|| Some(file.clone()));
        }
        for path in &reread.fresh {
            files.entry(path.clone()).or_insert(None);
        }
    }

    /// Ids of the ideas whose text differs from that at the last report, in no
    /// particular order; the next report counts from here.
    pub(super) fn report(&mut self, now: &[SourceFile]) -> Vec<String> {
        let Some(files) = self.files.replace(BTreeMap::new()) else { return Vec::new() };
        let mut before: HashMap<&str, &str> = HashMap::new();
        for file in files.values().flatten() {
            before.extend(texts(file));
        }
        let mut touched = Vec::new();
        for file in now.iter().filter(|file| files.contains_key(&file.path)) {
            let others = texts(file).filter(|(id, text)| before.remove(id) != Some(*text));
            touched.extend(others.map(|(id, _)| id.to_owned()));
        }
        touched.extend(before.into_keys().map(str::to_owned));
        touched
    }
}

/// The ideas of a file that can be read: their ids and their texts.
fn texts(file: &SourceFile) -> impl Iterator<Item = (&str, &str)> {
    let text = |range: &std::ops::Range<usize>| file.text.get(range.clone()).unwrap_or_default();
    file.slots.iter().filter_map(move |slot| Some((slot.id.as_deref()?, text(&slot.range))))
}
