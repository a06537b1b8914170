//! From the keys that rate and describe an idea to edits of it and questions
//! about it.

use crate::command::{Command, Invocation};
use crate::domain::{BetKind, Edit, Field, Idea, Rating, Value};
use crate::tui::dialogs::{About, Prompt, Then};

use super::super::Action;

/// What a command of [`Scope::Rating`](crate::command::Scope::Rating) on an
/// idea leads to; `field` is what the rating keys rate.
pub(crate) fn action(invocation: Invocation, idea: &Idea, field: Field) -> Option<Action> {
    use Command as C;
    match invocation.command {
        C::Rate => {
            let rating = super::from_digit(field, invocation.digit.unwrap_or(0));
            Some(set(idea, field, rating))
        }
        C::NudgeDown => nudge(idea, field, false),
        C::NudgeUp => nudge(idea, field, true),
        C::Clear => idea.get(field).map(|_| Action::Edit(Edit::set(&idea.id, field, None))),
        C::Exact => Some(ask_rating(idea, field, idea.get(field).map(|value| value.to_string()))),
        C::Range => {
            let range = super::widened(field, current(idea, field));
            Some(ask_rating(idea, field, Some(range.to_string())))
        }
        C::Log => Some(Action::Ask(Prompt::log(&idea.id))),
        C::Bet => Some(ask_bet(idea)),
        C::Tags => {
            let tags = idea.tags.join(", ");
            Some(ask_line(idea, "tags", &tags, "with commas between them", About::Tags))
        }
        C::Retitle => {
            Some(ask_line(idea, "title", &idea.title, "short, in words of your own", About::Title))
        }
        _ => None,
    }
}

fn current(idea: &Idea, field: Field) -> Option<Rating> {
    match idea.get(field) {
        Some(Value::Rating(rating)) => Some(rating),
        _ => None,
    }
}

/// Sets a rating, unless it is the one that stands.
fn set(idea: &Idea, field: Field, rating: Rating) -> Action {
    if current(idea, field) == Some(rating) {
        let (name, shown) = (super::name(field), super::shown(field, Some(rating)));
        return Action::Say(format!("{name} is {shown} already"));
    }
    Action::Edit(Edit::set(&idea.id, field, Some(Value::Rating(rating))))
}

fn nudge(idea: &Idea, field: Field, up: bool) -> Option<Action> {
    Some(set(idea, field, super::nudged(field, current(idea, field)?, up)))
}

fn about(idea: &Idea, about: About) -> Then {
    Then::Idea { id: idea.id.clone(), about }
}

fn ask_line(idea: &Idea, label: &str, text: &str, hint: &str, asked: About) -> Action {
    Action::Ask(Prompt::line(label, text, hint, about(idea, asked)))
}

fn ask_rating(idea: &Idea, field: Field, text: Option<String>) -> Action {
    let hint = if super::is_chance(field) {
        "a chance such as 0.3 or 30%, or a range such as 0.1..0.4"
    } else {
        "0 to 10, or a range such as 3..7; empty for unknown"
    };
    let text = text.unwrap_or_default();
    ask_line(idea, super::name(field), &text, hint, About::Rating(field))
}

fn ask_bet(idea: &Idea) -> Action {
    let lines = vec![
        "hot       many work on it: do it better than they".to_owned(),
        "next-hot  few work on it: it may be what comes next".to_owned(),
        "no bet    not said, or rated directly".to_owned(),
    ];
    let cursor = match idea.bet {
        Some(BetKind::Hot) | None => 0,
        Some(BetKind::NextHot) => 1,
    };
    Action::Ask(Prompt::list("Which way of betting?", lines, cursor, about(idea, About::Bet)))
}
