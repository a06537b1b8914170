//! Maximum a posteriori fit of the strengths.

use super::contest::UNRATED;
use super::expectation_propagation::{Moments, PairAnswers, StrengthPrior};
use super::{Contest, DuelRule, Outcomes, Pair, Posterior, Weights};
use crate::judge::numeric::maximize;
use crate::judge::numeric::{Cholesky, Matrix};

/// From how many duels on the rubric's weight is chosen by evidence.
const DUELS_FOR_EVIDENCE: usize = 10;

/// Multipliers of β beside 1, so that a misleading rubric loses its weight.
const OTHER_MULTIPLIERS: [f64; 3] = [0.0, 0.5, 1.5];

/// Prior standard deviation of that multiplier around 1.
const MULTIPLIER_SPREAD: f64 = 0.6;

/// Newton steps converge quadratically: after a step this small the error is
/// far below the last digit that is shown.
const TOLERANCE: f64 = 1e-4;

/// The most probable strengths.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Strengths in logits, then η.
    unknowns: Vec<f64>,
    priors: Vec<StrengthPrior>,
    /// Logarithm of likelihood times prior, the prior without its constant.
    pub log_posterior: f64,
    /// The multiplier of β.
    pub multiplier: f64,
    /// Newton steps taken.
    pub steps: usize,
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
        let problem =
            |multiplier| LogPosterior::new(contest, rule, plain.priors.clone(), multiplier);
        let mut best = (problem(1.0).log_evidence(&plain), plain.clone());
        for multiplier in OTHER_MULTIPLIERS {
            let problem = problem(multiplier);
            let fit = problem.solve(problem.members_of(&plain.unknowns));
            let evidence = problem.log_evidence(&fit);
            if evidence > best.0 {
                best = (evidence, fit);
            }
        }
        best.1
    }

    /// The most probable strengths with β multiplied by a given number.
    #[must_use]
    pub fn with_multiplier(contest: &Contest, rule: &DuelRule, multiplier: f64) -> Self {
        Self::with_priors(contest, rule, rule.priors(contest), multiplier)
    }

    /// The same with the priors of the strengths given, by number of entrant.
    #[must_use]
    pub fn with_priors(
        contest: &Contest,
        rule: &DuelRule,
        priors: Vec<StrengthPrior>,
        multiplier: f64,
    ) -> Self {
        let problem = LogPosterior::new(contest, rule, priors, multiplier);
        // From equal strengths the steps rarely lead too far: there every duel
        // still has its full curvature.
        let mut start = vec![0.0; problem.members.len()];
        start[problem.members.len() - 1] = rule.tie_mean;
        problem.solve(start)
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

    /// The Laplace approximation: a normal distribution around the maximum.
    /// Contest and rule are those of the fit.
    #[must_use]
    pub fn posterior(self, contest: &Contest, rule: &DuelRule) -> Posterior {
        let problem = self.problem(contest, rule);
        let covariance = problem.covariance(&self);
        let strengths: Vec<usize> = (0..self.strengths().len()).collect();
        let moments = Moments {
            means: self.strengths().to_vec(),
            covariance: covariance.part(&strengths),
            ..Moments::of_prior(&problem.priors, 0.0)
        };
        Posterior::of(self, covariance, moments, contest.duelled())
    }

    /// The approximation by expectation propagation, with the multiplier left
    /// open.
    #[must_use]
    pub fn ep_posterior(self, contest: &Contest, rule: &DuelRule) -> Posterior {
        let problem = self.problem(contest, rule);
        let covariance = problem.covariance(&self);
        let moments = problem.moments(&self, &covariance);
        Posterior::of(self, covariance, moments, contest.duelled())
    }

    /// The priors of the strengths, by number of entrant.
    pub(super) fn priors(&self) -> &[StrengthPrior] {
        &self.priors
    }

    fn problem(&self, contest: &Contest, rule: &DuelRule) -> LogPosterior {
        LogPosterior::new(contest, rule, self.priors.clone(), self.multiplier)
    }
}

impl DuelRule {
    /// The priors of the strengths: N(β·(score − 50)/10, τ²), before β is
    /// multiplied by anything.
    fn priors(&self, contest: &Contest) -> Vec<StrengthPrior> {
        let precision = self.spread.powi(-2);
        let rubric = |score: f64| self.slope * (score - UNRATED) / 10.0;
        let entrants = contest.entrants().iter();
        entrants.map(|entrant| StrengthPrior { rubric: rubric(entrant.score), precision }).collect()
    }
}

/// The log-posterior to maximise. An entrant without duels stays at its prior and plays
/// no part, so the work is that of those who have been in duels.
struct LogPosterior {
    /// Priors of the strengths.
    priors: Vec<StrengthPrior>,
    /// Prior means of all unknowns: the strengths, then η.
    means: Vec<f64>,
    /// Prior precisions of all unknowns.
    precisions: Vec<f64>,
    /// The unknowns that play a part: entrants with duels, then η.
    members: Vec<usize>,
    /// The answers, by indices in `members`.
    pairs: Vec<PairAnswers>,
    multiplier: f64,
}

impl LogPosterior {
    fn new(
        contest: &Contest,
        rule: &DuelRule,
        priors: Vec<StrengthPrior>,
        multiplier: f64,
    ) -> Self {
        let entrants = contest.entrants();
        let means = priors.iter().map(|prior| multiplier * prior.rubric);
        let precisions = priors.iter().map(|prior| prior.precision);
        let opponents = contest.opponents();
        let mut members: Vec<usize> =
            (0..entrants.len()).filter(|&entrant| opponents[entrant] > 0).collect();
        // Those with few opponents first: their rows of the triangle stay short.
        members.sort_by_key(|&member| opponents[member]);
        let mut indices = vec![0; entrants.len()];
        for (index, &member) in members.iter().enumerate() {
            indices[member] = index;
        }
        members.push(entrants.len());
        // The side that comes first among the members stands first.
        let answers = |(pair, weights): (Pair, Weights)| {
            let (first, second) = (indices[pair.first()], indices[pair.second()]);
            if first < second {
                (first, second, weights)
            } else {
                (second, first, weights.swapped())
            }
        };
        Self {
            means: means.chain([rule.tie_mean]).collect(),
            precisions: precisions.chain([rule.tie_spread.powi(-2)]).collect(),
            priors,
            members,
            pairs: contest.weights().map(answers).collect(),
            multiplier,
        }
    }

    /// Of all unknowns, those of the members.
    fn members_of(&self, unknowns: &[f64]) -> Vec<f64> {
        self.members.iter().map(|&member| unknowns[member]).collect()
    }

    fn solve(&self, start: Vec<f64>) -> Fit {
        let maximum = maximize(
            start,
            TOLERANCE,
            |unknowns| self.log_posterior(unknowns),
            |unknowns| self.gradient_and_hessian(unknowns),
        );
        let mut unknowns = self.means.clone();
        for (&member, &value) in self.members.iter().zip(&maximum.x) {
            unknowns[member] = value;
        }
        let (log_posterior, multiplier) = (maximum.value, self.multiplier);
        let priors = self.priors.clone();
        Fit { unknowns, priors, log_posterior, multiplier, steps: maximum.steps }
    }

    /// Prior precision of each member, and its deviation from the prior mean.
    fn deviations<'a>(&'a self, unknowns: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
        let deviation =
            |(&member, x): (&usize, &f64)| (self.precisions[member], self.means[member] - x);
        self.members.iter().zip(unknowns).map(deviation)
    }

    fn log_posterior(&self, unknowns: &[f64]) -> f64 {
        let eta = unknowns[unknowns.len() - 1];
        let nu = eta.exp();
        let likelihood = |&(first, second, weights): &PairAnswers| {
            let d = unknowns[first] - unknowns[second];
            let decided = weights.first - weights.second;
            0.5 * d * decided + eta * weights.ties
                - weights.total() * Outcomes::at(d, nu).log_total()
        };
        let prior = self
            .deviations(unknowns)
            .map(|(precision, deviation)| 0.5 * precision * deviation * deviation);
        self.pairs.iter().map(likelihood).sum::<f64>() - prior.sum::<f64>()
    }

    /// Gradient of the log-posterior and minus its second derivatives (the
    /// lower triangle).
    fn gradient_and_hessian(&self, unknowns: &[f64]) -> (Vec<f64>, Matrix) {
        let ties = unknowns.len() - 1;
        let nu = unknowns[ties].exp();
        let mut gradient = Vec::with_capacity(unknowns.len());
        let mut hessian = Matrix::zero(unknowns.len());
        for (index, (precision, deviation)) in self.deviations(unknowns).enumerate() {
            gradient.push(precision * deviation);
            hessian[(index, index)] = precision;
        }
        for &(first, second, weights) in &self.pairs {
            let total = weights.total();
            let outcomes = Outcomes::at(unknowns[first] - unknowns[second], nu);
            let decided = 0.5 * (weights.first - weights.second);
            let residual = decided - total * outcomes.slope();
            gradient[first] += residual;
            gradient[second] -= residual;
            gradient[ties] += weights.ties - total * outcomes.tie;
            let curvature = total * outcomes.curvature();
            hessian[(first, first)] += curvature;
            hessian[(second, second)] += curvature;
            hessian[(second, first)] -= curvature;
            hessian[(ties, ties)] += total * outcomes.tie * (1.0 - outcomes.tie);
            let cross = -total * outcomes.slope() * outcomes.tie;
            hessian[(ties, first)] += cross;
            hessian[(ties, second)] -= cross;
        }
        (gradient, hessian)
    }

    /// Minus the second derivatives at the maximum, factored.
    fn hessian(&self, fit: &Fit) -> Cholesky {
        Cholesky::new(self.gradient_and_hessian(&self.members_of(&fit.unknowns)).1)
    }

    /// Logarithm of the probability of all answers (Laplace approximation) and
    /// of the multiplier, but for a constant.
    fn log_evidence(&self, fit: &Fit) -> f64 {
        let scale = self.members.iter().map(|&member| 0.5 * self.precisions[member].ln());
        fit.log_posterior + scale.sum::<f64>()
            - 0.5 * self.hessian(fit).log_determinant()
            - 0.5 * ((self.multiplier - 1.0) / MULTIPLIER_SPREAD).powi(2)
    }

    /// Mean and covariance of all strengths by expectation propagation, which
    /// starts from the maximum and the covariance there.
    fn moments(&self, fit: &Fit, covariance: &Matrix) -> Moments {
        let members = &self.members[..self.members.len() - 1];
        let priors: Vec<StrengthPrior> =
            members.iter().map(|&member| self.priors[member]).collect();
        let means = members.iter().map(|&member| fit.unknowns[member]).collect();
        let start = (means, covariance.part(members));
        let nu = fit.log_tie_parameter().exp();
        Moments::by_expectation_propagation(&priors, MULTIPLIER_SPREAD, &self.pairs, start, nu)
            .with_entrants(&self.priors, members)
    }

    /// Covariance of all unknowns.
    fn covariance(&self, fit: &Fit) -> Matrix {
        let mut covariance = Matrix::zero(self.means.len());
        for (index, precision) in self.precisions.iter().enumerate() {
            covariance[(index, index)] = precision.recip();
        }
        let inverse = self.hessian(fit).inverse();
        for (row, &member) in self.members.iter().enumerate() {
            for (column, &other) in self.members.iter().enumerate() {
                covariance[(member, other)] = inverse[(row, column)];
            }
        }
        covariance
    }
}
