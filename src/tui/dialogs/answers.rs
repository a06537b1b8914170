//! From the answer to a question about an idea to what follows.

mod decide;
mod review;
mod until;

use crate::domain::{
    BetInput, BetKind, Capture, Edit, Entry, Field, Idea, LogEntry, Rating, Status, Value,
    day_from_words,
};

use crate::config::describe_filter_error;
use crate::find::{Filter, SAVED};
use crate::judge::reminder;
use crate::text::sanitize;

use super::{About, Answer, Prompt, Then};
use crate::tui::screens::Action;
use crate::tui::world::World;
use until::Until;

/// What an answer about an idea leads to; nothing where nothing changes.
///
/// # Errors
/// Says what is wrong with the answer, so that it can be put right.
pub(crate) fn about_idea(
    id: &str,
    about: &About,
    answer: &Answer,
    world: &World,
) -> Result<Vec<Action>, String> {
    let Some(idea) = world.portfolio.idea(id) else {
        return Err("the idea is gone".to_owned());
    };
    if let About::Review(question) = about {
        return review::answered(idea, question, answer, world);
    }
    let action = match (about, answer) {
        (About::Rating(field), Answer::Text(text)) => rating(idea, *field, text),
        (About::Title, Answer::Text(text)) if text.is_empty() => {
            Err("a title must not be empty".to_owned())
        }
        (About::Title, Answer::Text(text)) => {
            let changed = *text != sanitize(&idea.title);
            Ok(set(idea, Field::Title, Some(Value::Text(text.clone()))).filter(|_| changed))
        }
        (About::Tags, Answer::Text(text)) => Ok(set(idea, Field::Tags, tags(text))),
        (About::Log | About::Note, Answer::Text(text)) => log(idea, text, world),
        (About::Summary { before }, Answer::Text(text)) => summary(idea, before, text),
        (About::Status, Answer::Chosen(line)) => status(idea, *line),
        (About::Why(to), Answer::Text(why)) => Ok(Some(decided(idea, *to, why, world))),
        (About::ParkedUntil { why }, Answer::Text(day)) => parked(idea, why, day, world).map(Some),
        (About::Bet, Answer::Chosen(line)) => {
            let kind = BetKind::ALL.get(*line).copied();
            let edit = set(idea, Field::Bet, kind.map(Value::Bet));
            return Ok(edit.into_iter().chain(kind.map(|_| Action::AskBet)).collect());
        }
        (About::Drop, Answer::Chosen(line)) => Ok(decide::dropped(idea, *line, world)),
        (About::Merge(ids), Answer::Chosen(line)) => match ids.get(*line) {
            Some(target) => decide::merged(idea, target, world).map(Some),
            None => Ok(None),
        },
        (About::Merge(_), Answer::Text(_)) => Err("no other idea has these words".to_owned()),
        (About::Finalist(finalist), Answer::Text(text)) => {
            Ok(Some(decide::shortlisted(idea, finalist, text, world)))
        }
        (About::PromiseBy, Answer::Text(text)) => decide::promise_by(idea, text, world).map(Some),
        (About::PromiseClaim { by }, Answer::Text(text)) => {
            decide::promise_claim(idea, *by, text).map(Some)
        }
        (About::PromiseChance { by, claim }, Answer::Text(text)) => {
            decide::started(idea, *by, claim, text, world).map(Some)
        }
        _ => Ok(None),
    };
    action.map(|action| action.into_iter().collect())
}

/// What an answer about several ideas at once leads to: one edit of all of
/// them, or the next question. Those that the answer does not fit, as a status
/// that they have already, stay as they are.
///
/// # Errors
/// The answer fits none of them; says what is wrong with it.
pub(crate) fn about_ideas(
    ids: &[String],
    about: &About,
    answer: &Answer,
    world: &World,
) -> Result<Vec<Action>, String> {
    let (mut edits, mut asked, mut next) = (Vec::new(), Vec::new(), None);
    let mut refusal = None;
    for id in ids {
        match about_idea(id, about, answer, world) {
            Err(reason) => refusal = refusal.or(Some(reason)),
            Ok(actions) => {
                for action in actions {
                    match action {
                        Action::Edit(edit) => edits.push(edit),
                        Action::Ask(prompt) => {
                            asked.push(id.clone());
                            next = next.or(Some(prompt));
                        }
                        other => return Ok(vec![other]),
                    }
                }
            }
        }
    }
    match (next, refusal) {
        (Some(prompt), _) => Ok(vec![Action::Ask(prompt.about_all(asked))]),
        (None, Some(refusal)) if edits.is_empty() => Err(refusal),
        (None, _) if edits.is_empty() => Ok(Vec::new()),
        (None, _) => Ok(vec![Action::Edit(Edit::Group(edits))]),
    }
}

/// Adds an idea to the inbox, with tags, people and bet from the same line.
pub(crate) fn add(line: &str, world: &World) -> Result<Action, String> {
    let capture = Capture::parse(line);
    if capture.title.is_empty() {
        return Err("a title must not be empty".to_owned());
    }
    let id = world.portfolio.portfolio().free_id(&capture.title);
    let idea = capture.into_idea(id, world.portfolio.as_of());
    Ok(Action::Edit(Edit::Add { idea: Box::new(idea), before: None }))
}

/// What is understood of a line that is still being typed, if it is worth
/// saying.
#[must_use]
pub(crate) fn understood(then: &Then, text: &str, world: &World) -> Option<String> {
    match then {
        Then::Add => caught(text),
        Then::Find | Then::Limit => sought(text, world),
        Then::SaveFilter(search) => replaced(text, search, world),
        Then::Idea { about: About::Log | About::Note, .. } => logged(text, world),
        Then::Idea { about: About::ParkedUntil { .. }, id } => until(id, text, world),
        Then::Ideas { about: About::ParkedUntil { .. }, ids } => until(ids.first()?, text, world),
        Then::Idea { about: About::PromiseBy, .. } => {
            day_from_words(text, world.portfolio.as_of()).map(|day| format!("until {day}"))
        }
        Then::Idea { about: About::PromiseChance { .. }, .. } => {
            let chance = decide::chance(text).ok()??;
            Some(reminder(world.portfolio.portfolio(), chance, world.portfolio.as_of()))
        }
        Then::Idea { about: About::Review(question), id } => {
            review::understood(world.portfolio.idea(id)?, question, text, world)
        }
        _ => None,
    }
}

/// What a search asks for, where it is more than words, or the part of it that
/// cannot be understood.
fn sought(text: &str, world: &World) -> Option<String> {
    if let Some(name) = world.portfolio.filters().unknown(text) {
        return Some(format!("no filter is saved as {name}"));
    }
    let text = world.portfolio.filters().expand(text);
    match Filter::strict(&text) {
        Ok(filter) => (filter.words != text).then(|| filter.to_string()),
        Err(fault) => (!fault.word.is_empty()).then(|| describe_filter_error(&fault)),
    }
}

/// What a search takes the place of when it is saved under a name.
fn replaced(name: &str, search: &str, world: &World) -> Option<String> {
    let now = world.portfolio.filters().get(name.strip_prefix(SAVED).unwrap_or(name))?;
    (now != search).then(|| format!("in place of: {now}"))
}

fn until(id: &str, text: &str, world: &World) -> Option<String> {
    let until = Until::read(world.portfolio.idea(id)?, text, world).ok()??;
    Some(until.words())
}

/// What a line makes of a new idea, if it says more than the title.
fn caught(text: &str) -> Option<String> {
    let Capture { title, tags, people, bet, .. } = Capture::parse(text);
    let mut parts = Vec::new();
    parts.extend((!tags.is_empty()).then(|| format!("tags {}", tags.join(", "))));
    parts.extend((!people.is_empty()).then(|| format!("with {}", people.join(", "))));
    parts.extend(bet.map(|kind| format!("a {} bet", kind.id())));
    (!parts.is_empty()).then(|| format!("\"{title}\" · {}", parts.join(" · ")))
}

fn logged(text: &str, world: &World) -> Option<String> {
    let entry = match LogEntry::from_typed_text(text, world.portfolio.as_of()) {
        Ok(entry) => entry,
        Err(impossible) => return Some(impossible.to_string()),
    };
    if entry.is_empty() {
        return None;
    }
    let mut parts = vec![entry.date.to_string()];
    parts.extend(entry.hours.map(|hours| format!("{} h", (hours * 100.0).round() / 100.0)));
    parts.extend(entry.traction.map(|traction| format!("traction {traction}")));
    parts.push(match entry.note.lines().count() {
        0 => "no note".to_owned(),
        1 => entry.note,
        lines => format!("a note of {lines} lines"),
    });
    Some(parts.join(" · "))
}

/// Sets a field, unless it holds the value already.
fn set(idea: &Idea, field: Field, value: Option<Value>) -> Option<Action> {
    (idea.get(field) != value).then(|| Action::Edit(Edit::set(&idea.id, field, value)))
}

fn rating(idea: &Idea, field: Field, text: &str) -> Result<Option<Action>, String> {
    if text.is_empty() {
        return Ok(set(idea, field, None));
    }
    let rating = match text.strip_suffix('%') {
        Some(share) if field == Field::BetInput(BetInput::Chance) => Rating::parse(share)
            .and_then(|share| Rating::range(share.low() / 100.0, share.high() / 100.0)),
        _ => Rating::parse(text),
    };
    let kind = field.kind();
    match rating {
        Some(rating) if matches!(kind, crate::domain::ValueKind::Rating { max } if rating.fits(max)) => {
            Ok(set(idea, field, Some(Value::Rating(rating))))
        }
        _ => Err(format!("it must be {kind}")),
    }
}

fn tags(text: &str) -> Option<Value> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    (!tags.is_empty()).then_some(Value::List(tags))
}

fn log(idea: &Idea, text: &str, world: &World) -> Result<Option<Action>, String> {
    let entry = LogEntry::from_typed_text(text, world.portfolio.as_of())
        .map_err(|error| error.to_string())?;
    if entry.is_empty() {
        return Err("hours, traction or a note: 3h 6 first task works".to_owned());
    }
    Ok(Some(Action::Edit(Edit::append(idea, Entry::Log(entry)))))
}

/// Sets the summary, unless it was changed from outside since it was opened.
fn summary(idea: &Idea, before: &str, text: &str) -> Result<Option<Action>, String> {
    if idea.summary != before {
        let says = "changed outside meanwhile: once more replaces that, Esc keeps yours for later";
        return Err(says.to_owned());
    }
    // A line break at the end is how the text is written, not what it says.
    let end = idea.summary.get(idea.summary.trim_end().len()..).unwrap_or_default();
    let text = if text.is_empty() { String::new() } else { format!("{text}{end}") };
    Ok(set(idea, Field::Summary, (!text.is_empty()).then_some(Value::Text(text))))
}

fn status(idea: &Idea, line: usize) -> Result<Option<Action>, String> {
    let Some(to) = Status::ALL.get(line).copied() else { return Ok(None) };
    let again = to == idea.status;
    if again && to != Status::Abandoned {
        return Err(format!("it is {to} already"));
    }
    let hint = match to {
        Status::Abandoned if again => "a second look that changes nothing: what did you see?",
        Status::Abandoned => "the cause, as you would tell it to a colleague",
        Status::Active => "what makes it worth starting",
        Status::Parked => "what has to happen first",
        Status::Done => "what came out of it",
        Status::Inbox | Status::Shortlist => "the reason, in a few words",
    };
    let then = Then::Idea { id: idea.id.clone(), about: About::Why(to) };
    Ok(Some(Action::Ask(Prompt::line(format!("{to}, because"), "", hint, then))))
}

fn decided(idea: &Idea, to: Status, why: &str, world: &World) -> Action {
    if to == Status::Parked {
        let about = About::ParkedUntil { why: why.to_owned() };
        let then = Then::Idea { id: idea.id.clone(), about };
        let hint = "2026-03-01, next month, 2w, or an idea to wait for; empty if unknown";
        return Action::Ask(Prompt::line("parked until", "", hint, then));
    }
    Action::Edit(Edit::Group(decide::decision(idea, to, why, world)))
}

/// Parks an idea. Without a day or another idea to wait for it does not come
/// back by itself, so then at least a reason is needed.
fn parked(idea: &Idea, why: &str, text: &str, world: &World) -> Result<Action, String> {
    let until = Until::read(idea, text, world)?;
    if until.is_none() && why.is_empty() {
        return Err("until when? 2w, next month, 2027-03-01, or an idea to wait for".to_owned());
    }
    let mut edits = decide::decision(idea, Status::Parked, why, world);
    edits.extend(until.map(|until| until.edit(idea)));
    Ok(Action::Edit(Edit::Group(edits)))
}
