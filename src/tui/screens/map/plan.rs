//! A suggested portfolio: which ideas to have active in a week of so many hours.

use crate::judge::{Candidate, Capacity, Suggestion, suggest};
use crate::tui::world::World;

use super::Entry;
use super::control::Control;

/// The week that is planned.
#[derive(Debug)]
pub(super) struct Plan {
    open: bool,
    pub(super) hours: u32,
    /// Hours a week that an active idea takes.
    pub(super) each: u32,
    /// What is suggested for every entry, once worked out.
    suggestions: Vec<Suggestion>,
    /// What that follows from, besides the entries.
    basis: Option<(u32, u32, u64)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { open: false, hours: 30, each: 8, suggestions: Vec::new(), basis: None }
    }
}

impl Plan {
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    pub(super) const fn toggle(&mut self) {
        self.open = !self.open;
    }

    /// Closes it; false if it was closed.
    pub(super) const fn close(&mut self) -> bool {
        std::mem::replace(&mut self.open, false)
    }

    pub(super) fn forget(&mut self) {
        self.basis = None;
    }

    /// What is suggested, in the order of the entries.
    pub(super) fn suggestions(&self) -> &[Suggestion] {
        &self.suggestions
    }

    /// Changes a control of the plan; false if it is none.
    pub(super) fn turn(&mut self, control: Control, steps: f64) -> bool {
        let (value, most) = match control {
            Control::Hours => (&mut self.hours, 168),
            Control::Each => (&mut self.each, 60),
            _ => return false,
        };
        *value = value.saturating_add_signed(steps as i32).clamp(1, most);
        true
    }

    /// Works it out where it is open and anything has changed.
    pub(super) fn refresh(&mut self, entries: &[Entry], next_hot_share: f64, world: &World) {
        let basis = (self.hours, self.each, next_hot_share.to_bits());
        if !self.open || self.basis == Some(basis) {
            return;
        }
        let ideas = world.portfolio.portfolio().ideas();
        let candidate = |entry| {
            let Entry { position, score, .. }: &Entry = entry;
            Some(Candidate { idea: ideas.get(*position)?, score, hours: self.each })
        };
        let candidates: Vec<Candidate<'_>> = entries.iter().filter_map(candidate).collect();
        self.suggestions = suggest(&candidates, Capacity { hours: self.hours, next_hot_share });
        self.basis = Some(basis);
    }
}
