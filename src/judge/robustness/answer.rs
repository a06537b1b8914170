//! The questions about one idea that a person could still settle.

use std::fmt;

use crate::domain::{BetInput, Criterion, Field, Idea};

/// One thing that can be answered about an idea: a criterion, or a question
/// about its bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A criterion; strategy only where no bet gives it.
    Criterion(Criterion),
    /// A question about the bet.
    Bet(BetInput),
}

impl Answer {
    /// The answers that the score of an idea rests on: four criteria, and
    /// strategy itself or the three questions of the bet that gives it.
    #[must_use]
    pub fn of(idea: &Idea) -> Vec<Self> {
        let direct = Criterion::ALL.into_iter().filter(|it| *it != Criterion::Strategy);
        let mut answers: Vec<Self> = direct.map(Self::Criterion).collect();
        match idea.bet {
            Some(kind) if idea.rating(Criterion::Strategy).is_none() => {
                answers.extend(kind.inputs().map(Self::Bet));
            }
            _ => answers.push(Self::Criterion(Criterion::Strategy)),
        }
        answers
    }

    /// The word used in files, on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Criterion(criterion) => criterion.id(),
            Self::Bet(input) => input.id(),
        }
    }

    /// Upper end of the scale; the lower end is 0.
    #[must_use]
    pub const fn max(self) -> f64 {
        match self {
            Self::Criterion(_) => 10.0,
            Self::Bet(input) => input.max(),
        }
    }

    /// Whether more of it is better. Crowding is the one of which less is.
    #[must_use]
    pub const fn more_is_better(self) -> bool {
        !matches!(self, Self::Bet(BetInput::Crowding))
    }

    /// The field that an edit sets to settle it.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Criterion(criterion) => Field::Rating(criterion),
            Self::Bet(input) => Field::BetInput(input),
        }
    }

    /// A value of this answer as people read it: `6.2`, and `12 %` for a
    /// chance.
    #[must_use]
    pub fn shown(self, value: f64) -> String {
        match self {
            Self::Bet(BetInput::Chance) => format!("{} %", tenths(100.0 * value)),
            _ => tenths(value).to_string(),
        }
    }
}

/// Rounded to a tenth; −0.0 becomes 0.
pub(super) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BetKind, Rating};

    #[test]
    fn a_bet_stands_in_for_strategy_unless_strategy_is_rated() {
        let mut idea = Idea::new("a", "a");
        let strategy = Answer::Criterion(Criterion::Strategy);
        assert_eq!(Answer::of(&idea).last(), Some(&strategy));
        idea.bet = Some(BetKind::Hot);
        assert_eq!(Answer::of(&idea).last(), Some(&Answer::Bet(BetInput::Crowding)));
        assert_eq!(Answer::of(&idea).len(), 7);
        idea.ratings[Criterion::Strategy.index()] = Some(Rating::value(3.0));
        assert_eq!(Answer::of(&idea).last(), Some(&strategy));
    }

    #[test]
    fn a_chance_is_shown_in_per_cent() {
        assert_eq!(Answer::Bet(BetInput::Chance).shown(0.1234), "12.3 %");
        assert_eq!(Answer::Criterion(Criterion::Headroom).shown(4.0), "4");
        assert_eq!(Answer::Criterion(Criterion::Headroom).shown(-0.001), "0");
    }
}
