//! Joint fit of weights, sharpness and idiosyncratic strengths.

use crate::domain::CRITERIA;
use crate::judge::duel::Contest;
use crate::judge::numeric::{Cholesky, Matrix};
use crate::judge::numeric::{Maximum, maximize};

/// Prior standard deviation of the logits of the weights.
const LOGIT_SPREAD: f64 = 0.7;

/// Prior standard deviation of ln κ around 0.
const SHARPNESS_SPREAD: f64 = 0.7;

/// Choices for the standard deviation of ε, in logits; a lognormal prior with
/// median 1 and this spread stands over them.
const IDIOSYNCRASIES: [f64; 5] = [0.3, 0.6, 1.0, 1.6, 2.4];
const IDIOSYNCRASY_SPREAD: f64 = 0.5;

/// A stated weight of zero still leaves a weight of this possible.
const MIN_WEIGHT: f64 = 0.005;

/// Gauss–Newton steps shrink by a factor: one this small is the end.
const TOLERANCE: f64 = 1e-7;

/// The most probable weights, sharpness and idiosyncrasies.
#[derive(Clone, Debug)]
pub struct JointFit {
    /// Logits of the weights.
    pub logits: [f64; CRITERIA],
    /// κ: logits per point of the weighted sum.
    pub sharpness: f64,
    /// Standard deviation of ε, in logits.
    pub idiosyncrasy: f64,
    /// ε of each idea that takes part, in logits.
    pub own: Vec<f64>,
    /// Logarithm of likelihood times prior, the prior without its constant.
    pub log_posterior: f64,
    /// Duels that were used.
    pub duels: usize,
    /// Ideas in them.
    pub ideas: usize,
    weight_covariance: Matrix,
    log_evidence: f64,
}

/// The answers apair a pair of ideas with known ratings.
struct PairContrast {
    first: usize,
    second: usize,
    /// Answers of the first less those of the second.
    contrast: [f64; CRITERIA],
    /// Wins of the first, ties as halves, and of both.
    wins: f64,
    total: f64,
}

impl JointFit {
    /// Fits the pairs of a contest whose ideas have all answers known, with the
    /// standard deviation of ε chosen by evidence. `prior` are weights.
    #[must_use]
    pub fn new(
        contest: &Contest,
        answers: &[Option<[f64; CRITERIA]>],
        prior: &[f64; CRITERIA],
    ) -> Self {
        let [first, others @ ..] = IDIOSYNCRASIES;
        let fit = |idiosyncrasy| Self::with_idiosyncrasy(contest, answers, prior, idiosyncrasy);
        others.into_iter().map(fit).fold(fit(first), |best, fit| {
            if fit.log_evidence > best.log_evidence { fit } else { best }
        })
    }

    /// The same with a given standard deviation of ε, in logits.
    #[must_use]
    pub fn with_idiosyncrasy(
        contest: &Contest,
        answers: &[Option<[f64; CRITERIA]>],
        prior: &[f64; CRITERIA],
        idiosyncrasy: f64,
    ) -> Self {
        let (pairs, ideas) = pairs(contest, answers);
        let problem = LogPosterior::new(&pairs, ideas, prior, idiosyncrasy);
        let (maximum, factor) = problem.maximize();
        let (unknowns, log_posterior) = (maximum.x, maximum.value);
        let weights: Vec<usize> = (ideas..ideas + CRITERIA).collect();
        let log_evidence = log_posterior
            - 0.5 * factor.log_determinant()
            - ideas as f64 * idiosyncrasy.ln()
            - 0.5 * (idiosyncrasy.ln() / IDIOSYNCRASY_SPREAD).powi(2);
        Self {
            logits: std::array::from_fn(|i| unknowns[ideas + i]),
            sharpness: unknowns[ideas + CRITERIA].exp(),
            idiosyncrasy,
            own: unknowns[..ideas].to_vec(),
            log_posterior,
            duels: duels_used(contest, answers),
            ideas,
            weight_covariance: factor.inverse().part(&weights),
            log_evidence,
        }
    }

    /// The most probable weights.
    #[must_use]
    pub fn weights(&self) -> [f64; CRITERIA] {
        softmax(&self.logits)
    }

    pub(super) const fn weight_covariance(&self) -> &Matrix {
        &self.weight_covariance
    }
}

/// Weights that sum to 1.
pub(super) fn softmax(logits: &[f64; CRITERIA]) -> [f64; CRITERIA] {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = logits.map(|logit| (logit - largest).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The pairs between ideas with answers, which are numbered anew, and how many
/// ideas that makes.
fn pairs(contest: &Contest, answers: &[Option<[f64; CRITERIA]>]) -> (Vec<PairContrast>, usize) {
    let mut numbers = vec![None; contest.entrants().len()];
    let mut ideas = 0;
    let mut number = |entrant: usize| {
        *numbers[entrant].get_or_insert_with(|| {
            ideas += 1;
            ideas - 1
        })
    };
    let pairs = contest
        .counts()
        .filter_map(|(pair, counts)| {
            let (first, second) = ((*answers.get(pair.first())?)?, (*answers.get(pair.second())?)?);
            Some(PairContrast {
                first: number(pair.first()),
                second: number(pair.second()),
                contrast: std::array::from_fn(|i| first[i] - second[i]),
                wins: f64::from(counts.first) + 0.5 * f64::from(counts.ties),
                total: f64::from(counts.total()),
            })
        })
        .collect();
    (pairs, ideas)
}

fn duels_used(contest: &Contest, answers: &[Option<[f64; CRITERIA]>]) -> usize {
    let known = |entrant: usize| answers.get(entrant).is_some_and(Option::is_some);
    let used = contest.counts().filter(|(pair, _)| known(pair.first()) && known(pair.second()));
    used.map(|(_, counts)| counts.total() as usize).sum()
}

/// The unknowns are ε of every idea, then the logits of the weights, then ln κ.
struct LogPosterior<'a> {
    pairs: &'a [PairContrast],
    ideas: usize,
    means: Vec<f64>,
    precisions: Vec<f64>,
}

impl<'a> LogPosterior<'a> {
    fn new(
        pairs: &'a [PairContrast],
        ideas: usize,
        prior: &[f64; CRITERIA],
        idiosyncrasy: f64,
    ) -> Self {
        let mut means = vec![0.0; ideas];
        means.extend(prior.iter().map(|weight| weight.max(MIN_WEIGHT).ln()));
        means.push(0.0);
        let mut precisions = vec![idiosyncrasy.powi(-2); ideas];
        precisions.extend([LOGIT_SPREAD.powi(-2); CRITERIA]);
        precisions.push(SHARPNESS_SPREAD.powi(-2));
        Self { pairs, ideas, means, precisions }
    }

    fn weights(&self, unknowns: &[f64]) -> [f64; CRITERIA] {
        softmax(&std::array::from_fn(|i| unknowns[self.ideas + i]))
    }

    /// By how many logits the first of a pair is wanted more.
    fn difference(&self, pair: &PairContrast, unknowns: &[f64], weights: &[f64; CRITERIA]) -> f64 {
        let sharpness = unknowns[self.ideas + CRITERIA].exp();
        sharpness * inner(&pair.contrast, weights) + unknowns[pair.first] - unknowns[pair.second]
    }

    fn log_posterior(&self, unknowns: &[f64]) -> f64 {
        let weights = self.weights(unknowns);
        let likelihood: f64 = self
            .pairs
            .iter()
            .map(|pair| {
                let d = self.difference(pair, unknowns, &weights);
                pair.wins * d - pair.total * softplus(d)
            })
            .sum();
        let prior = unknowns.iter().zip(&self.means).zip(&self.precisions);
        let prior: f64 = prior.map(|((x, mean), p)| 0.5 * p * (x - mean).powi(2)).sum();
        likelihood - prior
    }

    /// Gradient, and curvature after Gauss and Newton (lower triangle).
    fn gradient_and_hessian(&self, unknowns: &[f64]) -> (Vec<f64>, Matrix) {
        let weights = self.weights(unknowns);
        let sharpness = unknowns[self.ideas + CRITERIA].exp();
        let mut gradient: Vec<f64> = unknowns
            .iter()
            .zip(&self.means)
            .zip(&self.precisions)
            .map(|((x, mean), precision)| precision * (mean - x))
            .collect();
        let mut hessian = Matrix::zero(unknowns.len());
        for (index, precision) in self.precisions.iter().enumerate() {
            hessian[(index, index)] = *precision;
        }
        for pair in self.pairs {
            let d = self.difference(pair, unknowns, &weights);
            let chance = (1.0 + (-d).exp()).recip();
            let residual = pair.wins - pair.total * chance;
            let weight = pair.total * chance * (1.0 - chance);
            let sum = inner(&pair.contrast, &weights);
            // How d changes with each unknown that it depends on.
            let mut slopes = [(pair.first, 1.0); CRITERIA + 3];
            slopes[1] = (pair.second, -1.0);
            for i in 0..CRITERIA {
                let slope = sharpness * weights[i] * (pair.contrast[i] - sum);
                slopes[2 + i] = (self.ideas + i, slope);
            }
            slopes[2 + CRITERIA] = (self.ideas + CRITERIA, sharpness * sum);
            for &(row, slope) in &slopes {
                gradient[row] += residual * slope;
                for &(column, other) in slopes.iter().filter(|(column, _)| *column <= row) {
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

fn inner(a: &[f64; CRITERIA], b: &[f64; CRITERIA]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// ln(1 + eˣ).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}
