//! Duel strengths shown on the Rank screen, computed by a background worker.

use crate::domain::{Date, Idea};
use crate::judge::duel::{Contest, DuelRule, Strength, Strengths, duelled};
use crate::judge::{Score, ScoreRule};

use super::app::message::Msg;
use super::runtime::BackgroundJob;
use super::world::World;

/// What it follows from. Equal ones come to the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PullKey {
    /// The state of the answers about ideas, as the scored portfolio counts it.
    answers: u64,
    /// The state of the duels, as the scored portfolio counts it.
    duels: u64,
    rule: ScoreRule,
    as_of: Date,
}

/// The question what the duels say of every idea.
#[derive(Clone, Debug)]
pub(super) struct PullRequest {
    key: PullKey,
    contest: Contest,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PullResult {
    key: PullKey,
    pull: Strengths,
    joined: Strengths,
}

#[derive(Debug)]
pub(super) struct PullWorker;

impl PullKey {
    /// What it follows from now.
    #[must_use]
    pub(super) fn of(world: &World) -> Self {
        let (answers, duels) = (world.portfolio.rating_revision(), world.portfolio.duel_revision());
        Self {
            answers,
            duels,
            rule: world.portfolio.rule().clone(),
            as_of: world.portfolio.as_of(),
        }
    }
}

impl PullRequest {
    /// The question about the duels as they stand.
    #[must_use]
    pub(super) fn of(key: PullKey, world: &World) -> Self {
        let portfolio = world.portfolio.portfolio();
        let duels = portfolio.duels().standing(world.portfolio.as_of());
        Self { key, contest: duelled(portfolio, world.portfolio.scores(), duels) }
    }

    #[must_use]
    pub(super) fn run(self) -> PullResult {
        let rule = DuelRule::default();
        let pull = Strengths::of(&self.contest, &rule.without_rubric());
        let joined = Strengths::of(&self.contest, &rule);
        PullResult { key: self.key, pull, joined }
    }
}

/// Equal when the same comes of them.
impl PartialEq for PullRequest {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl PullResult {
    /// Whether this is about the ideas and the duels as they are.
    #[must_use]
    pub(crate) fn is_current(&self, world: &World) -> bool {
        self.key == PullKey::of(world)
    }

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

impl BackgroundJob for PullWorker {
    type Request = Box<PullRequest>;

    fn perform(&mut self, request: Box<PullRequest>) -> Option<Msg> {
        Some(Msg::PullsReady(Box::new(request.run())))
    }

    /// What the duels said before is of no interest any more.
    fn is_superseded_by(_waiting: &Box<PullRequest>, _newest: &Box<PullRequest>) -> bool {
        true
    }

    fn on_panic(&mut self, reason: String) -> Msg {
        Msg::WorkerPanicked(reason)
    }
}
