//! The Duel screen: which of these two would you rather pursue?

mod draw;
mod past;

use crate::command::{Command, Invocation};
use crate::domain::{Idea, Status, Winner};
use crate::judge::duel::{Contest, DuelRule, Goal, Pair, Question, Round, Skipped};
use crate::tui::backlog::Backlog;

use super::{Proposal, Reason};

pub(crate) use draw::draw;

/// The state of the Duel screen.
#[derive(Debug, Default)]
pub(crate) struct DuelScreen {
    rule: DuelRule,
    /// The duels as they stand, and what they are known by.
    contest: Option<(Key, Contest)>,
    /// What was worked out last.
    round: Option<(Key, Round)>,
    /// What follows from each answer that may come next.
    ahead: Vec<(Key, Round)>,
    /// What is being worked out.
    asked: Vec<Key>,
    skipped: Skipped,
    /// The ideas that were ahead when this session began, by id.
    began_with: Option<Vec<String>>,
    /// Whether the criteria are shown.
    reveals: bool,
    /// The past answer under the cursor while they are listed, the latest
    /// first.
    past: Option<usize>,
}

/// What a round follows from: the answers, and the pairs that rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    seed: u64,
    resting: Vec<Pair>,
}

impl Key {
    fn of(contest: &Contest, skipped: &Skipped) -> Self {
        Self { seed: contest.seed(), resting: skipped.resting() }
    }
}

/// A round to be worked out, which takes longer than a frame may.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    key: Key,
    contest: Contest,
    rule: DuelRule,
    skipped: Skipped,
    /// What the screen showed when it was asked for.
    basis: Key,
    /// Whether it is only worked out in case it is wanted.
    pub(crate) ahead: bool,
}

/// Equal when the same comes of them.
impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, self.ahead) == (&other.key, other.ahead)
    }
}

impl Job {
    /// Whether it was asked for on the way to the same question as another.
    #[must_use]
    pub(crate) fn belongs_with(&self, other: &Self) -> bool {
        self.basis == other.basis
    }

    /// Works it out.
    #[must_use]
    pub(crate) fn run(self) -> (Key, Round) {
        let round = Round::new(self.contest, &self.rule, Goal::Top, &self.skipped, 0);
        (self.key, round)
    }
}

impl DuelScreen {
    /// Chooses another number of ideas. What was worked out for the old one is
    /// void.
    pub(crate) fn set_pursued(&mut self, k: usize) {
        if self.rule.k != k {
            self.rule.k = k;
            self.contest = None;
            self.round = None;
            self.ahead.clear();
            self.asked.clear();
        }
    }

    /// Takes in how the ideas and the duels stand now. What was worked out
    /// ahead is shown at once.
    pub(crate) fn refresh(&mut self, backlog: &Backlog) {
        let duels = backlog.portfolio().duels().standing(backlog.as_of());
        self.past = self.past.map(|at| at.min(duels.len().saturating_sub(1)));
        let contest = Contest::of_ideas(backlog.portfolio(), backlog.scores(), in_pool, duels);
        let key = Key::of(&contest, &self.skipped);
        if self.contest.as_ref().is_some_and(|(known, _)| *known == key) {
            return;
        }
        self.asked.clear();
        if let Some(at) = self.ahead.iter().position(|(ahead, _)| *ahead == key) {
            self.round = Some(self.ahead.swap_remove(at));
        }
        self.ahead.clear();
        self.contest = Some((key, contest));
    }

    /// What has to be worked out now, and ahead for every answer.
    pub(crate) fn jobs(&mut self) -> Vec<Job> {
        let Some((key, contest)) = &self.contest else { return Vec::new() };
        let key_now = key;
        let job = |key: Key, contest: &Contest, skipped: &Skipped, ahead| Job {
            key,
            contest: contest.clone(),
            rule: self.rule,
            skipped: skipped.clone(),
            basis: key_now.clone(),
            ahead,
        };
        let mut jobs = Vec::new();
        match &self.round {
            Some((known, round)) if known == key => {
                let mut skipped = self.skipped.clone();
                skipped.turn();
                for (_, contest) in round.ahead() {
                    let key = Key::of(&contest, &skipped);
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
    pub(crate) fn judged(&mut self, key: Key, round: Round) {
        if self.contest.as_ref().is_some_and(|(now, _)| *now == key) {
            if self.began_with.is_none() {
                self.began_with = Some(shown(&round));
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

    fn question(&self) -> Option<Question> {
        self.current()?.question
    }

    /// Whether past answers are listed.
    #[must_use]
    pub(crate) const fn lists_past(&self) -> bool {
        self.past.is_some()
    }

    /// Closes what is open; false if there was nothing.
    pub(crate) fn back(&mut self) -> bool {
        self.past.take().is_some()
    }

    /// Whether a command can run now.
    ///
    /// # Errors
    /// Says why it cannot.
    pub(crate) fn available(&self, command: Command, backlog: &Backlog) -> Result<(), Reason> {
        use Command as C;
        match command {
            C::Past if past::answers(backlog).is_empty() => Err(Reason("there are no answers yet")),
            C::PickLeft | C::PickRight | C::PickTie if self.past.is_some() => Ok(()),
            C::PickLeft | C::PickRight | C::PickTie | C::SkipPair => match self.current() {
                None => Err(Reason("the next pair is being worked out")),
                Some(round) if round.question.is_none() => {
                    Err(Reason("there is nothing to compare: put two ideas on the shortlist"))
                }
                Some(_) => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Runs a command.
    pub(crate) fn run(&mut self, invocation: Invocation, backlog: &Backlog) -> Vec<Proposal> {
        use Command as C;
        let winner = match invocation.command {
            C::PickLeft => Winner::Left,
            C::PickRight => Winner::Right,
            C::PickTie => Winner::Tie,
            C::Open | C::Reveal => {
                self.reveals = !self.reveals;
                return Vec::new();
            }
            C::Past => {
                self.past = if self.past.is_some() { None } else { Some(0) };
                return Vec::new();
            }
            C::SkipPair => {
                self.skip();
                self.refresh(backlog);
                return Vec::new();
            }
            command => return past::run(self, command, backlog),
        };
        match self.past {
            Some(at) => past::change(at, winner, backlog).into_iter().collect(),
            None => self.answer(winner).into_iter().collect(),
        }
    }

    fn answer(&mut self, winner: Winner) -> Option<Proposal> {
        let Question { left, right, .. } = self.question()?;
        let round = self.current()?;
        let id = |entrant: usize| round.contest.entrants().get(entrant).map(|one| one.id.clone());
        let answer = (id(left)?, id(right)?, winner);
        self.skipped.turn();
        Some(Proposal::Answer { instead_of: None, answer: Some(answer) })
    }

    fn skip(&mut self) {
        let pair = self.question().and_then(|question| Pair::of(question.left, question.right));
        if let Some(pair) = pair {
            self.skipped.skip(pair);
        }
    }
}

/// Ideas that are about to be chosen, or have been.
fn in_pool(idea: &Idea) -> bool {
    matches!(idea.status, Status::Shortlist | Status::Active)
}

/// The ids of the ideas that are ahead.
fn shown(round: &Round) -> Vec<String> {
    let entrants = round.contest.entrants();
    round.cut.shown().iter().map(|&entrant| entrants[entrant].id.clone()).collect()
}
