//! Robustness of the ranking: stochastic multicriteria acceptability analysis
//! (Lahdelma and Salminen 2001, "SMAA-2"), how far weights may move, what one
//! answer would change.
//!
//! Weights and answers are drawn from what is known of them, every draw is
//! scored by the same rule as the ranking, and what is reported are shares of
//! draws. With 10,000 draws the standard error of a share is at most 0.005.

mod acceptability;
mod band;
mod belief;
mod open_question;
mod stability;
mod tipping;
mod weights;

pub use acceptability::Acceptability;
pub use open_question::OpenQuestion;
pub use stability::{Passing, Stability, WeightInterval, weight_stability};
pub use tipping::{Side, TippingPoint, tipping_points};
pub use weights::WeightSpread;

use crate::domain::{CRITERIA, Idea, Portfolio};

pub(crate) use belief::{Belief, probability_above, probability_better};

use super::{Answers, ScoreRule, others};

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// Number of draws, at least 1.
    pub draws: usize,
    /// The same seed gives the same draws on every machine.
    pub seed: u64,
    /// How far the weights are doubted.
    pub weights: WeightSpread,
}

impl Default for Sampling {
    fn default() -> Self {
        Self { draws: 10_000, seed: 0, weights: WeightSpread::Near }
    }
}

impl Sampling {
    /// The same with fewer draws where there are many ideas, so that scores fit
    /// into some 16 MB and the wait stays short: 10,000 up to 400 ideas, never
    /// under 1,000 (a standard error of at most 0.016).
    #[must_use]
    pub fn for_ideas(self, ideas: usize) -> Self {
        Self { draws: self.draws.min((4_000_000 / ideas.max(1)).max(1_000)), ..self }
    }
}

/// An idea that takes part.
#[derive(Clone, Debug)]
struct Candidate {
    position: usize,
    belief: Belief,
}

/// Ideas with their scores under every draw of weights and answers.
///
/// Ideas without any rating take no part. Every answer of every idea has its
/// own generator, seeded by the id, so that settling one answer, or adding an
/// idea, leaves all other draws as they were: what moves on screen has moved.
///
/// A position is an index into the ideas that were given.
#[derive(Clone, Debug)]
pub struct Study {
    rule: ScoreRule,
    weights: Vec<[f64; CRITERIA]>,
    candidates: Vec<Candidate>,
    /// Where the idea at a position stands among the candidates.
    columns: Vec<Option<usize>>,
    /// Scores by candidate, then by draw. Single precision tells scores apart
    /// that differ by 0.00001.
    scores: Vec<f32>,
}

impl Study {
    /// Draws weights and answers, and scores every rated idea under each draw.
    /// What others say about the ideas is looked up in the portfolio.
    #[must_use]
    pub fn new(
        ideas: &[&Idea],
        portfolio: &Portfolio,
        rule: &ScoreRule,
        sampling: &Sampling,
    ) -> Self {
        let draws = sampling.draws.max(1);
        let weights = weights::draw(&rule.weights, sampling.weights, draws, sampling.seed);
        let mut candidates = Vec::with_capacity(ideas.len());
        let mut columns = Vec::with_capacity(ideas.len());
        for (position, idea) in ideas.iter().enumerate() {
            let others = others(portfolio, idea);
            let is_rated = is_rated(idea, &others);
            columns.push(is_rated.then_some(candidates.len()));
            if is_rated {
                let belief = Belief::of(idea, &others, rule, sampling.seed);
                candidates.push(Candidate { position, belief });
            }
        }
        let mut scores = vec![0.0; candidates.len() * draws];
        for (candidate, scores) in candidates.iter().zip(scores.chunks_exact_mut(draws)) {
            candidate.belief.score_draws(rule, weights.iter(), scores);
        }
        Self { rule: rule.clone(), weights, candidates, columns, scores }
    }

    /// Number of draws.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.weights.len()
    }

    /// Positions of the ideas that take part.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        self.candidates.iter().map(|candidate| candidate.position)
    }

    /// The probability that the first idea scores higher than the second (the
    /// pairwise winning index), a tie counting half; `None` unless both are
    /// rated.
    #[must_use]
    pub fn pairwise(&self, first: usize, second: usize) -> Option<f64> {
        let (first, second) = (self.column(first)?, self.column(second)?);
        let mut wins = 0_u64;
        for (a, b) in first.iter().zip(second) {
            wins += 2 * u64::from(a > b) + u64::from(a == b);
        }
        Some(wins as f64 / (2 * self.draws()) as f64)
    }

    /// The probability of each idea to be among the first `top`, by position;
    /// `None` for those that are not rated.
    #[must_use]
    pub fn top_chances(&self, top: usize) -> Vec<Option<f64>> {
        let cuts = self.cuts(top);
        self.columns.iter().map(|column| Some(self.share_over(&cuts, (*column)?))).collect()
    }

    /// The scores of the idea at a position, by draw.
    fn column(&self, position: usize) -> Option<&[f32]> {
        let column = (*self.columns.get(position)?)?;
        Some(self.scores_of(column))
    }

    fn scores_of(&self, column: usize) -> &[f32] {
        let draws = self.draws();
        &self.scores[column * draws..(column + 1) * draws]
    }

    /// The share of draws in which a candidate reaches the cut.
    fn share_over(&self, cuts: &[f32], column: usize) -> f64 {
        let over = self.scores_of(column).iter().zip(cuts).filter(|(score, cut)| score >= cut);
        over.count() as f64 / self.draws() as f64
    }

    /// The score that the last of the first `top` has, by draw: who reaches it
    /// has a rank of at most `top`. Below all scores where there are no more
    /// candidates than that.
    fn cuts(&self, top: usize) -> Vec<f32> {
        if top == 0 || top >= self.candidates.len() {
            let cut = if top == 0 { f32::INFINITY } else { f32::NEG_INFINITY };
            return vec![cut; self.draws()];
        }
        let mut cuts = Vec::with_capacity(self.draws());
        self.each_draw(|_, row| {
            let (_, cut, _) = row.select_nth_unstable_by(top - 1, |a, b| b.total_cmp(a));
            cuts.push(*cut);
        });
        cuts
    }

    /// Calls with the number of each draw and the scores of all candidates
    /// under it, which may be reordered.
    fn each_draw(&self, mut visit: impl FnMut(usize, &mut [f32])) {
        // As many draws at a time as lie in one line of the cache.
        const LANES: usize = 16;
        let (candidates, draws) = (self.candidates.len(), self.draws());
        let mut rows = vec![0.0; LANES * candidates];
        for start in (0..draws).step_by(LANES) {
            let lanes = LANES.min(draws - start);
            for (column, scores) in self.scores.chunks_exact(draws).enumerate() {
                for (lane, score) in scores[start..start + lanes].iter().enumerate() {
                    rows[lane * candidates + column] = *score;
                }
            }
            for lane in 0..lanes {
                visit(start + lane, &mut rows[lane * candidates..(lane + 1) * candidates]);
            }
        }
    }
}

fn is_rated(idea: &Idea, others: &[&Answers]) -> bool {
    idea.has_ratings() || others.iter().copied().flatten().any(Option::is_some)
}
