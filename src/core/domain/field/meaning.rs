//! Descriptions of the fields of an idea.

use super::Field;
use crate::domain::{CaseField, Question};

impl Field {
    /// What it is, in a sentence or two without the last full stop.
    #[must_use]
    pub fn meaning(self) -> String {
        let words = match self {
            Self::Id => {
                "The name by which other ideas, duels and people refer to it; else it follows from the title"
            }
            Self::Title => "A short name for people",
            Self::Summary => "What it is about: Markdown of any length",
            Self::Tags => "Keywords",
            Self::Links => "Addresses or references",
            Self::People => "Who is into this",
            Self::Aliases => "Earlier ids that still lead here",
            Self::From => "Who proposed it",
            Self::Dir => "A folder whose work belongs to it",
            Self::Created => "When it was captured",
            Self::Status => "Where it stands",
            Self::ParkedUntil => "With status parked: the day on which it comes back",
            Self::ParkedOn => "With status parked: the id of the idea that must be decided first",
            Self::ReviveOn => "With status abandoned: the day for a second look",
            Self::ReviveIf => {
                "With status abandoned: a phrase that calls for a second look when it turns up"
            }
            Self::MergedInto => "The idea that took this one in",
            Self::Rechecked => {
                "When headroom, and the chance or the edge, were last looked at again"
            }
            Self::Rating(criterion) => return asked(criterion.question()),
            Self::Bet => {
                "hot: many work on it, to be done better than they do; next-hot: hardly anybody does yet"
            }
            Self::BetInput(input) => return asked(input.question()),
            Self::Case(CaseField::Pitch) => "One sentence that a colleague could retell",
            Self::Case(CaseField::Result) => "The headline figure if it works",
            Self::Case(CaseField::User) => "Who uses it the day after",
            Self::Case(CaseField::Test) => "The cheapest experiment that could kill it",
            Self::Imported => "Where it was imported from, so that it is known again",
            Self::HindsightDate => "When it was looked back on",
            Self::HindsightOutcome => "What the world made of it",
        };
        words.to_owned()
    }
}

/// A question with what its scale means.
fn asked(question: &Question) -> String {
    let Question { text, low, middle, high } = question;
    format!("{text} Low: {low}. Middle: {middle}. High: {high}")
}
