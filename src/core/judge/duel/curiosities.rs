//! Cycles and surprising answers.

use super::{Round, cycles, expected_cyclic_triads, surprises};

/// At most this many cycles and surprises are listed.
const LISTED: usize = 5;

/// An answer that is less likely than this, given all others, is listed.
const SURPRISING: f64 = 0.2;

/// Cycles and surprising answers. People do not answer the same way every time,
/// so some of both is to be expected and no mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Curiosities {
    /// The shortest cycles by id, a few of them: each won against the next, and
    /// the last against the first.
    pub cycles: Vec<Vec<String>>,
    /// Number of cyclic triads.
    pub cyclic_triads: usize,
    /// Expected number of cyclic triads under the fit.
    pub expected_cyclic_triads: f64,
    /// The most surprising answers, a few of them: worth asking again.
    pub surprises: Vec<SurprisingAnswer>,
}

/// A surprising answer, by ids.
#[derive(Clone, Debug, PartialEq)]
pub struct SurprisingAnswer {
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
    /// Finds them in a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let Round { contest, posterior, .. } = round;
        let id = |entrant: usize| contest.entrants()[entrant].id.clone();
        let all = cycles(contest);
        let surprising = surprises(contest, posterior).into_iter();
        let surprising = surprising.filter(|one| one.probability < SURPRISING).take(LISTED);
        Self {
            cyclic_triads: all.iter().filter(|cycle| cycle.len() == 3).count(),
            expected_cyclic_triads: expected_cyclic_triads(contest, posterior),
            cycles: all
                .into_iter()
                .take(LISTED)
                .map(|cycle| cycle.into_iter().map(id).collect())
                .collect(),
            surprises: surprising
                .map(|one| SurprisingAnswer {
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
        self.cycles.is_empty() && self.surprises.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{Contest, DuelRule, Entrant, RoundOptions};

    fn curiosities(duels: &[(usize, usize)]) -> Curiosities {
        let entrants = (0..4).map(|i| Entrant::unrated(format!("{i}"))).collect();
        let mut contest = Contest::new(entrants, 4);
        for &(winner, loser) in duels {
            contest.record("ana", winner, loser, Winner::Left);
        }
        let rule = DuelRule::default();
        Curiosities::of(&Round::new(contest, &rule, RoundOptions::default(), 0))
    }

    #[test]
    fn consistent_answers_have_neither_cycles_nor_surprises() {
        let duels: Vec<(usize, usize)> = [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (1, 3)].repeat(2);
        assert!(curiosities(&duels).is_empty());
    }

    #[test]
    fn a_cycle_and_the_answer_that_closes_it_are_listed() {
        let mut duels = [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (1, 3)].repeat(3);
        duels.push((3, 0));
        let slip = curiosities(&duels);
        assert_eq!((slip.cyclic_triads, slip.cycles.len()), (0, 0), "one answer makes no majority");
        let SurprisingAnswer { winner, loser, tie, probability } = &slip.surprises[0];
        assert_eq!((winner.as_str(), loser.as_str(), *tie), ("3", "0", false));
        assert!(*probability < SURPRISING);
        let cycle = curiosities(&[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(cycle.cycles, [["0", "1", "2"]]);
        assert_eq!(cycle.cyclic_triads, 1);
        assert!(cycle.expected_cyclic_triads > 0.0);
    }
}
