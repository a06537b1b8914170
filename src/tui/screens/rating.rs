//! Rating keys: the value that each key sets on each scale, and the edit that follows.

use crate::command::{Command, Invocation};
use crate::domain::{BetInput, Criterion, Edit, Field, Idea, Question, Rating, Value, ValueKind};
use crate::tui::dialogs::{
    rate::{Bet, Rate},
    summary::Title,
    tags::Tags,
};

use super::Action;

/// Chances that the digits 1 to 9 and 0 stand for: most of the scale is near
/// its low end, because that is where bets differ.
const CHANCES: [f64; 10] = [0.01, 0.02, 0.03, 0.05, 0.10, 0.20, 0.35, 0.50, 0.70, 0.90];

/// The rating that a digit stands for; 0 is the highest.
pub(super) fn from_digit(field: Field, digit: u8) -> Rating {
    let step = if digit == 0 { 10 } else { digit };
    if is_chance(field) {
        let chance = CHANCES.get(usize::from(step) - 1).copied();
        Rating::value(chance.unwrap_or_default())
    } else {
        Rating::value(f64::from(step))
    }
}

/// The rating half a point further up or down, or a chance one digit further.
pub(super) fn nudged(field: Field, rating: Rating, up: bool) -> Rating {
    let nudge = |value: f64| {
        if !is_chance(field) {
            let step = if up { 0.5 } else { -0.5 };
            return (value + step).clamp(0.0, max(field));
        }
        let next = if up {
            CHANCES.into_iter().find(|chance| *chance > value + 1e-9)
        } else {
            CHANCES.into_iter().rev().find(|chance| *chance < value - 1e-9)
        };
        next.unwrap_or(value)
    };
    Rating::range(nudge(rating.low()), nudge(rating.high())).unwrap_or(rating)
}

/// A range to start from when the user is unsure.
pub(super) fn widened(field: Field, rating: Option<Rating>) -> Rating {
    let (low, high) = match rating {
        Some(rating) if !rating.is_value() => return rating,
        Some(rating) if is_chance(field) => (rating.low() / 2.0, rating.low() * 2.0),
        Some(rating) => (rating.low() - 1.0, rating.low() + 1.0),
        None if is_chance(field) => (0.05, 0.5),
        None => (3.0, 7.0),
    };
    let max = max(field);
    Rating::range(low.clamp(0.0, max), high.clamp(0.0, max)).unwrap_or(Rating::value(low))
}

/// Upper end of a field's scale.
pub(super) fn max(field: Field) -> f64 {
    match field.kind() {
        ValueKind::Rating { max } => max,
        _ => 10.0,
    }
}

pub(super) fn is_chance(field: Field) -> bool {
    field == Field::BetInput(BetInput::Chance)
}

/// The word for what is rated.
pub(super) fn name(field: Field) -> &'static str {
    field.path().1
}

/// The word for a criterion; the settings and files call the bet `strategy`.
pub(crate) const fn criterion_name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Strategy => "bet",
        other => other.id(),
    }
}

/// The question that a rating answers.
pub(super) fn question(field: Field) -> Option<&'static Question> {
    match field {
        Field::Rating(criterion) => Some(criterion.question()),
        Field::BetInput(input) => Some(input.question()),
        _ => None,
    }
}

/// A rating as people read it: `7`, `3.5`, `3–7`, `30 %`; `?` for unknown.
pub(crate) fn shown(field: Field, rating: Option<Rating>) -> String {
    let Some(rating) = rating else { return "?".to_owned() };
    let scale = if is_chance(field) { 100.0 } else { 1.0 };
    let number = |value: f64| format!("{}", (value * scale * 100.0).round() / 100.0);
    let text = if rating.is_value() {
        number(rating.low())
    } else {
        format!("{}–{}", number(rating.low()), number(rating.high()))
    };
    if is_chance(field) { text + " %" } else { text }
}

/// What a command of [`Scope::Rating`](crate::command::Scope::Rating) on an
/// idea leads to; `field` is what the rating keys rate.
pub(crate) fn action(invocation: Invocation, idea: &Idea, field: Field) -> Option<Action> {
    use Command as C;
    match invocation.command {
        C::Rate => {
            let rating = from_digit(field, invocation.digit.unwrap_or(0));
            Some(set(idea, field, rating))
        }
        C::NudgeDown => nudge(idea, field, false),
        C::NudgeUp => nudge(idea, field, true),
        C::Clear => idea.get(field).map(|_| Action::Edit(Edit::set(&idea.id, field, None))),
        C::Exact => Some(ask_rating(idea, field, idea.get(field).map(|value| value.to_string()))),
        C::Range => {
            let range = widened(field, current(idea, field));
            Some(ask_rating(idea, field, Some(range.to_string())))
        }
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
        let (name, shown) = (name(field), shown(field, Some(rating)));
        return Action::Say(format!("{name} is {shown} already"));
    }
    Action::Edit(Edit::set(&idea.id, field, Some(Value::Rating(rating))))
}

fn nudge(idea: &Idea, field: Field, up: bool) -> Option<Action> {
    Some(set(idea, field, nudged(field, current(idea, field)?, up)))
}

fn ask_rating(idea: &Idea, field: Field, text: Option<String>) -> Action {
    Action::ask(Rate { id: idea.id.clone(), field, text: text.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Criterion;

    const HEADROOM: Field = Field::Rating(Criterion::Headroom);
    const CHANCE: Field = Field::BetInput(BetInput::Chance);

    #[test]
    fn zero_is_the_top_of_every_scale() {
        assert_eq!(from_digit(HEADROOM, 0), Rating::value(10.0));
        assert_eq!(from_digit(HEADROOM, 1), Rating::value(1.0));
        assert_eq!(from_digit(CHANCE, 1), Rating::value(0.01));
        assert_eq!(from_digit(CHANCE, 0), Rating::value(0.9));
    }

    #[test]
    fn nudging_stays_on_the_scale() {
        assert_eq!(nudged(HEADROOM, Rating::value(10.0), true), Rating::value(10.0));
        assert_eq!(nudged(HEADROOM, Rating::value(0.0), false), Rating::value(0.0));
        assert_eq!(nudged(HEADROOM, Rating::value(7.0), true), Rating::value(7.5));
        let range = Rating::range(3.0, 7.0).unwrap();
        assert_eq!(Some(nudged(HEADROOM, range, false)), Rating::range(2.5, 6.5));
        assert_eq!(nudged(CHANCE, Rating::value(0.3), true), Rating::value(0.35));
        assert_eq!(nudged(CHANCE, Rating::value(0.3), false), Rating::value(0.2));
        assert_eq!(nudged(CHANCE, Rating::value(0.9), true), Rating::value(0.9));
    }

    #[test]
    fn doubt_opens_a_range_around_the_value() {
        assert_eq!(Some(widened(HEADROOM, Some(Rating::value(10.0)))), Rating::range(9.0, 10.0));
        assert_eq!(Some(widened(CHANCE, Some(Rating::value(0.9)))), Rating::range(0.45, 1.0));
        assert_eq!(Some(widened(HEADROOM, None)), Rating::range(3.0, 7.0));
    }

    #[test]
    fn unknown_is_never_a_number() {
        assert_eq!(shown(HEADROOM, None), "?");
        assert_eq!(shown(CHANCE, Some(Rating::value(0.07))), "7 %");
        assert_eq!(shown(HEADROOM, Rating::range(3.5, 7.0)), "3.5–7");
    }
}
