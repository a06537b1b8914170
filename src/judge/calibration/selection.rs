//! Whether the choice between ideas was a good one, in hindsight.

use std::cmp::Ordering;

use crate::domain::{Date, Idea, Outcome, Portfolio, Status};
use crate::judge::Score;

/// An idea that was dropped or done, with what the world made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Which of the portfolio's ideas.
    pub position: usize,
    /// What the world made of it.
    pub outcome: Outcome,
    /// Whether it was given up.
    pub abandoned: bool,
    /// Its score as rated now; `None` with nothing rated.
    pub score: Option<f64>,
}

/// Hindsight on the ideas that were dropped or done.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Every idea with hindsight, in the order of the portfolio.
    pub judged: Vec<Judged>,
    /// Pairs of an idea that mattered and one that did not (it fizzled or was
    /// nothing), both rated.
    pub pairs: usize,
    /// Share of those pairs in which the one that mattered scores higher, ties
    /// counting half: ½ is chance. `None` without a pair.
    pub concordance: Option<f64>,
}

/// Sets hindsight until a day against the scores, which are those of
/// [`crate::judge::scores`]. Ratings have no history, so the scores are today's.
#[must_use]
pub fn selection(portfolio: &Portfolio, scores: &[Score], as_of: Date) -> Selection {
    let each = portfolio.ideas().iter().zip(scores).enumerate();
    let judged: Vec<Judged> =
        each.filter_map(|(position, (idea, score))| judge(position, idea, score, as_of)).collect();
    let scored = |mattered: bool| {
        let these = judged.iter().filter(move |judged| {
            judged.outcome != Outcome::Open && (judged.outcome == Outcome::Mattered) == mattered
        });
        these.filter_map(|judged| judged.score).collect::<Vec<f64>>()
    };
    let (mattered, others) = (scored(true), scored(false));
    let pairs = mattered.len() * others.len();
    Selection { judged, pairs, concordance: concordance(&mattered, &others) }
}

/// Share of the pairs of one of `these` and one of `others` in which the first
/// is higher, ties counting half: ½ is chance. `None` without a pair.
#[must_use]
pub(in crate::judge) fn concordance(these: &[f64], others: &[f64]) -> Option<f64> {
    let pairs = these.len() * others.len();
    let won: f64 =
        these.iter().flat_map(|one| others.iter().map(move |other| wins(*one, *other))).sum();
    (pairs > 0).then(|| won / pairs as f64)
}

/// 1 where the first is higher, ½ where both are the same.
fn wins(one: f64, other: f64) -> f64 {
    match one.total_cmp(&other) {
        Ordering::Greater => 1.0,
        Ordering::Equal => 0.5,
        Ordering::Less => 0.0,
    }
}

fn judge(position: usize, idea: &Idea, score: &Score, as_of: Date) -> Option<Judged> {
    let over = matches!(idea.status, Status::Abandoned | Status::Done);
    let known = idea.hindsight_date.is_none_or(|date| date <= as_of);
    let outcome = idea.hindsight_outcome.filter(|_| over && known)?;
    Some(Judged {
        position,
        outcome,
        abandoned: idea.status == Status::Abandoned,
        score: score.rated.then(|| score.value()),
    })
}

impl Selection {
    /// How many ended this way.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.judged.iter().filter(|judged| judged.outcome == outcome).count()
    }

    /// Those that were given up and mattered after all.
    pub fn regrets(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|j| j.abandoned && j.outcome == Outcome::Mattered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rating;
    use crate::judge::{ScoreRule, scores};

    #[test]
    fn what_mattered_is_set_against_what_did_not() {
        let idea = |id: &str, answer: f64, status, outcome| {
            let mut idea = Idea::new(id, id);
            idea.ratings = [Some(Rating::value(answer)); 5];
            idea.status = status;
            idea.hindsight_outcome = outcome;
            idea
        };
        let ideas = vec![
            idea("a", 8.0, Status::Done, Some(Outcome::Mattered)),
            idea("b", 5.0, Status::Abandoned, Some(Outcome::Mattered)),
            idea("c", 5.0, Status::Abandoned, Some(Outcome::Nothing)),
            idea("d", 6.0, Status::Abandoned, Some(Outcome::Fizzled)),
            idea("e", 6.0, Status::Abandoned, Some(Outcome::Open)),
            idea("f", 6.0, Status::Active, Some(Outcome::Nothing)),
        ];
        let portfolio = Portfolio::new(ideas, Vec::new());
        let scores = scores(&portfolio, &ScoreRule::default());
        let selection = selection(&portfolio, &scores, Date::constant(2026, 1, 1));
        assert_eq!((selection.judged.len(), selection.pairs), (5, 4));
        // a beats both, b ties with c and loses to d.
        assert_eq!(selection.concordance, Some(2.5 / 4.0));
        assert_eq!(selection.regrets().map(|judged| judged.position).collect::<Vec<_>>(), [1]);
        assert_eq!(selection.count(Outcome::Open), 1);
    }
}
