//! From the answer to a question about an idea to what follows.

mod decide;
mod review;

use crate::domain::{
    BetInput, BetKind, Capture, Date, Edit, Entry, Field, Idea, LogEntry, Rating, Status, Value,
};

use crate::text::sanitize;

use super::ask::{About, Answer, Prompt, Then, read_day};
use super::backlog::Backlog;
use super::screens::Proposal;

/// What an answer about an idea leads to; nothing where nothing changes.
///
/// # Errors
/// Says what is wrong with the answer, so that it can be put right.
pub(super) fn about_idea(
    id: &str,
    about: &About,
    answer: &Answer,
    backlog: &Backlog,
) -> Result<Vec<Proposal>, String> {
    let Some(idea) = backlog.idea(id) else {
        return Err("the idea is gone".to_owned());
    };
    if let About::Review(question) = about {
        return review::answered(idea, question, answer, backlog);
    }
    let proposal = match (about, answer) {
        (About::Rating(field), Answer::Text(text)) => rating(idea, *field, text),
        (About::Title, Answer::Text(text)) if text.is_empty() => {
            Err("a title must not be empty".to_owned())
        }
        (About::Title, Answer::Text(text)) => {
            let changed = *text != sanitize(&idea.title);
            Ok(set(idea, Field::Title, Some(Value::Text(text.clone()))).filter(|_| changed))
        }
        (About::Tags, Answer::Text(text)) => Ok(set(idea, Field::Tags, tags(text))),
        (About::Log, Answer::Text(text)) => log(idea, text, backlog),
        (About::Status, Answer::Chosen(line)) => status(idea, *line),
        (About::Why(to), Answer::Text(why)) => Ok(Some(decided(idea, *to, why, backlog))),
        (About::ParkedUntil { why }, Answer::Text(day)) => parked(idea, why, day, backlog),
        (About::Bet, Answer::Chosen(line)) => {
            let kind = BetKind::ALL.get(*line).copied();
            let edit = set(idea, Field::Bet, kind.map(Value::Bet));
            return Ok(edit.into_iter().chain(kind.map(|_| Proposal::AskBet)).collect());
        }
        (About::Drop, Answer::Chosen(line)) => Ok(decide::dropped(idea, *line, backlog)),
        (About::Park, Answer::Text(text)) => decide::parked(idea, text, backlog).map(Some),
        (About::Merge, Answer::Text(text)) => decide::merged(idea, text, backlog).map(Some),
        (About::Case { said, field }, Answer::Text(text)) => {
            Ok(Some(decide::shortlisted(idea, said, *field, text, backlog)))
        }
        (About::PromiseBy, Answer::Text(text)) => decide::promise_by(idea, text, backlog).map(Some),
        (About::PromiseClaim { by }, Answer::Text(text)) => {
            decide::promise_claim(idea, *by, text).map(Some)
        }
        (About::PromiseChance { by, claim }, Answer::Text(text)) => {
            decide::started(idea, *by, claim, text, backlog).map(Some)
        }
        _ => Ok(None),
    };
    proposal.map(|proposal| proposal.into_iter().collect())
}

/// Adds an idea to the inbox, with tags, people and bet from the same line.
///
/// # Errors
/// There is no title.
pub(super) fn add(line: &str, backlog: &Backlog) -> Result<Proposal, String> {
    let capture = Capture::parse(line);
    if capture.title.is_empty() {
        return Err("a title must not be empty".to_owned());
    }
    let id = backlog.portfolio().free_id(&capture.title);
    let idea = capture.into_idea(id, backlog.as_of());
    Ok(Proposal::Edit(Edit::Add { idea: Box::new(idea), before: None }))
}

/// What is understood of a line that is still being typed, if it is worth
/// saying.
#[must_use]
pub(super) fn understood(then: &Then, text: &str, backlog: &Backlog) -> Option<String> {
    match then {
        Then::Add => caught(text),
        Then::Idea { about: About::Log, .. } => logged(text, backlog),
        Then::Idea { about: About::ParkedUntil { .. }, id } => {
            let until = Until::read(id, text, backlog).ok()??;
            Some(match until {
                Until::Day(day) => format!("until {}, {day}", day.strftime("%A")),
                Until::Decided(other) => format!("until \"{other}\" is decided"),
            })
        }
        Then::Idea { about: About::Review(question), id } => {
            review::understood(backlog.idea(id)?, question, text, backlog)
        }
        Then::Idea { id, about } => decide::understood(backlog.idea(id)?, about, text, backlog),
        _ => None,
    }
}

/// What a line makes of a new idea, if it says more than the title.
fn caught(text: &str) -> Option<String> {
    let Capture { title, tags, people, bet } = Capture::parse(text);
    let mut parts = Vec::new();
    parts.extend((!tags.is_empty()).then(|| format!("tags {}", tags.join(", "))));
    parts.extend((!people.is_empty()).then(|| format!("with {}", people.join(", "))));
    parts.extend(bet.map(|kind| format!("a {} bet", kind.id())));
    (!parts.is_empty()).then(|| format!("\"{title}\" · {}", parts.join(" · ")))
}

fn logged(text: &str, backlog: &Backlog) -> Option<String> {
    let entry = LogEntry::from_words(text.split_whitespace(), backlog.as_of());
    if entry.is_empty() {
        return None;
    }
    let mut parts = vec![entry.date.to_string()];
    parts.extend(entry.hours.map(|hours| format!("{} h", (hours * 100.0).round() / 100.0)));
    parts.extend(entry.traction.map(|traction| format!("traction {traction}")));
    parts.push(if entry.note.is_empty() { "no note".to_owned() } else { entry.note });
    Some(parts.join(" · "))
}

/// Sets a field, unless it holds the value already.
fn set(idea: &Idea, field: Field, value: Option<Value>) -> Option<Proposal> {
    (idea.get(field) != value).then(|| Proposal::Edit(Edit::set(&idea.id, field, value)))
}

fn rating(idea: &Idea, field: Field, text: &str) -> Result<Option<Proposal>, String> {
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

fn log(idea: &Idea, text: &str, backlog: &Backlog) -> Result<Option<Proposal>, String> {
    let entry = LogEntry::from_words(text.split_whitespace(), backlog.as_of());
    if entry.is_empty() {
        return Err("hours, traction or a note: 3h 6 first task works".to_owned());
    }
    Ok(Some(Proposal::Edit(Edit::append(idea, Entry::Log(entry)))))
}

fn status(idea: &Idea, line: usize) -> Result<Option<Proposal>, String> {
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
    Ok(Some(Proposal::Ask(Prompt::line(format!("{to}, because"), "", hint, then))))
}

fn decided(idea: &Idea, to: Status, why: &str, backlog: &Backlog) -> Proposal {
    if to == Status::Parked {
        let about = About::ParkedUntil { why: why.to_owned() };
        let then = Then::Idea { id: idea.id.clone(), about };
        let hint = "2026-03-01, next month, 2w, or an idea to wait for; empty if unknown";
        return Proposal::Ask(Prompt::line("parked until", "", hint, then));
    }
    Proposal::Edit(Edit::Group(decide::decision(idea, to, why, backlog)))
}

fn parked(
    idea: &Idea,
    why: &str,
    day: &str,
    backlog: &Backlog,
) -> Result<Option<Proposal>, String> {
    let mut edits = vec![Edit::decide(idea, Status::Parked, backlog.as_of(), why)];
    match Until::read(&idea.id, day, backlog)? {
        Some(Until::Day(day)) => {
            edits.push(Edit::set(&idea.id, Field::ParkedUntil, Some(Value::Date(day))));
        }
        Some(Until::Decided(other)) => {
            edits.push(Edit::set(&idea.id, Field::ParkedOn, Some(Value::Text(other))));
        }
        None => {}
    }
    Ok(Some(Proposal::Edit(Edit::Group(edits))))
}

/// What a parked idea waits for.
enum Until {
    Day(Date),
    /// Until this idea is decided.
    Decided(String),
}

impl Until {
    /// Reads what is typed about the idea `id`; nothing if nothing is.
    fn read(id: &str, text: &str, backlog: &Backlog) -> Result<Option<Self>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(other) = backlog.idea(text) {
            return match other.id == id {
                true => Err("an idea cannot wait for itself".to_owned()),
                false => Ok(Some(Self::Decided(other.id.clone()))),
            };
        }
        let day = read_day(text, backlog.as_of())?;
        if day <= backlog.as_of() {
            return Err(format!("{day} has passed already"));
        }
        Ok(Some(Self::Day(day)))
    }
}
