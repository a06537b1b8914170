//! Jobs about the duels: the next pair to ask about, the curiosities of the answers,
//! the pulls of the ideas.

use std::sync::Arc;

use crate::domain::{Date, Idea, Portfolio};
use crate::judge::duel::{
    Contest, Curiosities, DuelRule, Pair, Round, RoundOptions, Strength, Strengths, duelled,
};
use crate::judge::{Score, ScoreRule, scores};
use crate::tui::world::scored_portfolio::ScoredPortfolio;

use super::slot::Job;

/// What a round follows from: the answers, how many of those who were in duels may
/// be chosen, how many are to be chosen, who is asked, and the pairs that rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoundKey {
    seed: u64,
    pool: usize,
    k: usize,
    person: String,
    waiting: Vec<Pair>,
}

/// A round to be worked out.
#[derive(Clone, Debug)]
pub(crate) struct RoundJob {
    key: RoundKey,
    contest: Contest,
    rule: DuelRule,
    options: RoundOptions,
}

impl RoundKey {
    pub(crate) fn of(contest: &Contest, rule: &DuelRule, options: &RoundOptions) -> Self {
        Self {
            seed: contest.seed(),
            pool: contest.pool(),
            k: rule.k,
            person: options.person.clone(),
            waiting: options.skipped.waiting(),
        }
    }
}

impl RoundJob {
    pub(crate) fn new(contest: Contest, rule: DuelRule, options: RoundOptions) -> Self {
        Self { key: RoundKey::of(&contest, &rule, &options), contest, rule, options }
    }
}

impl Job for RoundJob {
    type Key = RoundKey;
    type Output = Round;

    fn key(&self) -> &RoundKey {
        &self.key
    }

    fn run(&self) -> Round {
        Round::new(self.contest.clone(), &self.rule, self.options.clone(), 0)
    }
}

/// The curiosities of a round.
#[derive(Clone, Debug)]
pub(crate) struct CuriosityJob {
    pub key: RoundKey,
    pub round: Arc<Round>,
}

impl Job for CuriosityJob {
    type Key = RoundKey;
    type Output = Curiosities;

    fn key(&self) -> &RoundKey {
        &self.key
    }

    fn run(&self) -> Curiosities {
        Curiosities::of(&self.round)
    }
}

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
    pub(crate) fn of(scored: &ScoredPortfolio) -> Self {
        let (answers, duels) = (scored.rating_revision(), scored.duel_revision());
        Self { answers, duels, rule: scored.rule().clone(), as_of: scored.as_of() }
    }
}

impl PullJob {
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
    pub(crate) fn pull(&self, idea: &Idea, score: &Score) -> Option<Strength> {
        self.pull.of_idea(idea, score)
    }

    /// The duels joined with the score; `None` if neither says anything.
    pub(crate) fn joined(&self, idea: &Idea, score: &Score) -> Option<Strength> {
        self.joined.of_idea(idea, score)
    }
}
