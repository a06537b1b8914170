//! From answers to decisions: given up, parked, merged, shortlisted, started.

use crate::domain::{
    CaseField, Date, Edit, Entry, Field, Idea, Promise, Status, Value, day_from_words, merge,
};
use crate::judge::reminder;
use crate::text::sanitize;
use crate::tui::ask::{About, CAUSES, Prompt, Then};
use crate::tui::backlog::Backlog;
use crate::tui::finder::Finder;
use crate::tui::screens::Proposal;

/// What a decision changes; where an idea was parked, it waits no longer.
pub(super) fn decision(idea: &Idea, to: Status, why: &str, backlog: &Backlog) -> Vec<Edit> {
    let mut edits = vec![Edit::decide(idea, to, backlog.as_of(), why)];
    for field in [Field::ParkedUntil, Field::ParkedOn] {
        if idea.get(field).is_some() {
            edits.push(Edit::set(&idea.id, field, None));
        }
    }
    edits
}

/// Reads a day, as words too.
pub(super) fn day(text: &str, backlog: &Backlog) -> Result<Date, String> {
    day_from_words(text, backlog.as_of())
        .ok_or_else(|| "a day is 2w, next month, fri or 2027-03-01".to_owned())
}

/// Gives an idea up for the cause in that line of the list.
pub(super) fn dropped(idea: &Idea, line: usize, backlog: &Backlog) -> Option<Proposal> {
    if let Some(cause) = CAUSES.get(line) {
        let edits = decision(idea, Status::Abandoned, cause, backlog);
        return Some(Proposal::Edit(Edit::Group(edits)));
    }
    let hint = "the cause, as you would tell it to a colleague";
    Some(ask(idea, "dropped, because", hint, About::Why(Status::Abandoned)))
}

fn ask(idea: &Idea, label: &str, hint: &str, about: About) -> Proposal {
    Proposal::Ask(Prompt::line(label, "", hint, Then::Idea { id: idea.id.clone(), about }))
}

/// Until when an idea is parked.
enum Until<'a> {
    Day(Date),
    Decided(&'a Idea),
}

/// A day, or else the idea that the words find best.
fn until<'a>(idea: &Idea, text: &str, backlog: &'a Backlog) -> Result<Until<'a>, String> {
    if let Some(day) = day_from_words(text, backlog.as_of()) {
        let is_ahead = day > backlog.as_of();
        return if is_ahead { Ok(Until::Day(day)) } else { Err(format!("{day} is not ahead")) };
    }
    let open = |other: &Idea| !matches!(other.status, Status::Abandoned | Status::Done);
    found(idea, text, backlog, open)
        .map(Until::Decided)
        .ok_or_else(|| "neither a day (2w, next month, 2027-03-01) nor an open idea".to_owned())
}

/// The idea, other than this one, that the words find best.
fn found<'a>(
    idea: &Idea,
    text: &str,
    backlog: &'a Backlog,
    fits: impl Fn(&Idea) -> bool,
) -> Option<&'a Idea> {
    if text.is_empty() {
        return None;
    }
    if let Some(named) = backlog.idea(text).filter(|named| named.id != idea.id && fits(named)) {
        return Some(named);
    }
    let ideas = backlog.portfolio().ideas();
    let best = Finder::default().find(text, backlog.search_keys());
    let mut others = best.into_iter().filter_map(|position| ideas.get(position));
    others.find(|other| other.id != idea.id && other.merged_into.is_none() && fits(other))
}

/// Parks an idea until a day, or until another one is decided.
pub(super) fn parked(idea: &Idea, text: &str, backlog: &Backlog) -> Result<Proposal, String> {
    let (field, value) = match until(idea, text, backlog)? {
        Until::Day(day) => (Field::ParkedUntil, Value::Date(day)),
        Until::Decided(other) => (Field::ParkedOn, Value::Text(other.id.clone())),
    };
    let mut edits = decision(idea, Status::Parked, "", backlog);
    edits.push(Edit::set(&idea.id, field, Some(value)));
    Ok(Proposal::Edit(Edit::Group(edits)))
}

/// Merges an idea into the one that the words find best.
pub(super) fn merged(idea: &Idea, text: &str, backlog: &Backlog) -> Result<Proposal, String> {
    let target = found(idea, text, backlog, |_| true).ok_or("no other idea has these words")?;
    let edit = merge(backlog.portfolio(), &idea.id, &target.id, backlog.as_of());
    edit.map(Proposal::Edit).ok_or_else(|| "an idea cannot be merged into itself".to_owned())
}

/// Takes a sentence of the case; behind the last one the idea is shortlisted,
/// all in one edit.
pub(super) fn shortlisted(
    idea: &Idea,
    said: &[(CaseField, String)],
    field: CaseField,
    text: &str,
    backlog: &Backlog,
) -> Proposal {
    let mut said = said.to_vec();
    said.push((field, text.to_owned()));
    if let Some(next) = CaseField::ALL.get(said.len()) {
        return Proposal::Ask(Prompt::case(idea, said, *next));
    }
    let mut edits = decision(idea, Status::Shortlist, "", backlog);
    for (field, text) in said {
        let value = Some(text).filter(|text| !text.is_empty()).map(Value::Text);
        if idea.get(Field::Case(field)) != value {
            edits.push(Edit::set(&idea.id, Field::Case(field), value));
        }
    }
    Proposal::Edit(Edit::Group(edits))
}

/// The day of a promise; without one the idea is started as it is.
pub(super) fn promise_by(idea: &Idea, text: &str, backlog: &Backlog) -> Result<Proposal, String> {
    if text.is_empty() {
        return Ok(Proposal::Edit(Edit::Group(decision(idea, Status::Active, "", backlog))));
    }
    let by = day(text, backlog)?;
    if by <= backlog.as_of() {
        return Err(format!("{by} is not ahead"));
    }
    let hint = "what will hold by then, so that it can be judged yes or no";
    Ok(ask(idea, &format!("by {by}"), hint, About::PromiseClaim { by }))
}

/// What is promised.
pub(super) fn promise_claim(idea: &Idea, by: Date, text: &str) -> Result<Proposal, String> {
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
    backlog: &Backlog,
) -> Result<Proposal, String> {
    let promise = Promise {
        set: Some(backlog.as_of()),
        by,
        claim: Some(claim.to_owned()),
        traction: None,
        chance: chance(text)?,
        result: None,
        resolved: None,
        amended: None,
    };
    let mut edits = decision(idea, Status::Active, "", backlog);
    edits.push(Edit::append(idea, Entry::Promise(promise)));
    Ok(Proposal::Edit(Edit::Group(edits)))
}

/// `60`, `60%` and `0.6` are the same chance.
fn chance(text: &str) -> Result<Option<f64>, String> {
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

/// What is understood of a line that is still being typed.
pub(super) fn understood(
    idea: &Idea,
    about: &About,
    text: &str,
    backlog: &Backlog,
) -> Option<String> {
    let text = text.trim();
    match about {
        About::Park => match until(idea, text, backlog).ok()? {
            Until::Day(day) => Some(format!("until {day}")),
            Until::Decided(other) => {
                Some(format!("until \"{}\" is decided", sanitize(&other.title)))
            }
        },
        About::Merge => {
            let target = found(idea, text, backlog, |_| true)?;
            Some(format!("into \"{}\" ({})", sanitize(&target.title), target.status))
        }
        About::PromiseBy => day_from_words(text, backlog.as_of()).map(|day| format!("until {day}")),
        About::PromiseChance { .. } => {
            let chance = chance(text).ok()??;
            Some(reminder(backlog.portfolio(), chance, backlog.as_of()))
        }
        _ => None,
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
