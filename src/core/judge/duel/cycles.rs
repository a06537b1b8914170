//! Cycles of preferences, and answers that surprise.

use std::collections::{BTreeSet, VecDeque};

use super::{Contest, Pair, Posterior, Round};

/// The minimal cycles among majority answers: each idea won more often than it
/// lost against the next, and the last against the first. No cycle listed has
/// a shorter one among its own ideas; mostly they are triads. Each starts with
/// its smallest number; without cycles the list is empty.
#[must_use]
pub fn cycles(contest: &Contest) -> Vec<Vec<usize>> {
    let beats = Majority::of(contest);
    let mut found = BTreeSet::new();
    for (winner, losers) in beats.losers.iter().enumerate() {
        for &loser in losers {
            let closing: Vec<usize> = beats.losers[loser]
                .iter()
                .copied()
                .filter(|&third| beats.decided(third, winner))
                .collect();
            if closing.is_empty() {
                found.extend(beats.longer_cycle(winner, loser).map(from_smallest));
            }
            found
                .extend(closing.into_iter().map(|third| from_smallest(vec![winner, loser, third])));
        }
    }
    let mut cycles: Vec<Vec<usize>> = found.into_iter().collect();
    cycles.sort_by_key(Vec::len);
    cycles
}

/// The number of cyclic triads to be expected under the fit, among the triads of
/// which all three pairs are decided.
#[must_use]
pub fn expected_cyclic_triads(contest: &Contest, posterior: &Posterior) -> f64 {
    let beats = Majority::of(contest);
    let mut expected = 0.0;
    for one in 0..beats.losers.len() {
        let neighbours = beats.neighbours(one);
        let later: Vec<usize> = neighbours.into_iter().filter(|&other| other > one).collect();
        for (index, &second) in later.iter().enumerate() {
            for &third in &later[index + 1..] {
                if beats.decided(second, third) || beats.decided(third, second) {
                    let wins = |a, b| majority(contest, posterior, a, b);
                    let (a, b, c) = (wins(one, second), wins(second, third), wins(third, one));
                    expected += a * b * c + (1.0 - a) * (1.0 - b) * (1.0 - c);
                }
            }
        }
    }
    expected
}

/// A pair with an answer that the fit finds surprising.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surprise {
    /// Number of the entrant that won; of a tie, the smaller number.
    pub winner: usize,
    /// Number of the other.
    pub loser: usize,
    /// Whether it was a tie.
    pub tie: bool,
    /// Probability of that answer under the fit, 0–1.
    pub probability: f64,
}

/// Every answer that was given, the least probable first: the ones worth
/// asking again.
#[must_use]
pub fn surprises(contest: &Contest, posterior: &Posterior) -> Vec<Surprise> {
    let mut surprises = Vec::new();
    for (pair, weights) in contest.weights() {
        let (first, second) = (pair.first(), pair.second());
        let outcomes = posterior.predict(first, second);
        let answers = [
            (weights.first, first, second, false, outcomes.left),
            (weights.second, second, first, false, outcomes.right),
            (weights.ties, first, second, true, outcomes.tie),
        ];
        surprises.extend(answers.into_iter().filter(|answer| answer.0 > 0.0).map(
            |(_, winner, loser, tie, probability)| Surprise { winner, loser, tie, probability },
        ));
    }
    surprises.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    surprises
}

/// The entrants that each entrant beat more often than it lost.
struct Majority {
    losers: Vec<BTreeSet<usize>>,
}

impl Majority {
    fn of(contest: &Contest) -> Self {
        let mut losers = vec![BTreeSet::new(); contest.entrants().len()];
        for (pair, weights) in contest.weights() {
            if weights.first > weights.second {
                losers[pair.first()].insert(pair.second());
            } else if weights.second > weights.first {
                losers[pair.second()].insert(pair.first());
            }
        }
        Self { losers }
    }

    fn decided(&self, winner: usize, loser: usize) -> bool {
        self.losers[winner].contains(&loser)
    }

    fn neighbours(&self, one: usize) -> BTreeSet<usize> {
        let winners = (0..self.losers.len()).filter(|&other| self.decided(other, one));
        self.losers[one].iter().copied().chain(winners).collect()
    }

    /// The shortest way from `loser` back to `winner`, if it closes a cycle
    /// without shortcuts.
    fn longer_cycle(&self, winner: usize, loser: usize) -> Option<Vec<usize>> {
        let mut came_from = vec![None; self.losers.len()];
        let mut queue = VecDeque::from([loser]);
        while let Some(here) = queue.pop_front() {
            if here == winner {
                break;
            }
            for &next in &self.losers[here] {
                if next != loser && came_from[next].is_none() {
                    came_from[next] = Some(here);
                    queue.push_back(next);
                }
            }
        }
        let mut cycle = vec![winner];
        while let Some(before) = came_from[cycle[cycle.len() - 1]] {
            cycle.push(before);
        }
        cycle.reverse();
        let closes = cycle[0] == loser && cycle.len() > 2;
        (closes && !self.has_shortcut(&cycle)).then_some(cycle)
    }

    fn has_shortcut(&self, cycle: &[usize]) -> bool {
        let inside = cycle.iter().flat_map(|a| cycle.iter().filter(|b| self.decided(*a, **b)));
        inside.count() > cycle.len()
    }
}

fn from_smallest(mut cycle: Vec<usize>) -> Vec<usize> {
    let smallest = cycle.iter().enumerate().min_by_key(|(_, entrant)| **entrant);
    let start = smallest.map_or(0, |(place, _)| place);
    cycle.rotate_left(start);
    cycle
}

/// The probability that a majority of as many people as have decided prefers
/// `one` to `other`, given that there is a majority.
fn majority(contest: &Contest, posterior: &Posterior, one: usize, other: usize) -> f64 {
    let Some(pair) = Pair::of(one, other) else { return 0.5 };
    let people = i32::try_from(contest.decided_people(pair)).unwrap_or(i32::MAX);
    let outcomes = posterior.predict(one, other);
    let win = outcomes.left / (outcomes.left + outcomes.right);
    let (mut ahead, mut behind) = (0.0, 0.0);
    let mut ways = 1.0;
    for wins in 0..=people {
        let probability = ways * win.powi(wins) * (1.0 - win).powi(people - wins);
        match (2 * wins).cmp(&people) {
            std::cmp::Ordering::Greater => ahead += probability,
            std::cmp::Ordering::Less => behind += probability,
            std::cmp::Ordering::Equal => {}
        }
        ways *= f64::from(people - wins) / f64::from(wins + 1);
    }
    if ahead + behind > 0.0 { ahead / (ahead + behind) } else { 0.5 }
}

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
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{Contest, DuelRule, Entrant, RoundOptions};

    fn contest(entrants: usize, wins: &[(usize, usize)]) -> Contest {
        let entrants: Vec<_> = (0..entrants).map(|i| Entrant::unrated(i.to_string())).collect();
        let pool = entrants.len();
        let mut contest = Contest::new(entrants, pool);
        for &(winner, loser) in wins {
            contest.record("ana", winner, loser, Winner::Left);
        }
        contest
    }

    #[test]
    fn a_triad_a_square_and_a_majority() {
        assert_eq!(cycles(&contest(3, &[(2, 0), (0, 1), (1, 2)])), [[0, 1, 2]]);
        assert_eq!(cycles(&contest(4, &[(0, 1), (1, 2), (2, 3), (3, 0)])), [[0, 1, 2, 3]]);
        // With a diagonal the square falls apart, and only the triad is minimal.
        let split = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)];
        assert_eq!(cycles(&contest(4, &split)), [[0, 2, 3]]);
        // Answered again the other way round, twice: the majority has no cycle.
        let again = [(0, 1), (1, 2), (2, 0), (0, 2), (0, 2)];
        assert!(cycles(&contest(3, &again)).is_empty());
    }

    #[test]
    fn a_tournament_of_five_has_as_many_triads_as_kendall_counts() {
        let wins = [(0, 1), (0, 2), (3, 0), (0, 4), (1, 2), (1, 3), (4, 1), (2, 3), (2, 4), (3, 4)];
        assert_eq!(cycles(&contest(5, &wins)).len(), 4);
    }

    #[test]
    fn among_equals_a_quarter_of_all_triads_is_expected_to_be_cyclic() {
        let wins = [(0, 1), (1, 2), (2, 0)];
        let contest = contest(3, &wins);
        let posterior = Posterior::new(&contest, &DuelRule::default());
        assert!((expected_cyclic_triads(&contest, &posterior) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn the_slip_is_the_most_surprising_answer() {
        let mut wins: Vec<(usize, usize)> = Vec::new();
        for winner in 0..6 {
            wins.extend((winner + 1..6).map(|loser| (winner, loser)));
        }
        wins.push((5, 0));
        let contest = contest(6, &wins);
        let posterior = Posterior::new(&contest, &DuelRule::default());
        let surprises = surprises(&contest, &posterior);
        assert_eq!((surprises[0].winner, surprises[0].loser), (5, 0));
        assert!(surprises[0].probability < surprises[1].probability / 2.0);
    }

    proptest! {
        #[test]
        fn a_transitive_set_has_none(wins in prop::collection::vec((0_usize..12, 0_usize..12), 0..60)) {
            let wins: Vec<_> = wins.into_iter().filter(|(a, b)| a < b).collect();
            prop_assert!(cycles(&contest(12, &wins)).is_empty());
        }

        #[test]
        fn every_cycle_goes_round(wins in prop::collection::vec((0_usize..9, 0_usize..9), 0..40)) {
            let contest = contest(9, &wins);
            let beats = Majority::of(&contest);
            for cycle in cycles(&contest) {
                for (index, &winner) in cycle.iter().enumerate() {
                    prop_assert!(beats.decided(winner, cycle[(index + 1) % cycle.len()]));
                }
                prop_assert!(!beats.has_shortcut(&cycle));
            }
        }
    }

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
