//! Risk against reward: where an idea stands in the plane of its bet. There are
//! two planes, because two ways of betting are not measured with the same stick.

use crate::domain::{BetInput, BetKind, Idea};

/// The least and the greatest chance that the axis tells apart: those of the
/// scale.
const CHANCES: (f64, f64) = (0.01, 0.9);

/// A point of the risk–reward plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskRewardPoint {
    /// In which plane.
    pub bet: BetKind,
    /// From left to right, 0–1: the chance of a next-hot bet, the edge of a hot
    /// one. The middle of an answer that is a range.
    pub across: f64,
    /// From the bottom up, 0–1: the reward of a next-hot bet, the commitment to
    /// a hot one.
    pub up: f64,
    /// Whether both answers are numbers and not ranges.
    pub is_exact: bool,
}

impl RiskRewardPoint {
    /// The questions that span a plane: across, up.
    #[must_use]
    pub const fn axes(bet: BetKind) -> [BetInput; 2] {
        match bet {
            BetKind::NextHot => [BetInput::Chance, BetInput::Reward],
            BetKind::Hot => [BetInput::Edge, BetInput::Commitment],
        }
    }

    /// The place of an idea; `None` without a bet, or where one of the two
    /// answers is missing.
    #[must_use]
    pub fn of(idea: &Idea) -> Option<Self> {
        let bet = idea.bet?;
        let [across, up] = Self::axes(bet).map(|input| idea.bet_input(input));
        let (across, up) = (across?, up?);
        Some(Self {
            bet,
            across: match bet {
                BetKind::NextHot => Self::along_chances(across.middle()),
                BetKind::Hot => across.middle() / 10.0,
            },
            up: up.middle() / 10.0,
            is_exact: across.is_value() && up.is_value(),
        })
    }

    /// Where a chance (0–1) stands on its axis, 0–1: every step along it
    /// multiplies the chance.
    #[must_use]
    pub fn along_chances(chance: f64) -> f64 {
        let (least, greatest) = CHANCES;
        ((chance.max(least) / least).ln() / (greatest / least).ln()).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Field, Rating, Value};

    fn idea(bet: BetKind, answers: [(BetInput, Rating); 2]) -> Idea {
        let mut idea = Idea::new("a", "A");
        idea.set(Field::Bet, Some(Value::Bet(bet))).unwrap();
        for (input, rating) in answers {
            idea.set(Field::BetInput(input), Some(Value::Rating(rating))).unwrap();
        }
        idea
    }

    #[test]
    fn every_step_along_the_chances_multiplies_them() {
        let step = RiskRewardPoint::along_chances(0.03);
        assert!((RiskRewardPoint::along_chances(0.09) - 2.0 * step).abs() < 1e-12);
        assert!((RiskRewardPoint::along_chances(0.27) - 3.0 * step).abs() < 1e-12);
        for (chance, place) in [(0.0, 0.0), (0.01, 0.0), (0.9, 1.0), (1.0, 1.0)] {
            assert!((RiskRewardPoint::along_chances(chance) - place).abs() < 1e-12, "{chance}");
        }
    }

    #[test]
    fn a_bet_is_placed_by_its_own_two_answers() {
        let hot = idea(
            BetKind::Hot,
            [
                (BetInput::Edge, Rating::value(8.0)),
                (BetInput::Commitment, Rating::range(2.0, 4.0).unwrap()),
            ],
        );
        let place = RiskRewardPoint { bet: BetKind::Hot, across: 0.8, up: 0.3, is_exact: false };
        assert_eq!(RiskRewardPoint::of(&hot), Some(place));
        let half = Idea { bet: Some(BetKind::NextHot), ..hot };
        assert_eq!(RiskRewardPoint::of(&half), None);
        assert_eq!(RiskRewardPoint::of(&Idea::new("a", "A")), None);
    }
}
