//! Changing the title or the summary of an idea.

use crate::domain::{Edit, Field, Value};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::UnsavedKey;
use super::dialog::{Answer, Dialog, Form, Prompt, idea, titled};
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
    fn prompt(&self, world: &World) -> Prompt {
        let hint = "Markdown of any length; empty for none";
        let form = Form::Text(Box::new(TextEditor::new(self.before.clone())), hint);
        Prompt::new("summary", format!("Summary of {}", titled(&self.id, world)), form)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let idea = idea(&self.id, world)?;
        if idea.summary != self.before {
            // The user knows now: from here on the new text is compared with
            // what stands there.
            self.before.clone_from(&idea.summary);
            let says =
                "changed outside meanwhile: once more replaces that, Esc keeps yours for later";
            return Err(says.to_owned());
        }
        // A line break at the end is how the text is written, not what it says.
        let end = idea.summary.get(idea.summary.trim_end().len()..).unwrap_or_default();
        let text = answer.text();
        let text = (!text.is_empty()).then(|| Value::Text(format!("{text}{end}")));
        let changes = idea.get(Field::Summary) != text;
        let edit = Action::Edit(Edit::set(&idea.id, Field::Summary, text));
        Ok(changes.then_some(edit).into_iter().collect())
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
    fn prompt(&self, world: &World) -> Prompt {
        let title = world.portfolio.idea(&self.id).map_or("", |idea| idea.title.as_str());
        Prompt::new("title", "title", Form::edited(title, "short, in words of your own"))
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let idea = idea(&self.id, world)?;
        let title = answer.text();
        if title.is_empty() {
            return Err("a title must not be empty".to_owned());
        }
        let value = Some(Value::Text(title.to_owned()));
        let edit = Action::Edit(Edit::set(&idea.id, Field::Title, value));
        Ok((title != sanitize(&idea.title)).then_some(edit).into_iter().collect())
    }
}
