//! Changes of the first few since a session of duels began.

use crate::judge::duel::{PoolOrder, Round};
use crate::text::shorten;
use crate::tui::world::World;

/// Columns for a title that is one of several in a sentence.
const NAME: usize = 26;

/// How a session began: the pool in its order, and how many answers there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SessionStart {
    order: PoolOrder,
    answers: usize,
    /// Whether all were equal: nothing was rated and nothing answered, so
    /// that their order meant nothing.
    is_arbitrary: bool,
}

impl SessionStart {
    /// A session that begins here.
    #[must_use]
    pub(super) fn at(round: &Round) -> Self {
        let pool = &round.contest.entrants()[..round.contest.pool()];
        let answers = round.contest.duels();
        let are_equal = pool.windows(2).all(|two| two[0].score.total_cmp(&two[1].score).is_eq());
        Self { order: PoolOrder::of(round), answers, is_arbitrary: answers == 0 && are_equal }
    }

    /// Whether the session had no members.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.order.ids.is_empty()
    }

    /// Whether an answer was given or deleted since.
    #[must_use]
    pub(super) fn has_answers(&self, now: &Round) -> bool {
        now.contest.duels() != self.answers
    }

    /// Which ideas moved into the first few and out of them, by title; `None`
    /// where nothing can be said.
    #[must_use]
    pub(super) fn movement(&self, now: &Round, world: &World) -> Option<String> {
        if self.is_arbitrary || !self.has_answers(now) {
            return None;
        }
        let order = PoolOrder::of(now);
        let titles = |later: &PoolOrder, earlier: &PoolOrder| -> String {
            let ids = later.entered_top_since(earlier);
            let title = |id: &String| {
                let idea = world.portfolio.idea(id)?;
                Some(format!("\"{}\"", shorten(&idea.title, NAME)))
            };
            ids.filter_map(title).collect::<Vec<_>>().join(" and ")
        };
        let (entered, left) = (titles(&order, &self.order), titles(&self.order, &order));
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
