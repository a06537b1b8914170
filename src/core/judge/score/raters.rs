//! Other people's answers about an idea, beside its owner's.

use crate::domain::{CRITERIA, Criterion, Idea, Portfolio, Rater, Rating};

use crate::judge::{Score, ScoreRule, score};

/// Middles further apart than this on one criterion are a dispute.
const DISPUTE: f64 = 3.0;

/// One person's answers about an idea, by [`Criterion::index`].
pub type Answers = [Option<Rating>; CRITERIA];

/// What others answered about an idea, a rater each.
#[must_use]
pub fn others<'a>(portfolio: &'a Portfolio, idea: &Idea) -> Vec<&'a Answers> {
    let by = |rater: &'a Rater| {
        std::iter::once(&idea.id).chain(&idea.aliases).find_map(|name| rater.ratings.get(name))
    };
    portfolio.raters().iter().filter_map(by).collect()
}

/// The scores of all ideas of a portfolio, in its order.
#[must_use]
pub fn scores(portfolio: &Portfolio, rule: &ScoreRule) -> Vec<Score> {
    let judged = |idea| {
        let mut answers = others(portfolio, idea).into_iter().flatten();
        score(idea, rule, answers.any(Option::is_some))
    };
    portfolio.iter().map(judged).collect()
}

/// The criteria on which the raters of an idea, its owner included, lie more
/// than three points apart, each by the middle of what they answered.
#[must_use]
pub fn disputes(owner: &Score, idea: &Idea, others: &[&Answers]) -> Vec<Criterion> {
    let is_disputed = |criterion: &Criterion| {
        let own = match criterion {
            Criterion::Strategy => {
                Some(owner.strategy).filter(|_| !owner.missing[criterion.index()])
            }
            _ => idea.rating(*criterion),
        };
        let theirs = others.iter().filter_map(|answers| answers[criterion.index()]);
        let middles = own.into_iter().chain(theirs).map(Rating::middle);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = middles.fold(ends, |(low, high), x| (low.min(x), high.max(x)));
        high - low > DISPUTE
    };
    Criterion::ALL.into_iter().filter(is_disputed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BetKind;
    use std::collections::HashMap;

    fn answers(values: [Option<f64>; CRITERIA]) -> Answers {
        values.map(|value| value.map(Rating::value))
    }

    fn rater(id: &str, answers: Answers) -> Rater {
        Rater { ratings: HashMap::from([(id.to_owned(), answers)]), ..Rater::new("mara") }
    }

    fn disputed(idea: &Idea, raters: Vec<Rater>) -> Vec<Criterion> {
        let portfolio = Portfolio::new(vec![idea.clone()], raters);
        let score = &scores(&portfolio, &ScoreRule::default())[0];
        disputes(score, idea, &others(&portfolio, idea))
    }

    #[test]
    fn more_than_three_points_apart_is_a_dispute() {
        let mut idea = Idea::new("a", "a");
        idea.ratings = answers([Some(5.0), Some(5.0), None, Some(2.0), None]);
        idea.ratings[0] = Rating::range(2.0, 8.0);
        let theirs = answers([Some(8.0), Some(8.1), Some(0.0), None, Some(1.0)]);
        assert_eq!(disputed(&idea, vec![rater("a", theirs)]), [Criterion::Generality]);
        let third = answers([None, None, Some(3.5), None, None]);
        let both = vec![rater("a", theirs), rater("a", third)];
        assert_eq!(disputed(&idea, both), [Criterion::Generality, Criterion::Longevity]);
        assert_eq!(disputed(&idea, vec![rater("b", theirs)]), []);
    }

    #[test]
    fn the_strategy_of_a_bet_is_what_its_owner_says_by_it() {
        let mut idea = Idea::new("a", "a");
        idea.bet = Some(BetKind::Hot);
        let theirs = || vec![rater("a", answers([None, None, None, None, Some(9.0)]))];
        assert_eq!(disputed(&idea, theirs()), []);
        for input in BetKind::Hot.inputs() {
            idea.bet_inputs[input.index()] = Some(Rating::value(4.0));
        }
        assert_eq!(disputed(&idea, theirs()), [Criterion::Strategy]);
    }

    #[test]
    fn raters_may_know_an_idea_by_an_earlier_id() {
        let mut idea = Idea::new("new", "a");
        idea.aliases.push("old".into());
        let mara = rater("old", answers([Some(3.0), None, None, None, None]));
        let portfolio = Portfolio::new(vec![idea.clone()], vec![mara]);
        assert_eq!(others(&portfolio, &idea).len(), 1);
        assert!(scores(&portfolio, &ScoreRule::default())[0].rated);
    }
}
