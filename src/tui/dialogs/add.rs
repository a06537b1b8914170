//! Adding an idea: a title, tags, people and bet in one line.

use crate::domain::{Capture, Edit, Idea};
use crate::find::fold;
use crate::tui::action::{Action, ImportList};
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt};
use super::line_assist::{behind, by_use, fitting};

#[derive(Debug)]
pub(crate) struct Add;

impl Dialog for Add {
    fn prompt(&self, _: &World) -> Prompt {
        let form = Form::line("a short title; #tag @name !hot !next in the same line");
        Prompt::new("new idea", "new idea", form)
    }

    fn preview(&self, answer: &Answer, _: usize, world: &World) -> Result<Option<String>, String> {
        let Capture { title, tags, people, bet, .. } = Capture::parse(answer.text());
        let same = |idea: &&Idea| fold(&idea.title) == fold(&title);
        if let Some(idea) = world.portfolio.iter().find(same) {
            return Ok(Some(format!("There is one already: {}.", idea.status.shown())));
        }
        let mut parts = Vec::new();
        parts.extend((!tags.is_empty()).then(|| format!("tags {}", tags.join(", "))));
        parts.extend((!people.is_empty()).then(|| format!("with {}", people.join(", "))));
        parts.extend(bet.map(|kind| format!("a {} bet", kind.id())));
        Ok((!parts.is_empty()).then(|| format!("\"{title}\" · {}", parts.join(" · "))))
    }

    fn complete(&self, _: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        let start = behind(front, char::is_whitespace);
        let portfolio = &world.portfolio;
        let (mark, values) = match front.get(start..).unwrap_or_default().chars().next() {
            Some('#') => ('#', by_use(portfolio, |idea| &idea.tags)),
            Some('@') => ('@', by_use(portfolio, |idea| &idea.people)),
            Some('!') => ('!', vec!["hot".to_owned(), "next".to_owned()]),
            _ => return (start, Vec::new()),
        };
        let written = |value: String| {
            let holds_space = value.contains(char::is_whitespace);
            if holds_space { format!("{mark}\"{value}\"") } else { format!("{mark}{value}") }
        };
        fitting(start, front, values.into_iter().map(written).collect())
    }

    fn pasted(&self, typed: &str, lines: &str) -> Option<Action> {
        let text = format!("{typed}{lines}");
        let is_list = text.trim().contains(['\n', '\r']);
        is_list.then_some(Action::Import(ImportList::Pasted(text)))
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let capture = Capture::parse(answer.text());
        if capture.title.is_empty() {
            return Err("a title must not be empty".to_owned());
        }
        let id = world.portfolio.free_id(&capture.title);
        let idea = capture.into_idea(id, world.portfolio.as_of());
        Ok(vec![Action::Edit(Edit::Add { idea: Box::new(idea), before: None })])
    }
}
