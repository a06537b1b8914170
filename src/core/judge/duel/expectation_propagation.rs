//! Mean and covariance of the strengths by expectation propagation.
//!
//! The maximum of a posterior is not its mean: after one win over an idea of
//! which little is known, the difference may well be far above its most
//! probable value and hardly below it. A normal distribution around the maximum
//! (Laplace) therefore understates what few duels say. Expectation
//! propagation (Minka 2001) replaces the answers apair each pair by a normal
//! factor that gives their difference the right mean and variance, all other
//! factors given.
//!
//! The multiplier of the rubric's prior means is one more unknown here: taking
//! its most probable value for the true one would trust a misleading rubric too
//! long.

use super::{Outcomes, Weights};
use crate::judge::numeric::{Cholesky, Matrix, NormalQuadrature};

/// Change of a mean in one pass, in logits, below which the rest (a fifth of it)
/// is far below what a chance shows.
const TOLERANCE: f64 = 2e-2;

/// More passes than any posterior has been seen to need.
const MAX_PASSES: usize = 30;

/// The answers apair one pair, by indices of its two sides.
pub(super) type PairAnswers = (usize, usize, Weights);

/// The prior of a strength: θ ~ N(multiplier · rubric, 1/precision).
#[derive(Clone, Copy, Debug)]
pub struct StrengthPrior {
    /// The mean at a multiplier of 1, in logits.
    pub rubric: f64,
    /// The inverse of the variance.
    pub precision: f64,
}

/// A normal distribution over the strengths and the multiplier of the rubric.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    /// Means of the strengths.
    pub(super) means: Vec<f64>,
    /// Their covariances.
    pub(super) covariance: Matrix,
    /// The multiplier of the rubric's prior means.
    pub(super) rubric_scale: RubricScale,
}

/// The distribution of the multiplier of the rubric's prior means.
#[derive(Clone, Debug)]
pub(super) struct RubricScale {
    pub(super) mean: f64,
    pub(super) variance: f64,
    /// Covariances with the strengths.
    pub(super) covariance: Vec<f64>,
}

/// A normal factor of a difference d: exp(shift·d − precision·d²/2).
#[derive(Clone, Copy)]
struct Factor {
    shift: f64,
    precision: f64,
}

impl Moments {
    /// The prior of all strengths, with the multiplier N(1, spread²).
    pub(super) fn of_prior(priors: &[StrengthPrior], spread: f64) -> Self {
        Self::empty(1.0, spread * spread).with_entrants(priors, &[])
    }

    /// The posterior of the entrants that have been in duels. `start` holds
    /// their most probable strengths and the covariance there; `nu` is the tie
    /// parameter, which is taken as known.
    pub(super) fn by_expectation_propagation(
        priors: &[StrengthPrior],
        spread: f64,
        pairs: &[PairAnswers],
        start: (Vec<f64>, Matrix),
        nu: f64,
    ) -> Self {
        let quadrature = NormalQuadrature::new();
        let (means, covariance) = start;
        let mut factors: Vec<Factor> =
            pairs.iter().map(|pair| Factor::of(pair, &means, nu)).collect();
        let mut moments = Self { means, covariance, ..Self::empty(1.0, spread * spread) };
        for _ in 0..MAX_PASSES {
            for (factor, pair) in factors.iter_mut().zip(pairs) {
                factor.update(pair, &moments, nu, &quadrature);
            }
            let next = Self::combine(priors, spread, pairs, &factors);
            let moves = next.means.iter().zip(&moments.means).map(|(a, b)| (a - b).abs());
            let most = moves.fold(0.0, f64::max);
            moments = next;
            if most < TOLERANCE {
                break;
            }
        }
        moments
    }

    /// No strengths, only the multiplier.
    fn empty(mean: f64, variance: f64) -> Self {
        let rubric_scale = RubricScale { mean, variance, covariance: Vec::new() };
        Self { means: Vec::new(), covariance: Matrix::zero(0), rubric_scale }
    }

    /// The product of the priors and all factors.
    fn combine(
        priors: &[StrengthPrior],
        spread: f64,
        pairs: &[PairAnswers],
        factors: &[Factor],
    ) -> Self {
        let scale = priors.len();
        let mut precision = Matrix::zero(scale + 1);
        let mut shift = vec![0.0; scale + 1];
        precision[(scale, scale)] = spread.powi(-2);
        shift[scale] = spread.powi(-2);
        for (member, prior) in priors.iter().enumerate() {
            let pull = prior.precision * prior.rubric;
            precision[(member, member)] = prior.precision;
            precision[(scale, member)] = -pull;
            precision[(scale, scale)] += pull * prior.rubric;
        }
        for (&(first, second, _), factor) in pairs.iter().zip(factors) {
            precision[(first, first)] += factor.precision;
            precision[(second, second)] += factor.precision;
            precision[(second, first)] -= factor.precision;
            shift[first] += factor.shift;
            shift[second] -= factor.shift;
        }
        let all = Cholesky::new(precision).inverse();
        let mean = |unknown: usize| all.times_row(unknown, &shift);
        let members: Vec<usize> = (0..scale).collect();
        Self {
            means: members.iter().map(|&member| mean(member)).collect(),
            covariance: all.part(&members),
            rubric_scale: RubricScale {
                mean: mean(scale),
                variance: all[(scale, scale)],
                covariance: all.row(scale)[..scale].to_vec(),
            },
        }
    }

    /// The same for all entrants: those without duels depend on the multiplier
    /// alone. `members` are the entrants of `self`.
    pub(super) fn with_entrants(self, priors: &[StrengthPrior], members: &[usize]) -> Self {
        let Self { means: of_members, covariance: between, rubric_scale } = self;
        let mut means: Vec<f64> = priors.iter().map(|one| rubric_scale.mean * one.rubric).collect();
        let mut with_scale: Vec<f64> =
            priors.iter().map(|one| rubric_scale.variance * one.rubric).collect();
        let mut indices = vec![None; priors.len()];
        for (index, &member) in members.iter().enumerate() {
            means[member] = of_members[index];
            with_scale[member] = rubric_scale.covariance[index];
            indices[member] = Some(index);
        }
        let mut covariance = Matrix::zero(priors.len());
        for (row, one) in priors.iter().enumerate() {
            for (column, other) in priors.iter().enumerate().take(row + 1) {
                let cell = match (indices[row], indices[column]) {
                    (Some(row), Some(column)) => between[(row, column)],
                    (Some(_), None) => other.rubric * with_scale[row],
                    (None, _) => one.rubric * with_scale[column],
                };
                covariance[(row, column)] = cell;
                covariance[(column, row)] = cell;
            }
            if indices[row].is_none() {
                covariance[(row, row)] += one.precision.recip();
            }
        }
        let rubric_scale = RubricScale { covariance: with_scale, ..rubric_scale };
        Self { means, covariance, rubric_scale }
    }
}

impl Factor {
    /// The factor that agrees with the answers at the maximum.
    fn of(&(first, second, weights): &PairAnswers, maximum: &[f64], nu: f64) -> Self {
        let d = maximum[first] - maximum[second];
        let outcomes = Outcomes::at(d, nu);
        let total = weights.total();
        let precision = total * outcomes.curvature();
        Self { shift: decided(weights) - total * outcomes.slope() + precision * d, precision }
    }

    /// Divides the factor out of the distribution of the difference, multiplies
    /// by the likelihood of the answers, and matches the moments of that.
    fn update(
        &mut self,
        &(first, second, weights): &PairAnswers,
        moments: &Moments,
        nu: f64,
        quadrature: &NormalQuadrature,
    ) {
        let covariance = &moments.covariance;
        let mean = moments.means[first] - moments.means[second];
        let variance = covariance[(first, first)] + covariance[(second, second)]
            - 2.0 * covariance[(first, second)];
        let (decided, total) = (decided(weights), weights.total());
        let Self { shift, precision } = *self;
        // Likelihood over factor, up to a constant.
        let log_weight = |d: f64| {
            (decided - shift) * d + 0.5 * precision * d * d
                - total * Outcomes::at(d, nu).log_total()
        };
        let (new_mean, new_variance) = quadrature.moments(mean, variance, log_weight);
        if new_variance > 0.0 {
            let (before, after) = (variance.recip(), new_variance.recip());
            // The likelihood is log-concave, so answers never widen the distribution.
            self.precision = (precision + after - before).max(0.0);
            self.shift = shift + new_mean * after - mean * before;
        }
    }
}

/// Wins of the first less those of the second, as they weigh in the likelihood.
fn decided(weights: Weights) -> f64 {
    0.5 * (weights.first - weights.second)
}
