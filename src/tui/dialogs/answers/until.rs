//! Conditions that a parked idea waits for: a day, or another idea.

use crate::domain::{Date, Edit, Field, Idea, Status, Value, day_from_words, not_ahead};
use crate::find::Finder;
use crate::text::sanitize;
use crate::tui::world::World;

/// What a parked idea waits for.
pub(super) enum Until<'a> {
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
    pub(super) fn read(idea: &Idea, text: &str, world: &'a World) -> Result<Option<Self>, String> {
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

    /// What was understood, for the line below.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Day(day) => format!("until {}, {day}", day.strftime("%A")),
            Self::Decided(other) => format!("until \"{}\" is decided", sanitize(&other.title)),
        }
    }

    /// The edit that lets an idea wait for it.
    pub(super) fn edit(&self, idea: &Idea) -> Edit {
        let (field, value) = match self {
            Self::Day(day) => (Field::ParkedUntil, Value::Date(*day)),
            Self::Decided(other) => (Field::ParkedOn, Value::Text(other.id.clone())),
        };
        Edit::set(&idea.id, field, Some(value))
    }
}

/// The open idea, other than this one, that has this id, or that the words find
/// best.
fn found<'a>(idea: &Idea, text: &str, world: &'a World) -> Option<&'a Idea> {
    let fits = |other: &&Idea| {
        other.id != idea.id && !matches!(other.status, Status::Abandoned | Status::Done)
    };
    if let Some(named) = world.portfolio.idea(text).filter(fits) {
        return Some(named);
    }
    let best = Finder::default().find(text, world.portfolio.search_keys());
    best.into_iter().filter_map(|position| world.portfolio.portfolio().at(position)).find(fits)
}
