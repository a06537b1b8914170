//! The Duel screen: which of these two would you rather pursue?

mod commands;
mod draw;
mod members;
mod past;
mod session_changes;

use crate::domain::{DuelPool, Winner};
use crate::find::Subject;
use crate::judge::duel::{
    Contest, Curiosities, DuelRule, NextPair, Pair, Round, RoundOptions, SkippedPairs,
};
use crate::tui::dialogs::{Prompt, Then};
use crate::tui::world::World;

use super::Action;
use members::Members;
use session_changes::SessionStart;

pub(crate) use session_changes::SessionChanges;

/// The state of the Duel screen.
#[derive(Debug, Default)]
pub(crate) struct DuelScreen {
    rule: DuelRule,
    /// The person who answers.
    person: String,
    /// Who takes part.
    members: Members,
    /// The duels as they stand, and what they are known by.
    contest: Option<(RoundKey, Contest)>,
    /// What was worked out last.
    round: Option<(RoundKey, Round)>,
    /// What follows from each answer that may come next.
    ahead: Vec<(RoundKey, Round)>,
    /// What is being worked out.
    asked: Vec<RoundKey>,
    skipped: SkippedPairs,
    session_start: Option<SessionStart>,
    /// What the last session has moved.
    moved: Option<SessionChanges>,
    /// Whether the curiosities were just asked for.
    is_curious: bool,
    /// What is curious about them, as it was last asked.
    curiosities: Option<Curiosities>,
    /// Whether the criteria are shown.
    reveals: bool,
    /// The past answer under the cursor while they are listed, the latest
    /// first.
    past: Option<usize>,
}

/// What a round follows from: the answers, how many of those who were in duels
/// may be chosen, and the pairs that rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoundKey {
    seed: u64,
    pool: usize,
    waiting: Vec<Pair>,
}

impl RoundKey {
    fn of(contest: &Contest, skipped: &SkippedPairs) -> Self {
        Self { seed: contest.seed(), pool: contest.pool(), waiting: skipped.waiting() }
    }
}

/// A round to be computed in the background.
#[derive(Clone, Debug)]
pub(crate) struct RoundRequest {
    key: RoundKey,
    contest: Contest,
    rule: DuelRule,
    options: RoundOptions,
    /// What the screen showed when it was asked for.
    basis: RoundKey,
    /// Whether it is only worked out in case it is wanted.
    pub(crate) ahead: bool,
}

/// Something to be worked out about duels.
#[derive(Clone, Debug)]
pub(crate) enum DuelRequest {
    Round(Box<RoundRequest>),
    /// What is curious about the answers of a round.
    Curiosities(Box<Round>),
}

/// Equal when the same comes of them.
impl PartialEq for DuelRequest {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Round(one), Self::Round(other)) => one == other,
            (Self::Curiosities(one), Self::Curiosities(other)) => {
                one.contest.seed() == other.contest.seed()
            }
            _ => false,
        }
    }
}

/// Equal when the same comes of them.
impl PartialEq for RoundRequest {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, self.ahead) == (&other.key, other.ahead)
    }
}

impl RoundRequest {
    /// Whether it was asked for on the way to the same question as another.
    #[must_use]
    pub(crate) fn belongs_with(&self, other: &Self) -> bool {
        self.basis == other.basis
    }

    #[must_use]
    pub(crate) fn run(self) -> (RoundKey, Round) {
        let round = Round::new(self.contest, &self.rule, self.options, 0);
        (self.key, round)
    }
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

    /// Asks another person. What was worked out for the old one is void.
    pub(crate) fn set_person(&mut self, person: &str) {
        if self.person != person {
            person.clone_into(&mut self.person);
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
        self.asked.clear();
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
        self.session_start = self.current().map(SessionStart::at);
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

    /// Takes note of what is curious about the answers.
    pub(crate) fn take_curiosities(&mut self, found: Curiosities) {
        self.curiosities = Some(found);
    }

    /// What is curious about the answers, as it was last asked.
    #[must_use]
    pub(crate) const fn curiosities(&self) -> Option<&Curiosities> {
        self.curiosities.as_ref()
    }

    /// Who takes part, in words.
    fn pool_words(&self, round: &Round, world: &World) -> String {
        self.members.words(round.contest.pool(), world)
    }

    /// What has to be worked out now, and ahead for every answer.
    pub(crate) fn requests(&mut self) -> Vec<DuelRequest> {
        let is_curious = std::mem::take(&mut self.is_curious);
        let curious = self.current().filter(|_| is_curious).cloned().map(Box::new);
        let curious = curious.map(DuelRequest::Curiosities);
        let rounds = self.jobs().into_iter().map(|job| DuelRequest::Round(Box::new(job)));
        curious.into_iter().chain(rounds).collect()
    }

    fn jobs(&mut self) -> Vec<RoundRequest> {
        let Some((key, contest)) = &self.contest else { return Vec::new() };
        let key_now = key;
        let job = |key: RoundKey, contest: &Contest, skipped: &SkippedPairs, ahead| RoundRequest {
            key,
            contest: contest.clone(),
            rule: self.rule,
            options: RoundOptions {
                person: self.person.clone(),
                skipped: skipped.clone(),
                ..RoundOptions::default()
            },
            basis: key_now.clone(),
            ahead,
        };
        let mut jobs = Vec::new();
        match &self.round {
            Some((known, round)) if known == key => {
                let mut skipped = self.skipped.clone();
                skipped.advance();
                for (_, contest) in round.ahead() {
                    let key = RoundKey::of(&contest, &skipped);
                    jobs.push(job(key, &contest, &skipped, true));
                }
            }
            _ => jobs.push(job(key.clone(), contest, &self.skipped, false)),
        }
        jobs.retain(|job| !self.asked.contains(&job.key));
        self.asked.extend(jobs.iter().map(|job| job.key.clone()));
        jobs
    }

    /// Takes in what was worked out.
    pub(crate) fn set_round(&mut self, key: RoundKey, round: Round) {
        if self.contest.as_ref().is_some_and(|(now, _)| *now == key) {
            if self.session_start.as_ref().is_none_or(SessionStart::is_empty) {
                self.session_start = Some(SessionStart::at(&round));
            }
            self.round = Some((key, round));
        } else if self.asked.contains(&key) {
            self.ahead.push((key, round));
        }
    }

    /// The round that belongs to the duels as they stand; `None` while it is
    /// being worked out.
    fn current(&self) -> Option<&Round> {
        let (now, _) = self.contest.as_ref()?;
        self.round.as_ref().filter(|(key, _)| key == now).map(|(_, round)| round)
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
