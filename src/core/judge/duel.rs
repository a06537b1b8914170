//! Duels: strengths of ideas from answers to "which would you rather work on?",
//! and the next pair to ask.
//!
//! The model is that of Bradley and Terry (1952) with ties after Davidson
//! (1970): with strengths θ, in logits, the left of two ideas wins with
//! probability ∝ e^(d/2), the right one ∝ e^(−d/2), and neither ∝ ν, where
//! d = θ(left) − θ(right). The rubric's score is a prior on strength.
//!
//! A [`Contest`] holds the entrants and the answers, a [`Posterior`] the
//! strengths, a [`Cut`] the chances to belong to the top k, and [`next_pair`]
//! chooses what to ask next; a [`Round`] is all of these together.
//!
//! The answers of one person to one pair weigh 1 together ([`Weights`]), and a
//! pair is asked only once of a person.

mod contest;
mod cut;
mod cycles;
mod davidson;
mod expectation_propagation;
mod fit;
mod next_pair;
mod pool;
mod posterior;
mod summary;

pub use contest::{Contest, Counts, Entrant, Pair, Weights};
pub use cut::{Certainty, Cut, Progress};
pub use cycles::{
    Curiosities, Surprise, SurprisingAnswer, cycles, expected_cyclic_triads, surprises,
};
pub use davidson::Outcomes;
pub use expectation_propagation::StrengthPrior;
pub use fit::Fit;
pub use next_pair::{Aim, NextPair, Reason, SkippedPairs, ask_again, next_pair};
pub use pool::PoolOrder;
pub use posterior::{Posterior, Strength, Strengths, duelled, strengths};
pub use summary::SessionState;

use crate::domain::Winner;

/// Assumptions of the duel model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DuelRule {
    /// How many ideas are to be chosen, at least 1.
    pub k: usize,
    /// β: logits per ten points of score.
    pub slope: f64,
    /// τ: standard deviation of a strength around what the score says, logits.
    pub spread: f64,
    /// Prior mean of η = ln ν.
    pub tie_mean: f64,
    /// Prior standard deviation of η.
    pub tie_spread: f64,
}

impl Default for DuelRule {
    fn default() -> Self {
        Self { k: 3, slope: 1.2, spread: 2.4, tie_mean: 0.35_f64.ln(), tie_spread: 0.7 }
    }
}

impl DuelRule {
    /// The same rule with no regard to the scores: what the duels alone say.
    #[must_use]
    pub fn without_rubric(self) -> Self {
        Self { slope: 0.0, ..self }
    }
}

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
    use super::{Entrant, Progress, *};

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
