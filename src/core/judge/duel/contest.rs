//! Entrants of duels with their scores, and the answers by pair and person.

use std::collections::BTreeMap;

use crate::domain::{Idea, Winner, fnv_1a};
use crate::judge::Score;

/// The score that an idea with nothing rated has in duels.
pub(super) const UNRATED: f64 = 50.0;

/// Two entrants, by number, the smaller first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    first: usize,
    second: usize,
}

impl Pair {
    /// The pair of two different entrants; `None` if they are the same.
    #[must_use]
    pub const fn of(one: usize, other: usize) -> Option<Self> {
        if one < other {
            Some(Self { first: one, second: other })
        } else if other < one {
            Some(Self { first: other, second: one })
        } else {
            None
        }
    }

    /// The entrant with the smaller number.
    #[must_use]
    pub const fn first(self) -> usize {
        self.first
    }

    /// The entrant with the larger number.
    #[must_use]
    pub const fn second(self) -> usize {
        self.second
    }

    /// Whether an entrant is one of the two.
    #[must_use]
    pub const fn has(self, entrant: usize) -> bool {
        self.first == entrant || self.second == entrant
    }
}

/// Numbers of answers to a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// The first of the pair won.
    pub first: u32,
    /// The second of the pair won.
    pub second: u32,
    /// Neither.
    pub ties: u32,
}

impl Counts {
    /// All answers.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.first + self.second + self.ties
    }

    /// The answer that was given most often; a tie if none was.
    #[must_use]
    pub const fn majority(self) -> Winner {
        if self.first > self.second && self.first > self.ties {
            Winner::Left
        } else if self.second > self.first && self.second > self.ties {
            Winner::Right
        } else {
            Winner::Tie
        }
    }
}

/// Weights of the answers to a pair: those of one person weigh 1 together,
/// because asking again brings the same answer and not new evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weights {
    /// The first of the pair won.
    pub first: f64,
    /// The second of the pair won.
    pub second: f64,
    /// Neither.
    pub ties: f64,
}

impl Weights {
    /// The weight of all answers: the number of people who gave them.
    #[must_use]
    pub fn total(self) -> f64 {
        self.first + self.second + self.ties
    }

    /// The same with the sides swapped.
    pub(super) const fn swapped(self) -> Self {
        Self { first: self.second, second: self.first, ties: self.ties }
    }
}

/// The answers of people to one pair.
type Answers = BTreeMap<String, Counts>;

/// One idea that takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// Its id.
    pub id: String,
    /// The middle of its score, 0–100; 50 if nothing is rated.
    pub score: f64,
}

/// All entrants with all answers so far.
///
/// Only counts matter: neither the order of the duels nor which idea stood on
/// which side has any influence on the results.
#[derive(Clone, Debug, Default)]
pub struct Contest {
    entrants: Vec<Entrant>,
    pool: usize,
    answers: BTreeMap<Pair, Answers>,
}

impl Contest {
    /// A contest of these entrants, of which the first `pool` may belong to the
    /// top k; the others take part only through their past duels.
    #[must_use]
    pub fn new(entrants: Vec<Entrant>, pool: usize) -> Self {
        let pool = pool.min(entrants.len());
        Self { entrants, pool, ..Self::default() }
    }

    /// Adds an answer of a person. Numbers that are equal or out of range are
    /// ignored.
    pub fn record(&mut self, by: &str, left: usize, right: usize, winner: Winner) {
        let Some(pair) = Pair::of(left, right).filter(|pair| pair.second < self.entrants.len())
        else {
            return;
        };
        let counts = self.answers.entry(pair).or_default().entry(by.to_owned()).or_default();
        match winner {
            Winner::Tie => counts.ties += 1,
            Winner::Left if pair.first == left => counts.first += 1,
            Winner::Right if pair.first == right => counts.first += 1,
            Winner::Left | Winner::Right => counts.second += 1,
        }
    }

    /// The same contest with one more answer.
    #[must_use]
    pub fn with(&self, by: &str, left: usize, right: usize, winner: Winner) -> Self {
        let mut contest = self.clone();
        contest.record(by, left, right, winner);
        contest
    }

    /// All entrants: the pool first, then the others that have been in duels.
    #[must_use]
    pub fn entrants(&self) -> &[Entrant] {
        &self.entrants
    }

    /// How many of the entrants may belong to the top k.
    #[must_use]
    pub const fn pool(&self) -> usize {
        self.pool
    }

    /// How many pairs the pool has.
    #[must_use]
    pub const fn pool_pairs(&self) -> usize {
        self.pool * self.pool.saturating_sub(1) / 2
    }

    /// Every pair that has been answered, with the weights of its answers, in
    /// order of the numbers.
    pub fn weights(&self) -> impl ExactSizeIterator<Item = (Pair, Weights)> + '_ {
        self.answers.iter().map(|(pair, answers)| (*pair, weights(answers)))
    }

    /// The answers of a person to a pair; `None` if there are none.
    #[must_use]
    pub fn answers_of(&self, person: &str, pair: Pair) -> Option<Counts> {
        self.answers.get(&pair)?.get(person).copied()
    }

    /// Every pair of the pool that a person has answered, with the answers.
    pub fn answered_by<'a>(&'a self, person: &'a str) -> impl Iterator<Item = (Pair, Counts)> + 'a {
        let in_pool = self.answers.iter().filter(|(pair, _)| pair.second < self.pool);
        in_pool.filter_map(move |(pair, answers)| Some((*pair, *answers.get(person)?)))
    }

    /// How many people prefer one of a pair, rather than none or both.
    pub(super) fn decided_people(&self, pair: Pair) -> usize {
        let counts = self.answers.get(&pair).into_iter().flat_map(BTreeMap::values);
        counts.filter(|counts| counts.first != counts.second).count()
    }

    /// How many duels there are.
    #[must_use]
    pub fn duels(&self) -> usize {
        self.answers.values().map(total).sum()
    }

    /// How many duels there are between two entrants of the pool.
    #[must_use]
    pub fn duels_in_pool(&self) -> usize {
        let in_pool = self.answers.iter().filter(|(pair, _)| pair.second < self.pool);
        in_pool.map(|(_, answers)| total(answers)).sum()
    }

    /// How many duels an entrant has been in.
    #[must_use]
    pub fn duels_of(&self, entrant: usize) -> usize {
        let own = self.answers.iter().filter(|(pair, _)| pair.has(entrant));
        own.map(|(_, answers)| total(answers)).sum()
    }

    /// How many others each entrant has been in duels with, by number.
    pub(super) fn opponents(&self) -> Vec<usize> {
        let mut opponents = vec![0; self.entrants.len()];
        for pair in self.answers.keys() {
            opponents[pair.first] += 1;
            opponents[pair.second] += 1;
        }
        opponents
    }

    /// Whether each entrant has been in a duel, by number.
    pub(super) fn duelled(&self) -> Vec<bool> {
        self.opponents().into_iter().map(|opponents| opponents > 0).collect()
    }

    /// A number made of the entrants and all answers, for seeding draws: the
    /// same on every machine, and different after every answer.
    #[must_use]
    pub fn seed(&self) -> u64 {
        let mut bytes = Vec::new();
        let add_text = |bytes: &mut Vec<u8>, text: &str| {
            bytes.extend((text.len() as u64).to_le_bytes());
            bytes.extend(text.as_bytes());
        };
        for entrant in &self.entrants {
            add_text(&mut bytes, &entrant.id);
            bytes.extend(entrant.score.to_bits().to_le_bytes());
        }
        for (pair, answers) in &self.answers {
            for (person, counts) in answers {
                add_text(&mut bytes, person);
                let numbers = [pair.first as u64, pair.second as u64];
                bytes.extend(numbers.into_iter().flat_map(u64::to_le_bytes));
                let numbers = [counts.first, counts.second, counts.ties];
                bytes.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
            }
        }
        fnv_1a(&bytes)
    }
}

fn total(answers: &Answers) -> usize {
    answers.values().map(|counts| counts.total() as usize).sum()
}

/// The weights of the answers to one pair. The people come in the order of
/// their names, so the sums do not depend on the order of the duels.
fn weights(answers: &Answers) -> Weights {
    let mut weights = Weights::default();
    for counts in answers.values() {
        let share = f64::from(counts.total()).recip();
        weights.first += share * f64::from(counts.first);
        weights.second += share * f64::from(counts.second);
        weights.ties += share * f64::from(counts.ties);
    }
    weights
}

impl Entrant {
    /// An idea with the middle of its score.
    #[must_use]
    pub fn new(idea: &Idea, score: &Score) -> Self {
        let score = if score.rated { score.value() } else { UNRATED };
        Self { id: idea.id.clone(), score }
    }

    /// An entrant with nothing rated.
    #[must_use]
    pub fn unrated(id: impl Into<String>) -> Self {
        Self { id: id.into(), score: UNRATED }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Contest {
        Contest::new((0..3).map(|i| Entrant::unrated(i.to_string())).collect(), 3)
    }

    #[test]
    fn the_answers_of_one_person_to_one_pair_weigh_one_together() {
        let mut contest = three();
        let pair = Pair::of(0, 1).unwrap();
        for winner in [Winner::Left, Winner::Left, Winner::Right, Winner::Tie] {
            contest.record("ana", 0, 1, winner);
        }
        let weights = |contest: &Contest| contest.weights().next().unwrap().1;
        assert_eq!(weights(&contest), Weights { first: 0.5, second: 0.25, ties: 0.25 });
        contest.record("bo", 1, 0, Winner::Left);
        assert_eq!(weights(&contest), Weights { first: 0.5, second: 1.25, ties: 0.25 });
        assert_eq!((contest.duels(), contest.duels_of(1), contest.duels_of(2)), (5, 5, 0));
        assert_eq!(contest.answers_of("bo", pair).unwrap().majority(), Winner::Right);
        assert_eq!(contest.answers_of("cy", pair), None);
        assert_eq!(contest.decided_people(pair), 2);
    }

    #[test]
    fn every_answer_changes_the_seed() {
        let mut contest = three();
        let mut seeds = vec![contest.seed()];
        for (by, winner) in [("ana", Winner::Left), ("ana", Winner::Left), ("bo", Winner::Tie)] {
            contest.record(by, 0, 2, winner);
            assert!(!seeds.contains(&contest.seed()));
            seeds.push(contest.seed());
        }
    }
}
