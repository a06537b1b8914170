//! Pulls: where the duels put every idea, alone and joined with the score.

use std::sync::Arc;

use crate::domain::{Date, Idea, Portfolio};
use crate::judge::duel::{DuelRule, Strength, Strengths, duelled};
use crate::judge::{Score, ScoreRule, scores};
use crate::tui::world::scored_portfolio::ScoredPortfolio;

use super::slot::Job;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PullKey {
    /// The state of the answers about ideas, as the scored portfolio counts it.
    answers: u64,
    /// The state of the duels, as the scored portfolio counts it.
    duels: u64,
    rule: ScoreRule,
    as_of: Date,
}

#[derive(Clone, Debug)]
pub(crate) struct PullJob {
    key: PullKey,
    portfolio: Arc<Portfolio>,
}

/// Duel strengths of the ideas that were in duels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pulls {
    pull: Strengths,
    joined: Strengths,
}

impl PullKey {
    /// What it follows from now.
    #[must_use]
    pub(crate) fn of(scored: &ScoredPortfolio) -> Self {
        let (answers, duels) = (scored.rating_revision(), scored.duel_revision());
        Self { answers, duels, rule: scored.rule().clone(), as_of: scored.as_of() }
    }
}

impl PullJob {
    #[must_use]
    pub(crate) fn of(scored: &ScoredPortfolio) -> Self {
        Self { key: PullKey::of(scored), portfolio: scored.share() }
    }
}

impl Job for PullJob {
    type Key = PullKey;
    type Output = Pulls;

    fn key(&self) -> &PullKey {
        &self.key
    }

    fn run(&self) -> Pulls {
        let scores = scores(&self.portfolio, &self.key.rule);
        let duels = self.portfolio.duels().standing(self.key.as_of);
        let contest = duelled(&self.portfolio, &scores, duels);
        let rule = DuelRule::default();
        Pulls {
            pull: Strengths::of(&contest, &rule.without_rubric()),
            joined: Strengths::of(&contest, &rule),
        }
    }
}

impl Pulls {
    /// What the duels alone say of an idea; `None` if it was in none.
    #[must_use]
    pub(crate) fn pull(&self, idea: &Idea, score: &Score) -> Option<Strength> {
        self.pull.of_idea(idea, score)
    }

    /// The duels joined with the score; `None` if neither says anything.
    #[must_use]
    pub(crate) fn joined(&self, idea: &Idea, score: &Score) -> Option<Strength> {
        self.joined.of_idea(idea, score)
    }
}
