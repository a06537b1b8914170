//! The Review screen: what needs a decision, the clean-slate question, the
//! evidence, and the decision.

mod actions;
mod commands;
mod draw;
mod evidence;
mod rows;
mod soft_rows;
mod time;

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Activity, CleanSlate, Idea};
use crate::find::Finder;
use crate::judge::{Review, TagRollup, TimeSpent, Urgency};
use crate::tui::jobs::review::ReviewFindings;
use crate::tui::world::World;

use super::{Action, Screen};
use rows::Row;

/// The state of the Review screen.
#[derive(Debug)]
pub(crate) struct ReviewScreen {
    findings: Arc<ReviewFindings>,
    rows: Vec<Row>,
    /// The row under the cursor; never a heading while there is anything else.
    cursor: usize,
    /// The idea under the cursor, to which the cursor returns when rows move.
    id: Option<String>,
    by_tag: bool,
    /// Hours of the last month spent on choosing.
    choosing: [f64; Activity::ALL.len()],
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
    /// The screen before anything is known.
    #[must_use]
    pub(crate) fn new(_world: &World) -> Self {
        Self {
            findings: Arc::default(),
            rows: Vec::new(),
            cursor: 0,
            id: None,
            by_tag: false,
            choosing: [0.0; Activity::ALL.len()],
            query: String::new(),
            finder: Finder::default(),
            slates: HashMap::new(),
            open: false,
            scroll: 0,
        }
    }

    /// Takes note of the hours of the last month that went into choosing.
    pub(crate) fn set_choosing(&mut self, hours: [f64; Activity::ALL.len()]) {
        self.choosing = hours;
    }

    /// Where the time of the last month went.
    fn time_spent(&self) -> TimeSpent {
        TimeSpent { choosing: self.choosing, ..self.findings.spent }
    }

    /// How many ideas need a decision.
    #[must_use]
    pub(crate) fn due(&self) -> usize {
        self.findings.reviews.iter().filter(|review| review.due).count()
    }

    /// Puts the cursor on an idea as soon as it is listed.
    pub(crate) fn go_to(&mut self, id: &str) {
        self.id = Some(id.to_owned());
    }

    fn arrange(&mut self, world: &World) {
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
            let mut rows = rows::queue(reviews);
            if rows.is_empty() && !reviews.is_empty() {
                rows.push(Row::Heading("nothing needs a decision"));
            }
            if !reviews.is_empty() {
                rows.extend(soft_rows::rows(world));
            }
            rows
        };
        if !(finds || self.rows.is_empty() || self.time_spent().is_nothing()) {
            self.rows.push(Row::Time);
        }
        let id = self.id.as_ref();
        let position = self.findings.ideas.iter().position(|idea| Some(&idea.id) == id);
        let row = position.and_then(|at| self.rows.iter().position(|row| *row == Row::Idea(at)));
        match row {
            Some(row) => self.cursor = row,
            None => {
                let nearest = self.cursor.min(self.rows.len().saturating_sub(1));
                let row = rows::at_or_after(&self.rows, nearest)
                    .or_else(|| rows::at_or_before(&self.rows, nearest));
                self.move_to(row.unwrap_or(0), world);
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
        soft_rows::open(*self.rows.get(self.cursor)?, world)
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
    }
}
