//! Everything that follows from the answers so far.

use super::{Aim, Contest, Cut, DuelRule, Posterior, Question, Skipped, next_question};
use crate::domain::Winner;

/// Draws behind the chances that are shown: their standard error is at most
/// half a percent.
const DRAWS: usize = 10_000;

/// What a session is after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// Who belongs to the top k.
    #[default]
    Top,
    /// The order of all.
    Order,
}

/// A contest with all that follows from it: what a screen shows after an
/// answer, to be worked out by a thread.
#[derive(Clone, Debug)]
pub struct Round {
    /// Who takes part, and the answers.
    pub contest: Contest,
    /// What they say about the strengths.
    pub posterior: Posterior,
    /// Who belongs to the top k.
    pub cut: Cut,
    /// What to ask next; `None` if there is no other pair.
    pub question: Option<Question>,
}

impl Round {
    /// Works everything out. `seed` is mixed with the contest's own.
    #[must_use]
    pub fn new(
        contest: Contest,
        rule: &DuelRule,
        goal: Goal,
        skipped: &Skipped,
        seed: u64,
    ) -> Self {
        let posterior = Posterior::new(&contest, rule);
        let cut = Cut::new(&contest, &posterior, rule.k, DRAWS, seed);
        let aim = match goal {
            Goal::Top => Aim::TopOf(&cut),
            Goal::Order => Aim::WholeOrder,
        };
        let question = next_question(&contest, &posterior, aim, &skipped.resting(), seed);
        Self { contest, posterior, cut, question }
    }

    /// The contest as it will be after each answer to the question, to work
    /// out ahead while the person thinks.
    #[must_use]
    pub fn ahead(&self) -> Vec<(Winner, Contest)> {
        let Some(Question { left, right, .. }) = self.question else { return Vec::new() };
        let after = |winner: &Winner| (*winner, self.contest.with(left, right, *winner));
        Winner::ALL.iter().map(after).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::duel::{Entrant, Progress};

    #[test]
    fn answering_as_asked_settles_a_small_pool() {
        let entrants = (0..8).map(|i| Entrant::unrated(i.to_string())).collect();
        let rule = DuelRule { k: 2, ..DuelRule::default() };
        let skipped = Skipped::default();
        let mut round = Round::new(Contest::new(entrants, 8), &rule, Goal::Top, &skipped, 3);
        while round.cut.progress() < Progress::GoodEnough {
            assert!(round.contest.duels() < 40);
            let question = round.question.unwrap();
            let answer = if question.left < question.right { Winner::Left } else { Winner::Right };
            let (_, next) =
                round.ahead().into_iter().find(|(winner, _)| *winner == answer).unwrap();
            assert_eq!(next.duels(), round.contest.duels() + 1);
            round = Round::new(next, &rule, Goal::Top, &skipped, 3);
        }
        let mut shown = round.cut.shown().to_vec();
        shown.sort_unstable();
        assert_eq!(shown, [0, 1]);
        assert_eq!(round.cut.words(), "probably all of these 2 belong");
    }
}
