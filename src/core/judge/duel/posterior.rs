//! How sure the strengths are.

use super::davidson::{Ceiling, Quadrature};
use super::moments::{Belief, Moments};
use super::sampler::Sampler;
use super::{Contest, DuelRule, Fit, Outcomes};
use crate::judge::cholesky::Matrix;

/// What is believed of all strengths and of the tie parameter: the most
/// probable values with their standard deviations (Laplace approximation); and
/// for everything that is said of differences and chances a normal
/// distribution with the right mean and covariance.
#[derive(Clone, Debug)]
pub struct Posterior {
    fit: Fit,
    /// Of all unknowns, around their most probable values.
    covariance: Matrix,
    moments: Moments,
    beliefs: Vec<Belief>,
    duelled: Vec<bool>,
    quadrature: Quadrature,
}

impl Posterior {
    pub(super) fn of(
        fit: Fit,
        covariance: Matrix,
        moments: Moments,
        beliefs: Vec<Belief>,
        duelled: Vec<bool>,
    ) -> Self {
        Self { fit, covariance, moments, beliefs, duelled, quadrature: Quadrature::new() }
    }

    /// Fits the strengths and works out how sure they are.
    #[must_use]
    pub fn new(contest: &Contest, rule: &DuelRule) -> Self {
        Fit::new(contest, rule).matched_posterior(contest, rule)
    }

    /// The fit at its centre.
    #[must_use]
    pub const fn fit(&self) -> &Fit {
        &self.fit
    }

    /// The most probable strengths in logits, by number of entrant.
    #[must_use]
    pub fn strengths(&self) -> &[f64] {
        self.fit.strengths()
    }

    /// Standard deviation of a strength, in logits.
    #[must_use]
    pub fn deviation(&self, entrant: usize) -> f64 {
        self.covariance[(entrant, entrant)].max(0.0).sqrt()
    }

    /// Covariance of two strengths.
    #[must_use]
    pub fn covariance(&self, one: usize, other: usize) -> f64 {
        self.covariance[(one, other)]
    }

    /// What is believed of a strength: mean and standard deviation.
    pub(super) fn belief(&self, entrant: usize) -> (f64, f64) {
        let variance = self.moments.covariance[(entrant, entrant)];
        (self.moments.means[entrant], variance.max(0.0).sqrt())
    }

    /// Draws the strengths of these entrants.
    pub(super) fn sampler(&self, entrants: &[usize]) -> Sampler {
        Sampler::new(&self.moments, &self.beliefs, &self.duelled, entrants)
    }

    /// ν: the weight of a tie beside two equal ideas' weights of 1.
    #[must_use]
    pub fn tie_parameter(&self) -> f64 {
        self.fit.log_tie_parameter().exp()
    }

    /// Standard deviation of ln ν.
    #[must_use]
    pub fn tie_deviation(&self) -> f64 {
        self.deviation(self.covariance.size() - 1)
    }

    /// Mean and variance of the difference of two strengths.
    #[must_use]
    pub fn difference(&self, one: usize, other: usize) -> (f64, f64) {
        let Moments { means, covariance, .. } = &self.moments;
        let mean = means[one] - means[other];
        let variance =
            covariance[(one, one)] + covariance[(other, other)] - 2.0 * covariance[(one, other)];
        (mean, variance.max(0.0))
    }

    /// The probability that one entrant is stronger than another.
    #[must_use]
    pub fn stronger(&self, one: usize, other: usize) -> f64 {
        let (mean, variance) = self.difference(one, other);
        if variance > 0.0 { 0.5 * libm::erfc(-mean / (2.0 * variance).sqrt()) } else { 0.5 }
    }

    /// How the next duel of two entrants would probably be answered.
    #[must_use]
    pub fn predict(&self, left: usize, right: usize) -> Outcomes {
        let (mean, variance) = self.difference(left, right);
        self.quadrature.predict(mean, variance, self.tie_parameter())
    }

    /// What an answer would tell about which of two entrants is stronger: the
    /// mutual information with their difference, in nats.
    #[must_use]
    pub fn information(&self, left: usize, right: usize) -> f64 {
        let (mean, variance) = self.difference(left, right);
        self.quadrature.information(mean, variance, self.tie_parameter())
    }

    /// What no answer about a difference can exceed.
    pub(super) fn ceiling(&self) -> Ceiling {
        Ceiling::new(&self.quadrature, self.tie_parameter())
    }
}
