//! From answers to decisions: given up, parked, merged, shortlisted, started.

use crate::domain::{
    CaseField, Date, Edit, Entry, Field, Idea, Promise, Status, Value, merge, not_ahead,
};
use crate::tui::dialogs::{About, CAUSES, Finalist, Prompt, Then, read_day};
use crate::tui::screens::Action;
use crate::tui::world::World;

/// What a decision changes; where an idea was parked, it waits no longer.
pub(super) fn decision(idea: &Idea, to: Status, why: &str, world: &World) -> Vec<Edit> {
    let mut edits = vec![Edit::decide(idea, to, world.portfolio.as_of(), why)];
    for field in [Field::ParkedUntil, Field::ParkedOn] {
        if idea.get(field).is_some() {
            edits.push(Edit::set(&idea.id, field, None));
        }
    }
    edits
}

/// Gives an idea up for the cause in that line of the list.
pub(super) fn dropped(idea: &Idea, line: usize, world: &World) -> Option<Action> {
    if let Some(cause) = CAUSES.get(line) {
        let edits = decision(idea, Status::Abandoned, cause, world);
        return Some(Action::Edit(Edit::Group(edits)));
    }
    let hint = "the cause, as you would tell it to a colleague";
    Some(ask(idea, "dropped, because", hint, About::Why(Status::Abandoned)))
}

fn ask(idea: &Idea, label: &str, hint: &str, about: About) -> Action {
    Action::Ask(Prompt::line(label, "", hint, Then::Idea { id: idea.id.clone(), about }))
}

/// Merges an idea into the one that was chosen.
pub(super) fn merged(idea: &Idea, target: &str, world: &World) -> Result<Action, String> {
    let edit = merge(world.portfolio.portfolio(), &idea.id, target, world.portfolio.as_of());
    edit.map(Action::Edit).ok_or_else(|| "the other idea is gone".to_owned())
}

/// Takes an answer about a finalist; behind the last one the idea is
/// shortlisted, all in one edit.
pub(super) fn shortlisted(idea: &Idea, finalist: &Finalist, text: &str, world: &World) -> Action {
    let finalist = finalist.clone().answered(text);
    if let Some(next) = Prompt::finalist(idea, finalist.clone()) {
        return Action::Ask(next);
    }
    let mut edits = decision(idea, Status::Shortlist, &finalist.why(), world);
    for (field, text) in CaseField::ALL.iter().zip(finalist.case) {
        let value = Some(text).filter(|text| !text.is_empty()).map(Value::Text);
        if idea.get(Field::Case(*field)) != value {
            edits.push(Edit::set(&idea.id, Field::Case(*field), value));
        }
    }
    Action::Edit(Edit::Group(edits))
}

/// The day of a promise; without one the idea is started as it is.
pub(super) fn promise_by(idea: &Idea, text: &str, world: &World) -> Result<Action, String> {
    if text.is_empty() {
        return Ok(Action::Edit(Edit::Group(decision(idea, Status::Active, "", world))));
    }
    let by = read_day(text, world.portfolio.as_of())?;
    if by <= world.portfolio.as_of() {
        return Err(not_ahead(by, world.portfolio.as_of()));
    }
    let hint = "what will hold by then, so that it can be judged yes or no";
    Ok(ask(idea, &format!("by {by}"), hint, About::PromiseClaim { by }))
}

pub(super) fn promise_claim(idea: &Idea, by: Date, text: &str) -> Result<Action, String> {
    if text.is_empty() {
        return Err("a promise says something: \"beats the direct answer on two tasks\"".to_owned());
    }
    let about = About::PromiseChance { by, claim: text.to_owned() };
    Ok(ask(
        idea,
        "your chance of keeping it",
        "60 or 60%; empty if you would rather not say",
        about,
    ))
}

/// Starts an idea with a promise.
pub(super) fn started(
    idea: &Idea,
    by: Date,
    claim: &str,
    text: &str,
    world: &World,
) -> Result<Action, String> {
    let promise = Promise {
        set: Some(world.portfolio.as_of()),
        by,
        claim: Some(claim.to_owned()),
        traction: None,
        chance: chance(text)?,
        result: None,
        resolved: None,
        amended: None,
    };
    let mut edits = decision(idea, Status::Active, "", world);
    edits.push(Edit::append(idea, Entry::Promise(promise)));
    Ok(Action::Edit(Edit::Group(edits)))
}

/// `60`, `60%` and `0.6` are the same chance.
pub(super) fn chance(text: &str) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let share = text.trim_end_matches(['%', ' ']).replace(',', ".");
    let number = share.parse::<f64>().ok().filter(|number| (0.0..=100.0).contains(number));
    match number {
        Some(number) if number > 1.0 || text.contains('%') => Ok(Some(number / 100.0)),
        Some(number) => Ok(Some(number)),
        None => Err("a chance is a number from 0 to 100".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_is_read_as_people_say_it() {
        for text in ["60", "60%", "60 %", "0.6", "0,6"] {
            assert_eq!(chance(text), Ok(Some(0.6)), "{text}");
        }
        assert_eq!(chance(""), Ok(None));
        assert_eq!(chance("1%"), Ok(Some(0.01)));
        assert!(chance("likely").is_err());
        assert!(chance("140").is_err());
    }
}
