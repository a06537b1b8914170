//! Changing the title or the summary of an idea.

use crate::domain::{Edit, Field, Value};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::UnsavedKey;
use super::dialog::{Answer, Dialog, Form, Step, idea, titled};
use super::text_editor::TextEditor;

#[derive(Debug)]
pub(crate) struct Summary {
    id: String,
    /// What stood there when it was opened, or when the user was last told
    /// that it had changed outside.
    before: String,
}

impl Summary {
    pub(crate) fn of(idea: &crate::domain::Idea) -> Self {
        Self { id: idea.id.clone(), before: idea.summary.clone() }
    }
}

impl Dialog for Summary {
    fn name(&self) -> &'static str {
        "summary"
    }

    fn label(&self, world: &World) -> String {
        format!("Summary of {}", titled(&self.id, world))
    }

    fn form(&self, _world: &World) -> Form {
        let hint = "Markdown of any length; empty for none";
        Form::Text(Box::new(TextEditor::new(self.before.clone())), hint)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Step {
        let idea = match idea(&self.id, world) {
            Ok(idea) => idea,
            Err(reason) => return Step::Refused(reason),
        };
        if idea.summary != self.before {
            // The user knows now: from here on the new text is compared with
            // what stands there.
            self.before.clone_from(&idea.summary);
            let says =
                "changed outside meanwhile: once more replaces that, Esc keeps yours for later";
            return Step::Refused(says.to_owned());
        }
        // A line break at the end is how the text is written, not what it says.
        let end = idea.summary.get(idea.summary.trim_end().len()..).unwrap_or_default();
        let text = answer.text();
        let text = (!text.is_empty()).then(|| Value::Text(format!("{text}{end}")));
        let changes = idea.get(Field::Summary) != text;
        let edit = Action::Edit(Edit::set(&idea.id, Field::Summary, text));
        Step::Done(changes.then_some(edit).into_iter().collect())
    }

    fn unsaved(&self) -> Option<UnsavedKey> {
        Some(UnsavedKey::Summary(self.id.clone()))
    }

    fn stands(&self, text: &str) -> bool {
        self.before == text
    }
}

#[derive(Debug)]
pub(crate) struct Title {
    pub id: String,
}

impl Dialog for Title {
    fn name(&self) -> &'static str {
        "title"
    }

    fn label(&self, _world: &World) -> String {
        "title".to_owned()
    }

    fn form(&self, world: &World) -> Form {
        let title = world.portfolio.idea(&self.id).map_or("", |idea| idea.title.as_str());
        Form::edited(title, "short, in words of your own")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Step {
        let idea = match idea(&self.id, world) {
            Ok(idea) => idea,
            Err(reason) => return Step::Refused(reason),
        };
        let title = answer.text();
        if title.is_empty() {
            return Step::Refused("a title must not be empty".to_owned());
        }
        let value = Some(Value::Text(title.to_owned()));
        let edit = Action::Edit(Edit::set(&idea.id, Field::Title, value));
        Step::Done((title != sanitize(&idea.title)).then_some(edit).into_iter().collect())
    }
}
