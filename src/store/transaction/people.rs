//! Edits of the files beside the ideas: other raters' `people/NAME.toml` and the
//! workspace's settings, `prospect.toml`.

use super::Transaction;
use super::change::conflict;
use crate::domain::{
    Edit, EditError, GOAL_LISTS, Rater, RaterAnswers, Reaction, SettingTable, SettingValue,
    SettingValues, is_file_name, setting_path,
};
use crate::regular_file::check_inside;
use crate::store::diagnostic::{Diagnostic, problem_of};
use crate::store::file::{FileKind, SETTINGS};
use crate::store::folder::person_file;
use crate::store::span_map::{PathSegment, SpanMap};
use crate::store::{OnConflict, StoreError, print, read, splice};

impl Transaction<'_> {
    /// Adds a rater's answers about an idea at the end of the rater's file. The
    /// id of the idea is written if it was not.
    pub(super) fn answer(
        &mut self,
        person: &str,
        answers: &RaterAnswers,
    ) -> Result<(), StoreError> {
        if !is_file_name(person) {
            return Err(EditError::NotAName { name: person.to_owned() }.into());
        }
        let (_, idea) = self.editable(&answers.id)?;
        let at = self.person(person).unwrap_or_else(|| self.new_file(&person_file(person)));
        let mut rater = self.editable_rater(at, person)?;
        if idea.aliases.iter().chain([&idea.id]).any(|id| rater.ratings.contains_key(id)) {
            let (person, id) = (person.to_owned(), idea.id);
            return Err(EditError::AnsweredAlready { person, id }.into());
        }
        self.write_id(&idea.id)?;
        let answers = RaterAnswers { id: idea.id, ..answers.clone() };
        rater.ratings.insert(answers.id.clone(), answers.ratings);
        let file = self.file(at);
        let (end, eol) = (file.text.len(), file.eol());
        let gap = match file.text.as_str() {
            "" => "",
            text if text.ends_with('\n') => eol,
            _ => &[eol, eol].concat(),
        };
        let text = format!("{gap}{}", print::answers(&answers, eol));
        self.rewrite_person(at, end..end, &text, &rater)?;
        self.inverses
            .push(Edit::RemoveRaterAnswers { person: person.to_owned(), id: answers.id.clone() });
        self.edits
            .push(Edit::AddRaterAnswers { person: person.to_owned(), answers: Box::new(answers) });
        Ok(())
    }

    /// Removes a rater's answers about an idea, with the table's header and
    /// the comments right above it.
    pub(super) fn unanswer(&mut self, person: &str, id: &str) -> Result<(), StoreError> {
        let missing = || EditError::NotAnswered { person: person.to_owned(), id: id.to_owned() };
        let at = self.person(person).ok_or_else(missing)?;
        let mut rater = self.editable_rater(at, person)?;
        let ratings = rater.ratings.remove(id).ok_or_else(missing)?;
        let text = &self.file(at).text;
        let span_map = SpanMap::of(text);
        let path = [PathSegment::key("ratings"), PathSegment::key(id)];
        let Some(table) = span_map.table(&path).filter(|table| !table.is_inline) else {
            return Err(self.refused(id, at));
        };
        let start = above(text, table.span.start);
        let next =
            span_map.tables.iter().filter(|other| !other.is_inline && !other.span.is_empty());
        let next = next.map(|other| other.span.start).filter(|next| *next > table.span.start).min();
        let end = next.map_or(text.len(), |next| above(text, next));
        self.rewrite_person(at, start..end, "", &rater)?;
        if self.file(at).text.is_empty() {
            self.removed.insert(at);
        }
        let answers = Box::new(RaterAnswers::new(id, ratings));
        self.inverses.push(Edit::AddRaterAnswers { person: person.to_owned(), answers });
        self.edits.push(Edit::RemoveRaterAnswers { person: person.to_owned(), id: id.to_owned() });
        Ok(())
    }

    /// Sets what a person said about an idea in words; `before` is what the edit
    /// expects to replace. The id of the idea is written if it was not.
    pub(super) fn set_reaction(
        &mut self,
        (person, id): (&str, &str),
        reaction: &Reaction,
        before: &Reaction,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        if !is_file_name(person) {
            return Err(EditError::NotAName { name: person.to_owned() }.into());
        }
        let (_, idea) = self.editable(id)?;
        let at = match self.person(person) {
            Some(at) => at,
            None if reaction.is_empty() => return Ok(()),
            None => self.new_file(&person_file(person)),
        };
        let mut rater = self.editable_rater(at, person)?;
        let key = rater.reaction_key(&idea);
        let now = rater.reactions.get(key).cloned().unwrap_or_default();
        if now != *before && now != *reaction && on_conflict == OnConflict::Ask {
            let what = format!("words of {person}");
            return Err(conflict(&idea, &what, reaction.sentence(person), now.sentence(person)));
        }
        self.write_id(&idea.id)?;
        rater.set_reaction(key, reaction);
        let file = self.file(at);
        let text = splice::reaction(&file.text, file.eol(), key, reaction);
        let whole = 0..file.text.len();
        self.rewrite_person(at, whole, &text, &rater)?;
        let edit =
            |reaction| Edit::Reaction { person: person.to_owned(), id: idea.id.clone(), reaction };
        self.edits.push(edit(reaction.clone()));
        self.inverses.push(edit(now));
        Ok(())
    }

    /// What the people of an edit say, each under their name; nothing where that cannot be read.
    pub(super) fn raters(&self, edits: [&Edit; 2]) -> Option<Vec<Rater>> {
        let mut raters: Vec<Rater> = Vec::new();
        for step in edits.into_iter().flat_map(Edit::flatten) {
            let (Edit::AddRaterAnswers { person, .. }
            | Edit::RemoveRaterAnswers { person, .. }
            | Edit::Reaction { person, .. }) = step
            else {
                continue;
            };
            if raters.iter().any(|known| known.name == *person) {
                continue;
            }
            match self.person(person) {
                Some(at) => raters.push(self.rater(at, person).ok()?),
                None => raters.push(Rater::new(person)),
            }
        }
        raters.sort_by(|a, b| a.name.cmp(&b.name));
        Some(raters)
    }

    /// Whether a file that only this program writes lies in the workspace,
    /// whatever links lead there: others are only read.
    pub(super) fn is_within(&self, at: usize) -> bool {
        let file = self.file(at);
        if file.kind == FileKind::Ideas {
            return true;
        }
        check_inside(&file.path, &self.root).is_ok()
    }

    fn person(&self, person: &str) -> Option<usize> {
        let name = person_file(person);
        self.positions().find(|at| self.file(*at).name == name)
    }

    fn rater(&self, at: usize, person: &str) -> Result<Rater, Diagnostic> {
        let file = self.file(at);
        let (rater, diagnostics) = read::rater(person, &file.text, |_| true);
        let mut diagnostics = diagnostics.into_iter().chain(file.read_errors.iter().cloned());
        diagnostics.find(Diagnostic::is_error).map_or(Ok(rater), Err)
    }

    fn editable_rater(&self, at: usize, person: &str) -> Result<Rater, StoreError> {
        let file = self.file(at);
        let broken = |diagnostic| StoreError::Broken {
            id: file.name.clone(),
            problem: Box::new(problem_of(&file.path, &file.text, diagnostic)),
        };
        if !self.is_within(at) {
            let message = "it lies outside the workspace: a link leads there".to_owned();
            return Err(broken(Diagnostic::error(0..0, "outside", message)));
        }
        self.rater(at, person).map_err(broken)
    }

    /// Splices the file of a person and reads it back: it must say `after`.
    fn rewrite_person(
        &mut self,
        at: usize,
        range: std::ops::Range<usize>,
        with: &str,
        after: &Rater,
    ) -> Result<(), StoreError> {
        let is_as_expected = self.splice(at, range, with)
            && self.rater(at, &after.name).is_ok_and(|rater| rater == *after);
        let name = self.file(at).name.clone();
        if is_as_expected { Ok(()) } else { Err(self.refused(&name, at)) }
    }
}

/// Where the comments begin that stand right above an offset, which is the beginning of a line.
fn above(text: &str, offset: usize) -> usize {
    let mut start = offset;
    for line in text[..offset].split_inclusive('\n').rev() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        start -= line.len();
    }
    start
}

impl Transaction<'_> {
    /// What the workspace sets; nothing where that cannot be read.
    pub(super) fn settings(&self) -> SettingValues {
        let file = self.settings_file().and_then(|at| self.file(at).settings().ok());
        file.unwrap_or_default()
    }

    fn settings_file(&self) -> Option<usize> {
        self.positions().find(|at| self.file(*at).kind == FileKind::Settings)
    }

    /// Sets a value or clears it; `before` is what the edit expects to replace.
    pub(super) fn set_setting(
        &mut self,
        name: &str,
        value: Option<&SettingValue>,
        before: Option<&SettingValue>,
        on_conflict: OnConflict,
    ) -> Result<(), StoreError> {
        let not_a_setting = || EditError::NotASetting { name: name.to_owned() };
        let is_list = GOAL_LISTS.iter().any(|(list, _)| *list == name);
        let path = setting_path(name);
        if path.is_none() && !is_list {
            return Err(not_a_setting().into());
        }
        let at = match self.settings_file() {
            Some(at) => at,
            None if value.is_none() => return Ok(()),
            None => self.new_file(SETTINGS),
        };
        let file = self.file(at);
        if !self.is_within(at) {
            let message = "it lies outside the workspace: a link leads there".to_owned();
            let error = Diagnostic::error(0..0, "outside", message);
            let problem = Box::new(problem_of(&file.path, &file.text, error));
            return Err(StoreError::Broken { id: SETTINGS.to_owned(), problem });
        }
        let mut settings = file.settings().map_err(|diagnostic| StoreError::Broken {
            id: SETTINGS.to_owned(),
            problem: Box::new(problem_of(&file.path, &file.text, diagnostic)),
        })?;
        let now = settings.get(name).cloned();
        if now.as_ref() != before && now.as_ref() != value && on_conflict == OnConflict::Ask {
            let said = |value: Option<&SettingValue>| {
                value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            };
            return Err(StoreError::Conflict {
                id: SETTINGS.to_owned(),
                what: name.to_owned(),
                mine: said(value),
                theirs: said(now.as_ref()),
                loaded: Box::default(),
            });
        }
        match value {
            Some(value) => settings.insert(name.to_owned(), value.clone()),
            None => settings.remove(name),
        };
        let text = match path {
            Some(path) => splice::setting(&file.text, file.eol(), path, value),
            None => {
                let lists = (tables(now.as_ref()), tables(value));
                splice::setting_list(&file.text, file.eol(), name, lists)
            }
        };
        let whole = 0..file.text.len();
        let is_as_expected = self.splice(at, whole, &text) && self.settings() == settings;
        if !is_as_expected {
            return Err(self.refused(SETTINGS, at));
        }
        self.edits.push(Edit::setting(name, value.cloned()));
        self.inverses.push(Edit::setting(name, now));
        Ok(())
    }
}

fn tables(value: Option<&SettingValue>) -> &[SettingTable] {
    match value {
        Some(SettingValue::Tables(tables)) => tables,
        _ => &[],
    }
}
