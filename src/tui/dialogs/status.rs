//! The status menu.

use crate::domain::Status;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, List, Prompt, for_each, idea, moved, named};
use super::drop::Drop;
use super::park::Park;
use super::shortlist::shortlist;
use super::start::Start;

/// The next status of an idea, or of all that are marked. What needs words is
/// asked for in the box of that decision.
#[derive(Debug)]
pub(crate) struct StatusMenu {
    pub ids: Vec<String>,
}

/// The letter that chooses each status, that of the verb where there is one, and its meaning.
const KEYS: [(char, Status, &str); 6] = [
    ('i', Status::Inbox, "captured, not yet looked at"),
    ('s', Status::Shortlist, "one of the few to choose from"),
    ('S', Status::Active, "being worked on"),
    ('p', Status::Parked, "put aside, with a day to return"),
    ('d', Status::Abandoned, "given up, with a reason"),
    ('f', Status::Done, "finished"),
];

impl StatusMenu {
    fn is(&self, status: Status, world: &World) -> bool {
        let mut ideas = self.ids.iter().filter_map(|id| world.portfolio.idea(id));
        ideas.all(|idea| idea.status == status)
    }

    fn chosen(&self, to: Status, world: &World) -> Result<Vec<Action>, String> {
        match (to, self.ids.as_slice()) {
            (Status::Active, [id]) => Ok(vec![Action::ask(Start::new(idea(id, world)?, world))]),
            (Status::Parked, _) => Ok(vec![Action::ask(Park { ids: self.ids.clone() })]),
            (Status::Abandoned, _) => {
                Ok(vec![Action::ask(Drop { ids: self.ids.clone(), slate: None })])
            }
            (Status::Done, _) => Ok(vec![Action::ask(Finish { ids: self.ids.clone() })]),
            (Status::Shortlist, ids) => shortlist(ids, world),
            (Status::Active | Status::Inbox, _) => {
                for_each(&self.ids, world, |idea| moved(idea, to, "", world).map(Some))
            }
        }
    }
}

impl Dialog for StatusMenu {
    fn prompt(&self, world: &World) -> Prompt {
        let are = if self.ids.len() == 1 { "is" } else { "are" };
        let label = format!("{} {are} now", named(&self.ids, world));
        let line = |(key, status, meaning): &(char, Status, &str)| {
            let now = if self.is(*status, world) { "  (now)" } else { "" };
            format!("{key}  {:<10}{meaning}{now}", status.shown())
        };
        let lines = KEYS.iter().map(line).collect();
        let cursor = KEYS.iter().position(|(_, status, _)| self.is(*status, world)).unwrap_or(0);
        let keys = KEYS.iter().map(|(key, ..)| (*key, "")).collect();
        Prompt::new("status", label, Form::List(List { lines, cursor, keys, columns: 1 }))
            .verb("choose")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let to = match answer {
            Answer::Key(typed, _) => KEYS.iter().find(|(key, ..)| key == typed),
            _ => answer.chosen().and_then(|line| KEYS.get(line)),
        };
        let Some((_, to, _)) = to else { return Ok(Vec::new()) };
        self.chosen(*to, world)
    }
}

/// What came out of ideas that are done.
#[derive(Debug)]
struct Finish {
    ids: Vec<String>,
}

impl Dialog for Finish {
    fn prompt(&self, world: &World) -> Prompt {
        let label = format!("{} is done: what came out of it?", named(&self.ids, world));
        let form = Form::line("a paper, a talk, a tool, a lesson; may stay empty");
        Prompt::new("done", label, form)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        for_each(&self.ids, world, |idea| moved(idea, Status::Done, answer.text(), world).map(Some))
    }
}
