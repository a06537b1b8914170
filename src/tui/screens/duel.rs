//! The Duel screen: two ideas at a time, until the first few are settled; then
//! one page with the result.

mod ask;
mod card;
mod commands;
mod members;
mod result;

use std::sync::Arc;

use crate::domain::{DuelPool, Winner};
use crate::find::Subject;
use crate::judge::duel::{
    Certainty, Contest, DuelRule, NextPair, Pair, PoolOrder, Round, RoundOptions, SessionState,
    SkippedPairs,
};
use crate::text::shorten;
use crate::tui::dialogs::filter::Limit;
use crate::tui::jobs::duels::{RoundJob, RoundKey};
use crate::tui::world::World;

use super::Action;

use members::Members;

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
    wanted: WantedPage,
    /// A pair that is asked again because the user wants it, and the duels for which it was chosen.
    again: Option<(RoundKey, NextPair)>,
    /// Whether the curiosities were just asked for.
    is_curious: bool,
    /// Whether the ratings are shown on the cards.
    reveals: bool,
    /// The card that was clicked: a second click chooses it.
    clicked: Option<Winner>,
    /// The line of the result under the cursor.
    line: usize,
    /// The past answer under the cursor while they are listed, the latest first.
    past: Option<usize>,
}

/// What the user wants to see next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum WantedPage {
    /// Questions, and the result as soon as there is one.
    #[default]
    Either,
    /// The result as it stands.
    Result,
    /// Questions, although this could have been the end.
    Questions(SessionState),
}

impl DuelScreen {
    /// The screen as it opens: the shortlist and what is active take part.
    pub(crate) fn new(_: &World) -> Self {
        Self::default()
    }

    /// Takes in how many ideas are to be pursued. What was worked out for another number is void.
    fn choose(&mut self, k: usize) {
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
            let words = members.describe(count, world);
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
    pub(crate) fn ask_limit(&self) -> Limit {
        Limit { query: self.members.pool().query.clone() }
    }

    /// Begins a session where things stand.
    pub(crate) fn begin(&mut self) {
        self.session_start = self.current().map(|round| SessionStart::at(round));
        self.wanted = WantedPage::Either;
        self.again = None;
        self.clicked = None;
        self.line = 0;
    }

    /// Who takes part, in words.
    fn pool_words(&self, round: &Round, world: &World) -> String {
        self.members.describe(round.contest.pool(), world)
    }

    /// The round that belongs to the duels as they stand; `None` while it is being worked out.
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

    /// The pair on the two cards, in what was worked out last.
    fn shown_pair(&self) -> Option<NextPair> {
        let (key, round) = self.round.as_ref()?;
        let again = self.again.as_ref().filter(|(of, _)| of == key).map(|(_, pair)| *pair);
        again.or(round.next_pair)
    }

    /// The pair that an answer is about; `None` while the next one is being worked out.
    fn question(&self) -> Option<NextPair> {
        self.current().and_then(|_| self.shown_pair())
    }

    /// Whether the result is shown in place of a question.
    fn shows_result(&self) -> bool {
        let Some((_, round)) = &self.round else { return false };
        if self.past.is_some() {
            return false;
        }
        let is_open = |entrant: &usize| round.cut.certainty(*entrant) == Certainty::Open;
        match (self.wanted, round.state()) {
            _ if self.shown_pair().is_none() => true,
            (WantedPage::Result, _) => true,
            (_, SessionState::Open) => false,
            // Ideas that were chosen for it are compared all the same.
            (_, SessionState::NothingToChoose) if *self.members.pool() != DuelPool::default() => {
                false
            }
            (_, SessionState::GoodEnough) if round.cut.shown().iter().any(is_open) => false,
            (WantedPage::Questions(since), state) => since != state,
            (WantedPage::Either, _) => true,
        }
    }

    fn finish(&mut self) {
        self.wanted = WantedPage::Result;
        self.line = 0;
    }

    /// Asks on; where every pair has been answered, the most surprising answer again.
    fn ask_on(&mut self) {
        let Some((key, round)) = &self.round else { return };
        let (key, round) = (key.clone(), Arc::clone(round));
        self.wanted = WantedPage::Questions(round.state());
        if round.next_pair.is_none() {
            self.again = round.ask_again(0).map(|pair| (key, pair));
        }
    }

    fn answer(&mut self, winner: Winner) -> Option<Action> {
        let NextPair { left, right, .. } = self.question()?;
        let round = self.current()?;
        let id = |entrant: usize| round.contest.entrants().get(entrant).map(|one| one.id.clone());
        let answer = (id(left)?, id(right)?, winner);
        self.skipped.advance();
        self.clicked = None;
        Some(Action::Answer { instead_of: None, answer: Some(answer) })
    }

    fn skip(&mut self) {
        self.clicked = None;
        let pair = self.question().and_then(|question| Pair::of(question.left, question.right));
        if let Some(pair) = pair {
            self.again = None;
            self.skipped.skip(pair);
        }
    }

    /// The ids of the first k, the surest first.
    fn first_ids(&self) -> Vec<&str> {
        let Some((_, round)) = &self.round else { return Vec::new() };
        let entrants = round.contest.entrants();
        round.cut.shown().iter().map(|entrant| entrants[*entrant].id.as_str()).collect()
    }
}

fn title_of<'b>(round: &'b Round, entrant: usize, world: &'b World) -> &'b str {
    world.portfolio.title_of(&round.contest.entrants()[entrant].id)
}

/// Columns for a title that is one of several in a sentence.
const NAME: usize = 26;

/// The titles that are among the first of one order but not of the other, in a sentence.
fn entered(later: &PoolOrder, earlier: &PoolOrder, world: &World) -> String {
    let ids = later.entered_top_since(earlier);
    let title = |id: &String| {
        let idea = world.portfolio.idea(id)?;
        Some(format!("\"{}\"", shorten(&idea.title, NAME)))
    };
    ids.filter_map(title).collect::<Vec<_>>().join(" and ")
}

/// How a session began: the pool in its order, and how many answers there were.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SessionStart {
    order: PoolOrder,
    answers: usize,
    /// Whether all were equal: nothing was rated and nothing answered, so
    /// that their order meant nothing.
    is_arbitrary: bool,
}

impl SessionStart {
    /// A session that begins here.
    fn at(round: &Round) -> Self {
        let pool = &round.contest.entrants()[..round.contest.pool()];
        let answers = round.contest.duels();
        let are_equal = pool.windows(2).all(|two| two[0].score.total_cmp(&two[1].score).is_eq());
        Self { order: PoolOrder::of(round), answers, is_arbitrary: answers == 0 && are_equal }
    }

    /// Whether the session had no members.
    fn is_empty(&self) -> bool {
        self.order.ids.is_empty()
    }

    /// Whether an answer was given or deleted since.
    fn has_answers(&self, now: &Round) -> bool {
        now.contest.duels() != self.answers
    }

    /// Which ideas moved into the first few and out of them, by title; `None`
    /// where nothing can be said.
    fn movement(&self, now: &Round, world: &World) -> Option<String> {
        if self.is_arbitrary || !self.has_answers(now) {
            return None;
        }
        let order = PoolOrder::of(now);
        let (entered, left) =
            (entered(&order, &self.order, world), entered(&self.order, &order, world));
        let yours =
            if order.k == 1 { "your first".to_owned() } else { format!("your {}", order.k) };
        Some(match (entered.is_empty(), left.is_empty()) {
            (true, true) if order.k == 1 => "Since you began: the same one is first.".to_owned(),
            (true, true) => format!("Since you began: {yours} are the same."),
            (false, true) => format!("Since you began: {entered} moved into {yours}."),
            (true, false) => format!("Since you began: {left} moved out of {yours}."),
            (false, false) => {
                format!("Since you began: {entered} moved into {yours}, {left} out.")
            }
        })
    }
}
