//! The Rank screen: the ranking, and the idea under the cursor.

mod card;
mod columns;
mod commands;
mod detail;
mod divider;
mod draw;
mod order;
mod table;

use std::collections::BTreeSet;

use crate::domain::{BetInput, Criterion, DuelPool, Field, Idea};
use crate::find::Finder;
use crate::judge::{NextStep, next_step};
use crate::tui::widgets::nearest;
use crate::tui::world::World;

use super::{Action, Screen, deciding, question, rating};

use detail::Axis;
use divider::Divider;
use order::Row;

pub(crate) use order::Order;

#[derive(Debug)]
pub(crate) struct RankScreen {
    rows: Vec<Row>,
    /// Rank of every idea by position in the portfolio, if it has one.
    ranks: Vec<Option<usize>>,
    /// The row under the cursor; never a heading while there is an idea.
    cursor: usize,
    /// The idea under the cursor, to which the cursor returns when rows move.
    id: Option<String>,
    /// The idea that was under the cursor and is gone: if it comes back before
    /// the cursor moves, the cursor goes back too.
    lost: Option<String>,
    /// Ids of the ideas that the next repetition changes.
    marks: BTreeSet<String>,
    criterion: Criterion,
    all_columns: bool,
    all_statuses: bool,
    query: String,
    order: Order,
    finder: Finder,
    /// Lines scrolled past while one idea fills the screen.
    open: Option<usize>,
    /// The question of the bet under the cursor while its card is open.
    card: Option<usize>,
    /// What traction is drawn over.
    axis: Axis,
    /// Where the table ends and the detail begins.
    divider: Divider,
    /// What stands above the table: hours against rank, if there is anything to say.
    notice: Option<String>,
}

impl RankScreen {
    /// The screen as it opens: the calm table, with the cursor on the first idea.
    pub(crate) fn new(world: &World) -> Self {
        let mut screen = Self {
            rows: Vec::new(),
            ranks: Vec::new(),
            cursor: 0,
            id: None,
            lost: None,
            marks: BTreeSet::new(),
            criterion: Criterion::Headroom,
            all_columns: false,
            all_statuses: false,
            query: String::new(),
            order: Order::default(),
            finder: Finder::default(),
            open: None,
            card: None,
            axis: Axis::default(),
            divider: Divider::default(),
            notice: None,
        };
        screen.refresh(world);
        screen
    }

    /// Whether it is shown how much the ideas are wanted, if there are any duels.
    fn shows_pulls(&self, world: &World) -> bool {
        let is_shown = self.all_columns || matches!(self.order, Order::Pull | Order::Joined);
        is_shown && !world.portfolio.duels().entries.is_empty()
    }

    /// Goes to the answer that would make the first few surer than any other;
    /// says what hangs on it.
    fn ask_cheapest(&mut self, world: &World) -> Action {
        let Some(sensitivity) = columns::current_sensitivity(world) else {
            return Action::Say("still being worked out: once more in a moment".to_owned());
        };
        let Some(question) = sensitivity.questions.first().cloned() else {
            let top = sensitivity.key.top;
            return Action::Say(format!(
                "No single answer would make the top {top} surer. A second rater would: prospect ask"
            ));
        };
        if !self.lists(&question.id, world) {
            self.filter("", world);
        }
        self.go_to(&question.id, world);
        if !self.marks_a_cell() {
            self.all_columns = true;
        }
        match question.field {
            Field::Rating(criterion) => self.criterion = criterion,
            Field::BetInput(input) => {
                let kind = self.idea(world).and_then(|idea| idea.bet);
                self.card =
                    kind.and_then(|kind| kind.inputs().iter().position(|one| *one == input));
            }
            _ => {}
        }
        Action::Say(question.consequence)
    }

    fn found(&mut self, world: &World) -> Vec<Row> {
        let filter = world.portfolio.filter(&self.query);
        let found = if filter.words.is_empty() {
            self.finder.find("", &[]);
            self.finder.forget();
            world
                .portfolio
                .ranking(|_| true)
                .into_iter()
                .map(|standing| standing.position)
                .collect()
        } else {
            self.finder.find(&filter.words, world.portfolio.search_keys())
        };
        let holds = |position: &usize| world.portfolio.meets(&filter, *position);
        found.into_iter().filter(holds).map(Row::Idea).collect()
    }

    /// Puts the ideas in the order at a position of [`Order::ALL`].
    pub(crate) fn sort(&mut self, order: usize, world: &World) {
        self.order = Order::ALL.get(order).copied().unwrap_or_default();
        self.refresh(world);
    }

    /// Sorts the ideas by what the duels say.
    pub(crate) fn order_by_duels(&mut self, world: &World) {
        self.order = Order::Pull;
        self.refresh(world);
    }

    /// What the ideas are sorted by, if not by rank.
    pub(crate) fn sorted_by(&self) -> Option<&'static str> {
        (self.order != Order::Rank).then(|| self.order.name())
    }

    /// How many ideas are listed.
    pub(crate) fn listed(&self) -> usize {
        self.rows.iter().filter(|row| row.is_idea()).count()
    }

    /// Whether an idea is among those listed.
    pub(crate) fn lists(&self, id: &str, world: &World) -> bool {
        let position = world.portfolio.position(id);
        position.is_some_and(|position| self.rows.contains(&Row::Idea(position)))
    }

    /// How many ideas have a rank.
    fn ranked(&self) -> usize {
        self.ranks.iter().flatten().count()
    }

    /// The rank of an idea, if it has one.
    pub(crate) fn rank_of(&self, id: &str, world: &World) -> Option<usize> {
        let position = world.portfolio.position(id)?;
        self.ranks.get(position).copied().flatten()
    }

    /// Whether an idea is one of the first few, which are to be pursued.
    fn is_ahead(&self, id: &str, world: &World) -> bool {
        self.rank_of(id, world).is_some_and(|rank| rank <= world.settings.current().pursued)
    }

    /// The notice above the table, which an idea's page covers.
    fn shown_notice(&self) -> Option<&str> {
        self.notice.as_deref().filter(|_| !self.is_open())
    }

    /// What to do next about an idea, if anything.
    fn next_step(&self, idea: &Idea, world: &World) -> Option<NextStep> {
        let (_, score) = world.portfolio.scored(&idea.id)?;
        next_step(idea, score, self.is_ahead(&idea.id, world), world.portfolio.as_of())
    }

    /// Does the next step of the idea that fills the screen.
    fn do_next_step(&mut self, world: &World) -> Option<Action> {
        let idea = self.idea(world)?;
        let step = self.next_step(idea, world);
        match step {
            Some(NextStep::Rate(criterion)) => self.criterion = criterion,
            Some(NextStep::Answer(input)) => {
                let asked = bet_inputs(idea).position(|other| other == input);
                self.card = asked.or(Some(0));
            }
            step => {
                let runs = step.and_then(deciding::command_of).map(Action::Run);
                let nothing = || Action::Say("Nothing is asked of it. Esc goes back.".to_owned());
                return Some(runs.unwrap_or_else(nothing));
            }
        }
        step.map(|step| Action::Say(step.sentence()))
    }

    /// Whether one idea fills the screen.
    pub(crate) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Puts the cursor on an idea, if it is listed.
    pub(crate) fn go_to(&mut self, id: &str, world: &World) {
        self.id = Some(id.to_owned());
        self.lost = None;
        self.return_to_idea(world);
    }

    /// Puts the cursor on the first idea.
    pub(crate) fn select_first(&mut self, world: &World) {
        self.step(isize::MIN, world);
    }

    /// Opens the questions of the bet of the idea under the cursor.
    pub(crate) fn open_card(&mut self) {
        self.card = Some(0);
    }

    /// The ideas that are picked out: those that are marked, or else those that are searched for.
    fn pool(&self) -> DuelPool {
        if self.marks.is_empty() {
            DuelPool::found_by(self.query.as_str())
        } else {
            DuelPool::of(self.marks.iter().cloned().collect())
        }
    }

    /// Whether the cell that a digit rates is marked on the screen.
    const fn marks_a_cell(&self) -> bool {
        self.all_columns || self.open.is_some() || self.card.is_some()
    }

    pub(crate) fn unmark(&mut self) {
        self.marks.clear();
    }

    /// The ideas that a decision is about: the marked ones; the one under the
    /// cursor where none is marked, or while it fills the screen.
    pub(crate) fn marked<'a>(&self, world: &'a World) -> Vec<&'a Idea> {
        if self.is_open() {
            return self.idea(world).into_iter().collect();
        }
        let marked: Vec<&Idea> =
            self.marks.iter().filter_map(|id| world.portfolio.idea(id)).collect();
        if marked.is_empty() { self.idea(world).into_iter().collect() } else { marked }
    }

    /// Whether others than the idea under the cursor are marked in the list:
    /// what is for one idea must not act on it then.
    fn marks_others(&self, world: &World) -> bool {
        let here = self.idea(world).map(|idea| &idea.id);
        !self.is_open() && self.marks.iter().any(|id| Some(id) != here)
    }

    /// Marks the idea under the cursor, or unmarks it, and goes on.
    fn mark(&mut self, world: &World) {
        let Some(id) = self.idea(world).map(|idea| idea.id.clone()) else { return };
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
        self.move_by(1, world);
    }

    /// Marks all ideas that are listed; if they are marked already, none.
    fn mark_listed(&mut self, world: &World) {
        let ideas = world.portfolio.ideas();
        let listed: Vec<&String> = self
            .rows
            .iter()
            .filter_map(|row| match row {
                Row::Idea(position) => ideas.get(*position).map(|idea| &idea.id),
                Row::Heading(_) => None,
            })
            .collect();
        if listed.iter().all(|id| self.marks.contains(*id)) {
            self.unmark();
        } else {
            self.marks.extend(listed.into_iter().cloned());
        }
    }

    /// What the rating keys rate: a criterion, or a question of the bet while its card is open.
    fn field(&self, idea: &Idea) -> Field {
        match (self.card, idea.bet) {
            (Some(at), Some(kind)) => Field::BetInput(kind.inputs()[at.min(2)]),
            _ => Field::Rating(self.criterion),
        }
    }

    /// Whether the strategy follows from a bet, so that it is the bet that is asked about.
    fn asks_the_bet(&self, idea: &Idea) -> bool {
        self.card.is_none() && self.criterion == Criterion::Strategy && idea.bet.is_some()
    }

    fn move_by(&mut self, lines: isize, world: &World) {
        let target = self.cursor.saturating_add_signed(lines);
        // A heading is stepped over in the direction of the move.
        let row = nearest(&self.rows, target, lines < 0, Row::is_idea);
        self.lost = None;
        self.move_to(row, world);
    }

    fn move_to(&mut self, row: usize, world: &World) {
        self.cursor = row;
        // A search that finds nothing does not forget where it came from.
        if let Some(idea) = self.idea(world) {
            self.id = Some(idea.id.clone());
        }
        self.open = self.open.map(|_| 0);
        self.card = None;
    }

    /// Puts the cursor back on its idea; where that is gone, on the one that stands in its place.
    fn return_to_idea(&mut self, world: &World) {
        let row_of = |id: &String| {
            let position = world.portfolio.position(id)?;
            self.rows.iter().position(|row| *row == Row::Idea(position))
        };
        if let Some(row) = self.lost.as_ref().and_then(row_of) {
            self.id = self.lost.take();
            self.cursor = row;
            return;
        }
        match self.id.as_ref().and_then(row_of) {
            Some(row) => self.cursor = row,
            None => {
                let gone = self.id.take().filter(|id| world.portfolio.position(id).is_none());
                self.lost = self.lost.take().or(gone);
                self.move_to(nearest(&self.rows, self.cursor, false, Row::is_idea), world);
            }
        }
    }
}

/// The questions of an idea's bet, if it has one.
fn bet_inputs(idea: &Idea) -> impl Iterator<Item = BetInput> {
    idea.bet.into_iter().flat_map(crate::domain::BetKind::inputs)
}
