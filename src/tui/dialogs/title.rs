//! Changing the title of an idea.

use crate::domain::{Edit, Field, Value};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Step, idea};

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
