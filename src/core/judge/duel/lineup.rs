//! The pool in its order, and what moves between two of them.

use super::Round;
use crate::judge::sort_descending;

/// The pool in its order, by id: the ideas that most probably belong to the top
/// k first, the surest of them first, then the others by strength.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineup {
    /// The ids.
    pub ids: Vec<String>,
    /// How many of them stand for the top k.
    pub ahead: usize,
}

/// Where an idea stood and where it stands, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// Its place before; `None` if it took no part.
    pub before: Option<usize>,
    /// Its place now; `None` if it takes no part any more.
    pub now: Option<usize>,
}

impl Lineup {
    /// The pool of a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let Round { contest, posterior, cut, .. } = round;
        let strengths = posterior.strengths();
        let mut order = cut.shown().to_vec();
        let mut others: Vec<usize> =
            (0..contest.pool()).filter(|entrant| !order.contains(entrant)).collect();
        sort_descending(&mut others, strengths);
        let ahead = order.len();
        order.append(&mut others);
        let ids = order.into_iter().map(|entrant| contest.entrants()[entrant].id.clone());
        Self { ids: ids.collect(), ahead }
    }

    /// The ids of those that stand for the top k.
    #[must_use]
    pub fn top(&self) -> &[String] {
        &self.ids[..self.ahead]
    }

    /// The ideas that have come to the top k since another lineup.
    pub fn came_since<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = &'a String> {
        self.top().iter().filter(|id| !before.top().contains(id))
    }

    /// Every idea of this lineup or of the one before, in the order of this one
    /// and then of the one before.
    #[must_use]
    pub fn moves_since(&self, before: &Self) -> Vec<Move> {
        let place = |lineup: &Self, id: &String| {
            lineup.ids.iter().position(|other| other == id).map(|place| place + 1)
        };
        let gone = before.ids.iter().filter(|id| !self.ids.contains(id));
        let all = self.ids.iter().chain(gone);
        let all =
            all.map(|id| Move { id: id.clone(), before: place(before, id), now: place(self, id) });
        all.collect()
    }
}

impl Move {
    /// Whether it stands elsewhere than before.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.before != self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{Contest, DuelRule, Entrant, Goal, Skipped};

    fn lineup(duels: &[(usize, usize)]) -> Lineup {
        let entrant = |i: i32| {
            let score = 70.0 - 5.0 * f64::from(i);
            Entrant { id: format!("{i}"), low: score, high: score }
        };
        let mut contest = Contest::new((0..5).map(entrant).collect(), 4);
        for &(winner, loser) in duels {
            contest.record(winner, loser, Winner::Left);
        }
        let rule = DuelRule { k: 2, ..DuelRule::default() };
        Lineup::of(&Round::new(contest, &rule, Goal::Top, &Skipped::default(), 0))
    }

    #[test]
    fn nothing_moves_without_an_answer() {
        let before = lineup(&[]);
        assert_eq!((before.ids.concat(), before.ahead), ("0123".to_owned(), 2));
        assert!(!before.moves_since(&before).iter().any(Move::is_one));
        assert_eq!(before.came_since(&before).count(), 0);
    }

    #[test]
    fn who_wins_comes_and_who_loses_goes() {
        let before = lineup(&[]);
        let now = lineup(&[(3, 0), (3, 0), (3, 1), (3, 1), (3, 2), (0, 1)]);
        assert_eq!(now.ids[0], "3");
        let moves = now.moves_since(&before);
        assert_eq!(moves[0], Move { id: "3".into(), before: Some(4), now: Some(1) });
        assert_eq!(now.came_since(&before).collect::<Vec<_>>(), ["3"]);
        assert_eq!(before.came_since(&now).count(), 1);
        assert!(!now.ids.contains(&"4".to_owned()), "a witness has no place");
    }

    #[test]
    fn who_is_new_or_gone_has_one_place_only() {
        let lineup = |ids: &[&str]| Lineup {
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            ahead: 1,
        };
        let moves = lineup(&["b", "c"]).moves_since(&lineup(&["a", "b"]));
        let places: Vec<_> = moves.iter().map(|one| (one.before, one.now)).collect();
        assert_eq!(places, [(Some(2), Some(1)), (None, Some(2)), (Some(1), None)]);
    }
}
