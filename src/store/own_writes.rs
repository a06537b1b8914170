//! Stamps of the files that this program wrote last, and waiting for files that
//! another program may still be writing.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::file::SourceFile;
use super::stamp::Stamp;
use super::state::StateFolder;

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

    /// Waits for a moment if one of these files may still be incomplete; `false` if
    /// none may.
    pub(crate) fn wait_once<'p>(&self, files: impl Iterator<Item = (&'p Path, String)>) -> bool {
        let is_recent = !self.recent_of_others(files).is_empty();
        if is_recent {
            thread::sleep(STILL);
        }
        is_recent
    }

    /// Waits until files have stood still that another program modified a moment
    /// ago.
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
