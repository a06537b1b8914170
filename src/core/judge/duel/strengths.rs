//! Strengths of the ideas of a portfolio.

use std::collections::HashMap;

use super::contest::UNRATED;
use super::{Contest, DuelRule, Fit, Posterior};
use crate::domain::{Duel, Idea, Portfolio};
use crate::judge::Score;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Criterion, DuelEntry, Edit, Rating, Status, Winner, Zoned};
    use crate::judge::{ScoreRule, rank, scores};
    use jiff::{civil::date, tz::TimeZone};
    use proptest::prelude::*;

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
