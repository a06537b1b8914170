//! From the keys that rate and describe an idea to edits of it and questions
//! about it.

use crate::command::{Command, Invocation};
use crate::domain::{Edit, Field, Idea, Rating, Value};
use crate::tui::dialogs::{Bet, Log, Rate, Tags, Title};

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
        C::Log => Some(Action::ask(Log { id: idea.id.clone() })),
        C::Bet => Some(Action::ask(Bet { id: idea.id.clone() })),
        C::Tags => Some(Action::ask(Tags { ids: vec![idea.id.clone()] })),
        C::Retitle => Some(Action::ask(Title { id: idea.id.clone() })),
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

fn ask_rating(idea: &Idea, field: Field, text: Option<String>) -> Action {
    Action::ask(Rate { id: idea.id.clone(), field, text: text.unwrap_or_default() })
}
