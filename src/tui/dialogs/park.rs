//! Parking ideas until a day, or until another idea is decided.

use crate::domain::{Date, Edit, Field, Idea, Status, Value, day_from_words, not_ahead};
use crate::find::Finder;
use crate::text::sanitize;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{
    Answer, Dialog, Form, Prompt, TypedLine, decided, decision, for_each, idea, named,
};
use super::line_assist::{days_and_ideas, fitting};

/// One idea, or all that are marked.
#[derive(Debug)]
pub(crate) struct Park {
    pub ids: Vec<String>,
}

impl Dialog for Park {
    fn prompt(&self, world: &World) -> Prompt {
        let hint =
            "a day (2w, next month, 2027-03-01), or words of an idea that must be decided first";
        let form = Form::lines(vec![
            TypedLine::new("Until", hint).suggesting("in 3 months"),
            TypedLine::new("Why", "what has to happen first; may stay empty"),
        ]);
        Prompt::new("park", format!("Park {}", named(&self.ids, world)), form).verb("park")
    }

    fn preview(&self, answer: &Answer, at: usize, world: &World) -> Result<Option<String>, String> {
        let Some(first) = self.ids.first().filter(|_| at == 0) else { return Ok(None) };
        Ok(Until::read(idea(first, world)?, answer.text(), world)?.map(|until| until.words()))
    }

    fn complete(&self, line: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        match line {
            0 => fitting(0, front, days_and_ideas(world, &self.ids)),
            _ => (0, Vec::new()),
        }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        for_each(&self.ids, world, |idea| {
            parked(idea, answer.line(0), answer.line(1), world).map(Some)
        })
    }
}

const NOT_NOW: &str = "3m";

/// Parks ideas for a while, without a question.
///
/// # Errors
/// None of them can be parked.
pub(crate) fn not_now(ids: &[String], world: &World) -> Result<Vec<Action>, String> {
    for_each(ids, world, |idea| parked(idea, NOT_NOW, "not now", world).map(Some))
}

/// Parks an idea. Without a day or another idea to wait for it does not come
/// back by itself, so then at least a reason is needed.
fn parked(idea: &Idea, until: &str, why: &str, world: &World) -> Result<Edit, String> {
    let until = Until::read(idea, until, world)?;
    if until.is_none() && why.is_empty() {
        return Err("until when? 2w, next month, 2027-03-01, or an idea to wait for".to_owned());
    }
    let mut edits = decided(idea, decision(idea, Status::Parked, why, world));
    edits.extend(until.map(|until| until.edit(idea)));
    Ok(Edit::Group(edits))
}

/// What a parked idea waits for.
enum Until<'a> {
    Day(Date),
    /// That another idea is done or given up.
    Decided(&'a Idea),
}

impl<'a> Until<'a> {
    /// Reads what is typed about an idea: a day, else the open idea that the
    /// words find best; nothing if nothing is typed.
    ///
    /// # Errors
    /// Says what could be typed instead.
    fn read(idea: &Idea, text: &str, world: &'a World) -> Result<Option<Self>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let today = world.portfolio.as_of();
        match day_from_words(text, today) {
            Some(day) if day > today => return Ok(Some(Self::Day(day))),
            Some(day) => return Err(not_ahead(day, today)),
            None => {}
        }
        if world.portfolio.idea(text).is_some_and(|named| named.id == idea.id) {
            return Err("an idea cannot wait for itself".to_owned());
        }
        found(idea, text, world)
            .map(|other| Some(Self::Decided(other)))
            .ok_or_else(|| "neither a day (2w, next month, 2027-03-01) nor an open idea".to_owned())
    }

    fn words(&self) -> String {
        match self {
            Self::Day(day) => format!("until {}", day.strftime("%A %-d %b %Y")),
            Self::Decided(other) => format!("until \"{}\" is decided", sanitize(&other.title)),
        }
    }

    /// The edit that lets an idea wait for it.
    fn edit(&self, idea: &Idea) -> Edit {
        let (field, value) = match self {
            Self::Day(day) => (Field::ParkedUntil, Value::Date(*day)),
            Self::Decided(other) => (Field::ParkedOn, Value::Text(other.id.clone())),
        };
        Edit::set(&idea.id, field, Some(value))
    }
}

/// The open idea, other than this one, that has this id, or that the words find best.
fn found<'a>(idea: &Idea, text: &str, world: &'a World) -> Option<&'a Idea> {
    let fits = |other: &&Idea| {
        other.id != idea.id && !matches!(other.status, Status::Abandoned | Status::Done)
    };
    if let Some(named) = world.portfolio.idea(text).filter(fits) {
        return Some(named);
    }
    let best = Finder::default().find(text, world.portfolio.search_keys());
    best.into_iter().filter_map(|position| Some(world.portfolio.at(position)?.0)).find(fits)
}
