//! Edits, step by step, against what the files say now.

use super::{IdeaPosition, Transaction};
use crate::domain::{
    Change, Duel, DuelEntry, Edit, EditError, Entry, EntryKind, Field, Idea, Value,
};
use crate::store::{OnConflict, StoreError, splice};

impl Transaction<'_> {
    /// Makes an edit. `inverse` says what it expects to replace, `base` holds
    /// the externally changed files as they were before.
    pub(crate) fn apply(
        &mut self,
        edit: &Edit,
        inverse: &Edit,
        base: &Transaction<'_>,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        let (steps, inverses) = (edit.flatten(), inverse.flatten());
        if steps.len() != inverses.len() {
            return Err(StoreError::NotInverse);
        }
        // Many new ideas, as of an import, are one splice.
        let appended: Vec<&Idea> = steps.iter().copied().map_while(appended).collect();
        let is_undone = |expected: &&Edit| matches!(expected, Edit::Remove { .. });
        let at_once =
            if appended.len() > 1 && inverses.iter().rev().take(appended.len()).all(is_undone) {
                self.append(&appended)?
            } else {
                0
            };
        for (step, expected) in steps.into_iter().zip(inverses.iter().rev()).skip(at_once) {
            match (step, expected) {
                (Edit::Change { id, change }, Edit::Change { change: expected, .. }) => {
                    self.change(id, change, &MergeContext { expected, base, on_conflict })?;
                }
                (Edit::Add { idea, before }, Edit::Remove { .. }) => {
                    self.add(idea, before.as_deref())?;
                }
                (Edit::Remove { id }, Edit::Add { idea, .. }) => {
                    let expected = (on_conflict == OnConflict::Ask).then_some(&**idea);
                    self.remove(id, expected)?;
                }
                (Edit::Duel(entry), Edit::Duel(_)) => self.duel(entry)?,
                (Edit::AddRaterAnswers { person, answers }, Edit::RemoveRaterAnswers { .. }) => {
                    self.answer(person, answers)?;
                }
                (Edit::RemoveRaterAnswers { person, id }, Edit::AddRaterAnswers { .. }) => {
                    self.unanswer(person, id)?;
                }
                (
                    Edit::Reaction { person, id, reaction },
                    Edit::Reaction { reaction: before, .. },
                ) => {
                    self.set_reaction((person, id), reaction, before, on_conflict)?;
                }
                (Edit::Setting { name, value }, Edit::Setting { value: before, .. }) => {
                    self.set_setting(name, value.as_ref(), before.as_ref(), on_conflict)?;
                }
                _ => return Err(StoreError::NotInverse),
            }
        }
        Ok(())
    }

    /// Adds a duel or takes one back, unless that has happened already. The
    /// ids that a duel refers to are written.
    fn duel(&mut self, entry: &DuelEntry) -> Result<(), StoreError> {
        let entry = self.duels.resolve(entry);
        let is_there = match &entry {
            DuelEntry::Duel(duel) => self.duels.get(&duel.id) == Some(duel),
            DuelEntry::Retraction(retraction) => self.duels.is_retracted(&retraction.duel),
        };
        if is_there {
            return Ok(());
        }
        if let DuelEntry::Duel(Duel { left, right, .. }) = &entry {
            for id in [left, right] {
                if self.find(id).is_some() {
                    self.write_id(id)?;
                }
            }
        }
        let inverse = self.duels.to_mut().append(&entry)?;
        self.new_duels += 1;
        self.edits.push(Edit::Duel(entry));
        self.inverses.push(Edit::Duel(inverse));
        Ok(())
    }

    fn change(
        &mut self,
        id: &str,
        change: &Change,
        context: &MergeContext<'_>,
    ) -> Result<(), StoreError> {
        let (place, idea) = self.editable(id)?;
        self.check_same_idea(place, &idea, context)?;
        let change = context.on_fresh(&idea, change)?;
        let mut after = idea.clone();
        let inverse = after.change(&change)?;
        self.check_id_is_free(place, &change)?;
        self.write_ids(&idea, &change)?;
        self.write_change(&idea.id, &change, &after)?;
        if matches!(change, Change::Set { field: Field::Id, .. }) {
            self.keep_ids()?;
        }
        self.edits.push(Edit::Change { id: idea.id, change });
        self.inverses.push(Edit::Change { id: after.id, change: inverse });
        Ok(())
    }

    /// An id made from a title may by now lead to another idea of that title.
    fn check_same_idea(
        &self,
        place: IdeaPosition,
        idea: &Idea,
        context: &MergeContext<'_>,
    ) -> Result<(), StoreError> {
        let is_made = self.slot(place).slug.is_some();
        match context.base(&idea.id) {
            Some(before)
                if is_made
                    && before.title != idea.title
                    && context.on_conflict == OnConflict::Ask =>
            {
                Err(conflict(idea, "title", before.title, idea.title.clone()))
            }
            _ => Ok(()),
        }
    }

    fn check_id_is_free(&self, place: IdeaPosition, change: &Change) -> Result<(), StoreError> {
        match change {
            Change::Set { field: Field::Id, value: Some(Value::Text(id)) }
                if self.find(id).is_some_and(|other| other != place) =>
            {
                Err(EditError::IdTaken { id: id.clone() }.into())
            }
            _ => Ok(()),
        }
    }

    /// Writes ids that a change would otherwise put at risk: that of an idea
    /// whose title changes, and that of an idea which another one refers to.
    fn write_ids(&mut self, idea: &Idea, change: &Change) -> Result<(), StoreError> {
        let Change::Set { field, value } = change else { return Ok(()) };
        match (field, value) {
            (Field::Title, _) => self.write_id(&idea.id),
            (Field::ParkedOn | Field::MergedInto, Some(Value::Text(other))) => {
                match self.find(other).and_then(|place| self.slot(place).id.clone()) {
                    Some(id) => self.write_id(&id),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Writes the id of an idea if it is not written yet.
    pub(super) fn write_id(&mut self, id: &str) -> Result<(), StoreError> {
        let (place, idea) = self.editable(id)?;
        if self.slot(place).slug.is_none() {
            return Ok(());
        }
        let value = Some(Value::Text(idea.id.clone()));
        self.write_change(&idea.id, &Change::Set { field: Field::Id, value }, &idea)
    }

    /// Writes the ids of all ideas that would get another one now that an
    /// earlier idea is gone or is called otherwise.
    pub(super) fn keep_ids(&mut self) -> Result<(), StoreError> {
        loop {
            let moved = self.assigned().into_iter().find_map(|(place, id)| {
                let old = self.slot(place).id.clone()?;
                (Some(&old) != id.as_ref()).then_some(old)
            });
            match moved {
                Some(id) => self.write_id(&id)?,
                None => return Ok(()),
            }
        }
    }

    /// Splices a change into the text and reads it back: the idea must be
    /// `after`, or nothing counts.
    fn write_change(&mut self, id: &str, change: &Change, after: &Idea) -> Result<(), StoreError> {
        let (place, _) = self.editable(id)?;
        let file = self.file(place.file);
        let slot = &file.slots[place.slot];
        let (range, count) = (slot.range.clone(), file.slots.len());
        let text = splice::change(&file.text[range.clone()], file.eol(), slot.index, change);
        let is_as_expected = self.splice(place.file, range, &text)
            && self.file(place.file).slots.len() == count
            && self.idea(place).is_ok_and(|idea| idea == *after);
        if is_as_expected { Ok(()) } else { Err(self.refused(id, place.file)) }
    }
}

/// The idea that a step adds behind all others.
fn appended(step: &Edit) -> Option<&Idea> {
    match step {
        Edit::Add { idea, before: None } => Some(idea),
        _ => None,
    }
}

/// What a change relies on.
struct MergeContext<'t> {
    expected: &'t Change,
    base: &'t Transaction<'t>,
    on_conflict: OnConflict,
}

impl MergeContext<'_> {
    /// The idea as it was before its file was changed externally.
    fn base(&self, id: &str) -> Option<Idea> {
        self.base.idea(self.base.find(id)?).ok()
    }

    /// The change as it applies to the freshest text.
    fn on_fresh(&self, idea: &Idea, change: &Change) -> Result<Change, StoreError> {
        match (change, self.expected) {
            (Change::Set { field, value }, Change::Set { value: before, .. }) => {
                self.set(idea, *field, value, before)
            }
            (Change::Insert { at, entry }, _) => Ok(self.insert(idea, *at, entry)),
            (Change::Replace { at, entry }, Change::Replace { entry: before, .. }) => {
                let at = self.locate(idea, *at, before)?;
                Ok(Change::Replace { at, entry: entry.clone() })
            }
            (Change::Remove { at, kind }, Change::Insert { entry: before, .. }) => {
                let at = self.locate(idea, *at, before)?;
                Ok(Change::Remove { at, kind: *kind })
            }
            _ => Err(StoreError::NotInverse),
        }
    }

    /// The field must hold what the edit replaces, or already what it sets.
    fn set(
        &self,
        idea: &Idea,
        field: Field,
        value: &Option<Value>,
        before: &Option<Value>,
    ) -> Result<Change, StoreError> {
        let value = value.clone().filter(|value| !is_empty(value));
        let now = idea.get(field);
        if now != *before && now != value && self.on_conflict == OnConflict::Ask {
            return Err(conflict(idea, &field.to_string(), said(&value), said(&now)));
        }
        Ok(Change::Set { field, value })
    }

    /// An entry that was put at the end goes behind what others have put there meanwhile.
    fn insert(&self, idea: &Idea, at: usize, entry: &Entry) -> Change {
        let kind = entry.kind();
        let length = idea.entries(kind);
        let base = self.base(&idea.id).map_or(length, |idea| idea.entries(kind));
        let at = if at == base { length } else { at.min(length) };
        Change::Insert { at, entry: entry.clone() }
    }

    /// Where the entry stands now that base at `at`.
    fn locate(&self, idea: &Idea, at: usize, before: &Entry) -> Result<usize, StoreError> {
        let kind: EntryKind = before.kind();
        let is_it = |at: &usize| idea.entry(kind, *at).as_ref() == Some(before);
        let found = Some(at).filter(is_it).or_else(|| (0..idea.entries(kind)).find(is_it));
        match found {
            Some(at) => Ok(at),
            None if self.on_conflict == OnConflict::Overwrite => Ok(at),
            None => {
                let theirs = match idea.entry(kind, at) {
                    Some(_) => "something else",
                    None => "nothing",
                };
                Err(conflict(idea, kind.id(), "an entry".to_owned(), theirs.to_owned()))
            }
        }
    }
}

pub(super) fn conflict(idea: &Idea, what: &str, mine: String, theirs: String) -> StoreError {
    let (id, what) = (idea.id.clone(), what.to_owned());
    StoreError::Conflict { id, what, mine, theirs, loaded: Box::default() }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    }
}

fn said(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string)
}
