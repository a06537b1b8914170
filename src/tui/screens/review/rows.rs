//! The rows of the list.

use crate::domain::Status;
use crate::judge::{Review, Urgency, agenda};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// What the rows below have in common.
    Heading(&'static str),
    /// An idea, by position in the portfolio.
    Idea(usize),
    /// A direction, by position in the findings.
    Direction(usize),
    /// The forecasts and promises that are due.
    Due,
    /// A forecast of what this week's run will show.
    Forecast,
    /// A goal, by position in the settings.
    Goal(usize),
    /// That there is no goal yet.
    NewGoal,
    /// The active ideas that serve none.
    NoGoal,
    /// The questions of the quarter.
    Quarter,
    /// Where the time of the last month went.
    Time,
}

/// What needs a decision, what deserves a second look, and what else is being worked on.
pub(super) fn queue(reviews: &[Review]) -> Vec<Row> {
    let (looks, due): (Vec<usize>, Vec<usize>) = agenda(reviews)
        .into_iter()
        .partition(|&at| reviews[at].urgency == Some(Urgency::SecondLook));
    let at_work = |at: &usize| !reviews[*at].due && reviews[*at].effective_status == Status::Active;
    let rest: Vec<usize> = (0..reviews.len()).filter(at_work).collect();
    let groups =
        [("to be decided", due), ("second looks", looks), ("at work, nothing to decide", rest)];
    let mut rows = Vec::new();
    for (heading, positions) in groups {
        if !positions.is_empty() {
            rows.push(Row::Heading(heading));
            rows.extend(positions.into_iter().map(Row::Idea));
        }
    }
    rows
}

/// The first row at or after this one that is no heading.
pub(super) fn at_or_after(rows: &[Row], from: usize) -> Option<usize> {
    let is_choice = |row: &usize| !matches!(rows[*row], Row::Heading(_));
    (from..rows.len()).find(is_choice)
}

/// The last row at or before this one that is no heading.
pub(super) fn at_or_before(rows: &[Row], from: usize) -> Option<usize> {
    let is_choice = |row: &usize| !matches!(rows[*row], Row::Heading(_));
    (0..rows.len().min(from + 1)).rev().find(is_choice)
}
