//! Mean and covariance of the strengths by expectation propagation.
//!
//! The summit of a posterior is not its middle: after one win over an idea of
//! which little is known, the difference may well be far above its most
//! probable value and hardly below it. A normal distribution around the summit
//! (Laplace) therefore believes too little of what few duels say. Expectation
//! propagation (Minka 2001) replaces the answers about each pair by a normal
//! factor that gives their difference the right mean and variance, all other
//! factors given.
//!
//! How much the rubric's voice counts is one more unknown here: taking the most
//! probable voice for the true one would believe a misleading rubric too long.

use super::davidson::Quadrature;
use super::{Counts, Outcomes};
use crate::judge::cholesky::{Cholesky, Matrix};

/// After a round in which no mean has moved by as much, in logits, the rest (a
/// fifth of it) is far below what a chance shows.
const SMALL_MOVE: f64 = 2e-2;

/// More rounds than any posterior has been seen to need.
const MOST_ROUNDS: usize = 30;

/// The answers about one pair, by places of its two sides.
pub(super) type Bout = (usize, usize, Counts);

/// What is believed of a strength before any answer: θ ~ N(voice · leaning,
/// 1/precision).
#[derive(Clone, Copy, Debug)]
pub(super) struct Belief {
    /// What the rubric says at full voice, in logits.
    pub(super) leaning: f64,
    /// How closely the strength keeps to it.
    pub(super) precision: f64,
}

/// A normal distribution over strengths and the rubric's voice.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    /// Means of the strengths.
    pub(super) means: Vec<f64>,
    /// Their covariances.
    pub(super) covariance: Matrix,
    /// What the rubric's leanings are multiplied by.
    pub(super) voice: Voice,
}

/// What is believed of the rubric's voice.
#[derive(Clone, Debug)]
pub(super) struct Voice {
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
    /// What is believed before any answer, the voice being N(1, spread²).
    pub(super) fn of_prior(beliefs: &[Belief], spread: f64) -> Self {
        Self::none(1.0, spread * spread).spread(beliefs, &[])
    }

    /// Matches the moments of those who have been in duels to the answers.
    /// `start` is where it starts: their most probable strengths, and the
    /// covariances there. `nu` is the tie parameter, which is taken as it is.
    pub(super) fn matched(
        beliefs: &[Belief],
        spread: f64,
        bouts: &[Bout],
        start: (Vec<f64>, Matrix),
        nu: f64,
    ) -> Self {
        let quadrature = Quadrature::new();
        let (means, covariance) = start;
        let mut factors: Vec<Factor> =
            bouts.iter().map(|bout| Factor::of(bout, &means, nu)).collect();
        let mut moments = Self { means, covariance, ..Self::none(1.0, spread * spread) };
        for _ in 0..MOST_ROUNDS {
            for (factor, bout) in factors.iter_mut().zip(bouts) {
                factor.update(bout, &moments, nu, &quadrature);
            }
            let next = Self::combine(beliefs, spread, bouts, &factors);
            let moves = next.means.iter().zip(&moments.means).map(|(a, b)| (a - b).abs());
            let most = moves.fold(0.0, f64::max);
            moments = next;
            if most < SMALL_MOVE {
                break;
            }
        }
        moments
    }

    /// Of nobody's strength.
    fn none(mean: f64, variance: f64) -> Self {
        let voice = Voice { mean, variance, covariance: Vec::new() };
        Self { means: Vec::new(), covariance: Matrix::zero(0), voice }
    }

    /// Beliefs times all factors.
    fn combine(beliefs: &[Belief], spread: f64, bouts: &[Bout], factors: &[Factor]) -> Self {
        let voice = beliefs.len();
        let mut precision = Matrix::zero(voice + 1);
        let mut shift = vec![0.0; voice + 1];
        precision[(voice, voice)] = spread.powi(-2);
        shift[voice] = spread.powi(-2);
        for (member, belief) in beliefs.iter().enumerate() {
            let pull = belief.precision * belief.leaning;
            precision[(member, member)] = belief.precision;
            precision[(voice, member)] = -pull;
            precision[(voice, voice)] += pull * belief.leaning;
        }
        for (&(first, second, _), factor) in bouts.iter().zip(factors) {
            precision[(first, first)] += factor.precision;
            precision[(second, second)] += factor.precision;
            precision[(second, first)] -= factor.precision;
            shift[first] += factor.shift;
            shift[second] -= factor.shift;
        }
        let all = Cholesky::new(precision).inverse();
        let mean = |unknown: usize| all.times_row(unknown, &shift);
        let members: Vec<usize> = (0..voice).collect();
        Self {
            means: members.iter().map(|&member| mean(member)).collect(),
            covariance: all.part(&members),
            voice: Voice {
                mean: mean(voice),
                variance: all[(voice, voice)],
                covariance: all.row(voice)[..voice].to_vec(),
            },
        }
    }

    /// The same for everyone: of those without duels only the voice tells.
    /// `members` are the numbers of those whose moments these are.
    pub(super) fn spread(self, beliefs: &[Belief], members: &[usize]) -> Self {
        let Self { means: of_members, covariance: between, voice } = self;
        let mut means: Vec<f64> = beliefs.iter().map(|one| voice.mean * one.leaning).collect();
        let mut with_voice: Vec<f64> =
            beliefs.iter().map(|one| voice.variance * one.leaning).collect();
        let mut places = vec![None; beliefs.len()];
        for (place, &member) in members.iter().enumerate() {
            means[member] = of_members[place];
            with_voice[member] = voice.covariance[place];
            places[member] = Some(place);
        }
        let mut covariance = Matrix::zero(beliefs.len());
        for (row, one) in beliefs.iter().enumerate() {
            for (column, other) in beliefs.iter().enumerate().take(row + 1) {
                let cell = match (places[row], places[column]) {
                    (Some(row), Some(column)) => between[(row, column)],
                    (Some(_), None) => other.leaning * with_voice[row],
                    (None, _) => one.leaning * with_voice[column],
                };
                covariance[(row, column)] = cell;
                covariance[(column, row)] = cell;
            }
            if places[row].is_none() {
                covariance[(row, row)] += one.precision.recip();
            }
        }
        Self { means, covariance, voice: Voice { covariance: with_voice, ..voice } }
    }
}

impl Factor {
    /// The factor that agrees with the answers at the summit.
    fn of(&(first, second, counts): &Bout, summit: &[f64], nu: f64) -> Self {
        let d = summit[first] - summit[second];
        let outcomes = Outcomes::at(d, nu);
        let total = f64::from(counts.total());
        let precision = total * outcomes.curvature();
        Self { shift: decided(counts) - total * outcomes.slope() + precision * d, precision }
    }

    /// Takes the factor out of what is believed of the difference, puts the
    /// answers in its place, and gives it the moments of that.
    fn update(
        &mut self,
        &(first, second, counts): &Bout,
        moments: &Moments,
        nu: f64,
        quadrature: &Quadrature,
    ) {
        let covariance = &moments.covariance;
        let mean = moments.means[first] - moments.means[second];
        let variance = covariance[(first, first)] + covariance[(second, second)]
            - 2.0 * covariance[(first, second)];
        let (decided, total) = (decided(counts), f64::from(counts.total()));
        let Self { shift, precision } = *self;
        // Answers over factor, up to a constant: weights for what is believed.
        let log_weight = |d: f64| {
            (decided - shift) * d + 0.5 * precision * d * d
                - total * Outcomes::at(d, nu).log_total()
        };
        let (matched, matched_variance) = quadrature.moments(mean, variance, log_weight);
        if matched_variance > 0.0 {
            let (before, after) = (variance.recip(), matched_variance.recip());
            // Answers never widen a belief: their likelihood is log-concave.
            self.precision = (precision + after - before).max(0.0);
            self.shift = shift + matched * after - mean * before;
        }
    }
}

/// Wins of the first less those of the second, as they weigh in the likelihood.
fn decided(counts: Counts) -> f64 {
    0.5 * (f64::from(counts.first) - f64::from(counts.second))
}
