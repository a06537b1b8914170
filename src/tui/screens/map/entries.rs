//! The ideas in their places, as they are and by the weights that are kept.

use crate::judge::{Score, ScoreRule};
use crate::tui::world::World;

/// The ranking by the weights that are kept, and what it follows from.
#[derive(Debug, Default)]
pub(super) struct KeptRanks {
    basis: Option<(u64, ScoreRule)>,
    /// Position and rank of every idea that is listed.
    pub(super) ranks: Vec<(usize, Option<usize>)>,
}

impl KeptRanks {
    /// True if it has changed.
    pub(super) fn refresh(&mut self, world: &World) -> bool {
        let basis = (world.portfolio.rating_revision(), world.portfolio.rule().clone());
        let has_changed = self.basis.as_ref() != Some(&basis);
        if has_changed {
            let standings = world.portfolio.ranking(|idea| idea.status.is_ranked_by_default());
            self.ranks = standings.iter().map(|it| (it.position, it.rank)).collect();
            self.basis = Some(basis);
        }
        has_changed
    }
}

/// An idea in its place.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where it stands in the portfolio.
    pub(super) position: usize,
    /// Its rank now, and by the weights that are kept.
    pub(super) rank: Option<usize>,
    pub(super) before: Option<usize>,
    pub(super) score: Score,
}

impl Entry {
    /// How many places it has risen; negative where it fell.
    pub(super) fn rise(&self) -> isize {
        let place = |rank: usize| isize::try_from(rank).unwrap_or(isize::MAX);
        match (self.before, self.rank) {
            (Some(before), Some(now)) => place(before) - place(now),
            _ => 0,
        }
    }
}
