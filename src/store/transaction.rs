//! The files of a workspace as they would be after an edit or a step of the journal
//! taken back byte for byte: every splice is read back before anything is written.

mod change;
mod ideas;
mod people;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::diagnostic::{Diagnostic, problem_of};
use super::file::FileKind;
use super::file::{IdeaSlot, SourceFile, assigned_ids};
use super::patch::{FilePatch, Patch, difference};
use super::{StoreError, read};
use crate::domain::{DuelEntry, DuelLog, Edit, EditError, Idea, Portfolio, Problem};
use crate::regular_file::{self, check_inside};
use crate::store::folder::is_own;
use crate::store::patch::Side;

/// Which slot of which file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct IdeaPosition {
    file: usize,
    slot: usize,
}

/// Files that are being changed, over those that are not.
pub(super) struct Transaction<'w> {
    base: &'w [SourceFile],
    /// The folder in which the files lie.
    root: PathBuf,
    is_folder: bool,
    /// The files as they will be, by position; new ones behind the last.
    changed: BTreeMap<usize, SourceFile>,
    removed: BTreeSet<usize>,
    patches: Vec<(usize, Patch)>,
    /// The duels as they will be: those that stand in the file, and new ones.
    duels: Cow<'w, DuelLog>,
    new_duels: usize,
    /// The edits that have been made, on the freshest text, and their inverses.
    edits: Vec<Edit>,
    inverses: Vec<Edit>,
}

/// What a transaction comes to.
pub(super) struct StagedWrite {
    pub(super) changed: BTreeMap<usize, SourceFile>,
    /// Positions of files that are to go.
    pub(super) removed: BTreeSet<usize>,
    pub(super) files: Vec<FilePatch>,
    /// What is to be added to the log of duels.
    pub(super) entries: Vec<DuelEntry>,
    pub(super) edit: Edit,
    pub(super) inverse: Edit,
}

impl<'w> Transaction<'w> {
    /// A transaction in which nothing has changed yet.
    pub(super) fn new(base: &'w [SourceFile], root: PathBuf, is_folder: bool) -> Self {
        Self {
            base,
            root,
            is_folder,
            changed: BTreeMap::new(),
            removed: BTreeSet::new(),
            patches: Vec::new(),
            duels: Cow::Owned(DuelLog::default()),
            new_duels: 0,
            edits: Vec::new(),
            inverses: Vec::new(),
        }
    }

    /// The same transaction over a log of duels.
    pub(super) fn with_duels(self, duels: &'w DuelLog) -> Self {
        Self { duels: Cow::Borrowed(duels), ..self }
    }

    /// What is to be written; `None` if no byte has changed.
    pub(super) fn finish(mut self) -> Option<StagedWrite> {
        if self.patches.is_empty() && self.new_duels == 0 {
            return None;
        }
        let mut files: BTreeMap<usize, FilePatch> = BTreeMap::new();
        for (at, patch) in std::mem::take(&mut self.patches) {
            let file = self.file(at);
            let entry = files.entry(at).or_insert_with(|| {
                let before = self.base.get(at).map(|file| file.text.as_str());
                let after = (!self.removed.contains(&at)).then_some(file.text.as_str());
                FilePatch::new(&file.name, before, after)
            });
            entry.patches.push(patch);
        }
        let known = self.duels.entries.len() - self.new_duels;
        let entries = self.duels.entries[known..].to_vec();
        let Self { changed, removed, edits, inverses, .. } = self;
        let files = files.into_values().collect();
        let inverse = group(inverses.into_iter().rev().collect());
        Some(StagedWrite { changed, removed, files, entries, edit: group(edits), inverse })
    }

    /// Refuses to undo or redo a step in files that cannot be read: it would be half done.
    pub(super) fn check_readable(&self, files: &[FilePatch]) -> Result<(), StoreError> {
        let concerned =
            self.base.iter().filter(|file| files.iter().any(|patch| patch.file == file.name));
        for file in concerned {
            if let Some(error) = file.read_errors.first() {
                let problem = problem_of(&file.path, &file.text, error.clone());
                return Err(StoreError::Broken {
                    id: file.name.clone(),
                    problem: Box::new(problem),
                });
            }
        }
        // What has become a pipe, a folder or a link out is not listed at all.
        let is_listed = |name: &str| self.base.iter().any(|file| file.name == name);
        for step in files.iter().filter(|step| step.after.is_some() && is_own(&step.file)) {
            let path = self.root.join(&step.file);
            if !is_listed(&step.file) && path.symlink_metadata().is_ok() {
                let readable = regular_file::open(&path).map(drop);
                readable
                    .and_then(|()| check_inside(&path, &self.root))
                    .map_err(StoreError::io(&path))?;
            }
        }
        Ok(())
    }

    fn file(&self, at: usize) -> &SourceFile {
        self.changed.get(&at).unwrap_or_else(|| &self.base[at])
    }

    /// Positions of all files, new ones included.
    fn positions(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        let new = self.changed.keys().copied().filter(|at| *at >= self.base.len());
        (0..self.base.len()).chain(new).filter(|at| !self.removed.contains(at))
    }

    fn new_file(&mut self, name: &str) -> usize {
        let at = self.changed.keys().last().map_or(0, |at| at + 1).max(self.base.len());
        self.changed.insert(at, SourceFile::new(self.root.join(name), FileKind::of(name)));
        at
    }

    fn slot(&self, place: IdeaPosition) -> &IdeaSlot {
        &self.file(place.file).slots[place.slot]
    }

    fn slots(&self) -> impl Iterator<Item = (IdeaPosition, &IdeaSlot)> + Clone {
        self.positions().flat_map(|file| {
            let slots = self.file(file).slots.iter().enumerate();
            slots.map(move |(slot, found)| (IdeaPosition { file, slot }, found))
        })
    }

    /// Where the idea with this id or, failing that, this alias stands.
    pub(super) fn find(&self, id: &str) -> Option<IdeaPosition> {
        self.find_id(id).or_else(|| {
            // Aliases are not kept in memory: they are looked up in the text.
            let mentions = |place: IdeaPosition| {
                let file = self.file(place.file);
                file.text[file.slots[place.slot].range.clone()].contains(id)
            };
            self.slots().map(|(place, _)| place).find(|place| {
                mentions(*place)
                    && self.idea(*place).is_ok_and(|idea| idea.aliases.iter().any(|one| one == id))
            })
        })
    }

    /// Where the idea with this id stands.
    fn find_id(&self, id: &str) -> Option<IdeaPosition> {
        let mut slots = self.slots();
        slots.find(|(_, slot)| slot.id.as_deref() == Some(id)).map(|(place, _)| place)
    }

    /// The idea at a place, read from the text, or the first thing that is wrong with it.
    pub(super) fn idea(&self, place: IdeaPosition) -> Result<Idea, Box<Problem>> {
        let file = self.file(place.file);
        let slot = self.slot(place);
        let mut part = read::part(&file.text, slot.range.clone());
        let mut diagnostics = part.diagnostics;
        if let Some(reading) = part.ideas.get_mut(slot.index) {
            if let (Some(idea), Some(id)) = (reading.idea.take(), &slot.id) {
                let mut idea = Arc::unwrap_or_clone(idea);
                idea.id = id.to_string();
                return Ok(idea);
            }
            diagnostics.append(&mut reading.diagnostics);
        }
        diagnostics.extend(file.read_errors.iter().cloned());
        let first =
            diagnostics.into_iter().filter(Diagnostic::is_error).min_by_key(|one| one.span.start);
        // Read by itself it is sound: another idea has its id.
        let taken = || {
            let message = "the id is taken by another idea".to_owned();
            Diagnostic::error(slot.range.start..slot.range.start, "duplicate-id", message)
        };
        let diagnostic = first.unwrap_or_else(taken);
        Err(Box::new(problem_of(&file.path, &file.text, diagnostic)))
    }

    /// The file of an idea, and its text there from its header to the end of its last line.
    pub(super) fn body(&self, place: IdeaPosition) -> (&SourceFile, Range<usize>) {
        let file = self.file(place.file);
        (file, ideas::body(file, place.slot))
    }

    /// The idea with this id, where it stands, in a file that may be written.
    fn editable(&self, id: &str) -> Result<(IdeaPosition, Idea), StoreError> {
        let place = self.find(id).ok_or_else(|| self.missing(id))?;
        let broken = |problem| StoreError::Broken { id: id.to_owned(), problem };
        let idea = self.idea(place).map_err(broken)?;
        self.check_writable(place.file, id)?;
        Ok((place, idea))
    }

    /// Whether a file is known byte for byte, so that it may be written.
    fn check_writable(&self, at: usize, id: &str) -> Result<(), StoreError> {
        let file = self.file(at);
        let Some(error) = file.read_errors.first() else { return Ok(()) };
        let problem = Box::new(problem_of(&file.path, &file.text, error.clone()));
        Err(StoreError::Broken { id: id.to_owned(), problem })
    }

    fn refused(&self, id: &str, at: usize) -> StoreError {
        StoreError::Refused { id: id.to_owned(), path: self.file(at).path.clone() }
    }

    /// Why there is no idea of that name: it cannot be read, or is not there.
    fn missing(&self, id: &str) -> StoreError {
        let broken = self.slots().filter(|(_, slot)| slot.id.is_none());
        let problem = broken
            .filter_map(|(place, _)| self.idea(place).err())
            .find(|problem| problem.idea.as_deref() == Some(id));
        match problem {
            Some(problem) => StoreError::Broken { id: id.to_owned(), problem },
            None => EditError::NoSuchIdea { id: id.to_owned() }.into(),
        }
    }

    /// Replaces a range of a file and notes the smallest patch that does it.
    /// Returns whether what it touches can still be read.
    #[must_use]
    fn splice(&mut self, at: usize, range: Range<usize>, with: &str) -> bool {
        let old = &self.file(at).text[range.clone()];
        let Some((inner, new)) = difference(old, with) else { return true };
        let before = old[inner.clone()].to_owned();
        let start = range.start + inner.start;
        let spot = start..start + new.len();
        let base = self.base;
        let file = self.changed.entry(at).or_insert_with(|| base[at].clone());
        let is_sound = file.replace(range, with);
        let patch = Patch::new(file, spot, before);
        self.patches.push((at, patch));
        is_sound
    }

    /// The ids that ideas without a written one would have if all files were read again now.
    fn assigned(&self) -> Vec<(IdeaPosition, Option<Arc<str>>)> {
        let slots = self.slots();
        let assigned = assigned_ids(slots.clone().map(|(_, slot)| slot));
        slots.map(|(place, _)| place).zip(assigned).collect()
    }

    /// Gives ideas without a written id the one they would have if all files
    /// were read again now. `false` if that reaches files that do not change.
    fn assign_ids(&mut self) -> bool {
        for (place, id) in self.assigned() {
            if self.slot(place).id != id {
                let Some(file) = self.changed.get_mut(&place.file) else { return false };
                file.slots[place.slot].id = id;
            }
        }
        true
    }
}

fn group(mut edits: Vec<Edit>) -> Edit {
    match edits.len() {
        1 => edits.swap_remove(0),
        _ => Edit::Group(edits),
    }
}

impl Transaction<'_> {
    /// Puts back what a step replaced. `false`, with the transaction in an
    /// unusable state, if the files no longer hold what the step wrote, or if
    /// that would not amount to `inverse`.
    pub(crate) fn restore(&mut self, files: &[FilePatch], edit: &Edit, inverse: &Edit) -> bool {
        let mut ids = edit.ids();
        ids.extend(inverse.ids());
        let Some(before) = self.ideas(&ids) else { return false };
        let duels = self.duels.clone().into_owned();
        let Some(raters) = self.raters([edit, inverse]) else { return false };
        let expected = Portfolio::new(before, raters).with_duels(duels);
        let mut expected = expected.with_settings(self.settings());
        let Ok(again) = expected.apply(inverse) else { return false };
        if !files.iter().rev().all(|file| self.restore_file(file)) || !self.assign_ids() {
            return false;
        }
        if self.settings() != *expected.settings() {
            return false;
        }
        let Some(mut raters) = self.raters([edit, inverse]) else { return false };
        raters.retain(|rater| !rater.is_silent());
        if raters != expected.raters() {
            return false;
        }
        let expected_duels = expected.duels().entries.clone();
        let expected = by_id(expected.iter().cloned().collect());
        if self.ideas(&ids).map(by_id) != Some(expected) {
            return false;
        }
        self.new_duels = expected_duels.len() - self.duels.entries.len();
        let has_duels = self.new_duels > 0;
        if has_duels {
            self.duels.to_mut().entries = expected_duels;
        }
        self.edits.push(inverse.clone());
        // A duel that is taken back comes again under another id.
        self.inverses.push(if has_duels { again } else { edit.clone() });
        true
    }

    /// Puts back what a step replaced in one file.
    pub(crate) fn restore_file(&mut self, step: &FilePatch) -> bool {
        let found = self.positions().find(|at| self.file(*at).name == step.file);
        let at = match (found, step.after) {
            (Some(at), Some(_)) if self.file(at).read_errors.is_empty() => at,
            (None, None) if is_own(&step.file) => self.new_file(&step.file),
            _ => return false,
        };
        if !self.is_within(at) {
            return false;
        }
        let text = step.after.map(|_| self.file(at).text.as_str());
        let is_exact = matches!(step.exact_side_of(text), Side::After | Side::Both);
        for patch in step.patches.iter().rev() {
            let spot = if is_exact {
                Some(patch.at..patch.at + patch.after.len())
            } else {
                patch.find(self.file(at))
            };
            if !spot.is_some_and(|spot| self.splice(at, spot, &patch.before)) {
                return false;
            }
        }
        if is_exact && !step.is_before(&self.file(at).text) {
            return false;
        }
        if step.before.is_none() {
            if !self.file(at).text.is_empty() {
                return false;
            }
            self.removed.insert(at);
        }
        true
    }

    /// Those of some ideas that exist, in the order of their ids as given; `None`
    /// if one cannot be read.
    fn ideas(&self, ids: &[&str]) -> Option<Vec<Idea>> {
        let mut ideas: Vec<Idea> = Vec::new();
        for place in ids.iter().filter_map(|id| self.find_id(id)) {
            let idea = self.idea(place).ok()?;
            if ideas.iter().all(|other| other.id != idea.id) {
                ideas.push(idea);
            }
        }
        Some(ideas)
    }
}

fn by_id(mut ideas: Vec<Idea>) -> Vec<Idea> {
    ideas.sort_by(|a, b| a.id.cmp(&b.id));
    ideas
}
