//! Ideas added, removed and written anew as a whole.

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::change::conflict;
use super::{IdeaPosition, Transaction};
use crate::domain::{Change, Edit, EditError, Field, Idea, Portfolio, Value};
use crate::store::diagnostic::{Diagnostic, problems};
use crate::store::file::FileKind;
use crate::store::file::NEW_IDEAS;
use crate::store::file::SourceFile;
use crate::store::read::{self, Part};
use crate::store::span_map::{PathSegment, SpanMap};
use crate::store::{OnConflict, StoreError, print, splice};

impl Transaction<'_> {
    /// Adds an idea: in front of another one, else at the end of its file.
    pub(super) fn add(&mut self, idea: &Idea, before: Option<&str>) -> Result<(), StoreError> {
        for (field, text) in [(Field::Id, &idea.id), (Field::Title, &idea.title)] {
            if text.is_empty() {
                return Err(EditError::Required { field }.into());
            }
        }
        if self.find_id(&idea.id).is_some() {
            return Err(EditError::IdTaken { id: idea.id.clone() }.into());
        }
        let next = before.and_then(|id| self.find(id));
        let at = next.map_or_else(|| self.file_for_new_ideas(), |place| place.file);
        self.check_writable(at, &idea.id)?;
        let (range, text) = self.place_for(at, next, idea);
        let is_sound = self.splice(at, range, &text);
        match self.find_id(&idea.id).map(|place| self.idea(place)) {
            Some(Ok(read)) if is_sound && read == *idea => {}
            _ => return Err(self.refused(&idea.id, at)),
        }
        self.keep_ids()?;
        let before = before.map(str::to_owned);
        self.edits.push(Edit::Add { idea: Box::new(idea.clone()), before });
        self.inverses.push(Edit::Remove { id: idea.id.clone() });
        Ok(())
    }

    /// Adds ideas at the end of the file for new ones, in one splice: each by
    /// itself would read the rest of the file again. Returns how many it has
    /// added: none where that file is written in another way.
    pub(super) fn append(&mut self, ideas: &[&Idea]) -> Result<usize, StoreError> {
        let mut ids: HashSet<&str> =
            self.slots().filter_map(|(_, slot)| slot.id.as_deref()).collect();
        let is_new = ideas
            .iter()
            .all(|idea| !idea.id.is_empty() && !idea.title.is_empty() && ids.insert(&idea.id));
        drop(ids);
        let at = self.file_for_new_ideas();
        if !is_new || inline_list(self.file(at)).is_some() {
            // One by one, the first that cannot be added is named.
            return Ok(0);
        }
        let Some(first) = ideas.first() else { return Ok(0) };
        self.check_writable(at, &first.id)?;
        let file = self.file(at);
        let (eol, count) = (file.eol(), file.slots.len());
        let (range, mut text) = section(file, None, first);
        for idea in &ideas[1..] {
            text.push_str(eol);
            text.push_str(&print::idea(idea, eol));
        }
        let is_sound = self.splice(at, range, &text);
        let is_complete = is_sound && self.file(at).slots.len() == count + ideas.len();
        for (slot, idea) in (count..).zip(ideas) {
            let place = IdeaPosition { file: at, slot };
            if !is_complete || self.idea(place).ok().as_ref() != Some(*idea) {
                return Err(self.refused(&idea.id, at));
            }
        }
        self.keep_ids()?;
        for idea in ideas {
            self.edits.push(Edit::Add { idea: Box::new((*idea).clone()), before: None });
            self.inverses.push(Edit::Remove { id: idea.id.clone() });
        }
        Ok(ideas.len())
    }

    /// Removes an idea, with the comments directly above it; those above the
    /// first idea of a file belong to the file. `expected` is what it must be.
    pub(super) fn remove(&mut self, id: &str, expected: Option<&Idea>) -> Result<(), StoreError> {
        let (place, idea) = self.editable(id)?;
        if expected.is_some_and(|expected| *expected != idea) {
            let theirs = "something else".to_owned();
            return Err(conflict(&idea, "the idea", "nothing".to_owned(), theirs));
        }
        let next = self.slots().skip_while(|(other, _)| *other != place).skip(1);
        let before = next.filter_map(|(_, slot)| slot.id.as_ref()).next().map(ToString::to_string);
        let file = self.file(place.file);
        let count = file.slots.len();
        let (range, text) = match inline_list(file) {
            Some(list) => {
                let index = self.slot(place).index;
                (list.clone(), splice::remove_element(&file.text[list], index))
            }
            None => without_foreign_tables(file, place.slot),
        };
        let is_sound = self.splice(place.file, range, &text);
        let is_gone = self.find_id(&idea.id).is_none();
        if !is_sound || !is_gone || self.file(place.file).slots.len() + 1 != count {
            return Err(self.refused(&idea.id, place.file));
        }
        self.keep_ids()?;
        self.inverses.push(Edit::Add { idea: Box::new(idea.clone()), before });
        self.edits.push(Edit::Remove { id: idea.id });
        Ok(())
    }

    /// The single file of a workspace, or `ideas.toml` if there is one, else
    /// the last file with ideas, else a new `ideas.toml`.
    /// The path of the file for new ideas.
    pub(crate) fn path_for_new_ideas(mut self) -> PathBuf {
        let at = self.file_for_new_ideas();
        self.file(at).path.clone()
    }

    fn file_for_new_ideas(&mut self) -> usize {
        let first = self.positions().find(|at| self.file(*at).kind == FileKind::Ideas);
        let only = first.filter(|_| !self.is_folder);
        let named = || self.positions().find(|at| self.file(*at).name == NEW_IDEAS);
        let last = || self.positions().filter(|at| !self.file(*at).slots.is_empty()).last();
        only.or_else(named).or_else(last).unwrap_or_else(|| self.new_file(NEW_IDEAS))
    }

    /// Which stretch of a file a new idea replaces, and by what.
    fn place_for(
        &self,
        at: usize,
        next: Option<IdeaPosition>,
        idea: &Idea,
    ) -> (Range<usize>, String) {
        let file = self.file(at);
        let Some(list) = inline_list(file) else {
            return section(file, next.map(|place| place.slot), idea);
        };
        let index = next.map_or(file.slots.len(), |place| self.slot(place).index);
        let new = print::inline_idea(idea, file.eol());
        (list.clone(), splice::insert_element(&file.text[list], file.eol(), index, &new))
    }
}

/// The list in which all ideas of a file are elements, `idea = […]`, if there is
/// one: it stands before the first header.
fn inline_list(file: &SourceFile) -> Option<Range<usize>> {
    let start = file.start();
    let end = file.slots.first().map_or(file.text.len(), |slot| slot.range.end);
    let span_map = SpanMap::of(&file.text[start..end]);
    let value = &span_map.pair(&[PathSegment::key("idea")])?.value;
    Some(value.start + start..value.end + start)
}

/// Where a new idea goes that has a header of its own, and its text there: one
/// blank line apart from its neighbours.
fn section(file: &SourceFile, before: Option<usize>, idea: &Idea) -> (Range<usize>, String) {
    let (text, eol) = (&file.text, file.eol());
    let new = print::idea(idea, eol);
    if let Some(slot) = before {
        let header = file.slots[slot].range.start;
        let start = if slot == 0 { header } else { splice::attached_comments(text, header) };
        return (start..start, format!("{new}{eol}"));
    }
    let end = text.len();
    (end..end, format!("{}{new}", splice::gap_at_end(text, eol)))
}

/// Everything that belongs to an idea with a header of its own, and the blank
/// lines that kept it apart.
fn extent(file: &SourceFile, slot: usize) -> Range<usize> {
    let text = &file.text;
    let body = body(file, slot);
    if slot == 0 {
        let rest = &text[body.end..];
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        return body.start..body.end + blank;
    }
    let start = splice::attached_comments(text, body.start);
    splice::blank_lines_before(text, start)..body.end
}

/// What is removed with an idea, and the text that stays there: tables that
/// belong to no idea may stand between its own.
fn without_foreign_tables(file: &SourceFile, slot: usize) -> (Range<usize>, String) {
    let part = &file.slots[slot];
    let text = &file.text[part.range.clone()];
    let foreign = splice::foreign_tables(text, part.index);
    if foreign.is_empty() {
        return (extent(file, slot), String::new());
    }
    let kept: String = foreign.into_iter().map(|table| &text[table]).collect();
    let body = body(file, slot);
    let start =
        if slot == 0 { body.start } else { splice::attached_comments(&file.text, body.start) };
    (start..body.end, format!("{}{}", kept.trim_end_matches(['\r', '\n']), file.eol()))
}

/// An idea from its header to the end of its last line.
pub(super) fn body(file: &SourceFile, slot: usize) -> Range<usize> {
    let slot = &file.slots[slot];
    let offset = slot.range.start;
    let range = splice::body(&file.text[slot.range.clone()], slot.index);
    range.start + offset..range.end + offset
}

impl Transaction<'_> {
    /// Puts a text in place of that of an idea.
    pub(crate) fn rewrite(
        &mut self,
        id: &str,
        before: &str,
        text: &str,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        let (place, old) = self.editable(id)?;
        let (file, body) = self.body(place);
        let now = &file.text[body.clone()];
        if now != before && on_conflict == OnConflict::Ask {
            let (mine, theirs) = first_difference(text, now);
            return Err(conflict(&old, "the text", mine, theirs));
        }
        let eol = file.eol();
        let ending = if now.ends_with('\n') && !text.ends_with('\n') { eol } else { "" };
        let mut text = format!("{text}{ending}");
        let (mut new, has_id) = one_idea(&text, &old.id)?;
        if !has_id && self.slot(place).slug.is_some() {
            new.id.clone_from(&old.id);
            if new.title != old.title {
                let id = Change::Set { field: Field::Id, value: Some(Value::Text(old.id.clone())) };
                text = splice::change(&text, eol, 0, &id);
            }
        }
        if self.find(&new.id).is_some_and(|other| other != place) {
            return Err(EditError::IdTaken { id: new.id }.into());
        }
        let count = self.file(place.file).slots.len();
        let behind = self.slots().skip_while(|(other, _)| *other != place).skip(1);
        let next = behind.filter_map(|(_, slot)| slot.id.as_ref()).next().map(ToString::to_string);
        let is_as_expected = self.splice(place.file, body, &text)
            && self.file(place.file).slots.len() == count
            && self.idea(place).is_ok_and(|idea| idea == new);
        if !is_as_expected {
            return Err(self.refused(&old.id, place.file));
        }
        self.keep_ids()?;
        let edit = Edit::between(&old, &new).unwrap_or_else(|| {
            let add = Edit::Add { idea: Box::new(new), before: next };
            Edit::Group(vec![Edit::Remove { id: old.id.clone() }, add])
        });
        let inverse = Portfolio::new(vec![old], Vec::new()).apply(&edit)?;
        self.edits.push(edit);
        self.inverses.push(inverse);
        Ok(())
    }
}

/// The idea that a text holds, and whether its id is written there.
fn one_idea(text: &str, id: &str) -> Result<(Idea, bool), StoreError> {
    let Part { ideas, mut diagnostics } = read::part(text, 0..text.len());
    let begins =
        text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    if ideas.len() != 1 || !begins.is_some_and(|line| line.starts_with('[')) {
        let message = "the text must be one idea, from its [[idea]] on".to_owned();
        diagnostics.push(Diagnostic::error(0..0, "not-one-idea", message));
    }
    let mut found = None;
    for reading in ideas {
        found = found.or(reading.idea.map(|idea| (Arc::unwrap_or_clone(idea), reading.has_id)));
        diagnostics.extend(reading.diagnostics);
    }
    diagnostics.retain(Diagnostic::is_error);
    match found {
        Some(found) if diagnostics.is_empty() => Ok(found),
        _ => {
            let name = std::path::PathBuf::from(format!("{id}.toml"));
            Err(StoreError::Invalid { problems: problems(&name, text, diagnostics) })
        }
    }
}

/// The first lines in which two texts differ.
fn first_difference(mine: &str, theirs: &str) -> (String, String) {
    let (mut mine, mut theirs) = (mine.lines(), theirs.lines());
    loop {
        match (mine.next(), theirs.next()) {
            (None, None) => return Default::default(),
            (mine, theirs) if mine == theirs => {}
            (mine, theirs) => {
                let said = |line: Option<&str>| line.unwrap_or("nothing more").to_owned();
                return (said(mine), said(theirs));
            }
        }
    }
}
