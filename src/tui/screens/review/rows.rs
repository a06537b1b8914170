//! The rows of the list.

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// What the rows below have in common.
    Heading(&'static str),
    /// Something that was done this week, by position in the list of that.
    Done(usize),
    /// An idea, by position in the portfolio.
    Idea(usize),
    /// That so many active ideas have no entry this week.
    Logs(usize),
    /// A direction, by position in the findings.
    Direction(usize),
    /// A forecast or promise that is due, by position among these.
    Due(usize),
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

impl Row {
    /// Whether it can be under the cursor.
    pub(super) const fn is_choice(self) -> bool {
        !matches!(self, Self::Heading(_) | Self::Done(_))
    }
}

/// The first row at or after this one that can be under the cursor.
pub(super) fn at_or_after(rows: &[Row], from: usize) -> Option<usize> {
    (from..rows.len()).find(|row| rows[*row].is_choice())
}

/// The last row at or before this one that can be under the cursor.
pub(super) fn at_or_before(rows: &[Row], from: usize) -> Option<usize> {
    (0..rows.len().min(from + 1)).rev().find(|row| rows[*row].is_choice())
}
