//! Entrants of duels with their scores, and the answers as counts.

use std::collections::BTreeMap;

use crate::domain::{Idea, Winner};
use crate::judge::Score;

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

/// How often a pair was answered which way.
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

    /// The same with the sides the other way round.
    pub(super) const fn swapped(self) -> Self {
        Self { first: self.second, second: self.first, ties: self.ties }
    }
}

/// One idea that takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// Its id.
    pub id: String,
    /// The lowest score that the answers allow, 0–100; 0 if nothing is rated.
    pub low: f64,
    /// The highest score that the answers allow, 0–100; 100 if nothing is
    /// rated.
    pub high: f64,
}

/// All entrants with all answers so far.
///
/// Only counts matter: neither the order of the duels nor which idea stood on
/// which side has any influence on what follows from them. The last pair is
/// remembered just so that it is not asked again at once.
#[derive(Clone, Debug, Default)]
pub struct Contest {
    entrants: Vec<Entrant>,
    pool: usize,
    counts: BTreeMap<Pair, Counts>,
    last: Option<Pair>,
}

impl Contest {
    /// A contest of these entrants, of which the first `pool` may belong to the
    /// top k; the others take part only through their past duels.
    #[must_use]
    pub fn new(entrants: Vec<Entrant>, pool: usize) -> Self {
        let pool = pool.min(entrants.len());
        Self { entrants, pool, ..Self::default() }
    }

    /// Adds an answer. Numbers that are equal or out of range are ignored.
    pub fn record(&mut self, left: usize, right: usize, winner: Winner) {
        let Some(pair) = Pair::of(left, right).filter(|pair| pair.second < self.entrants.len())
        else {
            return;
        };
        let counts = self.counts.entry(pair).or_default();
        match winner {
            Winner::Tie => counts.ties += 1,
            Winner::Left if pair.first == left => counts.first += 1,
            Winner::Right if pair.first == right => counts.first += 1,
            Winner::Left | Winner::Right => counts.second += 1,
        }
        self.last = Some(pair);
    }

    /// The same contest with one more answer.
    #[must_use]
    pub fn with(&self, left: usize, right: usize, winner: Winner) -> Self {
        let mut contest = self.clone();
        contest.record(left, right, winner);
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

    /// Every pair that has been asked, in order of their numbers.
    pub fn counts(&self) -> impl ExactSizeIterator<Item = (Pair, Counts)> + '_ {
        self.counts.iter().map(|(pair, counts)| (*pair, *counts))
    }

    /// How a pair was answered.
    #[must_use]
    pub fn counts_of(&self, pair: Pair) -> Counts {
        self.counts.get(&pair).copied().unwrap_or_default()
    }

    /// How many duels there are.
    #[must_use]
    pub fn duels(&self) -> usize {
        self.counts.values().map(|counts| counts.total() as usize).sum()
    }

    /// How many duels an entrant has been in.
    #[must_use]
    pub fn duels_of(&self, entrant: usize) -> usize {
        let own = self.counts.iter().filter(|(pair, _)| pair.has(entrant));
        own.map(|(_, counts)| counts.total() as usize).sum()
    }

    /// How many others each entrant has been in duels with, by number.
    pub(super) fn opponents(&self) -> Vec<usize> {
        let mut opponents = vec![0; self.entrants.len()];
        for pair in self.counts.keys() {
            opponents[pair.first] += 1;
            opponents[pair.second] += 1;
        }
        opponents
    }

    /// Whether each entrant has been in a duel, by number.
    pub(super) fn duelled(&self) -> Vec<bool> {
        let mut duelled = vec![false; self.entrants.len()];
        for pair in self.counts.keys() {
            (duelled[pair.first], duelled[pair.second]) = (true, true);
        }
        duelled
    }

    /// The pair that was answered last.
    #[must_use]
    pub const fn last(&self) -> Option<Pair> {
        self.last
    }

    /// A number made of the entrants and all answers, for seeding draws: the
    /// same on every machine, and different after every answer (FNV-1a).
    #[must_use]
    pub fn seed(&self) -> u64 {
        let mut hash = Fnv::default();
        for entrant in &self.entrants {
            hash.add(entrant.id.as_bytes());
            hash.add(&entrant.low.to_bits().to_le_bytes());
            hash.add(&entrant.high.to_bits().to_le_bytes());
        }
        for (pair, counts) in self.counts() {
            for number in [pair.first as u64, pair.second as u64] {
                hash.add(&number.to_le_bytes());
            }
            for number in [counts.first, counts.second, counts.ties] {
                hash.add(&number.to_le_bytes());
            }
        }
        hash.0
    }
}

impl Entrant {
    /// An idea with its score; with nothing rated, anything is possible.
    #[must_use]
    pub fn new(idea: &Idea, score: &Score) -> Self {
        let (low, high) = if score.rated { (score.low, score.high) } else { (0.0, 100.0) };
        Self { id: idea.id.clone(), low, high }
    }

    /// An entrant with nothing rated.
    #[must_use]
    pub fn unrated(id: impl Into<String>) -> Self {
        Self { id: id.into(), low: 0.0, high: 100.0 }
    }

    /// Middle of the score, 0–100.
    pub(super) const fn middle(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Width of the score, 0–100.
    pub(super) const fn width(&self) -> f64 {
        self.high - self.low
    }
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
