//! Alternatives to an idea under review: the candidates in inbox and shortlist.

use crate::domain::{Date, Idea, Portfolio, Status};

use crate::judge::robustness::{Belief, probability_above};
use crate::judge::{Score, ScoreRule, effective_status, others, rank};

/// Draws for each of two ideas that are compared, all pairs of which count.
const DRAWS: usize = 400;

/// Seeds of the draws for the idea under review and for the candidates, apart
/// so that the two are independent.
const SEEDS: [u64; 2] = [1, 2];

/// A candidate that scores higher than the idea under review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alternative {
    /// Which of the portfolio's ideas.
    pub position: usize,
    /// How much higher its score is: above 0.
    pub opportunity_cost: f64,
}

/// The candidates, in the order of the ranking.
pub(crate) struct Candidates<'a> {
    portfolio: &'a Portfolio,
    scores: &'a [Score],
    rule: &'a ScoreRule,
    positions: Vec<usize>,
    /// Draws of the scores of those that were asked about, by position.
    draws: Vec<Option<Vec<f32>>>,
}

impl<'a> Candidates<'a> {
    /// The rated ideas that wait in inbox or shortlist on that day.
    pub(crate) fn of(
        portfolio: &'a Portfolio,
        scores: &'a [Score],
        rule: &'a ScoreRule,
        as_of: Date,
    ) -> Self {
        let all: Vec<(&Idea, &Score)> = portfolio.iter().zip(scores).collect();
        let waits = |position: &usize| {
            let (idea, score) = all[*position];
            let status = effective_status(idea, portfolio, as_of);
            score.rated && matches!(status, Status::Inbox | Status::Shortlist)
        };
        let standings = rank(&all);
        let positions = standings.iter().map(|standing| standing.position).filter(waits).collect();
        Self { portfolio, scores, rule, positions, draws: vec![None; scores.len()] }
    }

    /// The best candidate that scores higher than an idea.
    pub(crate) fn best_for(&self, position: usize) -> Option<Alternative> {
        self.higher_than(position).next()
    }

    /// The best candidate that scores higher than an idea and is the better one
    /// with at least this probability, by draws from all that was answered
    /// about both; and that probability.
    pub(crate) fn better_than(
        &mut self,
        position: usize,
        least: f64,
    ) -> Option<(Alternative, f64)> {
        let own = self.draw(position, SEEDS[0]);
        let higher: Vec<Alternative> = self.higher_than(position).collect();
        higher.into_iter().find_map(|alternative| {
            let position = alternative.position;
            let draws = match self.draws[position].take() {
                Some(draws) => draws,
                None => self.draw(position, SEEDS[1]),
            };
            let p_better = probability_above(&draws, &own);
            self.draws[position] = Some(draws);
            (p_better >= least).then_some((alternative, p_better))
        })
    }

    fn higher_than(&self, position: usize) -> impl Iterator<Item = Alternative> + '_ {
        let own = &self.scores[position];
        let candidates = self.positions.iter().filter(move |&&c| c != position && own.rated);
        candidates.filter_map(move |&position| {
            let opportunity_cost = self.scores[position].value() - own.value();
            (opportunity_cost > 0.0).then_some(Alternative { position, opportunity_cost })
        })
    }

    fn draw(&self, position: usize, seed: u64) -> Vec<f32> {
        let idea = &self.portfolio.ideas()[position];
        let others = others(self.portfolio, idea);
        Belief::of(idea, &others, self.rule, seed).scores(self.rule, DRAWS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rating;
    use crate::judge::scores;

    fn idea(id: &str, status: Status, answers: [(f64, f64); 5]) -> Idea {
        let ratings = answers.map(|(low, high)| Rating::range(low, high));
        Idea { ratings, status, ..Idea::new(id, id) }
    }

    fn sure(id: &str, status: Status, answer: f64) -> Idea {
        idea(id, status, [(answer, answer); 5])
    }

    fn with_candidates<T>(ideas: Vec<Idea>, ask: impl Fn(&mut Candidates) -> T) -> T {
        let portfolio = Portfolio::new(ideas, Vec::new());
        let rule = ScoreRule::default();
        let scores = scores(&portfolio, &rule);
        ask(&mut Candidates::of(&portfolio, &scores, &rule, Date::constant(2026, 1, 1)))
    }

    #[test]
    fn the_best_of_inbox_and_shortlist_is_the_alternative() {
        let ideas = vec![
            sure("own", Status::Active, 4.0),
            sure("low", Status::Shortlist, 3.0),
            sure("inbox", Status::Inbox, 6.0),
            sure("best", Status::Shortlist, 7.0),
            sure("taken", Status::Active, 9.0),
            Idea::new("unrated", "unrated"),
        ];
        let (own, best, unrated) = with_candidates(ideas, |candidates| {
            (candidates.best_for(0), candidates.best_for(3), candidates.best_for(5))
        });
        let own = own.unwrap();
        assert_eq!(own.position, 3);
        assert!((own.opportunity_cost - 30.0).abs() < 1e-9);
        assert_eq!((best, unrated), (None, None));
    }

    #[test]
    fn honest_ranges_may_overlap_and_one_still_be_better() {
        let ideas = vec![
            idea("own", Status::Active, [(4.0, 6.0); 5]),
            idea("better", Status::Inbox, [(5.4, 7.4); 5]),
            idea("vague", Status::Inbox, [(2.0, 9.9); 5]),
            idea("close", Status::Inbox, [(4.1, 6.1); 5]),
        ];
        let (found, strict) = with_candidates(ideas, |candidates| {
            (candidates.better_than(0, 0.8), candidates.better_than(0, 0.999))
        });
        let (alternative, p_better) = found.unwrap();
        assert_eq!(alternative.position, 1);
        assert!((0.8..0.999).contains(&p_better), "{p_better}");
        assert_eq!(strict, None);
    }
}
