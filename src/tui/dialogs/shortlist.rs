//! Putting ideas on the shortlist, and the case of an idea: four sentences.

use crate::domain::{CaseField, Edit, Field, Status, Value};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, TypedLine, for_each, idea, moved, titled};

/// Shortlists one idea, or all that are marked.
///
/// # Errors
/// All of them are shortlisted already.
pub(crate) fn shortlist(ids: &[String], world: &World) -> Result<Vec<Action>, String> {
    for_each(ids, world, |idea| moved(idea, Status::Shortlist, "", world).map(Some))
}

#[derive(Debug)]
pub(crate) struct Case {
    pub id: String,
}

const fn asked(field: CaseField) -> (&'static str, &'static str) {
    match field {
        CaseField::Pitch => ("Pitch", "one sentence that a colleague could retell"),
        CaseField::Result => ("Result", "the headline figure if it works"),
        CaseField::User => ("User", "who uses it the day after"),
        CaseField::Test => ("Cheapest test", "the cheapest experiment that could kill it"),
    }
}

impl Dialog for Case {
    fn prompt(&self, world: &World) -> Prompt {
        let idea = world.portfolio.idea(&self.id);
        let line = |field: &CaseField| {
            let (label, hint) = asked(*field);
            let text = idea.and_then(|idea| idea.case(*field)).unwrap_or_default();
            TypedLine::new(label, format!("{hint}; may stay empty")).with(text)
        };
        let form = Form::lines(CaseField::ALL.iter().map(line).collect());
        Prompt::new("case", format!("The case for {}", titled(&self.id, world)), form)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let idea = idea(&self.id, world)?;
        let mut edits = Vec::new();
        for (at, field) in CaseField::ALL.iter().enumerate() {
            let text = answer.line(at);
            let value = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
            if idea.get(Field::Case(*field)) != value {
                edits.push(Edit::set(&idea.id, Field::Case(*field), value));
            }
        }
        let changes = !edits.is_empty();
        Ok(changes.then_some(Action::Edit(Edit::Group(edits))).into_iter().collect())
    }
}
