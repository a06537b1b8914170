//! A suggested portfolio: which ideas to have active in a week of so many hours.

use crate::domain::{Idea, Status};
use crate::judge::{Candidate, Capacity, Suggestion, promised_until, suggest};
use crate::text::{sanitize, shorten};
use crate::tui::world::World;

use super::entries::Entry;

/// Hours a week that an active idea takes. A judgement: about a day.
pub(super) const EACH: u32 = 8;

/// More hours than a week has are not planned.
const MOST: u32 = 168;

/// Columns of a title in the sentence.
const TITLE: usize = 34;

/// The week that is planned.
#[derive(Debug)]
pub(super) struct Plan {
    open: bool,
    pub(super) hours: u32,
    /// What is suggested for every entry, once worked out.
    suggestions: Vec<Suggestion>,
    /// What that follows from, besides the entries.
    basis: Option<(u32, u64, u64)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { open: false, hours: 30, suggestions: Vec::new(), basis: None }
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

    /// Plans for so many hours more.
    pub(super) fn turn(&mut self, steps: f64) {
        self.hours = self.hours.saturating_add_signed(steps as i32).clamp(1, MOST);
    }

    /// Works it out where it is open and anything has changed.
    pub(super) fn refresh(&mut self, entries: &[Entry], world: &World) {
        let next_hot_share = world.settings.current().next_hot_share;
        let basis = (self.hours, next_hot_share.to_bits(), world.portfolio.revision());
        if !self.open || self.basis == Some(basis) {
            return;
        }
        let ideas = world.portfolio.portfolio().ideas();
        let as_of = world.portfolio.as_of();
        let candidate = |entry| {
            let Entry { position, score, .. }: &Entry = entry;
            let idea = ideas.get(*position)?;
            Some(Candidate { idea, score, hours: EACH, promised: promised_until(idea, as_of) })
        };
        let candidates: Vec<Candidate<'_>> = entries.iter().filter_map(candidate).collect();
        self.suggestions = suggest(&candidates, Capacity { hours: self.hours, next_hot_share });
        self.basis = Some(basis);
    }

    /// What it comes to: `2 kept, 16 h; the 14 h that are free would start
    /// "…"`. Takes the ideas in the order of the suggestions.
    pub(super) fn sentence<'a>(&self, ideas: impl Iterator<Item = &'a Idea>) -> String {
        let chosen = ideas.zip(&self.suggestions).filter(|(_, suggestion)| suggestion.is_in());
        let (kept, started): (Vec<&Idea>, Vec<&Idea>) =
            chosen.map(|(idea, _)| idea).partition(|idea| idea.status == Status::Active);
        let taken = u32::try_from(kept.len()).unwrap_or(u32::MAX).saturating_mul(EACH);
        let free = self.hours.saturating_sub(taken);
        let titles: Vec<String> = started
            .iter()
            .map(|idea| format!("\"{}\"", shorten(&sanitize(&idea.title), TITLE)))
            .collect();
        let starts = match titles.as_slice() {
            [] if free == 0 => "no hours are free".to_owned(),
            [] => format!("nothing to start with the {free} h that are free"),
            [one] => format!("the {free} h that are free would start {one}"),
            [first, others @ ..] => {
                format!("the {free} h that are free would start {first} and {} more", others.len())
            }
        };
        match kept.len() {
            0 => starts,
            one => format!("{one} kept, {taken} h; {starts}"),
        }
    }
}
