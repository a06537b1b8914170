//! Fields of an idea, their descriptions, and their values: what an edit sets, a patch
//! writes and a journal records all go through [`Idea::get`](super::Idea::get) and
//! [`Idea::set`](super::Idea::set).

use std::fmt;

use jiff::civil::Date;

use super::{BetInput, BetKind, CaseField, Criterion, Outcome, Question, Rating, Status};

/// A field of an idea that holds one value or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The id.
    Id,
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// Keywords.
    Tags,
    /// Addresses.
    Links,
    /// Who is into this.
    People,
    /// Earlier ids.
    Aliases,
    /// Who proposed it.
    From,
    /// A folder whose work belongs to it.
    Dir,
    /// Where an import has it from.
    Imported,
    /// When it was captured.
    Created,
    /// Where it stands.
    Status,
    /// Parked until a day.
    ParkedUntil,
    /// Parked until another idea is decided.
    ParkedOn,
    /// Second look on a day.
    ReviveOn,
    /// Second look on a phrase.
    ReviveIf,
    /// The idea that took this one in.
    MergedInto,
    /// When its chances were looked at again.
    Rechecked,
    /// The answer on a criterion.
    Rating(Criterion),
    /// The kind of bet.
    Bet,
    /// The answer on a question about the bet.
    BetInput(BetInput),
    /// A sentence of the case.
    Case(CaseField),
    /// When hindsight was recorded.
    HindsightDate,
    /// What the world made of it.
    HindsightOutcome,
}

/// What a [`Field`] may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueKind {
    /// A string.
    Text,
    /// A list of strings.
    List,
    /// A day.
    Date,
    /// A number or a range from 0 to `max`.
    Rating {
        /// Upper end of the scale.
        max: f64,
    },
    /// A [`Status`].
    Status,
    /// A [`BetKind`].
    Bet,
    /// An [`Outcome`].
    Outcome,
}

/// What a [`Field`] holds. An absent value is `Option::<Value>::None`; empty
/// text and empty lists are never stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string, not empty.
    Text(String),
    /// A list of strings, not empty.
    List(Vec<String>),
    /// A day.
    Date(Date),
    /// A number or a range.
    Rating(Rating),
    /// A status.
    Status(Status),
    /// A kind of bet.
    Bet(BetKind),
    /// A hindsight outcome.
    Outcome(Outcome),
}

impl Field {
    /// Every field, in the order in which a new idea is written.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Id,
            Self::Title,
            Self::Summary,
            Self::Tags,
            Self::Links,
            Self::People,
            Self::Aliases,
            Self::From,
            Self::Dir,
            Self::Imported,
            Self::Created,
            Self::Status,
            Self::ParkedUntil,
            Self::ParkedOn,
            Self::ReviveOn,
            Self::ReviveIf,
            Self::MergedInto,
            Self::Rechecked,
        ];
        all.extend(Criterion::ALL.map(Self::Rating));
        all.push(Self::Bet);
        all.extend(BetInput::ALL.map(Self::BetInput));
        all.extend(CaseField::ALL.iter().copied().map(Self::Case));
        all.extend([Self::HindsightDate, Self::HindsightOutcome]);
        all
    }

    /// Where the field stands in the file: the table inside the idea (empty
    /// for the idea itself) and the key.
    #[must_use]
    pub const fn path(self) -> (&'static str, &'static str) {
        match self {
            Self::Id => ("", "id"),
            Self::Title => ("", "title"),
            Self::Summary => ("", "summary"),
            Self::Tags => ("", "tags"),
            Self::Links => ("", "links"),
            Self::People => ("", "people"),
            Self::Aliases => ("", "aliases"),
            Self::From => ("", "from"),
            Self::Dir => ("", "dir"),
            Self::Imported => ("", "imported"),
            Self::Created => ("", "created"),
            Self::Status => ("", "status"),
            Self::ParkedUntil => ("", "parked_until"),
            Self::ParkedOn => ("", "parked_on"),
            Self::ReviveOn => ("", "revive_on"),
            Self::ReviveIf => ("", "revive_if"),
            Self::MergedInto => ("", "merged_into"),
            Self::Rechecked => ("", "rechecked"),
            Self::Rating(criterion) => ("ratings", criterion.id()),
            Self::Bet => ("bet", "kind"),
            Self::BetInput(input) => ("bet", input.id()),
            Self::Case(field) => ("case", field.id()),
            Self::HindsightDate => ("hindsight", "date"),
            Self::HindsightOutcome => ("hindsight", "outcome"),
        }
    }

    /// The field called `name` (`title`, `ratings.headroom`, `bet.kind`, …),
    /// if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let path = name.split_once('.').unwrap_or(("", name));
        Self::all().into_iter().find(|field| field.path() == path)
    }

    /// What the field may hold.
    #[must_use]
    pub const fn kind(self) -> ValueKind {
        match self {
            Self::Id
            | Self::Title
            | Self::Summary
            | Self::From
            | Self::Dir
            | Self::Imported
            | Self::ParkedOn
            | Self::ReviveIf
            | Self::MergedInto
            | Self::Case(_) => ValueKind::Text,
            Self::Tags | Self::Links | Self::People | Self::Aliases => ValueKind::List,
            Self::Created
            | Self::ParkedUntil
            | Self::ReviveOn
            | Self::Rechecked
            | Self::HindsightDate => ValueKind::Date,
            Self::Status => ValueKind::Status,
            Self::Rating(_) => ValueKind::Rating { max: 10.0 },
            Self::Bet => ValueKind::Bet,
            Self::BetInput(input) => ValueKind::Rating { max: input.max() },
            Self::HindsightOutcome => ValueKind::Outcome,
        }
    }
}

/// The name that [`Field::from_name`] reads: `title`, `ratings.headroom`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            ("", key) => f.write_str(key),
            (table, key) => write!(f, "{table}.{key}"),
        }
    }
}

/// What the field must be given, in words: `a number from 0 to 10, or …`.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::List => f.write_str("a list of texts"),
            Self::Date => f.write_str("a date such as 2026-03-01"),
            Self::Rating { max } => {
                write!(f, "a number from 0 to {max}, or a range with its lower end first")
            }
            Self::Status => write_one_of(f, Status::ALL.iter().map(|status| status.id())),
            Self::Bet => write_one_of(f, BetKind::ALL.iter().map(|kind| kind.id())),
            Self::Outcome => write_one_of(f, Outcome::ALL.iter().map(|outcome| outcome.id())),
        }
    }
}

fn write_one_of<'a>(
    f: &mut fmt::Formatter<'_>,
    words: impl Iterator<Item = &'a str>,
) -> fmt::Result {
    f.write_str("one of ")?;
    for (i, word) in words.enumerate() {
        write!(f, "{}{word}", if i == 0 { "" } else { ", " })?;
    }
    Ok(())
}

/// The value as it is said to a person: `3..7`, `inbox`, `a, b`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Date(date) => date.fmt(f),
            Self::Rating(rating) => rating.fmt(f),
            Self::Status(status) => status.fmt(f),
            Self::Bet(kind) => f.write_str(kind.id()),
            Self::Outcome(outcome) => outcome.fmt(f),
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_of_its_own() {
        for field in Field::all() {
            assert_eq!(Field::from_name(&field.to_string()), Some(field));
        }
        assert_eq!(Field::from_name("ratings.beauty"), None);
        assert_eq!(Field::from_name("log"), None);
    }
}
