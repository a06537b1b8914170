//! The append-only record of every edit, for undo and redo across restarts.
//!
//! Each step is written and synced before the files change, and marked as done,
//! aborted or unclear after that. The steps that can be undone follow from the
//! order of the lines alone. Edits stand there as JSON: values, entries and ideas in
//! the words of the file format.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::duel_file::DuelPatch;
use super::patch::{FilePatch, TextId};
use super::print::TomlValue;
use super::state::{ends_torn, open_to_append};
use super::{duels, print, read};
use crate::domain::{Change, Edit, EntryKind, Field, RaterAnswers, Rating, Reaction};
use crate::regular_file;

/// One line of the journal. Names and fields are those on disk since 0.2.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "step")]
enum Line {
    /// A new edit: what was undone before can no longer be redone.
    #[serde(rename = "edit")]
    Edit(Record),
    /// The last step on the undo stack, undone.
    #[serde(rename = "undo")]
    Undo(Record),
    /// The last step on the redo stack, redone.
    #[serde(rename = "redo")]
    Redo(Record),
    /// The step before has reached the files.
    #[serde(rename = "done")]
    Done,
    /// The step before has not reached the files.
    #[serde(rename = "void")]
    Aborted,
    /// It cannot be told whether the step before has reached the files.
    #[serde(rename = "unclear")]
    Unclear,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Done,
    Aborted,
    Unclear,
}

impl Ending {
    const fn line(self) -> Line {
        match self {
            Self::Done => Line::Done,
            Self::Aborted => Line::Aborted,
            Self::Unclear => Line::Unclear,
        }
    }
}

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
    /// What was appended to `duels.toml`; absent in journals of 0.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) duels: Option<DuelPatch>,
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
    /// A step without an ending.
    pending: Option<(StepKind, Range<u64>)>,
    /// Number of lines that could not be read.
    unreadable: usize,
}

impl Journal {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            read_to: 0,
            undo_stack: Vec::new(),
            redo_stack: Vec::new(),
            pending: None,
            unreadable: 0,
        }
    }

    pub(super) const fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Reads what any process has appended since the last time. A line that is
    /// damaged or of a newer version is counted; a last line without its line
    /// break was torn off by a crash and is as good as never written.
    pub(super) fn catch_up(&mut self) -> io::Result<()> {
        let mut file = match regular_file::open(&self.path) {
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
                Ok(Line::Done) => self.close(Ending::Done),
                Ok(Line::Aborted) => self.close(Ending::Aborted),
                Ok(Line::Unclear) => self.close(Ending::Unclear),
                Err(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Err(_) => self.unreadable += 1,
            }
        }
        Ok(())
    }

    /// Whether every step has an ending, as far as the end of the file tells; if
    /// not, the whole file does.
    pub(super) fn is_clean(&self) -> bool {
        let Ok(mut file) = regular_file::open(&self.path) else { return !self.path.exists() };
        let mut tail = Vec::new();
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        let read = file
            .seek(SeekFrom::Start(length.saturating_sub(32)))
            .and_then(|_| file.read_to_end(&mut tail));
        let endings = [Ending::Done, Ending::Aborted, Ending::Unclear];
        let mut endings =
            endings.into_iter().filter_map(|ending| serde_json::to_vec(&ending.line()).ok());
        read.is_ok()
            && (length == 0
                || endings.any(|end| tail.ends_with(&[b"\n", &end[..], b"\n"].concat())))
    }

    fn close(&mut self, ending: Ending) {
        let Some((kind, range)) = self.pending.take() else { return };
        match (ending, kind) {
            (Ending::Aborted, _) | (Ending::Unclear, StepKind::Edit) => {}
            (Ending::Done, StepKind::Edit) => {
                self.redo_stack.clear();
                self.undo_stack.push(range);
            }
            (Ending::Done, StepKind::Undo) => {
                self.undo_stack.pop();
                self.redo_stack.push(range);
            }
            (Ending::Done, StepKind::Redo) => {
                self.redo_stack.pop();
                self.undo_stack.push(range);
            }
            // Nor can it be told whether the step that it took back is there.
            (Ending::Unclear, StepKind::Undo) => drop(self.undo_stack.pop()),
            (Ending::Unclear, StepKind::Redo) => drop(self.redo_stack.pop()),
        }
    }

    /// The text of each file after the last step that reached it; `None` if that removed it.
    pub(super) fn last_texts(mut self) -> io::Result<BTreeMap<String, Option<TextId>>> {
        self.catch_up()?;
        let mut texts = BTreeMap::new();
        let mut steps = [self.undo_stack.clone(), self.redo_stack.clone()].concat();
        steps.sort_by_key(|step| step.start);
        for step in steps {
            for file in self.record(&step)?.files {
                texts.insert(file.file.clone(), file.text_after());
            }
        }
        Ok(texts)
    }

    /// The step that has to be given an ending before anything else is done.
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
            Line::Done | Line::Aborted | Line::Unclear => Err(io::ErrorKind::InvalidData.into()),
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

    /// Writes what became of the step that was begun.
    pub(super) fn end(&mut self, ending: Ending) -> io::Result<()> {
        self.append(&ending.line()).map(drop)
    }

    /// Appends a line whole or not at all. What a crash has torn off goes first:
    /// a step is synced before it changes a file, so that a torn one did not.
    fn append(&mut self, line: &Line) -> io::Result<File> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let mut file = open_to_append(&self.path)?;
        if ends_torn(&mut file)? {
            self.catch_up()?;
            file.set_len(self.read_to)?;
        }
        let length = file.metadata()?.len();
        if let Err(error) = file.write_all(&bytes) {
            // Half a line would be cut off anyway; this only saves the space.
            let _ = file.set_len(length);
            return Err(error);
        }
        Ok(file)
    }
}

/// An [`Edit`] as it stands in the journal: variants and fields are the format.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EditRecord {
    Set {
        id: String,
        field: String,
        value: Option<String>,
    },
    Insert {
        id: String,
        at: usize,
        list: String,
        entry: String,
    },
    Replace {
        id: String,
        at: usize,
        list: String,
        entry: String,
    },
    Remove {
        id: String,
        at: usize,
        list: String,
    },
    AddIdea {
        idea: String,
        before: Option<String>,
    },
    RemoveIdea {
        id: String,
    },
    Duel {
        entry: String,
    },
    Answer {
        person: String,
        id: String,
        ratings: Vec<Option<String>>,
        reasons: Vec<String>,
        remarks: Vec<String>,
    },
    Unanswer {
        person: String,
        id: String,
    },
    Reaction {
        person: String,
        id: String,
        excited: bool,
        hopeless: Option<String>,
        comment: String,
    },
    Setting {
        name: String,
        value: Option<String>,
    },
    Group {
        edits: Vec<Self>,
    },
}

impl EditRecord {
    pub(super) fn from_edit(edit: &Edit) -> Self {
        match edit {
            Edit::Change { id, change } => Self::from_change(id.clone(), change),
            Edit::Add { idea, before } => {
                Self::AddIdea { idea: print::idea(idea, "\n"), before: before.clone() }
            }
            Edit::Remove { id } => Self::RemoveIdea { id: id.clone() },
            Edit::AddRaterAnswers { person, answers } => Self::Answer {
                person: person.clone(),
                id: answers.id.clone(),
                ratings: answers.ratings.iter().map(|one| one.map(|one| one.to_string())).collect(),
                reasons: answers.reasons.to_vec(),
                remarks: answers.remarks.clone(),
            },
            Edit::RemoveRaterAnswers { person, id } => {
                Self::Unanswer { person: person.clone(), id: id.clone() }
            }
            Edit::Duel(entry) => Self::Duel { entry: duels::print(entry) },
            Edit::Reaction { person, id, reaction } => Self::Reaction {
                person: person.clone(),
                id: id.clone(),
                excited: reaction.excited,
                hopeless: reaction.hopeless.clone(),
                comment: reaction.comment.clone(),
            },
            Edit::Setting { name, value } => {
                let written = |value| TomlValue::from_setting(value).render("\n");
                Self::Setting { name: name.clone(), value: value.as_ref().map(written) }
            }
            Edit::Group(edits) => {
                Self::Group { edits: edits.iter().map(Self::from_edit).collect() }
            }
        }
    }

    fn from_change(id: String, change: &Change) -> Self {
        match change {
            Change::Set { field, value } => {
                let value = value.as_ref().map(|value| TomlValue::from_value(value).render("\n"));
                Self::Set { id, field: field.to_string(), value }
            }
            Change::Insert { at, entry } => {
                let (list, entry) = (entry.kind().id(), print::inline_entry(entry, "\n"));
                Self::Insert { id, at: *at, list: list.to_owned(), entry }
            }
            Change::Replace { at, entry } => {
                let (list, entry) = (entry.kind().id(), print::inline_entry(entry, "\n"));
                Self::Replace { id, at: *at, list: list.to_owned(), entry }
            }
            Change::Remove { at, kind } => Self::Remove { id, at: *at, list: kind.id().to_owned() },
        }
    }

    /// The edit; `None` if it speaks of something that this version does not know.
    pub(super) fn to_edit(&self) -> Option<Edit> {
        let kind = |list: &str| EntryKind::ALL.into_iter().find(|kind| kind.id() == list);
        let entry = |list: &str, text: &str| read::entry(kind(list)?, text);
        let edit = match self {
            Self::Set { id, field, value } => {
                let field = Field::from_name(field)?;
                let value = match value {
                    Some(text) => Some(read::field_value(field, text)?),
                    None => None,
                };
                Edit::set(id, field, value)
            }
            Self::Insert { id, at, list, entry: text } => {
                let change = Change::Insert { at: *at, entry: entry(list, text)? };
                Edit::Change { id: id.clone(), change }
            }
            Self::Replace { id, at, list, entry: text } => {
                let change = Change::Replace { at: *at, entry: entry(list, text)? };
                Edit::Change { id: id.clone(), change }
            }
            Self::Remove { id, at, list } => {
                let change = Change::Remove { at: *at, kind: kind(list)? };
                Edit::Change { id: id.clone(), change }
            }
            Self::AddIdea { idea, before } => {
                let mut part = read::part(idea, 0..idea.len());
                let idea = Box::new(Arc::unwrap_or_clone(part.ideas.pop()?.idea?));
                Edit::Add { idea, before: before.clone() }
            }
            Self::RemoveIdea { id } => Edit::Remove { id: id.clone() },
            Self::Answer { person, id, ratings, reasons, remarks } => {
                let rating = |text: &Option<String>| match text {
                    Some(text) => Rating::parse(text).map(Some),
                    None => Some(None),
                };
                let ratings: Vec<_> = ratings.iter().map(rating).collect::<Option<_>>()?;
                let answers = Box::new(RaterAnswers {
                    id: id.clone(),
                    ratings: ratings.try_into().ok()?,
                    reasons: reasons.clone().try_into().ok()?,
                    remarks: remarks.clone(),
                });
                Edit::AddRaterAnswers { person: person.clone(), answers }
            }
            Self::Unanswer { person, id } => {
                Edit::RemoveRaterAnswers { person: person.clone(), id: id.clone() }
            }
            Self::Duel { entry } => Edit::Duel(duels::read_entry(entry)?),
            Self::Reaction { person, id, excited, hopeless, comment } => Edit::Reaction {
                person: person.clone(),
                id: id.clone(),
                reaction: Reaction {
                    excited: *excited,
                    hopeless: hopeless.clone(),
                    comment: comment.clone(),
                },
            },
            Self::Setting { name, value } => {
                Edit::setting(name, value.as_deref().map(read::setting_value))
            }
            Self::Group { edits } => {
                Edit::Group(edits.iter().map(Self::to_edit).collect::<Option<_>>()?)
            }
        };
        Some(edit)
    }
}
