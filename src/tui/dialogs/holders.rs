//! Dialog for the names of those who have an idea that was dropped because of them.

use crate::domain::{Change, Edit, Entry, EntryKind, Idea};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Step, TypedLine};

/// Lines of the box at most.
const LABELS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// Naming who has what, a line an idea.
#[derive(Debug)]
pub(crate) struct Holders {
    /// The ideas: the first few of those that were given.
    ids: Vec<String>,
}

impl Holders {
    #[must_use]
    pub(crate) fn new(ids: Vec<String>) -> Self {
        Self { ids: ids.into_iter().take(LABELS.len()).collect() }
    }

    /// Whether an idea was dropped because others have it, and it is not said who.
    #[must_use]
    pub(crate) fn is_open(idea: &Idea) -> bool {
        let last = idea.decisions.last();
        last.is_some_and(|last| last.cause.as_deref() == Some("taken") && last.taken_by.is_none())
    }
}

impl Dialog for Holders {
    fn name(&self) -> &'static str {
        "who has it"
    }

    fn label(&self, _world: &World) -> String {
        "Who has it?".to_owned()
    }

    fn form(&self, _world: &World) -> Form {
        let hint = "a paper, a group, an address; may stay empty";
        let lines = LABELS.iter().zip(&self.ids).map(|(label, _)| TypedLine::new(label, hint));
        Form::lines(lines.collect())
    }

    fn about(&self, _answer: &Answer, world: &World) -> Vec<String> {
        let titles = self.ids.iter().filter_map(|id| world.portfolio.idea(id));
        titles.zip(LABELS).map(|(idea, label)| format!(" {label}  {}", idea.title)).collect()
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Step {
        let named = self.ids.iter().enumerate().filter(|(at, _)| !answer.line(*at).is_empty());
        let edit = |(at, id): (usize, &String)| {
            let idea = world.portfolio.idea(id)?;
            held_by(idea, answer.line(at))
        };
        let mut edits: Vec<Edit> = named.filter_map(edit).collect();
        Step::Done(match edits.len() {
            0 => Vec::new(),
            1 => edits.pop().map(Action::Edit).into_iter().collect(),
            _ => vec![Action::Edit(Edit::Group(edits))],
        })
    }
}

/// Says in the last decision about an idea who has it.
fn held_by(idea: &Idea, holder: &str) -> Option<Edit> {
    let at = idea.entries(EntryKind::Decision).checked_sub(1)?;
    let mut decision = idea.decisions.get(at)?.clone();
    decision.taken_by = Some(holder.to_owned());
    let change = Change::Replace { at, entry: Entry::Decision(decision) };
    Some(Edit::Change { id: idea.id.clone(), change })
}
