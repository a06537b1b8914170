//! Merging an idea into another one.

use crate::domain::{Idea, merge};
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, titled};
use super::pick::Choice;

#[derive(Debug)]
pub(crate) struct Merge {
    id: String,
    /// The ideas that it can go into; what it resembles stands first.
    targets: Vec<String>,
}

impl Merge {
    /// The question about an idea that resembles these.
    pub(crate) fn new(idea: &Idea, alike: &[&str], world: &World) -> Self {
        let fits = |other: &&Idea| other.id != idea.id && other.merged_into.is_none();
        let mut others: Vec<&Idea> = world.portfolio.iter().filter(fits).collect();
        let place = |other: &&Idea| alike.iter().position(|id| *id == other.id);
        others.sort_by_key(|other| place(other).unwrap_or(alike.len()));
        Self { id: idea.id.clone(), targets: others.iter().map(|idea| idea.id.clone()).collect() }
    }
}

impl Dialog for Merge {
    fn prompt(&self, world: &World) -> Prompt {
        let choice = |id: &String| {
            let other = world.portfolio.idea(id)?;
            Some(Choice {
                text: sanitize(&other.title).into_owned(),
                aside: other.status.shown().to_owned(),
                synonyms: sanitize(&other.id).into_owned(),
                refusal: None,
            })
        };
        let form = Form::pick(self.targets.iter().filter_map(choice));
        Prompt::new("merge", format!("merge {} into", titled(&self.id, world)), form).verb("merge")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let target = answer.chosen().and_then(|line| self.targets.get(line));
        let target = target.ok_or("no other idea has these words")?;
        let edit = merge(&world.portfolio, &self.id, target, world.portfolio.as_of());
        Ok(vec![Action::Edit(edit.ok_or("the other idea is gone")?)])
    }
}
