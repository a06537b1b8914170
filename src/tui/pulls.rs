//! How much the ideas are wanted, as far as the Rank screen shows it: worked
//! out beside it, because it takes longer than a frame may.

use crate::domain::{Date, Idea};
use crate::judge::duel::{Contest, DuelRule, Strength, Strengths, duelled};
use crate::judge::{Score, ScoreRule};

use super::backlog::Backlog;
use super::effects::Craft;
use super::message::Msg;

/// What it follows from. Equal ones come to the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ground {
    /// The state of the answers about ideas, as the backlog counts it.
    answers: u64,
    /// The state of the duels, as the backlog counts it.
    duels: u64,
    rule: ScoreRule,
    as_of: Date,
}

/// The question what the duels say of every idea.
#[derive(Clone, Debug)]
pub(super) struct Poll {
    ground: Ground,
    contest: Contest,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pulls {
    ground: Ground,
    pull: Strengths,
    joined: Strengths,
}

/// Answers polls.
#[derive(Debug)]
pub(super) struct Pollster;

impl Ground {
    /// What it follows from now.
    #[must_use]
    pub(super) fn of(backlog: &Backlog) -> Self {
        let (answers, duels) = (backlog.answers(), backlog.duels());
        Self { answers, duels, rule: backlog.rule().clone(), as_of: backlog.as_of() }
    }
}

impl Poll {
    /// The question about the duels as they stand.
    #[must_use]
    pub(super) fn of(ground: Ground, backlog: &Backlog) -> Self {
        let portfolio = backlog.portfolio();
        let duels = portfolio.duels().standing(backlog.as_of());
        Self { ground, contest: duelled(portfolio, backlog.scores(), duels) }
    }

    /// Answers it.
    #[must_use]
    pub(super) fn run(self) -> Pulls {
        let rule = DuelRule::default();
        let pull = Strengths::of(&self.contest, &rule.without_rubric());
        let joined = Strengths::of(&self.contest, &rule);
        Pulls { ground: self.ground, pull, joined }
    }
}

/// Equal when the same comes of them.
impl PartialEq for Poll {
    fn eq(&self, other: &Self) -> bool {
        self.ground == other.ground
    }
}

impl Pulls {
    /// Whether this is about the ideas and the duels as they are.
    #[must_use]
    pub(crate) fn is_current(&self, backlog: &Backlog) -> bool {
        self.ground == Ground::of(backlog)
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

impl Craft for Pollster {
    type Request = Box<Poll>;

    fn perform(&mut self, poll: Box<Poll>) -> Option<Msg> {
        Some(Msg::Polled(Box::new(poll.run())))
    }

    /// What the duels said before is of no interest any more.
    fn is_wanted(_waiting: &Box<Poll>, _newest: &Box<Poll>) -> bool {
        false
    }

    fn fault(&mut self, reason: String) -> Msg {
        Msg::Fault(reason)
    }
}
