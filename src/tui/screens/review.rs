//! The Review screen: what needs a decision, the clean-slate question, the
//! evidence, and the decision.

mod commands;
mod draw;
mod evidence;
mod rows;
mod week;

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{CleanSlate, Idea, Status};
use crate::find::Finder;
use crate::judge::{Review, TagRollup, TimeSpent, Urgency};
use crate::tui::jobs::review::ReviewFindings;
use crate::tui::widgets::nearest;
use crate::tui::world::World;

use super::{Action, Screen};
use rows::Row;
use week::Week;

/// The state of the Review screen; empty before anything is known.
#[derive(Debug, Default)]
pub(crate) struct ReviewScreen {
    findings: Arc<ReviewFindings>,
    /// Whether the rows are not yet those of the ideas and the findings as they are.
    is_stale: bool,
    rows: Vec<Row>,
    /// What the rows of the week are about.
    week: Week,
    /// Whether each idea without an entry this week is listed.
    lists_logs: bool,
    /// The idea about which something was begun here, and whether it needed a decision
    /// then: when that is done, the cursor goes on.
    begun: Option<(String, bool)>,
    /// Whether the row under the cursor waits only for an entry in the log.
    is_on_log: bool,
    /// The row under the cursor; never a heading while there is anything else.
    cursor: usize,
    /// The idea under the cursor, to which the cursor returns when rows move.
    id: Option<String>,
    by_tag: bool,
    query: String,
    finder: Finder,
    /// What was answered in this session.
    slates: HashMap<String, CleanSlate>,
    /// Whether one idea fills the screen.
    open: bool,
    /// Lines of the evidence scrolled past.
    scroll: usize,
}

impl ReviewScreen {
    pub(crate) fn new(_: &World) -> Self {
        Self { is_stale: true, ..Self::default() }
    }

    /// Where the time of the last month went.
    fn time_spent(&self, world: &World) -> TimeSpent {
        TimeSpent { choosing: world.choosing, ..self.findings.spent }
    }

    /// How many ideas need a decision.
    pub(crate) fn due(&self) -> usize {
        self.findings.due
    }

    /// Puts the cursor on an idea as soon as it is listed.
    pub(crate) fn go_to(&mut self, id: &str) {
        self.id = Some(id.to_owned());
    }

    fn arrange(&mut self, world: &World) {
        self.is_stale = false;
        let is_first = self.rows.is_empty();
        let ReviewFindings { reviews, directions, .. } = &*self.findings;
        let finds = !self.by_tag && !self.query.is_empty();
        self.rows = if self.by_tag {
            (0..directions.len()).map(Row::Direction).collect()
        } else if finds {
            let filter = world.portfolio.filter(&self.query);
            let found = self.finder.find(&filter.words, world.portfolio.search_keys());
            let found = found.into_iter().filter(|at| *at < reviews.len());
            found.filter(|at| world.portfolio.meets(&filter, *at)).map(Row::Idea).collect()
        } else {
            self.week = Week::of(&self.findings, self.lists_logs, world);
            std::mem::take(&mut self.week.rows)
        };
        if !(finds || self.rows.is_empty() || self.time_spent(world).is_nothing()) {
            self.rows.push(Row::Time);
        }
        let id = self.id.as_ref();
        let position = self.findings.ideas.iter().position(|idea| Some(&idea.id) == id);
        let row = position.and_then(|at| self.rows.iter().position(|row| *row == Row::Idea(at)));
        let first = self.first_decision().filter(|_| is_first);
        match row.or(first) {
            Some(row) if first.is_none() => self.cursor = row,
            Some(row) => self.move_to(row, world),
            None => {
                self.move_to(nearest(&self.rows, self.cursor, false, Row::is_choice), world);
            }
        }
        self.go_on(world);
        self.is_on_log = self.id_to_log(world).is_some();
    }

    /// The first row that needs a decision.
    fn first_decision(&self) -> Option<usize> {
        (0..self.rows.len()).find(|row| self.is_due(*row))
    }

    fn is_due(&self, row: usize) -> bool {
        let Row::Idea(at) = self.rows[row] else { return false };
        self.findings.reviews.get(at).is_some_and(|review| review.due)
    }

    /// Whether a row waits for something to be done.
    fn waits(&self, row: usize, world: &World) -> bool {
        match self.rows[row] {
            Row::Due(_) | Row::Forecast | Row::Logs(_) => true,
            Row::Idea(at) => {
                let idea = self.findings.idea(at, &world.portfolio);
                let today = world.portfolio.as_of();
                self.is_due(row) || idea.is_some_and(|idea| week::logged(idea, today).is_none())
            }
            _ => false,
        }
    }

    fn shows_week(&self) -> bool {
        !self.by_tag && self.query.is_empty() && !self.findings.reviews.is_empty()
    }

    /// Whether what a row asks for was done this week.
    fn is_done(&self, row: usize, world: &World) -> bool {
        match self.rows[row] {
            Row::Done(_) => true,
            Row::Idea(at) if self.shows_week() => {
                let is_at_work =
                    self.findings.reviews.get(at).is_some_and(|review| {
                        !review.due && review.effective_status == Status::Active
                    });
                is_at_work && !self.waits(row, world)
            }
            _ => false,
        }
    }

    /// Whether the page below the list is about an idea, a direction or the time spent.
    fn is_on_evidence(&self) -> bool {
        let row = self.rows.get(self.cursor);
        matches!(row, Some(Row::Idea(_) | Row::Direction(_) | Row::Time))
    }

    /// Whether the row under the cursor waits for something that is no decision.
    fn waits_softly(&self) -> bool {
        let row = self.rows.get(self.cursor);
        let is_soft = row.is_some_and(|row| {
            !matches!(row, Row::Idea(_) | Row::Direction(_) | Row::Time | Row::Heading(_))
        });
        self.is_on_log || is_soft && self.shows_week()
    }

    /// The idea of the row under the cursor, if that only waits for an entry of this week.
    fn id_to_log(&self, world: &World) -> Option<String> {
        if self.rows.is_empty() || !self.shows_week() || self.open {
            return None;
        }
        let waits = !self.is_due(self.cursor) && self.waits(self.cursor, world);
        self.idea(world).filter(|_| waits).map(|idea| idea.id.clone())
    }

    /// Goes on to the next row that waits, once what was begun here is done.
    fn go_on(&mut self, world: &World) {
        let Some((id, was_due)) = &self.begun else { return };
        if self.rows.is_empty() || self.id.as_ref() != Some(id) {
            self.begun = None;
        } else if !self.is_due(self.cursor) && (*was_due || !self.waits(self.cursor, world)) {
            (self.begun, self.open) = (None, false);
            let waits = |row: &usize| self.waits(*row, world);
            let behind = (self.cursor..self.rows.len()).find(waits);
            if let Some(row) = behind.or_else(|| (0..self.cursor).find(waits)) {
                self.move_to(row, world);
            }
        }
    }

    /// What was found about the idea under the cursor.
    fn review(&self) -> Option<&Review> {
        match self.rows.get(self.cursor)? {
            Row::Idea(position) => self.findings.reviews.get(*position),
            _ => None,
        }
    }

    /// The direction under the cursor.
    fn direction(&self) -> Option<&TagRollup> {
        match self.rows.get(self.cursor)? {
            Row::Direction(at) => self.findings.directions.get(*at),
            _ => None,
        }
    }

    /// Whether the cursor is on where the time went.
    fn is_on_time(&self) -> bool {
        matches!(self.rows.get(self.cursor), Some(Row::Time))
    }

    /// What Enter opens on a row that is about no idea.
    fn soft_action(&self, world: &World) -> Option<Action> {
        rows::open(*self.rows.get(self.cursor)?, world)
    }

    /// Whether the question under the cursor is whether the idea would be started today.
    fn asks(&self) -> bool {
        let Some(Row::Idea(position)) = self.rows.get(self.cursor) else { return false };
        let idea = self.findings.ideas.get(*position);
        let review = self.findings.reviews.get(*position);
        idea.zip(review).is_some_and(|(idea, review)| self.asks_first(idea, review))
    }

    /// Whether the clean-slate question comes before anything else.
    fn asks_first(&self, idea: &Idea, review: &Review) -> bool {
        let at_work = review.due && review.urgency != Some(Urgency::SecondLook);
        at_work && !self.slates.contains_key(&idea.id)
    }

    fn move_to(&mut self, row: usize, world: &World) {
        self.cursor = row;
        self.scroll = 0;
        if let Some(idea) = self.idea(world) {
            self.id = Some(idea.id.clone());
        } else if self.soft_action(world).is_some() {
            self.id = None;
        }
        self.is_on_log = self.id_to_log(world).is_some();
    }
}
