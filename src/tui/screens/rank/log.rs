//! The log of an idea up to a day, in words.

use crate::domain::{Date, Idea, LogEntry};

fn past(idea: &Idea, as_of: Date) -> impl Iterator<Item = &LogEntry> {
    idea.log.iter().filter(move |entry| entry.date <= as_of)
}

/// Levels of traction by date.
pub(super) fn traction(idea: &Idea, as_of: Date) -> Vec<f64> {
    let mut levels: Vec<(Date, f64)> = past(idea, as_of)
        .filter_map(|entry| entry.traction.map(|level| (entry.date, level)))
        .collect();
    levels.sort_by_key(|(date, _)| *date);
    levels.into_iter().map(|(_, level)| level).collect()
}

/// Hours logged up to a day.
pub(super) fn hours(idea: &Idea, as_of: Date) -> f64 {
    past(idea, as_of).filter_map(|entry| entry.hours).sum()
}
