//! What is curious about the answers: circles, and the least expected ones.

use super::{Round, cycles, expected_cyclic_triads, surprises};

/// At most this many circles and surprises are told.
const TOLD: usize = 5;

/// An answer that is less likely than this, given all others, is told.
const SURPRISING: f64 = 0.2;

/// Answers that go round in circles, and answers that surprise. People answer
/// with chance, so some of both is what to expect, and no fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Curiosities {
    /// The shortest circles by id, a few of them: each won against the next,
    /// and the last against the first.
    pub circles: Vec<Vec<String>>,
    /// How many circles of three there are.
    pub triads: usize,
    /// How many circles of three there would be, were the strengths as fitted
    /// and all answers given by chance.
    pub expected: f64,
    /// The answers that surprise most, a few of them: worth asking again.
    pub surprises: Vec<Unexpected>,
}

/// An answer that surprises.
#[derive(Clone, Debug, PartialEq)]
pub struct Unexpected {
    /// Id of the idea that won; of a tie, of one of the two.
    pub winner: String,
    /// Id of the other.
    pub loser: String,
    /// Whether it was a tie.
    pub tie: bool,
    /// Probability of that answer under the fit, 0–1.
    pub probability: f64,
}

impl Curiosities {
    /// What is curious about the answers of a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let Round { contest, posterior, .. } = round;
        let id = |entrant: usize| contest.entrants()[entrant].id.clone();
        let all = cycles(contest);
        let surprising = surprises(contest, posterior).into_iter();
        let surprising = surprising.filter(|one| one.probability < SURPRISING).take(TOLD);
        Self {
            triads: all.iter().filter(|cycle| cycle.len() == 3).count(),
            expected: expected_cyclic_triads(contest, posterior),
            circles: all
                .into_iter()
                .take(TOLD)
                .map(|cycle| cycle.into_iter().map(id).collect())
                .collect(),
            surprises: surprising
                .map(|one| Unexpected {
                    winner: id(one.winner),
                    loser: id(one.loser),
                    tie: one.tie,
                    probability: one.probability,
                })
                .collect(),
        }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.circles.is_empty() && self.surprises.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{Contest, DuelRule, Entrant, Goal, Skipped};

    fn curiosities(duels: &[(usize, usize)]) -> Curiosities {
        let entrants = (0..4).map(|i| Entrant::unrated(format!("{i}"))).collect();
        let mut contest = Contest::new(entrants, 4);
        for &(winner, loser) in duels {
            contest.record(winner, loser, Winner::Left);
        }
        let (rule, skipped) = (DuelRule::default(), Skipped::default());
        Curiosities::of(&Round::new(contest, &rule, Goal::Top, &skipped, 0))
    }

    #[test]
    fn answers_that_agree_have_nothing_curious_about_them() {
        let duels: Vec<(usize, usize)> = [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (1, 3)].repeat(2);
        assert!(curiosities(&duels).is_empty());
    }

    #[test]
    fn a_circle_and_the_answer_that_closes_it_are_told() {
        let mut duels = [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (1, 3)].repeat(3);
        duels.push((3, 0));
        let slip = curiosities(&duels);
        assert_eq!((slip.triads, slip.circles.len()), (0, 0), "one answer makes no majority");
        let Unexpected { winner, loser, tie, probability } = &slip.surprises[0];
        assert_eq!((winner.as_str(), loser.as_str(), *tie), ("3", "0", false));
        assert!(*probability < SURPRISING);
        let circle = curiosities(&[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(circle.circles, [["0", "1", "2"]]);
        assert_eq!(circle.triads, 1);
        assert!(circle.expected > 0.0);
    }
}
