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
mod curiosities;
mod cut;
mod cycles;
mod davidson;
mod expectation_propagation;
mod fit;
mod next_pair;
mod pool;
mod pool_order;
mod posterior;
mod round;
mod sampler;
mod strengths;
mod summary;

pub use contest::{Contest, Counts, Entrant, Pair, Weights};
pub use curiosities::{Curiosities, SurprisingAnswer};
pub use cut::{Certainty, Cut, Progress};
pub use cycles::{Surprise, cycles, expected_cyclic_triads, surprises};
pub use davidson::Outcomes;
pub use expectation_propagation::StrengthPrior;
pub use fit::Fit;
pub use next_pair::{Aim, NextPair, Reason, SkippedPairs, ask_again, next_pair};
pub use pool_order::{PoolOrder, RankChange};
pub use posterior::Posterior;
pub use round::{Goal, Round, RoundOptions};
pub use strengths::{Strength, Strengths, duelled, strengths};
pub use summary::SessionState;

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
