//! One question: how likely each answer is, and how much it would tell.

use crate::domain::Winner;

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

/// Expectations over a normal distribution by the trapezoid rule, whose error
/// falls geometrically for such smooth integrands (Trefethen & Weideman 2014).
#[derive(Clone, Debug)]
pub(super) struct Quadrature {
    /// Places in standard deviations, and their weights, which sum to 1.
    nodes: [(f64, f64); Self::NODES],
}

impl Quadrature {
    const NODES: usize = 27;
    const STEP: f64 = 0.5;

    pub(super) fn new() -> Self {
        let middle = Self::NODES / 2;
        let place = |node: usize| Self::STEP * (node as f64 - middle as f64);
        let weight = |x: f64| (-0.5 * x * x).exp();
        let total: f64 = (0..Self::NODES).map(|node| weight(place(node))).sum();
        Self { nodes: std::array::from_fn(|node| (place(node), weight(place(node)) / total)) }
    }

    /// The answers when the difference of strength is N(mean, variance).
    pub(super) fn predict(&self, mean: f64, variance: f64, nu: f64) -> Outcomes {
        self.expectations(mean, variance, nu).0
    }

    /// What an answer tells about the difference of strength N(mean,
    /// variance): the mutual information of the two, in nats.
    pub(super) fn information(&self, mean: f64, variance: f64, nu: f64) -> f64 {
        let (mixed, doubt) = self.expectations(mean, variance, nu);
        let term = |p: f64| if p > 0.0 { -p * p.ln() } else { 0.0 };
        let total_doubt = term(mixed.left) + term(mixed.right) + term(mixed.tie);
        (total_doubt - doubt).max(0.0)
    }

    /// Mean and variance of N(mean, variance) weighted by a function, given by
    /// its logarithm up to a constant.
    pub(super) fn moments(
        &self,
        mean: f64,
        variance: f64,
        log_weight: impl Fn(f64) -> f64,
    ) -> (f64, f64) {
        let deviation = variance.max(0.0).sqrt();
        let logs = self.nodes.map(|(x, _)| log_weight(mean + deviation * x));
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        for ((x, weight), log) in self.nodes.iter().zip(logs) {
            let weight = weight * (log - largest).exp();
            total += weight;
            first += weight * x;
            second += weight * x * x;
        }
        let shift = first / total;
        (mean + deviation * shift, variance * (second / total - shift * shift))
    }

    /// The expected probabilities, and the expected entropy of an answer.
    fn expectations(&self, mean: f64, variance: f64, nu: f64) -> (Outcomes, f64) {
        let deviation = variance.max(0.0).sqrt();
        let eta = if nu > 0.0 { nu.ln() } else { 0.0 };
        let mut mixed = Outcomes { left: 0.0, right: 0.0, tie: 0.0, log_total: 0.0 };
        let mut doubt = 0.0;
        for (x, weight) in self.nodes {
            let d = mean + deviation * x;
            let answer = Outcomes::at(d, nu);
            mixed.left += weight * answer.left;
            mixed.right += weight * answer.right;
            mixed.tie += weight * answer.tie;
            // −Σ p ln p with ln p = ±d/2 or η, less the logarithm of the total.
            doubt += weight * (answer.log_total - d * answer.slope() - eta * answer.tie);
        }
        (mixed, doubt)
    }
}

/// No answer tells more than this about a difference of that variance: the
/// log-likelihood is never more curved than 1/4, so that the divergence from
/// its centre averages at most variance/8; and three answers hold ln 3.
pub(super) fn most_information(variance: f64) -> f64 {
    (variance / 8.0).min(3_f64.ln())
}

/// A tie parameter beyond which ties are the rule, and two ideas that are
/// thought equal are not the pair that tells most.
const MANY_TIES: f64 = 2.0;

/// The most that an answer may tell about a difference of some variance, by
/// what it tells where the two are thought equal.
#[derive(Clone, Debug)]
pub(super) struct Ceiling {
    /// At standard deviations of so many steps; empty where ties are the rule.
    heights: Vec<f64>,
}

impl Ceiling {
    const STEP: f64 = 0.25;
    const STEPS: usize = 40;

    pub(super) fn new(quadrature: &Quadrature, nu: f64) -> Self {
        let height = |step: usize| {
            let deviation = Self::STEP * step as f64;
            quadrature.information(0.0, deviation * deviation, nu)
        };
        let steps = if nu > MANY_TIES { 0 } else { Self::STEPS };
        Self { heights: (1..=steps).map(height).collect() }
    }

    /// The ceiling at a variance, in nats.
    pub(super) fn at(&self, variance: f64) -> f64 {
        let step = (variance.max(0.0).sqrt() / Self::STEP) as usize;
        self.heights.get(step).copied().unwrap_or_else(|| most_information(variance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn answers_sum_to_one_and_information_is_bounded(
            mean in -30.0..30.0, variance in 0.0..40.0, nu in 0.0..3.0
        ) {
            let quadrature = Quadrature::new();
            for answers in [Outcomes::at(mean, nu), quadrature.predict(mean, variance, nu)] {
                prop_assert!((answers.left + answers.right + answers.tie - 1.0).abs() < 1e-12);
            }
            let information = quadrature.information(mean, variance, nu);
            prop_assert!(information >= 0.0);
            prop_assert!(information <= most_information(variance) + 1e-9);
            prop_assert!(information <= Ceiling::new(&quadrature, nu).at(variance) + 1e-9);
            let mirrored = quadrature.information(-mean, variance, nu);
            prop_assert!((information - mirrored).abs() < 1e-12);
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
            let information = Quadrature::new().information(mean, variance, 0.0);
            assert!((information - nats).abs() < 1e-6, "{mean} {variance}: {information}");
        }
    }

    #[test]
    fn far_apart_nothing_overflows() {
        let answers = Outcomes::at(5000.0, 0.35);
        assert_eq!((answers.left, answers.right, answers.tie), (1.0, 0.0, 0.0));
    }
}
