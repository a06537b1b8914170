//! Changes of the ranking since a session of duels began.

use crate::judge::duel::{PoolOrder, RankChange, Round};
use crate::tui::world::World;

/// How a session began: the pool in its order, and how many answers there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SessionStart {
    lineup: PoolOrder,
    answers: usize,
}

/// What a session has moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionChanges {
    pub before: PoolOrder,
    pub now: PoolOrder,
    /// How many answers there were, and how many there are.
    pub answers: [usize; 2],
    /// Who takes part, in words.
    pub pool: String,
}

impl SessionStart {
    /// A session that begins here.
    #[must_use]
    pub(super) fn at(round: &Round) -> Self {
        Self { lineup: PoolOrder::of(round), answers: round.contest.duels() }
    }

    /// Whether the session had no members.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.lineup.ids.is_empty()
    }

    /// What has moved by now; `None` if nothing has.
    #[must_use]
    pub(super) fn moved(&self, now: &Round, pool: String) -> Option<SessionChanges> {
        let lineup = PoolOrder::of(now);
        let has_moved = lineup.changes_since(&self.lineup).iter().any(RankChange::has_moved);
        let answers = [self.answers, now.contest.duels()];
        has_moved.then(|| SessionChanges {
            before: self.lineup.clone(),
            now: lineup,
            answers,
            pool,
        })
    }
}

impl SessionChanges {
    /// Who has come up and who has gone down, by title; `None` if those ahead
    /// are the same.
    #[must_use]
    pub(super) fn words(&self, world: &World) -> Option<String> {
        let titles = |later: &PoolOrder, earlier: &PoolOrder| -> Vec<String> {
            let ids = later.entered_top_since(earlier);
            ids.filter_map(|id| Some(world.portfolio.idea(id)?.title.clone())).collect()
        };
        let (came, went) = (titles(&self.now, &self.before), titles(&self.before, &self.now));
        match (came.is_empty(), went.is_empty()) {
            (true, true) => None,
            (false, true) => Some(format!("{} came up", came.join(", "))),
            (true, false) => Some(format!("{} went down", went.join(", "))),
            (false, false) => {
                Some(format!("{} came up, {} went down", came.join(", "), went.join(", ")))
            }
        }
    }
}
