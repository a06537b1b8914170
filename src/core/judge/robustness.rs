//! Robustness of the ranking: stochastic multicriteria acceptability analysis
//! (Lahdelma and Salminen 2001, "SMAA-2"), how far weights may move, what one
//! answer would change.
//!
//! Weights (around the stated ones, or any) and answers are drawn from what is
//! known of them, every draw is scored by the same rule as the ranking, and what is
//! reported are shares of draws. With 10,000 draws the standard error of a share is
//! at most 0.005. Neighbours that the draws cannot tell apart form a band.

mod acceptability;
mod belief;
mod stability;

pub use acceptability::{Acceptability, OpenQuestion};
pub(crate) use belief::{Belief, probability_above};
pub use stability::{
    Passing, Side, Stability, TippingPoint, WeightInterval, tipping_points, weight_stability,
};

use std::ops::Range;

use rand::SeedableRng;
use rand_distr::{Distribution, Exp1, Gamma};
use rand_pcg::Pcg64Mcg;

use super::{Answers, ScoreRule, others};
use crate::domain::{CRITERIA, Idea, Portfolio};

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
        let weights = draw(&rule.weights, sampling.weights, draws, sampling.seed);
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

/// An order of two ideas counts as told apart from this pairwise winning index
/// on. A judgement, not a calibrated figure.
const TOLD_APART: f64 = 2.0 / 3.0;

impl Study {
    /// Cuts a ranking (positions, best first) into bands. An idea belongs to
    /// the band of the one before it while the band's first idea is better with
    /// a probability between 1/3 and 2/3, so that a band never chains ideas
    /// together of which the ends differ. Ranges of places in `order`; an idea
    /// that is told apart from both neighbours, or is not rated, has a band of
    /// its own.
    #[must_use]
    pub fn bands(&self, order: &[usize]) -> Vec<Range<usize>> {
        let mut bands: Vec<Range<usize>> = Vec::new();
        for (place, position) in order.iter().enumerate() {
            match bands.last_mut() {
                Some(band) if self.are_tied(order[band.start], *position) => band.end = place + 1,
                _ => bands.push(place..place + 1),
            }
        }
        bands
    }

    fn are_tied(&self, first: usize, second: usize) -> bool {
        let index = self.pairwise(first, second);
        index.is_some_and(|index| 1.0 - TOLD_APART < index && index < TOLD_APART)
    }
}

/// How many draws' worth of trust the stated weights get: Dirichlet(1 + 30 w)
/// has a standard deviation of 0.07 for a weight of 0.25.
const CONCENTRATION: f64 = 30.0;

/// How far weights are drawn from the stated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightSpread {
    /// Near the stated weights w: Dirichlet(1 + 30 w).
    Near,
    /// Any weights, all equally likely: Dirichlet(1).
    Any,
}

impl WeightSpread {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Near, Self::Any];

    /// The word on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Any => "any",
        }
    }

    /// The spread of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spread| spread.id() == id)
    }
}

/// Weights by draw, each summing to 1. A criterion with a stated weight of 0
/// has been switched off and stays so.
fn draw(
    stated: &[f64; CRITERIA],
    spread: WeightSpread,
    draws: usize,
    seed: u64,
) -> Vec<[f64; CRITERIA]> {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let gammas = stated.map(|weight| match spread {
        WeightSpread::Near if weight > 0.0 => Gamma::new(1.0 + CONCENTRATION * weight, 1.0).ok(),
        _ => None,
    });
    let draw = |_| {
        let mut weights = [0.0; CRITERIA];
        for ((weight, stated), gamma) in weights.iter_mut().zip(stated).zip(&gammas) {
            *weight = match gamma {
                _ if *stated <= 0.0 => 0.0,
                Some(gamma) => gamma.sample(&mut random),
                None => Exp1.sample(&mut random),
            };
        }
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 { weights.map(|weight| weight / sum) } else { *stated }
    };
    (0..draws).map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Criterion;

    const STATED: [f64; CRITERIA] = [0.15, 0.2, 0.2, 0.25, 0.2];

    /// Mean and standard deviation of the weight of headroom.
    fn headroom(spread: WeightSpread) -> (f64, f64) {
        let weights = draw(&STATED, spread, 50_000, 1);
        let values = || weights.iter().map(|weights| weights[Criterion::Headroom.index()]);
        let mean = values().sum::<f64>() / weights.len() as f64;
        let variance = values().map(|x| (x - mean).powi(2)).sum::<f64>() / weights.len() as f64;
        (mean, variance.sqrt())
    }

    #[test]
    fn weights_sum_to_one_and_have_the_moments_of_their_dirichlet() {
        for weights in WeightSpread::ALL.map(|spread| draw(&STATED, spread, 1_000, 1)).concat() {
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(weights.iter().all(|weight| *weight >= 0.0));
        }
        // Dirichlet with total a: variance m(1 − m)/(a + 1).
        let (mean, deviation) = headroom(WeightSpread::Near);
        let expected: f64 = 8.5 / 35.0;
        assert!((mean - expected).abs() < 0.002, "{mean}");
        assert!((deviation - (expected * (1.0 - expected) / 36.0).sqrt()).abs() < 0.002);
        let (mean, deviation) = headroom(WeightSpread::Any);
        assert!((mean - 0.2).abs() < 0.003, "{mean}");
        assert!((deviation - (0.2_f64 * 0.8 / 6.0).sqrt()).abs() < 0.003);
    }

    #[test]
    fn what_is_switched_off_stays_off() {
        for spread in WeightSpread::ALL {
            for weights in draw(&[0.5, 0.5, 0.0, 0.0, 0.0], spread, 100, 1) {
                assert_eq!(weights[2..], [0.0; 3]);
            }
        }
    }
}
