//! Taste, promises and choices: what the Taste screen says.

use std::sync::Arc;

use crate::domain::{CRITERIA, Date, Idea, Portfolio};
use crate::judge::taste::{TasteRequest, TasteStudy};
use crate::judge::{
    Calibration, ForecastHistory, Quarter, Score, ScoreRule, Selection, TimeSpent, rank, scores,
    selection,
};
use crate::tui::world::scored_portfolio::ScoredPortfolio;

use super::slot::Job;

/// What the findings follow from. Equal ones come to the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TasteKey {
    /// The state of the ideas and the duels, as the scored portfolio counts it.
    changes: u64,
    rule: ScoreRule,
    stated_before: Option<[f64; CRITERIA]>,
    as_of: Date,
    by: String,
}

#[derive(Clone, Debug)]
pub(crate) struct TasteJob {
    key: TasteKey,
    portfolio: Arc<Portfolio>,
}

impl TasteJob {
    /// `stated_before` are the weights before any were adopted, `by` is whose
    /// taste is shown.
    pub(crate) fn of(
        scored: &ScoredPortfolio,
        stated_before: Option<[f64; CRITERIA]>,
        by: &str,
    ) -> Self {
        let (changes, rule) = (scored.revision(), scored.rule().clone());
        let (as_of, by) = (scored.as_of(), by.to_owned());
        let key = TasteKey { changes, rule, stated_before, as_of, by };
        Self { key, portfolio: scored.share() }
    }
}

impl Job for TasteJob {
    type Key = TasteKey;
    type Output = TasteFindings;

    fn key(&self) -> &TasteKey {
        &self.key
    }

    fn run(&self) -> TasteFindings {
        TasteFindings::of(&self.portfolio, &self.key)
    }
}

/// Everything that the screen says.
#[derive(Clone, Debug)]
pub(crate) struct TasteFindings {
    /// What the duels say about the weights.
    pub(crate) study: TasteStudy,
    /// How many ideas have all questions answered.
    pub(crate) complete: usize,
    /// How each listed idea would be ranked, in that order, if the revealed weights were adopted.
    pub(crate) moves: Vec<Move>,
    /// What became of the forecasts; `None` if none has ended.
    pub(crate) forecasts: Option<Calibration>,
    /// What became of the promises with a chance.
    pub(crate) promises: Option<Calibration>,
    /// Both together.
    pub(crate) foretold: Option<Calibration>,
    /// Their mean error, quarter by quarter.
    pub(crate) quarters: Vec<Quarter>,
    /// What became of the ideas that were dropped or done.
    pub(crate) selection: Selection,
    /// The titles of those that were given up and mattered.
    pub(crate) regrets: Vec<String>,
    /// The time that was logged, and the duels.
    pub(crate) spent: TimeSpent,
}

/// The place of an idea by the stated weights and by the revealed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) id: String,
    /// Its rank by the stated weights; `None` with nothing rated.
    pub(crate) before: Option<usize>,
    pub(crate) after: Option<usize>,
}

impl Move {
    /// How many places it would rise; negative where it would fall.
    pub(crate) fn rise(&self) -> isize {
        let place = |rank: usize| isize::try_from(rank).unwrap_or(isize::MAX);
        self.before.zip(self.after).map_or(0, |(before, after)| place(before) - place(after))
    }
}

impl TasteFindings {
    fn of(portfolio: &Portfolio, key: &TasteKey) -> Self {
        let TasteKey { rule, stated_before, as_of, by, .. } = key;
        let (stated_before, as_of) = (*stated_before, *as_of);
        let question = TasteRequest { rule, stated_before, as_of, by, seed: 0 };
        let study = TasteStudy::new(portfolio, &question);
        let scores = scores(portfolio, rule);
        let selection = selection(portfolio, &scores, as_of);
        let history = ForecastHistory::of(portfolio, as_of);
        let title = |position: usize| portfolio.ideas()[position].title.clone();
        Self {
            complete: scores.iter().filter(|score| score.is_complete()).count(),
            moves: moves(portfolio, &scores, rule, &study),
            forecasts: history.of_forecasts(),
            promises: history.of_promises(),
            foretold: history.of_all(),
            quarters: history.quarters(),
            regrets: selection.regrets().map(|judged| title(judged.position)).collect(),
            selection,
            spent: TimeSpent::of(portfolio, &[], as_of),
            study,
        }
    }
}

/// The ranking if the revealed weights were adopted, beside the one that is.
fn moves(
    portfolio: &Portfolio,
    before: &[Score],
    rule: &ScoreRule,
    study: &TasteStudy,
) -> Vec<Move> {
    if study.adoption().is_none() {
        return Vec::new();
    }
    let Some(rule) = rule.clone().with_weights(study.revealed()) else { return Vec::new() };
    let after = scores(portfolio, &rule);
    let ideas = portfolio.ideas();
    let listed: Vec<usize> =
        (0..ideas.len()).filter(|at| ideas[*at].status.is_ranked_by_default()).collect();
    let ranked = |scores: &[Score]| {
        let entries: Vec<(&Idea, &Score)> =
            listed.iter().map(|at| (ideas[*at].as_ref(), &scores[*at])).collect();
        rank(&entries)
    };
    let mut ranks_before = vec![None; listed.len()];
    for standing in ranked(before) {
        ranks_before[standing.position] = standing.rank;
    }
    let ranked = ranked(&after).into_iter();
    let to_move = ranked.map(|standing| Move {
        id: ideas[listed[standing.position]].id.clone(),
        before: ranks_before[standing.position],
        after: standing.rank,
    });
    to_move.collect()
}
