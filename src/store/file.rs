//! Files of a workspace: their kinds, told by their names, and one that is edited: its
//! text, and which idea stands where in it.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::diagnostic::Diagnostic;
use super::read::{self, BYTE_ORDER_MARK, Part};
use super::splice::line_ending;
use crate::domain::{SettingValues, unique};
use crate::regular_file;
use crate::regular_file::Stamp;
use crate::toml_value::settings_of;

/// The file into which the first idea of a folder goes.
pub(super) const NEW_IDEAS: &str = "ideas.toml";

/// What the ranking of this workspace depends on.
pub(super) const SETTINGS: &str = "prospect.toml";

/// How the names of files begin that hold what others say.
pub(super) const PEOPLE: &str = "people/";

/// What a file of a workspace holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Ideas,
    Settings,
    /// Ratings of the ideas by a rater other than the user.
    Person,
}

impl FileKind {
    /// What a file of that name in the folder holds.
    pub(super) fn of(name: &str) -> Self {
        if name == SETTINGS {
            Self::Settings
        } else if name.starts_with(PEOPLE) {
            Self::Person
        } else {
            Self::Ideas
        }
    }

    /// The name in the folder of a workspace of a file of this kind.
    pub(super) fn name_of(self, path: &Path) -> String {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if self == Self::Person { format!("{PEOPLE}{name}") } else { name.into() }
    }
}

/// Steps in which the coarsest file systems keep times (FAT).
const COARSEST_CLOCK: Duration = Duration::from_secs(2);

/// A file of a workspace as it was read last.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    /// The path as it is shown.
    pub(super) path: PathBuf,
    /// Its name in the folder: `ideas.toml`, `people/mara.toml`.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) kind: FileKind,
    /// What keeps the file from being written: it cannot be read, or is not
    /// UTF-8 (the text then holds replacement characters).
    pub(super) read_errors: Vec<Diagnostic>,
    pub(super) stamp: Option<Stamp>,
    /// Whether the file was old enough when it was read for its stamp to tell every change:
    /// two that follow at once may leave the same times behind.
    pub(super) is_settled: bool,
    /// Where ideas stand, in file order.
    pub(super) slots: Vec<IdeaSlot>,
}

/// Position of an idea in its file.
#[derive(Clone, Debug)]
pub(super) struct IdeaSlot {
    /// The part of the text that holds it.
    pub(super) range: Range<usize>,
    /// Its position among the ideas of that part.
    pub(super) index: usize,
    /// Its id; `None` if it cannot be read.
    pub(super) id: Option<Arc<str>>,
    /// The slug of its title, if its id is not written but made from that.
    pub(super) slug: Option<Arc<str>>,
}

impl IdeaSlot {
    /// Whether the idea cannot be read.
    pub(super) fn is_broken(&self) -> bool {
        self.id.is_none() && self.slug.is_none()
    }
}

impl SourceFile {
    /// A file that does not exist yet.
    pub(super) fn new(path: PathBuf, kind: FileKind) -> Self {
        let name = kind.name_of(&path);
        Self {
            kind,
            path,
            name,
            text: String::new(),
            read_errors: Vec::new(),
            stamp: None,
            is_settled: false,
            slots: Vec::new(),
        }
    }

    /// Reads a file without looking at what is in it, or says in it why it cannot be read.
    pub(super) fn read(path: PathBuf, kind: FileKind) -> Self {
        let old = old_stamp(&path);
        let (text, read_errors, stamp) = match regular_file::read(&path) {
            Ok((bytes, metadata)) => {
                let (text, read_errors) = decode(bytes);
                (text, read_errors, Some(Stamp::from_metadata(&metadata)))
            }
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                let errors = vec![Diagnostic::error(0..0, "unreadable", message)];
                (String::new(), errors, Stamp::of(&path))
            }
        };
        let is_settled = old.is_some() && old == stamp;
        Self { text, read_errors, stamp, is_settled, ..Self::new(path, kind) }
    }

    /// The file as it is now; and as it was, if it says something else now.
    pub(super) fn read_again(self) -> (Self, Option<Self>) {
        let old = old_stamp(&self.path);
        let holds = || regular_file::metadata_if_holds(&self.path, self.text.as_bytes());
        if self.read_errors.is_empty()
            && let Ok(Some(metadata)) = holds()
        {
            let stamp = Some(Stamp::from_metadata(&metadata));
            let is_settled = old.is_some() && old == stamp;
            return (Self { stamp, is_settled, ..self }, None);
        }
        let new = Self::read(self.path.clone(), self.kind);
        if self.text == new.text && self.read_errors.len() == new.read_errors.len() {
            return (Self { stamp: new.stamp, is_settled: new.is_settled, ..self }, None);
        }
        (new, Some(self))
    }

    pub(super) fn eol(&self) -> &'static str {
        line_ending(&self.text)
    }

    /// Where the text begins behind a byte-order mark.
    pub(super) fn start(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// What it sets, if it is a file of settings.
    ///
    /// # Errors
    /// The first thing that keeps it from being read.
    pub(super) fn settings(&self) -> Result<SettingValues, Diagnostic> {
        match self.read_errors.first() {
            Some(error) => Err(error.clone()),
            None => settings_of(&self.text).map_err(|errors| {
                let first = errors.into_iter().next();
                let span = first.as_ref().and_then(toml::de::Error::span).unwrap_or_default();
                let message = first.map(|error| error.message().to_owned());
                Diagnostic::error(span, "syntax", message.unwrap_or_default())
            }),
        }
    }

    /// Replaces a range of the text and reads again what that touches. Ideas whose
    /// id is not written keep the one they had if they are still there; others have
    /// none until ids are assigned. Returns whether no more is broken than before.
    pub(super) fn replace(&mut self, range: Range<usize>, with: &str) -> bool {
        if self.kind != FileKind::Ideas {
            self.text.replace_range(range, with);
            return toml::de::DeTable::parse(&self.text).is_ok();
        }
        let above = self.slots.partition_point(|slot| slot.range.start < range.start);
        let start = match above.checked_sub(1).and_then(|at| self.slots.get(at)) {
            Some(slot) => slot.range.start,
            None => self.start().min(range.start),
        };
        let first = self.slots.partition_point(|slot| slot.range.start < start);
        let last = self.slots.partition_point(|slot| slot.range.start <= range.end);
        let end = self.slots.get(last).map_or(self.text.len(), |slot| slot.range.start);

        let moved = |offset: usize| offset - range.len() + with.len();
        self.text.replace_range(range.clone(), with);
        let start = start.max(self.start());
        let parts = read::parts_of(&self.text, start..moved(end).max(start));
        let mut fresh = slots(&parts);
        let known = &self.slots[first..last];
        for slot in fresh.iter_mut().filter(|slot| slot.slug.is_some()) {
            let is_it = |old: &&IdeaSlot, start: usize| {
                (start, old.index, &old.slug) == (slot.range.start, slot.index, &slot.slug)
            };
            let behind = |old: &&IdeaSlot| old.range.start >= range.end;
            let before = |old: &&IdeaSlot| old.range.start <= range.start;
            let old = known.iter().filter(behind).find(|old| is_it(old, moved(old.range.start)));
            let old =
                old.or_else(|| known.iter().filter(before).find(|old| is_it(old, old.range.start)));
            slot.id = old.and_then(|old| old.id.clone());
        }
        for slot in &mut self.slots[last..] {
            slot.range = moved(slot.range.start)..moved(slot.range.end);
        }
        let broken = |slots: &[IdeaSlot]| slots.iter().filter(|slot| slot.is_broken()).count();
        let is_sound = broken(&fresh) <= broken(&self.slots[first..last])
            && parts.iter().all(|(_, part)| !part.diagnostics.iter().any(Diagnostic::is_error));
        self.slots.splice(first..last, fresh);
        is_sound
    }
}

/// The stamp of a file that has not been modified for a while. To be asked for before
/// reading: what is written from then on has another time.
fn old_stamp(path: &Path) -> Option<Stamp> {
    Stamp::of(path).filter(|stamp| !stamp.is_within(COARSEST_CLOCK))
}

/// The text of a file. What is not UTF-8 is shown as replacement characters
/// and reported, place by place.
fn decode(bytes: Vec<u8>) -> (String, Vec<Diagnostic>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, Vec::new()),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut read_errors = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if let Some(byte) = chunk.invalid().first() {
            let start = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            let message = format!("the byte 0x{byte:02x} is not UTF-8");
            let diagnostic = Diagnostic::error(start..text.len(), "not-utf8", message);
            read_errors.push(diagnostic.hint("save the file as UTF-8; until then it is only read"));
        }
    }
    (text, read_errors)
}

/// Where the ideas of some parts stand.
pub(super) fn slots(parts: &[(Range<usize>, Part)]) -> Vec<IdeaSlot> {
    let slot = |range: &Range<usize>, index, reading: &read::Reading| {
        let id = reading.idea.as_ref().map(|idea| Arc::from(idea.id.as_str()));
        let (id, slug) = if reading.has_id { (id, None) } else { (None, id) };
        IdeaSlot { range: range.clone(), index, id, slug }
    };
    parts
        .iter()
        .flat_map(|(range, part)| {
            let ideas = part.ideas.iter().enumerate();
            ideas.map(move |(index, reading)| slot(range, index, reading))
        })
        .collect()
}

/// The id of each slot, in order: the written one, else the slug of the title,
/// with `-2`, `-3` in file order where that is taken.
pub(super) fn assigned_ids<'s>(
    slots: impl Iterator<Item = &'s IdeaSlot> + Clone,
) -> Vec<Option<Arc<str>>> {
    let written = slots.clone().filter(|slot| slot.slug.is_none());
    let mut taken: HashSet<Arc<str>> = written.filter_map(|slot| slot.id.clone()).collect();
    let assign = |slot: &IdeaSlot| match &slot.slug {
        None => slot.id.clone(),
        Some(slug) if taken.insert(slug.clone()) => Some(slug.clone()),
        Some(slug) => {
            let id: Arc<str> = unique(slug.to_string(), |id| taken.contains(id)).into();
            taken.insert(id.clone());
            Some(id)
        }
    };
    slots.map(assign).collect()
}
