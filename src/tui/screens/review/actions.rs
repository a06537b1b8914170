//! From commands on an idea to the questions that lead to a decision.

use super::super::Action;
use crate::command::Command;
use crate::domain::{CleanSlate, Idea};
use crate::tui::dialogs::{GoOn, Log, LookBack, NewIdea, Recall, Revive};
use crate::tui::screens::deciding;
use crate::tui::world::World;

/// What a command on an idea leads to, after this answer to the clean-slate question.
pub(super) fn action(
    command: Command,
    idea: &Idea,
    slate: Option<CleanSlate>,
    world: &World,
) -> Option<Action> {
    use Command as C;
    if let Some(action) = deciding::action(command, &[idea], slate, world) {
        return Some(action);
    }
    let id = idea.id.clone();
    Some(match command {
        C::Log => Action::ask(Log { id }),
        C::Continue => Action::ask(GoOn { id, slate }),
        C::Pivot => Action::ask(NewIdea { id, slate }),
        C::Revive => Action::ask(Revive { id }),
        C::LookBack => Action::ask(LookBack { id }),
        C::Recall => Action::ask(Recall { id }),
        _ => return None,
    })
}
