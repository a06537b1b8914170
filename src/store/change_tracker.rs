//! Tracker of externally changed ideas between two loads.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::file::SourceFile;
use super::refresh::Reread;

/// Files that have changed since the last report, as they were then; `None` where
/// there was no file.
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
