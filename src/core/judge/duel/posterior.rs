//! Posterior distribution of the strengths and the tie parameter.

use super::davidson::{self, InformationBound};
use super::expectation_propagation::Moments;
use super::sampler::Sampler;
use super::{Contest, DuelRule, Fit, Outcomes, Strength};
use crate::judge::numeric::{Matrix, NormalQuadrature};

/// Posterior distribution of all strengths and of the tie parameter: the most
/// probable values with their standard deviations (Laplace approximation), and,
/// for everything about differences and chances, the normal distribution of
/// expectation propagation.
#[derive(Clone, Debug)]
pub struct Posterior {
    fit: Fit,
    /// Of all unknowns, around their most probable values.
    covariance: Matrix,
    moments: Moments,
    duelled: Vec<bool>,
    quadrature: NormalQuadrature,
}

impl Posterior {
    pub(super) fn of(fit: Fit, covariance: Matrix, moments: Moments, duelled: Vec<bool>) -> Self {
        Self { fit, covariance, moments, duelled, quadrature: NormalQuadrature::new() }
    }

    /// Fits the strengths and approximates their posterior.
    #[must_use]
    pub fn new(contest: &Contest, rule: &DuelRule) -> Self {
        Fit::new(contest, rule).ep_posterior(contest, rule)
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

    /// Strengths less the mean of the first `pool` entrants, by number of
    /// entrant: most probable value and standard deviation (Laplace). No duel
    /// says anything about a shift that all have in common.
    #[must_use]
    pub fn relative_strengths(&self, pool: usize) -> Vec<Strength> {
        let strengths = self.strengths();
        let mean = self.mean_strength(pool);
        let share = (pool.max(1) as f64).recip();
        let relative = |entrant: usize| {
            let with_mean = share * self.covariance.row(entrant)[..pool].iter().sum::<f64>();
            let variance =
                self.covariance[(entrant, entrant)] - 2.0 * with_mean + mean.deviation.powi(2);
            let value = strengths[entrant] - mean.value;
            Strength { value, deviation: variance.max(0.0).sqrt() }
        };
        (0..strengths.len()).map(relative).collect()
    }

    /// The mean strength of the first `pool` entrants.
    pub(super) fn mean_strength(&self, pool: usize) -> Strength {
        let share = (pool.max(1) as f64).recip();
        let value = share * self.strengths()[..pool].iter().sum::<f64>();
        let rows = (0..pool).map(|row| self.covariance.row(row)[..pool].iter().sum::<f64>());
        Strength { value, deviation: share * rows.sum::<f64>().max(0.0).sqrt() }
    }

    /// Mean and standard deviation of a strength, by expectation propagation.
    pub(super) fn mean_and_deviation(&self, entrant: usize) -> (f64, f64) {
        let variance = self.moments.covariance[(entrant, entrant)];
        (self.moments.means[entrant], variance.max(0.0).sqrt())
    }

    /// Draws the strengths of these entrants.
    pub(super) fn sampler(&self, entrants: &[usize]) -> Sampler {
        Sampler::new(&self.moments, self.fit.priors(), &self.duelled, entrants)
    }

    /// ν: the weight of a tie beside two equal ideas' weights of 1.
    #[must_use]
    pub fn tie_parameter(&self) -> f64 {
        self.fit.log_tie_parameter().exp()
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

    /// The probabilities of the answers to another duel of two entrants.
    #[must_use]
    pub fn predict(&self, left: usize, right: usize) -> Outcomes {
        let (mean, variance) = self.difference(left, right);
        davidson::predict(&self.quadrature, mean, variance, self.tie_parameter())
    }

    /// The mutual information between an answer and the difference of two
    /// strengths, in nats.
    #[must_use]
    pub fn information(&self, left: usize, right: usize) -> f64 {
        let (mean, variance) = self.difference(left, right);
        davidson::information(&self.quadrature, mean, variance, self.tie_parameter())
    }

    /// Upper bounds of [`Self::information`].
    pub(super) fn information_bound(&self) -> InformationBound {
        InformationBound::new(&self.quadrature, self.tie_parameter())
    }
}
