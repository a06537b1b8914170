//! From commands on an idea to edits of it and questions about it.

use crate::command::{Command, Invocation};
use crate::domain::{BetKind, Edit, Field, Idea, Rating, Status, Value};
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
        C::Rate => {
            let rating = rating::from_digit(field, invocation.digit.unwrap_or(0));
            Some(set(idea, field, rating))
        }
        C::NudgeDown => nudge(idea, field, false),
        C::NudgeUp => nudge(idea, field, true),
        C::Clear => idea.get(field).map(|_| Proposal::Edit(Edit::set(&idea.id, field, None))),
        C::Exact => Some(ask_rating(idea, field, idea.get(field).map(|value| value.to_string()))),
        C::Range => {
            let range = rating::doubted(field, current(idea, field));
            Some(ask_rating(idea, field, Some(range.to_string())))
        }
        C::Status => Some(ask_status(idea)),
        C::Log => Some(Proposal::Ask(Prompt::log(&idea.id))),
        C::Bet => Some(ask_bet(idea)),
        C::Tags => {
            let tags = idea.tags.join(", ");
            Some(ask_line(idea, "tags", &tags, "with commas between them", About::Tags))
        }
        C::Retitle => {
            Some(ask_line(idea, "title", &idea.title, "short, in words of your own", About::Title))
        }
        C::Remove => Some(Proposal::Edit(Edit::Remove { id: idea.id.clone() })),
        _ => None,
    };
    proposal.into_iter().collect()
}

fn current(idea: &Idea, field: Field) -> Option<Rating> {
    match idea.get(field) {
        Some(Value::Rating(rating)) => Some(rating),
        _ => None,
    }
}

/// Sets a rating, unless it is the one that stands.
fn set(idea: &Idea, field: Field, rating: Rating) -> Proposal {
    if current(idea, field) == Some(rating) {
        let (name, shown) = (rating::name(field), rating::shown(field, Some(rating)));
        return Proposal::Say(format!("{name} is {shown} already"));
    }
    Proposal::Edit(Edit::set(&idea.id, field, Some(Value::Rating(rating))))
}

fn nudge(idea: &Idea, field: Field, up: bool) -> Option<Proposal> {
    Some(set(idea, field, rating::nudged(field, current(idea, field)?, up)))
}

fn about(idea: &Idea, about: About) -> Then {
    Then::Idea { id: idea.id.clone(), about }
}

fn ask_line(idea: &Idea, label: &str, text: &str, hint: &str, asked: About) -> Proposal {
    Proposal::Ask(Prompt::line(label, text, hint, about(idea, asked)))
}

fn ask_rating(idea: &Idea, field: Field, text: Option<String>) -> Proposal {
    let hint = if rating::is_chance(field) {
        "a chance such as 0.3 or 30%, or a range such as 0.1..0.4"
    } else {
        "0 to 10, or a range such as 3..7; empty for unknown"
    };
    let text = text.unwrap_or_default();
    ask_line(idea, rating::name(field), &text, hint, About::Rating(field))
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
        about(idea, About::Status),
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

fn ask_bet(idea: &Idea) -> Proposal {
    let lines = vec![
        "hot       many work on it: do it better than they".to_owned(),
        "next-hot  few work on it: it may be what comes next".to_owned(),
        "no bet    not said, or rated directly".to_owned(),
    ];
    let cursor = match idea.bet {
        Some(BetKind::Hot) | None => 0,
        Some(BetKind::NextHot) => 1,
    };
    Proposal::Ask(Prompt::list("Which way of betting?", lines, cursor, about(idea, About::Bet)))
}
