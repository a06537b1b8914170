//! Changing the tags of ideas.

use crate::domain::{Edit, Field, Idea, Value};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, for_each, named};
use super::line_assist::{behind, by_use, fitting};

/// The tags of one idea, or of several, of which each gets the same.
#[derive(Debug)]
pub(crate) struct Tags {
    pub ids: Vec<String>,
}

impl Dialog for Tags {
    fn prompt(&self, world: &World) -> Prompt {
        let hint = "with commas between them";
        let form = match self.ids.as_slice() {
            [id] => {
                let tags = world.portfolio.idea(id).map(|idea| idea.tags.join(", "));
                Form::edited(&tags.unwrap_or_default(), hint)
            }
            _ => Form::line("added to each; with commas between them"),
        };
        Prompt::new("tags", format!("tags of {}", named(&self.ids, world)), form)
    }

    fn complete(&self, _: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        let words = by_use(&world.portfolio, |idea| &idea.tags);
        fitting(behind(front, |c| c == ','), front, words)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let typed = answer.text().split(',').map(str::trim).filter(|tag| !tag.is_empty());
        let typed: Vec<&str> = typed.collect();
        let adds = self.ids.len() > 1;
        let tags = |idea: &Idea| {
            let kept: &[String] = if adds { &idea.tags } else { &[] };
            let mut tags: Vec<String> = kept.to_vec();
            for tag in &typed {
                if !tags.iter().any(|known| known == tag) {
                    tags.push((*tag).to_owned());
                }
            }
            let tags = (!tags.is_empty()).then_some(Value::List(tags));
            let changes = idea.get(Field::Tags) != tags;
            Ok(changes.then(|| Edit::set(&idea.id, Field::Tags, tags)))
        };
        for_each(&self.ids, world, tags)
    }
}
