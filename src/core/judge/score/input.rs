//! The inputs of a score: the criteria, and the questions about the bet.

use std::fmt;

use crate::domain::{BetInput, Criterion, Field, Idea, Rating};

/// One input of a score: a criterion, or a question about the bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A criterion; strategy only where no bet gives it.
    Criterion(Criterion),
    /// A question about the bet.
    Bet(BetInput),
}

impl Input {
    /// The inputs that the score of an idea rests on: four criteria, and
    /// strategy itself or the three questions of the bet that gives it.
    #[must_use]
    pub fn of(idea: &Idea) -> Vec<Self> {
        let direct = Criterion::ALL.into_iter().filter(|it| *it != Criterion::Strategy);
        let mut inputs: Vec<Self> = direct.map(Self::Criterion).collect();
        match idea.bet {
            Some(kind) if idea.rating(Criterion::Strategy).is_none() => {
                inputs.extend(kind.inputs().map(Self::Bet));
            }
            _ => inputs.push(Self::Criterion(Criterion::Strategy)),
        }
        inputs
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

    /// The answer, if the idea has one.
    #[must_use]
    pub const fn rating(self, idea: &Idea) -> Option<Rating> {
        match self {
            Self::Criterion(criterion) => idea.rating(criterion),
            Self::Bet(input) => idea.bet_input(input),
        }
    }

    /// The field that an edit sets to settle it.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Criterion(criterion) => Field::Rating(criterion),
            Self::Bet(input) => Field::BetInput(input),
        }
    }

    /// A value of it as people read it: `6.2`, and `12 %` for a
    /// chance.
    #[must_use]
    pub fn shown(self, value: f64) -> String {
        match self {
            Self::Bet(BetInput::Chance) => format!("{:.0} %", 100.0 * value),
            _ => tenths(value).to_string(),
        }
    }
}

/// Rounded to a tenth; −0.0 becomes 0.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BetKind;

    #[test]
    fn a_bet_stands_in_for_strategy_unless_strategy_is_rated() {
        let mut idea = Idea::new("a", "a");
        let strategy = Input::Criterion(Criterion::Strategy);
        assert_eq!(Input::of(&idea).last(), Some(&strategy));
        idea.bet = Some(BetKind::Hot);
        assert_eq!(Input::of(&idea).last(), Some(&Input::Bet(BetInput::Crowding)));
        assert_eq!(Input::of(&idea).len(), 7);
        idea.ratings[Criterion::Strategy.index()] = Some(Rating::value(3.0));
        assert_eq!(Input::of(&idea).last(), Some(&strategy));
    }

    #[test]
    fn a_chance_is_shown_in_per_cent() {
        assert_eq!(Input::Bet(BetInput::Chance).shown(0.1234), "12 %");
        assert_eq!(Input::Criterion(Criterion::Headroom).shown(4.0), "4");
        assert_eq!(Input::Criterion(Criterion::Headroom).shown(-0.001), "0");
    }
}
