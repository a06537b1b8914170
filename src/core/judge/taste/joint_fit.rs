//! Joint fit of weights, sharpness and idiosyncratic strengths.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::domain::{CRITERIA, Criterion};
use crate::judge::duel::Contest;
use crate::judge::numeric::{Cholesky, Matrix, Maximum, maximize};
use crate::judge::{Form, ScoreRule};

/// Prior standard deviation of the logits of the weights.
pub(crate) const LOGIT_SPREAD: f64 = 0.7;

/// Prior standard deviation of ln κ around 0.
pub(crate) const SHARPNESS_SPREAD: f64 = 0.7;

/// Choices for the standard deviation of ε, in logits; a lognormal prior with
/// median 1 and this spread stands over them.
const IDIOSYNCRASIES: [f64; 5] = [0.3, 0.6, 1.0, 1.6, 2.4];
const IDIOSYNCRASY_SPREAD: f64 = 0.5;

/// A stated weight of zero still leaves a weight of this possible.
const MIN_WEIGHT: f64 = 0.005;

/// Gauss–Newton steps shrink by a factor: one this small is the end.
const TOLERANCE: f64 = 1e-7;

/// The most probable weights, sharpness and idiosyncratic strengths.
#[derive(Clone, Debug)]
pub struct JointFit {
    /// Logits of the weights.
    pub logits: [f64; CRITERIA],
    /// κ: logits per ten points of score.
    pub sharpness: f64,
    /// Standard deviation of ε, in logits.
    pub idiosyncrasy: f64,
    /// ε of each idea that takes part, in logits.
    pub own: Vec<f64>,
    /// Logarithm of likelihood times prior, the prior without its constant.
    pub log_posterior: f64,
    /// Duels that were used, one a pair and person.
    pub duels: usize,
    /// Ideas in them.
    pub ideas: usize,
    weight_covariance: Matrix,
    log_evidence: f64,
}

/// The answers to pairs of ideas with known ratings.
struct Sample {
    /// Ratings of the ideas by [`crate::domain::Criterion::index`].
    ratings: Vec<[f64; CRITERIA]>,
    pairs: Vec<PairAnswers>,
}

struct PairAnswers {
    first: usize,
    second: usize,
    /// Wins of the first, ties as halves, and of both.
    wins: f64,
    total: f64,
}

impl JointFit {
    /// A fit for each choice of the standard deviation of ε, under the form of the
    /// score in force and under the plain weighted sum, because people who ignore the
    /// ceilings have no other weights for that. They are to be averaged by
    /// [`Self::shares`]. `prior` are weights; those of `rule` play no part.
    #[must_use]
    pub fn all(
        contest: &Contest,
        answers: &[Option<[f64; CRITERIA]>],
        prior: &[f64; CRITERIA],
        rule: &ScoreRule,
    ) -> Vec<Self> {
        let sample = Sample::of(contest, answers);
        let plain = ScoreRule { form: Form::Additive, ..rule.clone() };
        let rules = if rule.form == Form::Additive { vec![rule] } else { vec![rule, &plain] };
        let fits = |rule| IDIOSYNCRASIES.map(|deviation| sample.fit(prior, rule, deviation));
        rules.into_iter().flat_map(fits).collect()
    }

    /// The fit with a given standard deviation of ε, in logits.
    #[must_use]
    pub fn with_idiosyncrasy(
        contest: &Contest,
        answers: &[Option<[f64; CRITERIA]>],
        prior: &[f64; CRITERIA],
        rule: &ScoreRule,
        idiosyncrasy: f64,
    ) -> Self {
        Sample::of(contest, answers).fit(prior, rule, idiosyncrasy)
    }

    /// The posterior probability of each fit, by evidence (Laplace) and the
    /// prior of the standard deviation of ε.
    #[must_use]
    pub fn shares(fits: &[Self]) -> Vec<f64> {
        let most = fits.iter().map(|fit| fit.log_evidence).fold(f64::NEG_INFINITY, f64::max);
        let shares = fits.iter().map(|fit| (fit.log_evidence - most).exp());
        let sum: f64 = shares.clone().sum();
        shares.map(|share| share / sum).collect()
    }

    /// The most probable weights.
    #[must_use]
    pub fn weights(&self) -> [f64; CRITERIA] {
        softmax(&self.logits)
    }

    /// Adds so many draws of the weights, by criterion.
    pub(super) fn draw_weights(
        &self,
        count: usize,
        random: &mut impl Rng,
        draws: &mut [Vec<f64>; CRITERIA],
    ) {
        let factor = Cholesky::new(self.weight_covariance.clone());
        let (mut normal, mut shift) = ([0.0; CRITERIA], [0.0; CRITERIA]);
        for _ in 0..count {
            normal.fill_with(|| StandardNormal.sample(random));
            factor.multiply(&normal, &mut shift);
            let logits: [f64; CRITERIA] = std::array::from_fn(|i| self.logits[i] + shift[i]);
            for (drawn, weight) in draws.iter_mut().zip(softmax(&logits)) {
                drawn.push(weight);
            }
        }
    }
}

/// Weights that sum to 1.
pub(crate) fn softmax(logits: &[f64; CRITERIA]) -> [f64; CRITERIA] {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = logits.map(|logit| (logit - largest).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}

impl Sample {
    /// The pairs whose ideas have all ratings known; the ideas are numbered
    /// anew.
    fn of(contest: &Contest, answers: &[Option<[f64; CRITERIA]>]) -> Self {
        let mut numbers = vec![None; contest.entrants().len()];
        let mut ratings = Vec::new();
        let mut number = |entrant: usize, own: [f64; CRITERIA]| {
            *numbers[entrant].get_or_insert_with(|| {
                ratings.push(own);
                ratings.len() - 1
            })
        };
        let known = |entrant: usize| answers.get(entrant).copied().flatten();
        let pairs = contest
            .weights()
            .filter_map(|(pair, weights)| {
                let (first, second) = (known(pair.first())?, known(pair.second())?);
                Some(PairAnswers {
                    first: number(pair.first(), first),
                    second: number(pair.second(), second),
                    wins: weights.first + 0.5 * weights.ties,
                    total: weights.total(),
                })
            })
            .collect();
        Self { ratings, pairs }
    }

    fn fit(&self, prior: &[f64; CRITERIA], rule: &ScoreRule, idiosyncrasy: f64) -> JointFit {
        let ideas = self.ratings.len();
        let problem = LogPosterior::new(self, prior, rule, idiosyncrasy);
        let (maximum, factor) = problem.maximize();
        let (unknowns, log_posterior) = (maximum.x, maximum.value);
        let weights: Vec<usize> = (ideas..ideas + CRITERIA).collect();
        let log_evidence = log_posterior
            - 0.5 * factor.log_determinant()
            - ideas as f64 * idiosyncrasy.ln()
            - 0.5 * (idiosyncrasy.ln() / IDIOSYNCRASY_SPREAD).powi(2);
        JointFit {
            logits: std::array::from_fn(|i| unknowns[ideas + i]),
            sharpness: unknowns[ideas + CRITERIA].exp(),
            idiosyncrasy,
            own: unknowns[..ideas].to_vec(),
            log_posterior,
            duels: self.pairs.iter().map(|pair| pair.total).sum::<f64>().round() as usize,
            ideas,
            weight_covariance: factor.inverse().part(&weights),
            log_evidence,
        }
    }
}

/// The log-posterior of ε of every idea, then the logits of the weights, then
/// ln κ.
struct LogPosterior<'a> {
    pairs: &'a [PairAnswers],
    scores: Vec<SmoothScore>,
    means: Vec<f64>,
    precisions: Vec<f64>,
}

impl<'a> LogPosterior<'a> {
    fn new(
        sample: &'a Sample,
        prior: &[f64; CRITERIA],
        rule: &ScoreRule,
        idiosyncrasy: f64,
    ) -> Self {
        let ideas = sample.ratings.len();
        let mut means = vec![0.0; ideas];
        means.extend(prior.iter().map(|weight| weight.max(MIN_WEIGHT).ln()));
        means.push(0.0);
        let mut precisions = vec![idiosyncrasy.powi(-2); ideas];
        precisions.extend([LOGIT_SPREAD.powi(-2); CRITERIA]);
        precisions.push(SHARPNESS_SPREAD.powi(-2));
        let scores = sample.ratings.iter().map(|ratings| SmoothScore::new(rule, ratings));
        Self { pairs: &sample.pairs, scores: scores.collect(), means, precisions }
    }

    fn weights(&self, unknowns: &[f64]) -> [f64; CRITERIA] {
        softmax(&std::array::from_fn(|i| unknowns[self.scores.len() + i]))
    }

    fn sharpness(&self, unknowns: &[f64]) -> f64 {
        unknowns[self.scores.len() + CRITERIA].exp()
    }

    fn log_posterior(&self, unknowns: &[f64]) -> f64 {
        let (weights, sharpness) = (self.weights(unknowns), self.sharpness(unknowns));
        let strengths: Vec<f64> = self
            .scores
            .iter()
            .zip(unknowns)
            .map(|(score, own)| sharpness * score.value(&weights) + own)
            .collect();
        let likelihood = self.pairs.iter().map(|pair| {
            let d = strengths[pair.first] - strengths[pair.second];
            pair.wins * d - pair.total * softplus(d)
        });
        let prior = unknowns.iter().zip(&self.means).zip(&self.precisions);
        let prior: f64 = prior.map(|((x, mean), p)| 0.5 * p * (x - mean).powi(2)).sum();
        likelihood.sum::<f64>() - prior
    }

    /// The gradient, and the Gauss–Newton approximation of minus the second
    /// derivatives (lower triangle).
    fn gradient_and_hessian(&self, unknowns: &[f64]) -> (Vec<f64>, Matrix) {
        let (weights, sharpness) = (self.weights(unknowns), self.sharpness(unknowns));
        let ideas = self.scores.len();
        let values: Vec<f64> = self.scores.iter().map(|score| score.value(&weights)).collect();
        let slopes: Vec<[f64; CRITERIA]> =
            self.scores.iter().map(|score| score.gradient_by_logits(&weights)).collect();
        let prior = unknowns.iter().zip(&self.means).zip(&self.precisions);
        let mut gradient: Vec<f64> =
            prior.map(|((x, mean), precision)| precision * (mean - x)).collect();
        let mut hessian = Matrix::zero(unknowns.len());
        for (index, precision) in self.precisions.iter().enumerate() {
            hessian[(index, index)] = *precision;
        }
        for &PairAnswers { first, second, wins, total } in self.pairs {
            let by_score = sharpness * (values[first] - values[second]);
            let d = by_score + unknowns[first] - unknowns[second];
            let chance = (1.0 + (-d).exp()).recip();
            let residual = wins - total * chance;
            let weight = total * chance * (1.0 - chance);
            // The derivative of d by each unknown that it depends on.
            let mut by_unknown = [(first, 1.0); CRITERIA + 3];
            by_unknown[1] = (second, -1.0);
            for i in 0..CRITERIA {
                let slope = sharpness * (slopes[first][i] - slopes[second][i]);
                by_unknown[2 + i] = (ideas + i, slope);
            }
            by_unknown[2 + CRITERIA] = (ideas + CRITERIA, by_score);
            for &(row, slope) in &by_unknown {
                gradient[row] += residual * slope;
                for &(column, other) in by_unknown.iter().filter(|(column, _)| *column <= row) {
                    hessian[(row, column)] += weight * slope * other;
                }
            }
        }
        (gradient, hessian)
    }

    /// The maximum, and the factored curvature there.
    fn maximize(&self) -> (Maximum, Cholesky) {
        let maximum = maximize(
            self.means.clone(),
            TOLERANCE,
            |unknowns| self.log_posterior(unknowns),
            |unknowns| self.gradient_and_hessian(unknowns),
        );
        let factor = Cholesky::new(self.gradient_and_hessian(&maximum.x).1);
        (maximum, factor)
    }
}

/// ln(1 + eˣ).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// Width of the rounded corner under a ceiling, in points of score. At a sharp
/// one Gauss–Newton steps run into it and stop.
const CORNER: f64 = 3.0;

/// The score of one idea by the weights, in tens of points.
#[derive(Clone, Debug)]
struct SmoothScore {
    ratings: [f64; CRITERIA],
    form: Form,
    /// The lower of the ceilings, 0–100.
    ceiling: f64,
    leak: f64,
}

impl SmoothScore {
    /// The score of an idea with these ratings under the form of the rule.
    fn new(rule: &ScoreRule, ratings: &[f64; CRITERIA]) -> Self {
        let ceiling = ceiling(rule, ratings);
        Self { ratings: *ratings, form: rule.form, ceiling, leak: rule.leak }
    }

    /// The score in tens of points.
    fn value(&self, weights: &[f64; CRITERIA]) -> f64 {
        let sum = self.weighted_sum(weights);
        match self.form {
            Form::Additive => sum,
            Form::Leaky => {
                let above = CORNER * softplus((10.0 * sum - self.ceiling) / CORNER);
                sum - (1.0 - self.leak) * above / 10.0
            }
            Form::Multiplicative => self.ceiling / 100.0 * self.mean_of_others(weights).1,
        }
    }

    /// The derivatives by the logits of the weights.
    fn gradient_by_logits(&self, weights: &[f64; CRITERIA]) -> [f64; CRITERIA] {
        let sum = self.weighted_sum(weights);
        let slope = match self.form {
            Form::Additive => 1.0,
            Form::Leaky => {
                let above = (10.0 * sum - self.ceiling) / CORNER;
                1.0 - (1.0 - self.leak) / (1.0 + (-above).exp())
            }
            Form::Multiplicative => {
                let (shares, mean) = self.mean_of_others(weights);
                let ceiling = self.ceiling / 100.0;
                return std::array::from_fn(|i| ceiling * shares[i] * (self.ratings[i] - mean));
            }
        };
        std::array::from_fn(|i| slope * weights[i] * (self.ratings[i] - sum))
    }

    fn weighted_sum(&self, weights: &[f64; CRITERIA]) -> f64 {
        self.ratings.iter().zip(weights).map(|(rating, weight)| rating * weight).sum()
    }

    /// The weights of all criteria but headroom, scaled to sum to 1, and the
    /// mean rating under them.
    fn mean_of_others(&self, weights: &[f64; CRITERIA]) -> ([f64; CRITERIA], f64) {
        let headroom = Criterion::Headroom.index();
        let others = 1.0 - weights[headroom];
        let mut shares = weights.map(|weight| weight / others.max(f64::MIN_POSITIVE));
        shares[headroom] = 0.0;
        (shares, self.weighted_sum(&shares))
    }
}

/// The ceiling that counts for the score of an idea, 0–100.
fn ceiling(rule: &ScoreRule, ratings: &[f64; CRITERIA]) -> f64 {
    let headroom = rule.headroom_ceiling(ratings[Criterion::Headroom.index()]);
    let bet = rule.bet_ceiling(ratings[Criterion::Strategy.index()]);
    if rule.form == Form::Multiplicative { headroom } else { headroom.min(bet) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_smooth_score_is_near_the_score_and_its_gradient_is_right(
            ratings in prop::array::uniform5(0.0..=10.0_f64),
            logits in prop::array::uniform5(-1.5..1.5_f64),
            form in prop::sample::select(Form::ALL.to_vec()),
        ) {
            let rule = ScoreRule { form, ..ScoreRule::default() };
            let smooth = SmoothScore::new(&rule, &ratings);
            let weights = softmax(&logits);
            let exact = ScoreRule { weights, ..rule }.value(&ratings);
            // The corner is cut by 3·ln 2 points, less the leak, at most.
            let gap = exact - 10.0 * smooth.value(&weights);
            prop_assert!((-1e-9..=0.85 * CORNER * 2_f64.ln() + 1e-9).contains(&gap), "{gap}");
            let gradient = smooth.gradient_by_logits(&weights);
            for i in 0..CRITERIA {
                let at = |shift: f64| {
                    let mut logits = logits;
                    logits[i] += shift;
                    smooth.value(&softmax(&logits))
                };
                let numeric = (at(1e-5) - at(-1e-5)) / 2e-5;
                prop_assert!((numeric - gradient[i]).abs() < 1e-6, "{numeric} {}", gradient[i]);
            }
        }
    }
}
