//! The Triage screen: one card at a time, first sorted, then rated; a pause
//! between the passes, and at the end what was decided, to be taken back one by
//! one.

mod commands;
mod draw;
mod lists;
mod moves;
mod pause;
mod rate;
mod round;
mod side;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};

use crate::domain::{Criterion, Edit, Field, Idea, TriageRound};
use crate::find::Finder;
use crate::judge::{Score, WouldRank, next_open, questions};
use crate::text::shorten;
use crate::tui::jobs::similar::{SimilarIdeas, SimilarityKey};
use crate::tui::world::World;

use super::{Screen, question, rating};
use round::{Pass, Round};

#[derive(Debug, Default)]
pub(crate) struct TriageScreen {
    round: Round,
    /// Whether all of this is not yet about the ideas as they are.
    is_stale: bool,
    /// The card on the table.
    card: Option<String>,
    /// Whether the first pass is done and the second has not begun: then the
    /// card on the table is the first of the second pass.
    is_paused: bool,
    /// The pass of the card that was put on the table last.
    last_pass: Pass,
    /// The question under the cursor; `None` once all are answered.
    question: Option<Field>,
    /// Whether the next question follows once that one is answered.
    goes_on: bool,
    /// Whether the card has no bet, so that its strategy is rated directly.
    has_no_bet: bool,
    /// Where the card would stand, once that is drawn.
    landing: OnceCell<Option<WouldRank>>,
    /// Whether the card takes all the room.
    is_whole: bool,
    /// The line under the cursor while the kept cards are listed in the pause.
    kept_line: usize,
    /// Lines of the card, or of the overview, scrolled past.
    scroll: usize,
    /// The line under the cursor while the overview is open.
    overview: Option<usize>,
    /// The line under the cursor while the waiting cards are listed.
    list: Option<usize>,
    /// Ids of the cards about which the next decision in the list is.
    marks: BTreeSet<String>,
    query: String,
    /// Ids of the ideas that the search finds, if there is one.
    found: Option<HashSet<String>>,
}

impl TriageScreen {
    /// The screen at the beginning of a round.
    pub(crate) fn new(world: &World) -> Self {
        let mut screen = Self { is_stale: true, ..Self::default() };
        screen.show(world);
        screen
    }

    /// Begins a new round, as on another workspace.
    pub(crate) fn begin(&mut self, world: &World) {
        *self = Self::new(world);
    }

    /// Goes on with a round that was under way.
    pub(crate) fn resume(&mut self, round: TriageRound, world: &World) {
        self.round = Round::resumed(round, world);
        self.card = None;
        self.is_stale = true;
        self.show(world);
    }

    /// The round, if there is more to remember of it than when this was last asked.
    pub(crate) fn take_round(&mut self) -> Option<TriageRound> {
        self.round.take_record()
    }

    fn find(&mut self, world: &World) {
        if self.query.trim().is_empty() {
            self.found = None;
            return;
        }
        let filter = world.portfolio.filter(&self.query);
        let ideas = world.portfolio.ideas();
        let positions = if filter.words.is_empty() {
            (0..ideas.len()).collect()
        } else {
            Finder::default().find(&filter.words, world.portfolio.search_keys())
        };
        let found =
            positions.into_iter().filter(|position| world.portfolio.meets(&filter, *position));
        self.found = Some(found.map(|position| ideas[position].id.clone()).collect());
    }

    fn show_all(&mut self) {
        self.query.clear();
        self.found = None;
        self.list = None;
    }

    /// Whether the search, if there is one, finds an idea.
    fn shows(&self, id: &str) -> bool {
        self.found.as_ref().is_none_or(|found| found.contains(id))
    }

    /// Whether a card waits, and is not hidden by the search.
    fn waits(&self, id: &str) -> bool {
        self.round.is_open(id) && self.shows(id)
    }

    /// Ids of the cards that wait, in the order of the list.
    fn waiting(&self) -> Vec<&str> {
        self.round.waiting().filter(|id| self.shows(id)).collect()
    }

    fn settle_list(&mut self) {
        let Self { marks, round, .. } = self;
        marks.retain(|id| round.is_open(id));
        let last = self.waiting().len().saturating_sub(1);
        self.list = self.list.map(|at| at.min(last));
    }

    /// The cards about which a decision is: the one on the table; in the list
    /// those that are marked, or the one under the cursor.
    fn chosen(&self) -> Vec<String> {
        let Some(at) = self.list else { return self.card.iter().cloned().collect() };
        let waiting = self.waiting();
        let marked: Vec<&str> =
            waiting.iter().copied().filter(|id| self.marks.contains(*id)).collect();
        let chosen =
            if marked.is_empty() { waiting.get(at).copied().into_iter().collect() } else { marked };
        chosen.into_iter().map(str::to_owned).collect()
    }

    /// Puts the next card on the table. Between the passes there is a pause, so
    /// that no key meant for the first acts in the second.
    fn deal(&mut self, world: &World) {
        let before = self.last_pass;
        let next = self.round.next(|id| self.shows(id)).map(str::to_owned);
        self.put(next, world);
        self.is_paused = self.pass() == Pass::Second && before != Pass::Second;
        self.kept_line = 0;
        if self.is_paused {
            self.list = None;
        }
    }

    fn put(&mut self, id: Option<String>, world: &World) {
        self.card = id;
        self.is_paused = false;
        self.last_pass = self.pass();
        self.is_whole = false;
        self.has_no_bet = false;
        self.scroll = 0;
        let question = self.on_table(world).and_then(|idea| self.next_open(idea, None));
        self.ask(question, world);
        self.landing.take();
    }

    fn ask(&mut self, question: Option<Field>, world: &World) {
        self.question = question;
        let idea = self.on_table(world);
        self.goes_on =
            idea.zip(question).is_some_and(|(idea, question)| idea.get(question).is_none());
    }

    /// Goes on to the next question, as behind an answer.
    fn ask_next(&mut self, world: &World) {
        let next = self.on_table(world).and_then(|idea| self.next_open(idea, self.question));
        self.ask(next, world);
    }

    /// The questions about the card: the criteria, then the bet with its own
    /// questions; without a bet the strategy.
    fn questions(&self, idea: &Idea) -> Vec<Field> {
        let mut asked = questions(idea);
        if self.has_no_bet && idea.bet.is_none() {
            asked.retain(|field| *field != Field::Bet);
            let strategy = Field::Rating(Criterion::Strategy);
            if !asked.contains(&strategy) {
                asked.push(strategy);
            }
        }
        asked
    }

    fn next_open(&self, idea: &Idea, from: Option<Field>) -> Option<Field> {
        next_open(&self.questions(idea), idea, from)
    }

    fn move_on(&mut self, world: &World) {
        let Some(idea) = self.on_table(world) else { return };
        let next = match self.question {
            None => self.next_open(idea, None),
            Some(question) if self.goes_on && idea.get(question).is_some() => {
                self.next_open(idea, Some(question))
            }
            Some(question) if !self.questions(idea).contains(&question) => {
                self.next_open(idea, None)
            }
            Some(_) => return,
        };
        self.ask(next, world);
    }

    /// Where the card would stand; `None` while nothing about it is rated.
    fn landing(&self, world: &World) -> Option<WouldRank> {
        *self.landing.get_or_init(|| self.land(world))
    }

    fn land(&self, world: &World) -> Option<WouldRank> {
        let position = world.portfolio.position(self.card.as_deref()?)?;
        let card = world.portfolio.at(position)?;
        let others: Vec<(&Idea, &Score)> = (0..world.portfolio.ideas().len())
            .filter(|other| *other != position)
            .filter_map(|other| world.portfolio.at(other))
            .filter(|(idea, _)| idea.status.is_ranked_by_default())
            .collect();
        WouldRank::of(card, &others)
    }

    /// Takes note of an edit that was applied, with what takes it back.
    pub(crate) fn record(&mut self, edit: &Edit, inverse: &Edit, world: &World) {
        self.show(world);
        self.round.record(edit, inverse, world);
    }

    /// Undoes that the last card was kept, put off or taken out, if nothing
    /// was edited since; says which.
    pub(crate) fn step_back(&mut self, world: &World) -> Option<String> {
        self.show(world);
        let ids = self.round.step_back(world)?;
        self.round.refresh(world);
        if !ids.iter().all(|id| self.shows(id)) {
            self.show_all();
        }
        let first = ids.first()?.clone();
        self.put(Some(first.clone()), world);
        let title = world.portfolio.title_of(&first);
        Some(match ids.len() {
            1 => format!("Undone: \"{}\" is back.", shorten(title, 50)),
            count => format!("Undone: {count} cards are back."),
        })
    }

    /// The last edit is taken back.
    pub(crate) fn forget_edit(&mut self) {
        self.round.forget_edit();
    }

    /// Puts an idea back on the table, if it waits for a decision.
    pub(crate) fn go_to(&mut self, id: &str, world: &World) {
        self.show(world);
        if self.card.as_deref() != Some(id) && self.round.is_open(id) {
            if !self.shows(id) {
                self.show_all();
            }
            self.put(Some(id.to_owned()), world);
        } else {
            let open = self.on_table(world).and_then(|idea| self.next_open(idea, None));
            if open.is_some() {
                self.ask(open, world);
            }
        }
    }

    /// What the card on the table reminds of; `None` until they have been found
    /// about this very card as it is written now.
    fn reminders<'w>(&self, world: &'w World) -> Option<&'w SimilarIdeas> {
        let key = SimilarityKey::of(self.card.as_deref()?, &world.portfolio);
        world.results.similar.get(&key).map(|similar| &**similar)
    }

    fn on_table<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        world.portfolio.idea(self.card.as_deref()?)
    }

    /// The ids of the kept cards that wait, in their order.
    fn kept(&self) -> Vec<&str> {
        self.round.kept().collect()
    }

    /// Whether the pause between the passes is shown: the user may well go on later.
    pub(crate) fn shows_pause(&self) -> bool {
        self.is_paused && self.overview.is_none() && self.list.is_none()
    }

    fn pass(&self) -> Pass {
        self.card.as_deref().map_or(Pass::Over, |id| self.round.pass_of(id))
    }

    /// Whether the decisions of the round are listed.
    fn shows_overview(&self) -> bool {
        self.overview.is_some() || self.card.is_none()
    }
}
