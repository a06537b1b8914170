//! Dialogs that record what is known of ideas later: that they come back, what became of
//! them, and work from memory.

use crate::domain::{
    Change, Date, Edit, Entry, EntryKind, Field, Idea, LogEntry, Outcome, Status, Value,
};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt, TypedLine, decided, decision, idea, titled};
use super::line_assist::fitting;

/// Levels that can be filled in from memory.
const RECALLED: usize = 5;

/// Bringing an idea back from where it was put.
#[derive(Debug)]
pub(crate) struct Revive {
    pub id: String,
}

const RETURNS: [Status; 3] = [Status::Shortlist, Status::Active, Status::Inbox];

impl Dialog for Revive {
    fn prompt(&self, world: &World) -> Prompt {
        let form = Form::lines(vec![
            TypedLine::new("Back to", "shortlist, active or inbox").suggesting("shortlist"),
            TypedLine::new("What changed?", "since it was put there; may stay empty"),
        ]);
        Prompt::new("revive", format!("Bring {} back", titled(&self.id, world)), form)
            .verb("bring back")
    }

    fn complete(&self, line: usize, front: &str, _world: &World) -> (usize, Vec<String>) {
        match line {
            0 => fitting(0, front, RETURNS.iter().map(|to| to.shown().to_owned()).collect()),
            _ => (0, Vec::new()),
        }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let text = answer.text().to_lowercase();
        let to = RETURNS.into_iter().find(|to| !text.is_empty() && to.shown().starts_with(&text));
        let Some(to) = to else {
            return Err("where to? shortlist, active or inbox".to_owned());
        };
        let idea = idea(&self.id, world)?;
        let decision = decision(idea, to, answer.line(1), world);
        Ok(vec![Action::Edit(Edit::Group(decided(idea, decision)))])
    }
}

/// What became of an idea that was dropped or done.
#[derive(Debug)]
pub(crate) struct LookBack {
    pub id: String,
}

const fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Mattered => "others did it and it mattered",
        Outcome::Fizzled => "it was done and fizzled",
        Outcome::Open => "still open",
        Outcome::Nothing => "there was nothing in it",
    }
}

impl Dialog for LookBack {
    fn prompt(&self, world: &World) -> Prompt {
        let numbered = Outcome::ALL.iter().zip(1..);
        let hint = numbered.map(|(outcome, number)| format!("{number} {}", meaning(*outcome)));
        let form = Form::lines(vec![
            TypedLine::new("Outcome", hint.collect::<Vec<_>>().join(" · ")),
            TypedLine::new("Seen where?", "may stay empty"),
        ]);
        let label = format!("What became of {}?", titled(&self.id, world));
        Prompt::new("what became of it", label, form)
    }

    fn preview(&self, answer: &Answer, line: usize, _: &World) -> Result<Option<String>, String> {
        let outcome = outcome(answer.text()).filter(|_| line == 0);
        Ok(outcome.map(|outcome| meaning(outcome).to_owned()))
    }

    fn complete(&self, line: usize, front: &str, _world: &World) -> (usize, Vec<String>) {
        match line {
            0 => fitting(0, front, Outcome::ALL.iter().map(|it| it.id().to_owned()).collect()),
            _ => (0, Vec::new()),
        }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let Some(outcome) = outcome(answer.text()) else {
            return Err("1 to 4: what became of it?".to_owned());
        };
        let today = world.portfolio.as_of();
        let idea = idea(&self.id, world)?;
        let why = if answer.line(1).is_empty() { outcome.id() } else { answer.line(1) };
        Ok(vec![Action::Edit(Edit::Group(vec![
            Edit::append(idea, Entry::Decision(decision(idea, idea.status, why, world))),
            Edit::set(&idea.id, Field::HindsightDate, Some(Value::Date(today))),
            Edit::set(&idea.id, Field::HindsightOutcome, Some(Value::Outcome(outcome))),
        ]))])
    }
}

/// The outcome that is typed: by its number, or by a word of it.
fn outcome(text: &str) -> Option<Outcome> {
    let numbered = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let text = text.to_lowercase();
    let named =
        |outcome: &Outcome| outcome.id().starts_with(&text) || meaning(*outcome).contains(&text);
    match numbered {
        Some(at) => Outcome::ALL.get(at).copied(),
        None => Outcome::ALL.iter().copied().find(|it| !text.is_empty() && named(it)),
    }
}

/// Hours and levels from memory.
#[derive(Debug)]
pub(crate) struct Recall {
    pub id: String,
}

impl Dialog for Recall {
    fn prompt(&self, world: &World) -> Prompt {
        let form = Form::line("total hours, then up to five levels 0–10, oldest first: 40h 2 4 5");
        Prompt::new("from memory", format!("from memory, for {}", titled(&self.id, world)), form)
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let idea = idea(&self.id, world)?;
        let entries = recalled(idea, answer.text(), world.portfolio.as_of())?;
        let insert = |(at, entry)| {
            let change = Change::Insert { at, entry: Entry::Log(entry) };
            Edit::Change { id: idea.id.clone(), change }
        };
        let edits = (idea.entries(EntryKind::Log)..).zip(entries).map(insert).collect();
        Ok(vec![Action::Edit(Edit::Group(edits))])
    }
}

/// `40h 2 4 5`: so many hours in all, and up to five levels, spread evenly from
/// when the work began, or a day for each before the first entry, until today.
fn recalled(idea: &Idea, line: &str, today: Date) -> Result<Vec<LogEntry>, String> {
    let expected = "total hours, then up to five levels 0–10, the oldest first: 40h 2 4 5";
    let mut words = line.split_whitespace();
    let hours = words.next().and_then(|word| word.strip_suffix('h')).and_then(|h| h.parse().ok());
    let hours: f64 = hours.filter(|h: &f64| h.is_finite() && *h >= 0.0).ok_or(expected)?;
    let levels: Option<Vec<f64>> =
        words.map(|word| word.parse().ok().filter(|level| (0.0..=10.0).contains(level))).collect();
    let levels = levels.filter(|levels| levels.len() <= RECALLED).ok_or(expected)?;
    let begun = idea.decisions.iter().find(|d| d.to == Status::Active).map(|d| d.date);
    let begun = begun.or(idea.created).filter(|begun| *begun < today).unwrap_or(today);
    let last = idea.log.iter().map(|entry| entry.date).min().filter(|first| *first > begun);
    let days = begun.duration_until(last.unwrap_or(today)).as_hours() / 24;
    let count = levels.len().max(1);
    let entry = |i: usize| {
        let share = (i + 1) as f64 / count as f64;
        let offset = std::time::Duration::from_secs_f64(86_400.0 * (days as f64 * share).floor());
        LogEntry {
            date: begun.saturating_add(offset),
            hours: Some((hours / count as f64 * 100.0).round() / 100.0),
            traction: levels.get(i).copied(),
            note: String::new(),
            recalled: true,
            output: None,
        }
    };
    Ok((0..count).map(entry).collect())
}
