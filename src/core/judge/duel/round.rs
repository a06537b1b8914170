//! All results of a contest: posterior, cut and next pair.

use super::{Aim, Contest, Cut, DuelRule, NextPair, Posterior, SkippedPairs, ask_again, next_pair};
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

/// Who is asked, and for what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoundOptions {
    /// The goal of the questions.
    pub goal: Goal,
    /// The person who is asked: pairs that they have answered are not asked
    /// again.
    pub person: String,
    /// Pairs to ask later.
    pub skipped: SkippedPairs,
}

/// A contest with all its results: what a screen shows after an answer. It takes
/// longer than a frame.
#[derive(Clone, Debug)]
pub struct Round {
    /// The entrants and the answers.
    pub contest: Contest,
    /// Who is asked, and for what.
    pub options: RoundOptions,
    /// The strengths.
    pub posterior: Posterior,
    /// Membership in the top k.
    pub cut: Cut,
    /// `None` if there is no pair that the person has not answered.
    pub next_pair: Option<NextPair>,
}

impl Round {
    /// Works everything out. `seed` is mixed with the contest's own.
    #[must_use]
    pub fn new(contest: Contest, rule: &DuelRule, options: RoundOptions, seed: u64) -> Self {
        let posterior = Posterior::new(&contest, rule);
        let cut = Cut::new(&contest, &posterior, rule.k, DRAWS, seed);
        let aim = match options.goal {
            Goal::Top => Aim::TopOf(&cut),
            Goal::Order => Aim::WholeOrder,
        };
        let waiting = options.skipped.waiting();
        let next_pair = next_pair(&contest, &posterior, aim, &options.person, &waiting, seed);
        Self { contest, options, posterior, cut, next_pair }
    }

    /// The pair with the most surprising answer of the person, to ask it again
    /// because they want that. `None` without an answer.
    #[must_use]
    pub fn ask_again(&self, seed: u64) -> Option<NextPair> {
        let waiting = self.options.skipped.waiting();
        ask_again(&self.contest, &self.posterior, &self.options.person, &waiting, seed)
    }

    /// The contest after each possible answer to the next pair, to work out
    /// ahead while the person thinks.
    #[must_use]
    pub fn ahead(&self) -> Vec<(Winner, Contest)> {
        let Some(NextPair { left, right, .. }) = self.next_pair else { return Vec::new() };
        let after = |winner: &Winner| {
            (*winner, self.contest.with(&self.options.person, left, right, *winner))
        };
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
        let options = RoundOptions { person: "ana".into(), ..RoundOptions::default() };
        let mut round = Round::new(Contest::new(entrants, 8), &rule, options.clone(), 3);
        while round.cut.progress() < Progress::GoodEnough {
            let asked = round.next_pair.unwrap();
            let answer = if asked.left < asked.right { Winner::Left } else { Winner::Right };
            let (_, next) =
                round.ahead().into_iter().find(|(winner, _)| *winner == answer).unwrap();
            assert_eq!(next.duels(), round.contest.duels() + 1);
            round = Round::new(next, &rule, options.clone(), 3);
        }
        let mut shown = round.cut.shown().to_vec();
        shown.sort_unstable();
        assert_eq!(shown, [0, 1]);
    }
}
