//! Decisions about the idea under the cursor, or about all that are marked: the
//! same keys on every screen.

use crate::command::{Command, Invocation};
use crate::domain::{CleanSlate, Edit, Idea, Status};
use crate::judge::NextStep;
use crate::tui::dialogs::{
    already, drop::Drop, log::Log, merge::Merge, park::Park, promise::Promise, shortlist::Case,
    start::Start, status::StatusMenu,
};
use crate::tui::world::World;

use super::{Action, Unavailable};

/// Why what is for one idea does nothing while others are marked.
pub(super) const ONE_AT_A_TIME: Unavailable =
    Unavailable("one idea at a time: Esc clears the marks");

/// Whether a command of [`Scope::Idea`](crate::command::Scope::Idea) or
/// [`Scope::Listed`](crate::command::Scope::Listed) can run on these ideas.
pub(super) fn available(command: Command, ideas: &[&Idea]) -> Result<(), Unavailable> {
    use Command as C;
    let all = |status: Status| ideas.iter().all(|idea| idea.status == status);
    let over = |idea: &&Idea| matches!(idea.status, Status::Abandoned | Status::Done);
    let is_for_one = matches!(command, C::Start | C::Promise | C::Case | C::Merge);
    match command {
        _ if ideas.len() > 1 && is_for_one => Err(ONE_AT_A_TIME),
        C::Start if all(Status::Active) => Err(Unavailable(already(Status::Active))),
        C::Drop if all(Status::Abandoned) => Err(Unavailable(already(Status::Abandoned))),
        C::Promise if ideas.iter().any(over) => {
            Err(Unavailable("it is over; s changes its status"))
        }
        _ => Ok(()),
    }
}

/// What such a command leads to, after this answer to the clean-slate question.
pub(super) fn action(
    command: Command,
    ideas: &[&Idea],
    slate: Option<CleanSlate>,
    world: &World,
) -> Option<Action> {
    use Command as C;
    let ids = || ideas.iter().map(|idea| idea.id.clone()).collect();
    let first = ideas.first()?;
    let id = first.id.clone();
    Some(match command {
        C::Status => Action::ask(StatusMenu { ids: ids() }),
        C::Merge => Action::ask(Merge::new(first, &[], world)),
        C::Start => Action::ask(Start::new(first, world)),
        C::Park => Action::ask(Park { ids: ids() }),
        C::Drop => Action::ask(Drop { ids: ids(), slate }),
        C::Promise => Action::ask(Promise { id }),
        C::Case => Action::ask(Case { id }),
        C::Log => Action::ask(Log::line(&id)),
        C::Remove => {
            let remove = |idea: &&Idea| Edit::Remove { id: idea.id.clone() };
            Action::Edit(match ideas {
                [idea] => remove(idea),
                _ => Edit::Group(ideas.iter().map(remove).collect()),
            })
        }
        _ => return None,
    })
}

/// The command that does a step, if one does.
pub(super) fn command_of(step: NextStep) -> Option<Invocation> {
    use Command as C;
    let (command, digit) = match step {
        NextStep::JudgePromise(_) => (C::Judge, None),
        NextStep::Decide(_) => (C::GoTo, Some(4)),
        NextStep::PromiseDue(_) => return None,
        NextStep::LookAgain => (C::Status, None),
        NextStep::MakePromise => (C::Promise, None),
        NextStep::Log => (C::Log, None),
        NextStep::Rate(_) | NextStep::Answer(_) => (C::Open, None),
        NextStep::PlaceBet => (C::Bet, None),
        NextStep::MakeCase => (C::Case, None),
        NextStep::Start => (C::Start, None),
        NextStep::Triage => (C::GoTo, Some(2)),
    };
    Some(Invocation { command, digit })
}

/// The key that does a step, if one does.
pub(super) fn key_of(step: NextStep, world: &World) -> Option<String> {
    let Invocation { command, digit } = command_of(step)?;
    let command = if step == NextStep::PlaceBet { Command::Open } else { command };
    let keys = world.keymap.written(command).into_iter().next()?;
    let digit = digit.map(|digit| digit.to_string()).unwrap_or_default();
    Some(keys.replace("<digit>", &digit).replace(' ', ""))
}

/// A step with its key, for a cell of the table: `S start`.
pub(super) fn cell(step: NextStep, world: &World) -> String {
    match key_of(step, world) {
        Some(key) => format!("{key} {step}"),
        None => step.to_string(),
    }
}
