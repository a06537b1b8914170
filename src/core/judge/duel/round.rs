//! All results of a contest: posterior, cut and next pair.

use super::{Aim, Contest, Cut, DuelRule, NextPair, Posterior, SkippedPairs, next_pair};
use crate::domain::Winner;

/// Draws behind the chances that are shown: their standard error is at most
/// half a percent.
const DRAWS: usize = 10_000;

/// The goal of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// The top k.
    #[default]
    Top,
    /// The order of all.
    Order,
}

/// A contest with all its results: what a screen shows after an answer. It takes
/// longer than a frame.
#[derive(Clone, Debug)]
pub struct Round {
    /// The entrants and the answers.
    pub contest: Contest,
    /// The strengths.
    pub posterior: Posterior,
    /// Membership in the top k.
    pub cut: Cut,
    /// `None` if there is no other pair.
    pub next_pair: Option<NextPair>,
}

impl Round {
    /// Works everything out. `seed` is mixed with the contest's own.
    #[must_use]
    pub fn new(
        contest: Contest,
        rule: &DuelRule,
        goal: Goal,
        skipped: &SkippedPairs,
        seed: u64,
    ) -> Self {
        let posterior = Posterior::new(&contest, rule);
        let cut = Cut::new(&contest, &posterior, rule.k, DRAWS, seed);
        let aim = match goal {
            Goal::Top => Aim::TopOf(&cut),
            Goal::Order => Aim::WholeOrder,
        };
        let next_pair = next_pair(&contest, &posterior, aim, &skipped.waiting(), seed);
        Self { contest, posterior, cut, next_pair }
    }

    /// The contest after each possible answer to the next pair, to work out
    /// ahead while the person thinks.
    #[must_use]
    pub fn ahead(&self) -> Vec<(Winner, Contest)> {
        let Some(NextPair { left, right, .. }) = self.next_pair else { return Vec::new() };
        let after = |winner: &Winner| (*winner, self.contest.with(left, right, *winner));
        Winner::ALL.iter().map(after).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::duel::{Entrant, Progress};

    #[test]
    fn answering_as_asked_settles_a_small_pool() {
        let entrants = (0..8).map(|i| Entrant::unrated(i.to_string())).collect();
        let rule = DuelRule { k: 2, ..DuelRule::default() };
        let skipped = SkippedPairs::default();
        let mut round = Round::new(Contest::new(entrants, 8), &rule, Goal::Top, &skipped, 3);
        while round.cut.progress() < Progress::GoodEnough {
            assert!(round.contest.duels() < 40);
            let question = round.next_pair.unwrap();
            let answer = if question.left < question.right { Winner::Left } else { Winner::Right };
            let (_, next) =
                round.ahead().into_iter().find(|(winner, _)| *winner == answer).unwrap();
            assert_eq!(next.duels(), round.contest.duels() + 1);
            round = Round::new(next, &rule, Goal::Top, &skipped, 3);
        }
        let mut shown = round.cut.shown().to_vec();
        shown.sort_unstable();
        assert_eq!(shown, [0, 1]);
        assert_eq!(round.cut.words(), "probably all of these 2 belong");
    }
}
