//! Who takes part.

use crate::domain::{DuelPool, Idea};
use crate::find::admitted;
use crate::judge::duel::Contest;
use crate::tui::backlog::Backlog;

/// Who takes part, looked up again only when the ideas have changed.
#[derive(Debug, Default)]
pub(super) struct Members {
    pool: DuelPool,
    /// The state of the ideas that was looked at, and whether each takes part,
    /// by position.
    known: Option<([u64; 2], Vec<bool>)>,
}

impl Members {
    /// The members of a pool.
    #[must_use]
    pub(super) fn of(pool: DuelPool) -> Self {
        Self { pool, known: None }
    }

    /// What they have in common.
    #[must_use]
    pub(super) const fn pool(&self) -> &DuelPool {
        &self.pool
    }

    /// How many there are.
    #[must_use]
    pub(super) fn count(&mut self, backlog: &Backlog) -> usize {
        self.look_up(backlog).iter().filter(|is_in| **is_in).count()
    }

    /// The contest between them, as the duels stand.
    #[must_use]
    pub(super) fn contest(&mut self, backlog: &Backlog) -> Contest {
        let portfolio = backlog.portfolio();
        let admitted = self.look_up(backlog);
        let in_pool =
            |idea: &Idea| portfolio.position(&idea.id).is_some_and(|position| admitted[position]);
        let duels = portfolio.duels().standing(backlog.as_of());
        Contest::of_ideas(portfolio, backlog.scores(), in_pool, duels)
    }

    fn look_up(&mut self, backlog: &Backlog) -> &[bool] {
        let state = [backlog.texts(), backlog.answers()];
        if self.known.as_ref().is_none_or(|(known, _)| *known != state) {
            let (portfolio, scores) = (backlog.portfolio(), backlog.scores());
            let members = admitted(&self.pool, portfolio, scores, backlog.search_keys());
            self.known = Some((state, members));
        }
        self.known.as_ref().map_or(&[], |(_, members)| members)
    }
}
