//! Order of the pool by duels, and changes between two orders.

use super::{Entrant, Round};
use crate::judge::sort_descending;

/// The order of the pool, by id: the ideas that most probably belong to the top k
/// first, the surest of them first, then the others by strength.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolOrder {
    /// The ids.
    pub ids: Vec<String>,
    /// The size of the top k.
    pub k: usize,
}

/// The rank of an idea before and now, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankChange {
    /// Its id.
    pub id: String,
    /// `None` if it took no part.
    pub before: Option<usize>,
    /// `None` if it takes no part any more.
    pub now: Option<usize>,
}

impl PoolOrder {
    /// The order of the pool of a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let Round { contest, posterior, cut, .. } = round;
        let strengths = posterior.strengths();
        let mut order = cut.shown().to_vec();
        let mut others: Vec<usize> =
            (0..contest.pool()).filter(|entrant| !order.contains(entrant)).collect();
        sort_descending(&mut others, strengths);
        let k = order.len();
        order.append(&mut others);
        let ids = order.into_iter().map(|entrant| contest.entrants()[entrant].id.clone());
        Self { ids: ids.collect(), k }
    }

    /// The order of the pool of a round by score instead, equal ones by id.
    #[must_use]
    pub fn by_score(round: &Round) -> Self {
        let Round { contest, cut, .. } = round;
        let mut pool: Vec<&Entrant> = contest.entrants()[..contest.pool()].iter().collect();
        pool.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        Self {
            ids: pool.into_iter().map(|entrant| entrant.id.clone()).collect(),
            k: cut.shown().len(),
        }
    }

    /// The ids of the first k.
    #[must_use]
    pub fn top(&self) -> &[String] {
        &self.ids[..self.k]
    }

    /// The ideas of the top k that were not in it before.
    pub fn entered_top_since<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = &'a String> {
        self.top().iter().filter(|id| !before.top().contains(id))
    }

    /// Every idea of this order or of the one before, in the order of this one
    /// and then of the one before.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<RankChange> {
        let rank = |order: &Self, id: &String| {
            order.ids.iter().position(|other| other == id).map(|index| index + 1)
        };
        let gone = before.ids.iter().filter(|id| !self.ids.contains(id));
        let all = self.ids.iter().chain(gone);
        let all = all.map(|id| RankChange {
            id: id.clone(),
            before: rank(before, id),
            now: rank(self, id),
        });
        all.collect()
    }
}

impl RankChange {
    /// Whether the rank has changed.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.before != self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{Contest, DuelRule, Entrant, RoundOptions};

    fn order(duels: &[(usize, usize)]) -> PoolOrder {
        let entrant = |i: i32| Entrant { id: format!("{i}"), score: 70.0 - 5.0 * f64::from(i) };
        let mut contest = Contest::new((0..5).map(entrant).collect(), 4);
        for &(winner, loser) in duels {
            contest.record("ana", winner, loser, Winner::Left);
        }
        let rule = DuelRule { k: 2, ..DuelRule::default() };
        PoolOrder::of(&Round::new(contest, &rule, RoundOptions::default(), 0))
    }

    #[test]
    fn nothing_moves_without_an_answer() {
        let before = order(&[]);
        assert_eq!((before.ids.concat(), before.k), ("0123".to_owned(), 2));
        assert!(!before.changes_since(&before).iter().any(RankChange::has_moved));
        assert_eq!(before.entered_top_since(&before).count(), 0);
    }

    #[test]
    fn winners_enter_the_top_and_losers_leave() {
        let before = order(&[]);
        let now = order(&[(3, 0), (3, 0), (3, 1), (3, 1), (3, 2), (0, 1)]);
        assert_eq!(now.ids[0], "3");
        let moves = now.changes_since(&before);
        assert_eq!(moves[0], RankChange { id: "3".into(), before: Some(4), now: Some(1) });
        assert_eq!(now.entered_top_since(&before).collect::<Vec<_>>(), ["3"]);
        assert_eq!(before.entered_top_since(&now).count(), 1);
        assert!(!now.ids.contains(&"4".to_owned()), "an idea outside the pool has no rank");
    }

    #[test]
    fn a_new_or_removed_idea_has_one_rank_only() {
        let order =
            |ids: &[&str]| PoolOrder { ids: ids.iter().map(|id| (*id).to_owned()).collect(), k: 1 };
        let moves = order(&["b", "c"]).changes_since(&order(&["a", "b"]));
        let ranks: Vec<_> = moves.iter().map(|one| (one.before, one.now)).collect();
        assert_eq!(ranks, [(Some(2), Some(1)), (None, Some(2)), (Some(1), None)]);
    }
}
