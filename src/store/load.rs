//! Reading of all files into a portfolio, and again of those that have changed on disk:
//! stamps of the files that this program wrote last, waiting for files that another
//! program may still be writing, and the ideas that changed outside between two loads.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::diagnostic::{Diagnostic, problems};
use super::file::{FileKind, IdeaSlot, SourceFile, assigned_ids, slots};
use super::read::{self, Outline, Part, Reading};
use super::state::StateFolder;
use crate::domain::{Idea, Portfolio, Problem, Rater, Severity, slug};
use crate::regular_file::Stamp;

/// What was read from the files of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The ideas that could be read.
    pub portfolio: Portfolio,
    /// Everything that is wrong, in file order: ideas that could not be read
    /// (errors) and what was read in spite of being odd (warnings).
    pub problems: Vec<Problem>,
    /// Ids of the ideas whose text may be another one than when everything was
    /// told last: new ones and those that are gone too. Empty the first time.
    pub touched: Vec<String>,
}

/// The parts of one file, as they were read.
type Parts = Vec<(Range<usize>, Part)>;

/// Reads all files, assigns ids and finds what is wrong between ideas. The
/// slots of the files follow.
pub(super) fn load(files: &mut [SourceFile], is_folder: bool) -> Loaded {
    let parts_of = |file: &SourceFile| {
        if file.kind == FileKind::Ideas { read::parts(&file.text) } else { Vec::new() }
    };
    let mut read: Vec<Parts> = files.iter().map(parts_of).collect();
    for (file, parts) in files.iter_mut().zip(&mut read) {
        blame_flaws(&file.read_errors, parts);
        refuse_mixed_lists(parts);
        file.slots = slots(parts);
    }
    refuse_duplicates(files, &mut read);
    assign_ids(files, &mut read);
    warn_of_aliases(&mut read);

    let mut ideas = Vec::new();
    let mut problems = Vec::new();
    for (file, parts) in files.iter().zip(read).filter(|(file, _)| file.kind == FileKind::Ideas) {
        problems.extend(take(file, parts, is_folder, &mut ideas));
    }
    let raters = raters(files, &ideas, &mut problems);
    // What cannot be read goes by its id or, failing that, by its title.
    let broken = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let reserved: Vec<String> = broken
        .filter_map(|problem| problem.idea.as_deref())
        .flat_map(|name| [name.to_owned(), slug(name)])
        .collect();
    let portfolio = Portfolio::of_shared(ideas, raters).reserving(reserved);
    Loaded { portfolio, problems, touched: Vec::new() }
}

/// The ideas that a change is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Whole ids.
    pub ids: &'a [&'a str],
    /// Titles, in whatever case.
    pub titles: &'a [&'a str],
}

/// As [`load`], but only ideas that are wanted are read; the names of the others are
/// reserved, and nothing is said about problems. `None` where only a whole reading tells
/// which ideas these are, or what is wrong with one of them.
pub(super) fn load_wanted(files: &mut [SourceFile], wanted: Wanted<'_>) -> Option<Loaded> {
    let is_simple =
        |file: &SourceFile| file.read_errors.is_empty() && file.kind != FileKind::Person;
    files.iter().all(is_simple).then_some(())?;
    let (mut slots, mut ideas, mut aliases) = (Vec::new(), Vec::new(), Vec::new());
    for file in files.iter() {
        let of_ideas = file.kind == FileKind::Ideas;
        let outlines = if of_ideas { read::outlines(&file.text)? } else { Vec::new() };
        let own: Vec<IdeaSlot> = outlines.iter().map(slot_of).collect();
        ideas.extend(read_wanted(file, &own, &wanted.among(&own, &outlines))?);
        aliases.extend(outlines.into_iter().flat_map(|outline| outline.aliases).map(String::from));
        slots.push(own);
    }
    // Which of two ideas has an id depends on whether they can be read.
    let mut ids: HashSet<&str> = HashSet::new();
    let mut all_ids = slots.iter().flatten().filter_map(|slot| slot.id.as_deref());
    let are_clear =
        all_ids.all(|id| ids.insert(id)) && wanted.ids.iter().all(|id| ids.contains(id));
    are_clear.then_some(())?;
    let reserved: Vec<String> = ids.into_iter().map(String::from).chain(aliases).collect();
    for (file, slots) in files.iter_mut().zip(slots) {
        file.slots = slots;
    }
    let portfolio = Portfolio::of_shared(ideas, Vec::new()).reserving(reserved);
    Some(Loaded { portfolio, ..Loaded::default() })
}

fn slot_of(outline: &Outline<'_>) -> IdeaSlot {
    let slug: Option<Arc<str>> = outline.id.is_none().then(|| slug(&outline.title).into());
    let id = outline.id.as_deref().map(Arc::from).or_else(|| slug.clone());
    IdeaSlot { range: outline.range.clone(), index: 0, id, slug }
}

impl Wanted<'_> {
    /// Which of the ideas of a file are wanted.
    fn among(&self, slots: &[IdeaSlot], outlines: &[Outline<'_>]) -> Vec<bool> {
        let titles: Vec<String> = self.titles.iter().map(|title| title.to_lowercase()).collect();
        let by_id = |slot: &IdeaSlot| slot.id.as_deref().is_some_and(|id| self.ids.contains(&id));
        let by_title = |outline: &Outline<'_>| {
            !titles.is_empty() && titles.contains(&outline.title.to_lowercase())
        };
        let each = slots.iter().zip(outlines);
        each.map(|(slot, outline)| by_id(slot) || by_title(outline)).collect()
    }
}

/// Reads the wanted ideas of a file, and those next to them and at its end, because a
/// change may reach into these; `None` if one of them cannot be read.
fn read_wanted(
    file: &SourceFile,
    slots: &[IdeaSlot],
    is_wanted: &[bool],
) -> Option<Vec<Arc<Idea>>> {
    let mut ideas = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let near = &is_wanted[at.saturating_sub(1)..(at + 2).min(slots.len())];
        if near.contains(&true) || at + 1 == slots.len() {
            let mut part = read::part(&file.text, slot.range.clone());
            part.is_sound().then_some(())?;
            let mut idea = part.ideas.pop()?.idea?;
            if is_wanted[at] {
                slot.id.as_deref()?.clone_into(&mut Arc::make_mut(&mut idea).id);
                ideas.push(idea);
            }
        }
    }
    Some(ideas)
}

fn readings(parts: &mut Parts) -> impl Iterator<Item = &mut Reading> {
    parts.iter_mut().flat_map(|(_, part)| part.ideas.iter_mut())
}

/// A part with bytes that are not UTF-8 is not what its author wrote.
fn blame_flaws(read_errors: &[Diagnostic], parts: &mut Parts) {
    for error in read_errors {
        let part = parts.iter_mut().find(|(range, _)| range.contains(&error.span.start));
        match part.map(|(_, part)| (part.ideas.as_mut_slice(), &mut part.diagnostics)) {
            Some(([first, others @ ..], _)) => {
                first.refuse(error.clone());
                others.iter_mut().for_each(|other| other.idea = None);
            }
            Some(([], diagnostics)) => diagnostics.push(error.clone()),
            None => {}
        }
    }
}

/// A list cannot be written both as a value and with headers.
fn refuse_mixed_lists(parts: &mut Parts) {
    let Some(((_, preamble), [_, ..])) = parts.split_first_mut() else { return };
    for reading in &mut preamble.ideas {
        let message = "this list of ideas has more of them below, with headers".to_owned();
        let diagnostic = Diagnostic::error(reading.place.clone(), "mixed-lists", message);
        reading.refuse(diagnostic.hint("write all ideas the same way"));
    }
}

/// Of two ideas with the same written id the first one has it.
fn refuse_duplicates(files: &mut [SourceFile], read: &mut [Parts]) {
    let mut owners: HashMap<Arc<str>, (usize, usize)> = HashMap::new();
    for at in 0..files.len() {
        for (slot, reading) in readings(&mut read[at]).enumerate() {
            let slot = &files[at].slots[slot];
            let Some(id) = slot.id.clone().filter(|_| slot.slug.is_none()) else { continue };
            let Some(&(file, offset)) = owners.get(&id) else {
                owners.insert(id, (at, slot.range.start));
                continue;
            };
            let first = &files[file];
            let line = line_of(&first.text, offset);
            let message = format!("the id \"{id}\" is taken by {}:{line}", first.path.display());
            let diagnostic = Diagnostic::error(reading.place.clone(), "duplicate-id", message);
            reading.refuse(diagnostic.hint("give one of the two another id"));
        }
        let sound: Vec<bool> = readings(&mut read[at]).map(|one| one.idea.is_some()).collect();
        for (slot, _) in files[at].slots.iter_mut().zip(sound).filter(|(_, is_sound)| !is_sound) {
            (slot.id, slot.slug) = (None, None);
        }
    }
}

fn assign_ids(files: &mut [SourceFile], read: &mut [Parts]) {
    let mut assigned = assigned_ids(files.iter().flat_map(|file| &file.slots)).into_iter();
    for (file, parts) in files.iter_mut().zip(read) {
        for (slot, reading) in file.slots.iter_mut().zip(readings(parts)) {
            slot.id = assigned.next().flatten();
            if let (Some(id), Some(idea)) = (&slot.id, &mut reading.idea)
                && slot.slug.is_some()
            {
                Arc::make_mut(idea).id = id.to_string();
            }
        }
    }
}

/// An alias that is the id of another idea leads to that one.
fn warn_of_aliases(read: &mut [Parts]) {
    let ideas = || read.iter().flatten().flat_map(|(_, part)| &part.ideas);
    if ideas().filter_map(|one| one.idea.as_ref()).all(|idea| idea.aliases.is_empty()) {
        return;
    }
    let ids: HashSet<String> =
        ideas().filter_map(|one| one.idea.as_ref()).map(|idea| idea.id.clone()).collect();
    for reading in read.iter_mut().flat_map(readings) {
        let Some(idea) = &reading.idea else { continue };
        let taken = idea.aliases.iter().filter(|alias| **alias != idea.id && ids.contains(*alias));
        let diagnostics: Vec<Diagnostic> = taken
            .map(|alias| {
                let message = format!("the alias \"{alias}\" is the id of another idea");
                let diagnostic = Diagnostic::warning(reading.place.clone(), "alias-taken", message);
                Diagnostic { idea: Some(idea.id.clone()), ..diagnostic.hint("remove the alias") }
            })
            .collect();
        reading.diagnostics.extend(diagnostics);
    }
}

/// Moves the ideas of a file out of its parts and returns what is wrong with
/// it. In a folder a file without ideas may be anything, and is left in peace.
fn take(
    file: &SourceFile,
    parts: Parts,
    is_folder: bool,
    ideas: &mut Vec<Arc<Idea>>,
) -> Vec<Problem> {
    let mut diagnostics = Vec::new();
    if parts.is_empty() || file.text.is_empty() {
        diagnostics.extend(file.read_errors.iter().cloned());
    }
    for (_, part) in parts {
        diagnostics.extend(part.diagnostics);
        for reading in part.ideas {
            diagnostics.extend(reading.diagnostics);
            ideas.extend(reading.idea);
        }
    }
    let is_ours = !is_folder
        || !file.slots.is_empty()
        || file.name == super::file::NEW_IDEAS
        || diagnostics
            .iter()
            .any(|diagnostic| matches!(diagnostic.code, "not-a-list" | "unreadable"));
    if is_ours { problems(&file.path, &file.text, diagnostics) } else { Vec::new() }
}

fn raters(files: &[SourceFile], ideas: &[Arc<Idea>], problems: &mut Vec<Problem>) -> Vec<Rater> {
    let people = files.iter().filter(|file| file.kind == FileKind::Person);
    if people.clone().next().is_none() {
        return Vec::new();
    }
    let names = ideas.iter().flat_map(|idea| std::iter::once(&idea.id).chain(&idea.aliases));
    let known: HashSet<&str> = names.map(String::as_str).collect();
    let read = |file: &SourceFile| {
        let name = file.path.file_stem().unwrap_or_default().to_string_lossy();
        let (rater, mut diagnostics) = read::rater(&name, &file.text, |id| known.contains(id));
        diagnostics.extend(file.read_errors.iter().cloned());
        problems.extend(self::problems(&file.path, &file.text, diagnostics));
        rater
    };
    let mut raters: Vec<Rater> = people.map(read).collect();
    raters.sort_by(|a, b| a.name.cmp(&b.name));
    raters
}

/// The line of an offset, from 1.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// How a file is compared with what was read of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Freshness {
    /// By its stamp alone: length, time and inode.
    Stamp,
    /// By its contents, because it may be about to be replaced; by its stamp where that
    /// tells every change.
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
            Some(old)
                if (freshness == Freshness::Stamp || old.is_settled)
                    && stamp.is_some()
                    && old.stamp == stamp =>
            {
                reread.now.push(old);
            }
            Some(old) => {
                let (now, before) = old.read_again();
                reread.has_changed |= before.is_some();
                reread.before.extend(before);
                reread.now.push(now);
            }
            None => {
                let new = SourceFile::read(path, kind);
                reread.has_changed = true;
                reread.fresh.push(new.path.clone());
                reread.now.push(new);
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
