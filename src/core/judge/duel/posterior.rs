//! Posterior distribution of the strengths and the tie parameter, and the
//! strengths that it gives the ideas of a portfolio.

use std::collections::HashMap;

use super::contest::UNRATED;
use super::davidson::{self, InformationBound, Sampler};
use super::expectation_propagation::Moments;
use super::{Contest, DuelRule, Fit, Outcomes};
use crate::domain::{Date, Duel, Idea, Portfolio};
use crate::judge::Score;
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

/// The strength of an idea and its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// The most probable strength in logits, less the mean of the pool; an idea
    /// that is stronger by 1 is preferred 2.7 times as often as it is not.
    pub value: f64,
    /// Standard deviation, in logits.
    pub deviation: f64,
}

/// The contest of all ideas that have been in duels and no others: the rest
/// plays no part in what the duels say.
#[must_use]
pub fn duelled<'d>(
    portfolio: &Portfolio,
    scores: &[Score],
    duels: impl IntoIterator<Item = &'d Duel>,
) -> Contest {
    Contest::of_ideas(portfolio, scores, |_| false, duels)
}

/// Strengths of ideas: under [`DuelRule::without_rubric`] their pull, from the
/// duels alone; else from the duels with the score as a prior.
#[derive(Clone, Debug, PartialEq)]
pub struct Strengths {
    rule: DuelRule,
    /// The multiplier of the rubric's slope.
    multiplier: f64,
    /// The mean of the ideas that have been in duels.
    mean: Strength,
    /// Of the ideas that have been in duels, by id.
    known: HashMap<String, Strength>,
}

impl Strengths {
    /// The strengths of the entrants, all of which have been in duels.
    #[must_use]
    pub fn of(contest: &Contest, rule: &DuelRule) -> Self {
        let fit = Fit::new(contest, rule);
        let multiplier = fit.multiplier;
        let posterior: Posterior = fit.posterior(contest, rule);
        let entrants = contest.entrants();
        let strengths = posterior.relative_strengths(entrants.len());
        let ids = entrants.iter().map(|entrant| entrant.id.clone());
        Self {
            rule: *rule,
            multiplier,
            mean: posterior.mean_strength(entrants.len()),
            known: ids.zip(strengths).collect(),
        }
    }

    /// The strength of an idea with this score. `None` if there is neither a
    /// duel nor, where that counts, a score: unknown is not zero.
    #[must_use]
    pub fn of_idea(&self, idea: &Idea, score: &Score) -> Option<Strength> {
        self.known.get(&idea.id).copied().or_else(|| {
            let has_prior = self.rule.slope != 0.0 && score.rated;
            has_prior.then(|| self.prior(score))
        })
    }

    /// The prior of an idea that has not been in a duel.
    fn prior(&self, score: &Score) -> Strength {
        let slope = self.multiplier * self.rule.slope;
        Strength {
            value: slope * (score.value() - UNRATED) / 10.0 - self.mean.value,
            deviation: self.rule.spread.hypot(self.mean.deviation),
        }
    }
}

/// The strength of every idea in logits, by position in [`Portfolio::ideas`],
/// as [`Strengths`] has it.
#[must_use]
pub fn strengths<'d>(
    portfolio: &Portfolio,
    scores: &[Score],
    duels: impl IntoIterator<Item = &'d Duel>,
    rule: &DuelRule,
) -> Vec<Option<f64>> {
    let strengths = Strengths::of(&duelled(portfolio, scores, duels), rule);
    let ideas = portfolio.iter().zip(scores);
    ideas.map(|(idea, score)| Some(strengths.of_idea(idea, score)?.value)).collect()
}

/// What the duels say about which of two ideas is the better one. The score is a
/// prior, as everywhere in a duel.
pub(crate) struct Preferences {
    posterior: Posterior,
    /// The number of the entrant, by position in [`Portfolio::ideas`]; none for
    /// an idea that was not in enough duels.
    entrants: Vec<Option<usize>>,
}

/// In so many duels an idea has to have been for its strength to count before its
/// score, all answers of one person to one pair together as one. A judgement.
const ENOUGH_DUELS: f64 = 5.0;

impl Preferences {
    /// What the duels that stand on a day say. `scores` are by position.
    pub(crate) fn of(portfolio: &Portfolio, scores: &[Score], as_of: Date) -> Self {
        let contest = duelled(portfolio, scores, portfolio.duels().standing(as_of));
        let mut duels = vec![0.0; contest.entrants().len()];
        for (pair, weights) in contest.weights() {
            duels[pair.first()] += weights.total();
            duels[pair.second()] += weights.total();
        }
        let mut entrants = vec![None; portfolio.ideas().len()];
        for (number, entrant) in contest.entrants().iter().enumerate() {
            let position = portfolio.position(&entrant.id);
            if let Some(position) = position.filter(|_| duels[number] >= ENOUGH_DUELS) {
                entrants[position] = Some(number);
            }
        }
        Self { posterior: Posterior::new(&contest, &DuelRule::default()), entrants }
    }

    /// The probability that the idea at one position is stronger than the one at
    /// another; `None` where one of them was not in enough duels.
    pub(crate) fn probability_better(&self, one: usize, other: usize) -> Option<f64> {
        let (mean, variance) =
            self.posterior.difference(self.entrants[one]?, self.entrants[other]?);
        (variance > 0.0).then(|| 0.5 * libm::erfc(-mean / (2.0 * variance).sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Criterion, DuelEntry, Edit, Rating, Status, Winner, Zoned};
    use crate::judge::{ScoreRule, rank, scores};

    /// Ideas `0`, `1`, … with this headroom; the last one is not rated.
    fn portfolio(headroom: &[f64]) -> Portfolio {
        let rated = headroom.iter().enumerate().map(|(at, &headroom)| {
            let mut idea = Idea::new(at.to_string(), format!("Idea {at}"));
            idea.status = Status::Shortlist;
            idea.ratings = [Some(Rating::value(5.0)); 5];
            idea.ratings[Criterion::Headroom.index()] = Rating::range(headroom / 2.0, headroom);
            idea
        });
        let unrated = Idea::new(headroom.len().to_string(), "Not rated");
        Portfolio::new(rated.chain([unrated]).collect(), Vec::new())
    }

    fn duel(id: usize, left: usize, right: usize, winner: Winner) -> Duel {
        let at: Zoned = date(2026, 3, 1).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let (left, right) = (left.to_string(), right.to_string());
        Duel { id: id.to_string(), at, by: "ana".into(), left, right, winner }
    }

    fn with(mut portfolio: Portfolio, duels: &[Duel]) -> Portfolio {
        for duel in duels {
            portfolio.apply(&Edit::Duel(DuelEntry::Duel(duel.clone()))).unwrap();
        }
        portfolio
    }

    #[test]
    fn an_idea_without_duels_has_no_pull_and_its_prior_when_joined() {
        let portfolio = portfolio(&[9.0, 5.0, 2.0, 7.0]);
        let duels: Vec<Duel> =
            (0..12).map(|id| duel(id, id % 3, (id + 1) % 3, Winner::ALL[id % 2])).collect();
        let scores = scores(&portfolio, &ScoreRule::default());
        let rule = DuelRule::default();
        let pull = strengths(&portfolio, &scores, &duels, &rule.without_rubric());
        assert_eq!(
            pull.iter().map(Option::is_some).collect::<Vec<_>>(),
            [true, true, true, false, false]
        );
        // The same as when all ideas take part.
        let all = Contest::of_ideas(&portfolio, &scores, |_| true, &duels);
        let joined = Strengths::of(&duelled(&portfolio, &scores, &duels), &rule);
        let whole = Fit::new(&all, &rule).posterior(&all, &rule).relative_strengths(3);
        for (number, entrant) in all.entrants().iter().enumerate() {
            let at = portfolio.position(&entrant.id).unwrap();
            let Some(strength) = joined.of_idea(&portfolio.ideas()[at], &scores[at]) else {
                assert!(!scores[at].rated);
                continue;
            };
            assert!((strength.value - whole[number].value).abs() < 1e-9);
            assert!((strength.deviation - whole[number].deviation).abs() < 1e-9);
        }
    }

    #[test]
    fn the_answer_of_every_further_person_narrows_a_pull() {
        let portfolio = portfolio(&[5.0, 5.0]);
        let scores = scores(&portfolio, &ScoreRule::default());
        let rule = DuelRule::default().without_rubric();
        let mut before = rule.spread;
        let deviation = |duels: &[Duel]| {
            let strengths = Strengths::of(&duelled(&portfolio, &scores, duels), &rule);
            strengths.of_idea(&portfolio.ideas()[0], &scores[0]).unwrap().deviation
        };
        let mut duels = Vec::new();
        for person in 0..5 {
            let by = person.to_string();
            duels.push(Duel { by, ..duel(person, 0, 1, Winner::Tie) });
            assert!(deviation(&duels) < before);
            before = deviation(&duels);
        }
        duels.push(Duel { by: "0".into(), ..duel(5, 0, 1, Winner::Tie) });
        assert_eq!(deviation(&duels), before, "the same answer again is no evidence");
    }

    proptest! {
        #[test]
        fn duels_never_change_a_score_or_a_rank(
            headroom in prop::collection::vec(0.0..=10.0_f64, 2..6),
            answers in prop::collection::vec((0_usize..6, 0_usize..6, 0_usize..3), 0..40),
        ) {
            let bare = portfolio(&headroom);
            let count = bare.ideas().len();
            let duels: Vec<Duel> = answers
                .iter()
                .enumerate()
                .map(|(id, &(left, right, winner))| {
                    duel(id, left % count, right % count, Winner::ALL[winner])
                })
                .collect();
            let duelled = with(bare.clone(), &duels);
            let rule = ScoreRule::default();
            let (before, after) = (scores(&bare, &rule), scores(&duelled, &rule));
            prop_assert_eq!(&before, &after);
            let ranking = |portfolio: &Portfolio, scores: &[Score]| {
                rank(&portfolio.iter().zip(scores).collect::<Vec<_>>())
            };
            prop_assert_eq!(ranking(&bare, &before), ranking(&duelled, &after));
        }
    }
}
