//! The text of an idea in place of its text.

use super::Transaction;
use super::change::conflict;
use crate::domain::{Change, Edit, EditError, Field, Idea, Portfolio, Value};
use crate::store::diagnostic::{Diagnostic, problems};
use crate::store::read::{self, Part};
use crate::store::{OnConflict, StoreError, splice};

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
        found = found.or(reading.idea.map(|idea| (idea, reading.has_id)));
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
