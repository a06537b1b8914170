//! From commands on an idea to edits of it and questions about it.

use crate::command::{Command, Invocation};
use crate::domain::{Edit, Idea, Status};
use crate::tui::dialogs::{About, Prompt, Then};
use crate::tui::screens::Screen;
use crate::tui::world::World;

use super::{Action, Order, RankScreen, rating};

/// What a command on the idea under the cursor leads to.
pub(super) fn actions(
    screen: &mut RankScreen,
    invocation: Invocation,
    world: &World,
) -> Vec<Action> {
    use Command as C;
    let Some(idea) = screen.idea(world) else { return Vec::new() };
    let rates =
        matches!(invocation.command, C::Rate | C::NudgeDown | C::NudgeUp | C::Exact | C::Range);
    if rates && screen.asks_the_bet(idea) {
        screen.open_card();
        return Vec::new();
    }
    let field = screen.field(idea);
    let action = match invocation.command {
        C::Status => Some(ask_status(&screen.marked(world))),
        C::Versus => Some(Action::Limit(screen.pool())),
        C::Remove => Some(Action::Edit(Edit::Remove { id: idea.id.clone() })),
        _ => rating::action(invocation, idea, field),
    };
    action.into_iter().collect()
}

/// Asks for the next status of an idea, or of all that are marked.
fn ask_status(ideas: &[&Idea]) -> Action {
    let now = |status: Status| ideas.iter().all(|idea| idea.status == status);
    let lines = Status::ALL.iter().map(|status| {
        let now = if now(*status) { "  (now)" } else { "" };
        format!("{:<10}{}{now}", status.shown(), meaning(*status))
    });
    let cursor = Status::ALL.iter().position(|status| now(*status));
    let label = match ideas {
        [idea] => format!("{} is now", idea.title),
        _ => format!("{} marked ideas are now", ideas.len()),
    };
    let ids = ideas.iter().map(|idea| idea.id.clone()).collect();
    let then = Then::about(ids, About::Status);
    Action::Ask(Prompt::list(label, lines.collect(), cursor.unwrap_or(0), then))
}

pub(super) fn ask_order(now: Order) -> Action {
    let lines = Order::ALL.iter().map(|order| order.name().to_owned()).collect();
    let cursor = Order::ALL.iter().position(|order| *order == now).unwrap_or(0);
    Action::Ask(Prompt::list("Sort by", lines, cursor, Then::Sort))
}

const fn meaning(status: Status) -> &'static str {
    match status {
        Status::Inbox => "captured, not yet looked at",
        Status::Shortlist => "one of the few to choose from",
        Status::Active => "being worked on",
        Status::Parked => "put aside, with a day to return",
        Status::Abandoned => "given up, with a reason",
        Status::Done => "finished",
    }
}
