//! The Duel screen: which of these two would you rather pursue?

mod commands;
mod draw;
mod members;
mod past;
mod session_changes;

use std::sync::Arc;

use crate::domain::{DuelPool, Winner};
use crate::find::Subject;
use crate::judge::duel::{Contest, DuelRule, NextPair, Pair, Round, RoundOptions, SkippedPairs};
use crate::tui::dialogs::{Prompt, Then};
use crate::tui::jobs::next_pair::{RoundJob, RoundKey};
use crate::tui::world::World;

use super::Action;
use members::Members;
use session_changes::SessionStart;

pub(crate) use session_changes::SessionChanges;

/// The state of the Duel screen.
#[derive(Debug, Default)]
pub(crate) struct DuelScreen {
    rule: DuelRule,
    members: Members,
    /// The duels as they stand, and what they are known by.
    contest: Option<(RoundKey, Contest)>,
    /// What was worked out last.
    round: Option<(RoundKey, Arc<Round>)>,
    /// What follows from each answer that may come next.
    ahead: Vec<(RoundKey, Arc<Round>)>,
    skipped: SkippedPairs,
    session_start: Option<SessionStart>,
    /// What the last session has moved.
    moved: Option<SessionChanges>,
    /// Whether the curiosities were just asked for.
    is_curious: bool,
    /// Whether the criteria are shown.
    reveals: bool,
    /// The past answer under the cursor while they are listed, the latest
    /// first.
    past: Option<usize>,
}

impl DuelScreen {
    /// The screen as it opens: the shortlist and what is active take part.
    #[must_use]
    pub(crate) fn new(_world: &World) -> Self {
        Self::default()
    }

    /// Chooses another number of ideas. What was worked out for the old one is
    /// void.
    pub(crate) fn set_pursued(&mut self, k: usize) {
        if self.rule.k != k {
            self.rule.k = k;
            self.start_afresh();
        }
    }

    /// Goes on with a pool as the last session left it.
    pub(crate) fn resume(&mut self, pool: DuelPool) {
        self.members = Members::of(pool);
        self.skipped = SkippedPairs::default();
        self.start_afresh();
    }

    /// Limits who takes part, and begins a session.
    ///
    /// # Errors
    /// Fewer than two ideas would be left. Nothing changes then.
    pub(crate) fn limit(&mut self, pool: &DuelPool, world: &World) -> Result<(), String> {
        let mut members = Members::of(pool.clone());
        let count = members.count(world);
        if count < 2 && *pool != DuelPool::default() {
            let words = members.words(count, world);
            let is_narrow = pool.only.is_empty()
                && !world.portfolio.filter(&pool.query).is_about(Subject::Status);
            let hint = if is_narrow { "; status:inbox … lets others in" } else { "" };
            return Err(format!("{words}, and two are the least{hint}"));
        }
        self.resume(pool.clone());
        Ok(())
    }

    /// Forgets what was worked out.
    fn start_afresh(&mut self) {
        self.contest = None;
        self.round = None;
        self.ahead.clear();
        self.begin();
    }

    /// Asks who is to take part.
    #[must_use]
    pub(crate) fn ask_limit(&self) -> Prompt {
        let hint = "words, status:… tag:data person:… flag:… bet:… · empty: all · Tab completes";
        Prompt::line("only", self.members.pool().query.clone(), hint, Then::Limit)
    }

    /// Begins a session where things stand.
    pub(crate) fn begin(&mut self) {
        self.session_start = self.current().map(|round| SessionStart::at(round));
    }

    /// Ends the session, and begins another; false if nothing has moved since
    /// it began.
    pub(crate) fn end(&mut self, world: &World) -> bool {
        let Some(moved) = self.movement(world) else { return false };
        self.moved = Some(moved);
        self.session_start = self.round.as_ref().map(|(_, round)| SessionStart::at(round));
        true
    }

    /// What has moved since the session began, as far as it is worked out.
    fn movement(&self, world: &World) -> Option<SessionChanges> {
        let (_, round) = self.round.as_ref()?;
        self.session_start.as_ref()?.moved(round, self.pool_words(round, world))
    }

    /// What the last session has moved.
    #[must_use]
    pub(crate) const fn moved(&self) -> Option<&SessionChanges> {
        self.moved.as_ref()
    }

    /// Who takes part, in words.
    fn pool_words(&self, round: &Round, world: &World) -> String {
        self.members.words(round.contest.pool(), world)
    }

    /// The round that belongs to the duels as they stand; `None` while it is
    /// being worked out.
    fn current(&self) -> Option<&Arc<Round>> {
        let (now, _) = self.contest.as_ref()?;
        self.round.as_ref().filter(|(key, _)| key == now).map(|(_, round)| round)
    }

    /// Who is asked, and which pairs rest.
    fn options(&self, world: &World) -> RoundOptions {
        let (person, skipped) = (world.person.clone(), self.skipped.clone());
        RoundOptions { person, skipped, ..RoundOptions::default() }
    }

    /// The answers that may come next, as rounds to be worked out.
    fn rounds_ahead(&self, round: &Round, world: &World) -> impl Iterator<Item = RoundJob> {
        let (rule, mut options) = (self.rule, self.options(world));
        options.skipped.advance();
        let contests = round.ahead().into_iter();
        contests.map(move |(_, contest)| RoundJob::new(contest, rule, options.clone()))
    }

    fn question(&self) -> Option<NextPair> {
        self.current()?.next_pair
    }

    fn answer(&mut self, winner: Winner) -> Option<Action> {
        let NextPair { left, right, .. } = self.question()?;
        let round = self.current()?;
        let id = |entrant: usize| round.contest.entrants().get(entrant).map(|one| one.id.clone());
        let answer = (id(left)?, id(right)?, winner);
        self.skipped.advance();
        Some(Action::Answer { instead_of: None, answer: Some(answer) })
    }

    fn skip(&mut self) {
        let pair = self.question().and_then(|question| Pair::of(question.left, question.right));
        if let Some(pair) = pair {
            self.skipped.skip(pair);
        }
    }
}
