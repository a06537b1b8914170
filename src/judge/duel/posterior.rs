//! What the answers say about the strengths: the most probable ones, and how
//! sure they are (Laplace approximation).

use super::davidson::Quadrature;
use super::{Contest, DuelRule, Outcomes};
use crate::judge::cholesky::{Cholesky, Matrix};
use crate::judge::newton::climb;

/// From how many duels on the rubric's weight is chosen by evidence.
const DUELS_FOR_EVIDENCE: usize = 10;

/// What β may be multiplied by beside 1, so that a misleading rubric loses its
/// voice.
const OTHER_MULTIPLIERS: [f64; 3] = [0.0, 0.5, 1.5];

/// Standard deviation of that multiplier around 1 before any duel.
const MULTIPLIER_SPREAD: f64 = 0.6;

/// Newton steps converge quadratically: after a step this small the error is
/// far below the last digit that is shown.
const SMALL_STEP: f64 = 1e-5;

/// The most probable strengths.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Strengths in logits, then η.
    unknowns: Vec<f64>,
    /// Logarithm of likelihood times prior, the prior without its constant.
    pub log_posterior: f64,
    /// What β was multiplied by.
    pub multiplier: f64,
    /// How many Newton steps it took.
    pub steps: usize,
}

/// A normal distribution over all strengths and the tie parameter.
#[derive(Clone, Debug)]
pub struct Posterior {
    fit: Fit,
    covariance: Matrix,
    quadrature: Quadrature,
}

/// Prior of every unknown: independent normal distributions.
struct Prior {
    means: Vec<f64>,
    precisions: Vec<f64>,
}

impl Prior {
    fn new(contest: &Contest, rule: &DuelRule, multiplier: f64) -> Self {
        let slope = multiplier * rule.slope;
        let entrants = contest.entrants();
        let mean = |middle: f64| slope * (middle - 50.0) / 10.0;
        // A score anywhere in its interval: variance width²/12, in points.
        let variance = |width: f64| rule.spread.powi(2) + (slope * width).powi(2) / 1200.0;
        let means = entrants.iter().map(|entrant| mean(entrant.middle()));
        let precisions = entrants.iter().map(|entrant| variance(entrant.width()).recip());
        Self {
            means: means.chain([rule.tie_mean]).collect(),
            precisions: precisions.chain([rule.tie_spread.powi(-2)]).collect(),
        }
    }

    fn log_density(&self, unknowns: &[f64]) -> f64 {
        let terms = unknowns.iter().zip(&self.means).zip(&self.precisions);
        terms.map(|((x, mean), precision)| -0.5 * precision * (x - mean).powi(2)).sum()
    }
}

fn log_likelihood(contest: &Contest, unknowns: &[f64]) -> f64 {
    let eta = unknowns[unknowns.len() - 1];
    let nu = eta.exp();
    contest
        .counts()
        .map(|(pair, counts)| {
            let d = unknowns[pair.first()] - unknowns[pair.second()];
            let decided = f64::from(counts.first) - f64::from(counts.second);
            0.5 * d * decided + eta * f64::from(counts.ties)
                - f64::from(counts.total()) * Outcomes::at(d, nu).log_total()
        })
        .sum()
}

/// Gradient of the log-posterior and minus its second derivatives (the lower
/// triangle).
fn derivatives(contest: &Contest, prior: &Prior, unknowns: &[f64]) -> (Vec<f64>, Matrix) {
    let ties = unknowns.len() - 1;
    let nu = unknowns[ties].exp();
    let mut gradient: Vec<f64> = unknowns
        .iter()
        .zip(&prior.means)
        .zip(&prior.precisions)
        .map(|((x, mean), precision)| precision * (mean - x))
        .collect();
    let mut curvature = Matrix::zero(unknowns.len());
    for (index, precision) in prior.precisions.iter().enumerate() {
        curvature[(index, index)] = *precision;
    }
    for (pair, counts) in contest.counts() {
        let (first, second) = (pair.first(), pair.second());
        let total = f64::from(counts.total());
        let outcomes = Outcomes::at(unknowns[first] - unknowns[second], nu);
        let decided = 0.5 * (f64::from(counts.first) - f64::from(counts.second));
        let push = decided - total * outcomes.slope();
        gradient[first] += push;
        gradient[second] -= push;
        gradient[ties] += f64::from(counts.ties) - total * outcomes.tie;
        let bend = total * outcomes.curvature();
        curvature[(first, first)] += bend;
        curvature[(second, second)] += bend;
        curvature[(second, first)] -= bend;
        curvature[(ties, ties)] += total * outcomes.tie * (1.0 - outcomes.tie);
        let cross = -total * outcomes.slope() * outcomes.tie;
        curvature[(ties, first)] += cross;
        curvature[(ties, second)] -= cross;
    }
    (gradient, curvature)
}

impl Fit {
    /// The most probable strengths, with the rubric weighed by evidence once
    /// there are enough duels. A function of all counts, so the order of the
    /// duels plays no part.
    #[must_use]
    pub fn new(contest: &Contest, rule: &DuelRule) -> Self {
        let plain = Self::with_multiplier(contest, rule, 1.0);
        if contest.duels() < DUELS_FOR_EVIDENCE || rule.slope == 0.0 {
            return plain;
        }
        let mut best = (plain.log_evidence(contest, rule), plain.clone());
        for multiplier in OTHER_MULTIPLIERS {
            let prior = Prior::new(contest, rule, multiplier);
            let fit = Self::from_start(contest, &prior, multiplier, plain.unknowns.clone());
            let evidence = fit.log_evidence(contest, rule);
            if evidence > best.0 {
                best = (evidence, fit);
            }
        }
        best.1
    }

    /// The most probable strengths with β multiplied by a given number.
    #[must_use]
    pub fn with_multiplier(contest: &Contest, rule: &DuelRule, multiplier: f64) -> Self {
        let prior = Prior::new(contest, rule, multiplier);
        // From equal strengths the steps rarely lead too far: there every duel
        // still has its full curvature.
        let mut start = vec![0.0; prior.means.len()];
        start[prior.means.len() - 1] = rule.tie_mean;
        Self::from_start(contest, &prior, multiplier, start)
    }

    /// Climbs from somewhere: the log-posterior is concave in strengths and η
    /// together.
    fn from_start(contest: &Contest, prior: &Prior, multiplier: f64, start: Vec<f64>) -> Self {
        let summit = climb(
            start,
            SMALL_STEP,
            |unknowns| log_likelihood(contest, unknowns) + prior.log_density(unknowns),
            |unknowns| derivatives(contest, prior, unknowns),
        );
        let (unknowns, log_posterior) = (summit.place, summit.height);
        Self { unknowns, log_posterior, multiplier, steps: summit.steps }
    }

    /// Minus the second derivatives of the log-posterior at the maximum,
    /// factored.
    fn curvature(&self, contest: &Contest, prior: &Prior) -> Cholesky {
        Cholesky::new(derivatives(contest, prior, &self.unknowns).1)
    }

    /// Logarithm of the probability of all answers (Laplace approximation) and
    /// of the multiplier, but for a constant.
    fn log_evidence(&self, contest: &Contest, rule: &DuelRule) -> f64 {
        let prior = Prior::new(contest, rule, self.multiplier);
        let scale: f64 = prior.precisions.iter().map(|precision| 0.5 * precision.ln()).sum();
        self.log_posterior + scale
            - 0.5 * self.curvature(contest, &prior).log_determinant()
            - 0.5 * ((self.multiplier - 1.0) / MULTIPLIER_SPREAD).powi(2)
    }

    /// The most probable strengths in logits, by number of entrant.
    #[must_use]
    pub fn strengths(&self) -> &[f64] {
        &self.unknowns[..self.unknowns.len() - 1]
    }

    /// The most probable η = ln ν.
    #[must_use]
    pub fn log_tie_parameter(&self) -> f64 {
        self.unknowns[self.unknowns.len() - 1]
    }

    /// How sure all of this is. Contest and rule are those of the fit.
    #[must_use]
    pub fn posterior(self, contest: &Contest, rule: &DuelRule) -> Posterior {
        let prior = Prior::new(contest, rule, self.multiplier);
        let covariance = self.curvature(contest, &prior).inverse();
        Posterior { covariance, quadrature: Quadrature::new(), fit: self }
    }
}

impl Posterior {
    /// Fits the strengths and works out how sure they are.
    #[must_use]
    pub fn new(contest: &Contest, rule: &DuelRule) -> Self {
        Fit::new(contest, rule).posterior(contest, rule)
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

    /// Covariances of these strengths, in this order.
    pub(super) fn covariance_of(&self, entrants: &[usize]) -> Matrix {
        self.covariance.part(entrants)
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
        let mean = self.fit.unknowns[one] - self.fit.unknowns[other];
        let covariance = &self.covariance;
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
}
