//! Ideas that duels and scores rank differently, with the criterion that would
//! explain it.

use std::cmp::Reverse;

use super::Taste;
use crate::domain::{CRITERIA, Criterion};
use crate::judge::duel::{Contest, Posterior};
use crate::judge::{Score, ScoreRule};

/// Points of score, of 100, that a criterion must account for to be named.
const LEAST_POINTS: f64 = 1.0;

/// An idea that duels and scores rank differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Number of the entrant.
    pub entrant: usize,
    /// Its rank by score among the ideas compared, from 1.
    pub rank_by_score: usize,
    /// Its rank by duels alone, from 1.
    pub rank_by_duels: usize,
    /// The criterion that would explain most of it: the revealed weights make
    /// more, or less, of it than the stated ones, its ceiling included. `None`
    /// if none does: then it is something that no criterion says.
    pub because: Option<Criterion>,
}

/// The ideas that duels and scores rank differently, the widest difference first:
/// the order by duels alone (`pull`, fitted without the rubric) beside the order
/// by score, over the
/// ideas of the pool with all answers known and at least one duel. `answers`
/// and `scores` are by number of entrant.
#[must_use]
pub fn disagreements(
    contest: &Contest,
    pull: &Posterior,
    answers: &[Option<[f64; CRITERIA]>],
    scores: &[&Score],
    stated: &ScoreRule,
    taste: &Taste,
) -> Vec<Disagreement> {
    let revealed = taste.rule(stated);
    let compared: Vec<(usize, [f64; CRITERIA], &Score)> = answers
        .iter()
        .zip(scores)
        .take(contest.pool())
        .enumerate()
        .filter_map(|(entrant, (answers, score))| Some((entrant, (*answers)?, *score)))
        .filter(|(entrant, ..)| contest.duels_of(*entrant) > 0)
        .collect();
    let by_score = ranks(compared.iter().map(|(_, _, score)| score.value()));
    let by_duels = ranks(compared.iter().map(|(entrant, ..)| pull.strengths()[*entrant]));
    let leanings: Vec<[f64; CRITERIA]> =
        compared.iter().map(|(_, answers, _)| leaning(answers, stated, &revealed)).collect();
    let mean: [f64; CRITERIA] = std::array::from_fn(|i| {
        leanings.iter().map(|leaning| leaning[i]).sum::<f64>() / leanings.len().max(1) as f64
    });
    let mut found: Vec<Disagreement> = compared
        .iter()
        .zip(by_score.into_iter().zip(by_duels))
        .zip(leanings)
        .filter(|((_, (by_score, by_duels)), _)| by_score != by_duels)
        .map(|(((entrant, ..), (rank_by_score, rank_by_duels)), leaning)| {
            let direction = if rank_by_duels < rank_by_score { 1.0 } else { -1.0 };
            let points = std::array::from_fn(|i| direction * (leaning[i] - mean[i]));
            let because = most_telling(&points);
            Disagreement { entrant: *entrant, rank_by_score, rank_by_duels, because }
        })
        .collect();
    found.sort_by_key(|found| Reverse(found.rank_by_score.abs_diff(found.rank_by_duels)));
    found
}

/// The criterion with the most points, if they are worth naming.
fn most_telling(points: &[f64; CRITERIA]) -> Option<Criterion> {
    let of = |criterion: &Criterion| points[criterion.index()];
    let most = Criterion::ALL.into_iter().max_by(|a, b| of(a).total_cmp(&of(b)));
    most.filter(|criterion| of(criterion) >= LEAST_POINTS)
}

/// What the revealed weights make of each answer, less what the stated ones do,
/// in points of score.
fn leaning(answers: &[f64; CRITERIA], stated: &ScoreRule, revealed: &ScoreRule) -> [f64; CRITERIA] {
    let [stated, revealed] = [stated, revealed].map(|rule| rule.waterfall(answers).by_criterion());
    std::array::from_fn(|i| revealed[i] - stated[i])
}

/// Ranks from 1, the largest value first.
fn ranks(values: impl Iterator<Item = f64>) -> Vec<usize> {
    let values: Vec<f64> = values.collect();
    let before = |value: f64| values.iter().filter(|other| **other > value).count();
    values.iter().map(|value| 1 + before(*value)).collect()
}
