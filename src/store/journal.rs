//! The append-only record of every edit, for undo and redo across restarts.
//!
//! Each step is written and synced before the files change, and marked as done
//! or void after that. Which steps can be taken back follows from the order of
//! the lines alone.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::append::append_line;
use super::journal_format::EditRecord;
use super::patch::FilePatch;

/// One line of the journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
enum Line {
    /// A new edit: what was taken back before can no longer be done again.
    Edit(Record),
    /// The last step that base, taken back.
    Undo(Record),
    /// The last step that was taken back, done again.
    Redo(Record),
    /// The step before has reached the files.
    Done,
    /// The step before has not.
    #[serde(rename = "void")]
    Aborted,
}

/// Kinds of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    Edit,
    Undo,
    Redo,
}

/// What a step did: enough to do the opposite, byte for byte.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Record {
    /// What the edit was, in words.
    pub(super) label: String,
    pub(super) edit: EditRecord,
    pub(super) inverse: EditRecord,
    pub(super) files: Vec<FilePatch>,
}

/// A journal file, and how far it has been read.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    read_to: u64,
    /// Byte ranges of the steps that can be undone, the last one on top.
    undo_stack: Vec<Range<u64>>,
    /// Byte ranges of the undo steps that can be redone, the last one on top.
    redo_stack: Vec<Range<u64>>,
    /// A step that is neither marked as done nor as aborted.
    pending: Option<(StepKind, Range<u64>)>,
}

impl Journal {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, read_to: 0, undo_stack: Vec::new(), redo_stack: Vec::new(), pending: None }
    }

    /// Reads what any process has appended since the last time. A line
    /// that is torn or unknown is skipped.
    pub(super) fn catch_up(&mut self) -> io::Result<()> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                *self = Self::new(std::mem::take(&mut self.path));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if file.metadata()?.len() < self.read_to {
            *self = Self::new(std::mem::take(&mut self.path));
        }
        file.seek(SeekFrom::Start(self.read_to))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if !line.ends_with(b"\n") {
                break;
            }
            let range = self.read_to..self.read_to + line.len() as u64;
            self.read_to = range.end;
            match serde_json::from_slice(line) {
                Ok(Line::Edit(_)) => self.pending = Some((StepKind::Edit, range)),
                Ok(Line::Undo(_)) => self.pending = Some((StepKind::Undo, range)),
                Ok(Line::Redo(_)) => self.pending = Some((StepKind::Redo, range)),
                Ok(Line::Done) => self.recover(true),
                Ok(Line::Aborted) => self.recover(false),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Whether every step is known to be done or void, as far as the end of the
    /// file tells; if not, the whole file does.
    pub(super) fn is_clean(&self) -> bool {
        let Ok(mut file) = File::open(&self.path) else { return true };
        let mut tail = Vec::new();
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        let read = file
            .seek(SeekFrom::Start(length.saturating_sub(32)))
            .and_then(|_| file.read_to_end(&mut tail));
        let ends =
            [Line::Done, Line::Aborted].iter().filter_map(|line| serde_json::to_vec(line).ok());
        read.is_ok()
            && (length == 0
                || ends.into_iter().any(|end| tail.ends_with(&[b"\n", &end[..], b"\n"].concat())))
    }

    fn recover(&mut self, is_done: bool) {
        let Some((kind, range)) = self.pending.take().filter(|_| is_done) else { return };
        match kind {
            StepKind::Edit => {
                self.redo_stack.clear();
                self.undo_stack.push(range);
            }
            StepKind::Undo => {
                self.undo_stack.pop();
                self.redo_stack.push(range);
            }
            StepKind::Redo => {
                self.redo_stack.pop();
                self.undo_stack.push(range);
            }
        }
    }

    /// The step that has to be settled before anything else is done.
    pub(super) fn pending(&self) -> io::Result<Option<Record>> {
        self.pending.as_ref().map(|(_, range)| self.record(range)).transpose()
    }

    /// The step that an undo or a redo takes back.
    pub(super) fn last(&self, kind: StepKind) -> io::Result<Option<Record>> {
        let stack = if kind == StepKind::Redo { &self.redo_stack } else { &self.undo_stack };
        stack.last().map(|range| self.record(range)).transpose()
    }

    fn record(&self, range: &Range<u64>) -> io::Result<Record> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(range.start))?;
        let mut line = Vec::new();
        file.take(range.end - range.start).read_to_end(&mut line)?;
        match serde_json::from_slice(&line)? {
            Line::Edit(record) | Line::Undo(record) | Line::Redo(record) => Ok(record),
            Line::Done | Line::Aborted => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Records a step before it is done, so that a crash cannot lose it.
    pub(super) fn begin(&mut self, kind: StepKind, record: Record) -> io::Result<()> {
        let line = match kind {
            StepKind::Edit => Line::Edit(record),
            StepKind::Undo => Line::Undo(record),
            StepKind::Redo => Line::Redo(record),
        };
        self.append(&line)?.sync_data()
    }

    /// Marks the step that was begun as done, or as not done.
    pub(super) fn end(&mut self, is_done: bool) -> io::Result<()> {
        self.append(if is_done { &Line::Done } else { &Line::Aborted }).map(drop)
    }

    fn append(&mut self, line: &Line) -> io::Result<File> {
        append_line(&self.path, line)
    }
}
