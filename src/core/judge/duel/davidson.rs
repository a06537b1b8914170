//! The Davidson model of one duel: probabilities of the answers, and the
//! information that an answer would give, over draws from the posterior.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::expectation_propagation::{Moments, StrengthPrior};
use crate::domain::Winner;
use crate::judge::numeric::{Cholesky, Matrix, NormalQuadrature};

/// Probabilities of the three answers to one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcomes {
    /// The left idea wins.
    pub left: f64,
    /// The right idea wins.
    pub right: f64,
    /// Neither.
    pub tie: f64,
    /// ln(e^(d/2) + e^(−d/2) + ν), which the three are divided by.
    log_total: f64,
}

impl Outcomes {
    /// The answers at a difference of strength `d` in logits, left minus
    /// right, and at the tie parameter ν ≥ 0.
    #[must_use]
    pub fn at(d: f64, nu: f64) -> Self {
        // Relative to the favourite, so that nothing overflows.
        let share = (-0.5 * d.abs()).exp();
        let total = 1.0 + share * (share + nu);
        let (favourite, underdog) = (total.recip(), share * share / total);
        let (left, right) = if d >= 0.0 { (favourite, underdog) } else { (underdog, favourite) };
        Self { left, right, tie: nu * share / total, log_total: 0.5 * d.abs() + total.ln() }
    }

    /// The probability of one answer.
    #[must_use]
    pub const fn of(&self, winner: Winner) -> f64 {
        match winner {
            Winner::Left => self.left,
            Winner::Right => self.right,
            Winner::Tie => self.tie,
        }
    }

    /// ln(e^(d/2) + e^(−d/2) + ν).
    pub(super) const fn log_total(&self) -> f64 {
        self.log_total
    }

    /// Half the difference of the chances to win: the expectation of the
    /// statistic that belongs to d.
    pub(super) const fn slope(&self) -> f64 {
        0.5 * (self.left - self.right)
    }

    /// Minus the second derivative of the log-likelihood in d: at most 1/4.
    pub(super) const fn curvature(&self) -> f64 {
        0.25 * (self.left + self.right) - self.slope() * self.slope()
    }
}

/// The answers when the difference of strength is N(mean, variance).
pub(super) fn predict(
    quadrature: &NormalQuadrature,
    mean: f64,
    variance: f64,
    nu: f64,
) -> Outcomes {
    expectations(quadrature, mean, variance, nu).0
}

/// The mutual information between an answer and the difference of strength
/// N(mean, variance), in nats.
pub(super) fn information(quadrature: &NormalQuadrature, mean: f64, variance: f64, nu: f64) -> f64 {
    let (mixed, conditional_entropy) = expectations(quadrature, mean, variance, nu);
    let term = |p: f64| if p > 0.0 { -p * p.ln() } else { 0.0 };
    let entropy = term(mixed.left) + term(mixed.right) + term(mixed.tie);
    (entropy - conditional_entropy).max(0.0)
}

/// The expected probabilities, and the expected entropy of an answer.
fn expectations(
    quadrature: &NormalQuadrature,
    mean: f64,
    variance: f64,
    nu: f64,
) -> (Outcomes, f64) {
    let eta = if nu > 0.0 { nu.ln() } else { 0.0 };
    let mut mixed = Outcomes { left: 0.0, right: 0.0, tie: 0.0, log_total: 0.0 };
    let mut entropy = 0.0;
    for (d, weight) in quadrature.nodes(mean, variance) {
        let answer = Outcomes::at(d, nu);
        mixed.left += weight * answer.left;
        mixed.right += weight * answer.right;
        mixed.tie += weight * answer.tie;
        // −Σ p ln p with ln p = ±d/2 or η, less the logarithm of the total.
        entropy += weight * (answer.log_total - d * answer.slope() - eta * answer.tie);
    }
    (mixed, entropy)
}

/// An upper bound of the information in an answer about a difference of that
/// variance: the log-likelihood is never more curved than 1/4, so that the
/// divergence from its centre averages at most variance/8; and three answers
/// hold ln 3.
pub(super) fn max_information(variance: f64) -> f64 {
    (variance / 8.0).min(3_f64.ln())
}

/// A tie parameter beyond which ties are the rule, and two ideas that are
/// thought equal are not the pair that tells most.
const MANY_TIES: f64 = 2.0;

/// Upper bounds of the information in an answer, by the variance of the
/// difference: the information about two ideas that are thought equal.
#[derive(Clone, Debug)]
pub(super) struct InformationBound {
    /// At standard deviations of so many steps; empty where ties are the rule.
    bounds: Vec<f64>,
}

impl InformationBound {
    const STEP: f64 = 0.25;
    const STEPS: usize = 40;

    pub(super) fn new(quadrature: &NormalQuadrature, nu: f64) -> Self {
        let bound = |step: usize| {
            let deviation = Self::STEP * step as f64;
            information(quadrature, 0.0, deviation * deviation, nu)
        };
        let steps = if nu > MANY_TIES { 0 } else { Self::STEPS };
        Self { bounds: (1..=steps).map(bound).collect() }
    }

    /// The bound at a variance, in nats.
    pub(super) fn at(&self, variance: f64) -> f64 {
        let step = (variance.max(0.0).sqrt() / Self::STEP) as usize;
        self.bounds.get(step).copied().unwrap_or_else(|| max_information(variance))
    }
}

/// Draws the strengths of some entrants together.
#[derive(Debug)]
pub(super) struct Sampler {
    /// The multiplier of the rubric first, then the entrants with duels.
    means: Vec<f64>,
    factor: Cholesky,
    /// Indices of those in what is drawn.
    indices: Vec<usize>,
    /// Entrants without duels: index, prior mean at a multiplier of 1, and
    /// standard deviation. Given the multiplier they depend on nothing else.
    free: Vec<(usize, f64, f64)>,
    normal: Vec<f64>,
    drawn: Vec<f64>,
}

impl Sampler {
    /// A sampler for these entrants. `priors` and `duelled` (whether in any
    /// duel) are of all.
    pub(super) fn new(
        moments: &Moments,
        priors: &[StrengthPrior],
        duelled: &[bool],
        entrants: &[usize],
    ) -> Self {
        let (mut linked, mut indices, mut free) = (Vec::new(), Vec::new(), Vec::new());
        for (index, &entrant) in entrants.iter().enumerate() {
            if duelled[entrant] {
                linked.push(entrant);
                indices.push(index);
            } else {
                let StrengthPrior { rubric, precision } = priors[entrant];
                free.push((index, rubric, precision.sqrt().recip()));
            }
        }
        let mut covariance = Matrix::zero(linked.len() + 1);
        covariance[(0, 0)] = moments.rubric_scale.variance;
        for (row, &one) in linked.iter().enumerate() {
            covariance[(row + 1, 0)] = moments.rubric_scale.covariance[one];
            for (column, &other) in linked[..=row].iter().enumerate() {
                covariance[(row + 1, column + 1)] = moments.covariance[(one, other)];
            }
        }
        let means = linked.iter().map(|&entrant| moments.means[entrant]);
        let size = linked.len() + 1;
        Self {
            means: std::iter::once(moments.rubric_scale.mean).chain(means).collect(),
            factor: Cholesky::new(covariance),
            indices,
            free,
            normal: vec![0.0; size],
            drawn: vec![0.0; size],
        }
    }

    /// Draws the strengths, in the order of the entrants.
    pub(super) fn draw(&mut self, random: &mut impl Rng, strengths: &mut [f64]) {
        self.normal.fill_with(|| StandardNormal.sample(random));
        self.factor.multiply(&self.normal, &mut self.drawn);
        for (drawn, mean) in self.drawn.iter_mut().zip(&self.means) {
            *drawn += mean;
        }
        let (scale, linked) = self.drawn.split_at(1);
        for (&index, &strength) in self.indices.iter().zip(linked) {
            strengths[index] = strength;
        }
        for &(index, rubric, deviation) in &self.free {
            let normal: f64 = StandardNormal.sample(random);
            strengths[index] = scale[0] * rubric + deviation * normal;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn answers_sum_to_one_and_information_is_bounded(
            mean in -30.0..30.0, variance in 0.0..40.0, nu in 0.0..3.0
        ) {
            let quadrature = NormalQuadrature::new();
            for answers in [Outcomes::at(mean, nu), predict(&quadrature, mean, variance, nu)] {
                prop_assert!((answers.left + answers.right + answers.tie - 1.0).abs() < 1e-12);
            }
            let nats = information(&quadrature, mean, variance, nu);
            prop_assert!(nats >= 0.0);
            prop_assert!(nats <= max_information(variance) + 1e-9);
            prop_assert!(nats <= InformationBound::new(&quadrature, nu).at(variance) + 1e-9);
            let mirrored = information(&quadrature, -mean, variance, nu);
            prop_assert!((nats - mirrored).abs() < 1e-12);
        }
    }

    #[test]
    fn information_without_ties_to_seven_digits() {
        let oracles = [
            (0.0, 1.0, 0.093_708_96),
            (1.0, 1.0, 0.081_427_44),
            (0.0, 4.0, 0.231_138_7),
            (2.0, 0.25, 0.013_451_69),
        ];
        for (mean, variance, nats) in oracles {
            let ours = information(&NormalQuadrature::new(), mean, variance, 0.0);
            assert!((ours - nats).abs() < 1e-6, "{mean} {variance}: {ours}");
        }
    }

    #[test]
    fn far_apart_nothing_overflows() {
        let answers = Outcomes::at(5000.0, 0.35);
        assert_eq!((answers.left, answers.right, answers.tie), (1.0, 0.0, 0.0));
    }
}
