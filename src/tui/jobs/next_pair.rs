//! The next pair to ask about, with the state of the duels behind it.

use crate::judge::duel::{Contest, DuelRule, Pair, Round, RoundOptions};

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
    #[must_use]
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
    #[must_use]
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
