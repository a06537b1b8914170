//! From commands on an idea to edits of it and questions about it.

use crate::command::{Command, Invocation};
use crate::domain::{Edit, Idea, Status};
use crate::tui::ask::{About, Prompt, Then};
use crate::tui::backlog::Backlog;

use super::{Order, Proposal, RankScreen, rating};

/// What a command on the idea under the cursor leads to.
pub(super) fn proposals(
    screen: &mut RankScreen,
    invocation: Invocation,
    backlog: &Backlog,
) -> Vec<Proposal> {
    use Command as C;
    let Some(idea) = screen.idea(backlog) else { return Vec::new() };
    let rates =
        matches!(invocation.command, C::Rate | C::NudgeDown | C::NudgeUp | C::Exact | C::Range);
    if rates && screen.asks_the_bet(idea) {
        screen.open_card();
        return Vec::new();
    }
    let field = screen.field(idea);
    let proposal = match invocation.command {
        C::Status => Some(ask_status(idea)),
        C::Remove => Some(Proposal::Edit(Edit::Remove { id: idea.id.clone() })),
        _ => rating::proposal(invocation, idea, field),
    };
    proposal.into_iter().collect()
}

fn ask_status(idea: &Idea) -> Proposal {
    let lines = Status::ALL.iter().map(|status| {
        let now = if *status == idea.status { "  (now)" } else { "" };
        format!("{status:<10}{}{now}", meaning(*status))
    });
    let cursor = Status::ALL.iter().position(|status| *status == idea.status);
    Proposal::Ask(Prompt::list(
        format!("{} is now", idea.title),
        lines.collect(),
        cursor.unwrap_or(0),
        Then::Idea { id: idea.id.clone(), about: About::Status },
    ))
}

/// Asks for an order.
pub(super) fn ask_order(now: Order) -> Proposal {
    let lines = Order::ALL.iter().map(|order| order.name().to_owned()).collect();
    let cursor = Order::ALL.iter().position(|order| *order == now).unwrap_or(0);
    Proposal::Ask(Prompt::list("Sort by", lines, cursor, Then::Sort))
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
