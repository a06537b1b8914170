//! One idea as the draws see it: a distribution for every answer.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use crate::domain::{BetInput, BetKind, CRITERIA, Criterion, Idea, Rater, Rating};
use crate::judge::strategy::{hot, next_hot, reward_and_fallback};
use crate::judge::{Appetite, strategy};

use super::answer::Answer;
use super::belief::Belief;

/// An idea with a distribution for each of its answers.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Which of the ideas that were given.
    pub(super) position: usize,
    seed: u64,
    criteria: [Belief; CRITERIA],
    bet: Option<Bet>,
    appetite: Appetite,
    strategy: Rating,
}

/// A bet that gives the strategy criterion, with its three answers.
#[derive(Clone, Copy, Debug)]
struct Bet {
    kind: BetKind,
    inputs: [Belief; 3],
}

impl Candidate {
    /// `None` for an idea that nobody has rated. Others' ratings widen what is
    /// possible; where a bet gives the strategy criterion, it stands.
    pub(super) fn new(
        position: usize,
        idea: &Idea,
        raters: &[Rater],
        appetite: Appetite,
        seed: u64,
    ) -> Option<Self> {
        let others: Vec<&[Option<Rating>; CRITERIA]> =
            raters.iter().filter_map(|rater| ratings_of(idea, rater)).collect();
        let rated_by_others = others.iter().any(|ratings| ratings.iter().any(Option::is_some));
        if !idea.has_ratings() && !rated_by_others {
            return None;
        }
        let mut criteria = Criterion::ALL.map(|criterion| {
            let others = others.iter().filter_map(|ratings| ratings[criterion.index()]);
            Belief::of_opinions(idea.rating(criterion).into_iter().chain(others))
        });
        let bet = idea.bet.filter(|_| idea.rating(Criterion::Strategy).is_none());
        let bet =
            bet.map(|kind| Bet { kind, inputs: kind.inputs().map(|it| bet_belief(idea, it)) });
        let strategy = strategy(idea, appetite).0;
        let settled = |bet: &Bet| bet.inputs.iter().all(|input| input.is_exact());
        if bet.as_ref().is_some_and(settled) {
            criteria[Criterion::Strategy.index()] = Belief::rated(Rating::value(strategy.middle()));
        }
        let bet = bet.filter(|bet| !settled(bet));
        let seed = seed_of(seed, &idea.id);
        Some(Self { position, seed, criteria, bet, appetite, strategy })
    }

    /// Every answer with its distribution.
    pub(super) fn beliefs(&self) -> impl Iterator<Item = (Answer, Belief)> + '_ {
        let direct = Criterion::ALL
            .into_iter()
            .filter(|criterion| self.bet.is_none() || *criterion != Criterion::Strategy)
            .map(|criterion| (Answer::Criterion(criterion), self.criteria[criterion.index()]));
        let bet = self
            .bet
            .iter()
            .flat_map(|bet| bet.kind.inputs().map(Answer::Bet).into_iter().zip(bet.inputs));
        direct.chain(bet)
    }

    /// The lowest and the highest answers on the criteria.
    pub(super) fn bounds(&self) -> [[f64; CRITERIA]; 2] {
        let mut bounds = [self.criteria.map(Belief::low), self.criteria.map(Belief::high)];
        if self.bet.is_some() {
            bounds[0][Criterion::Strategy.index()] = self.strategy.low();
            bounds[1][Criterion::Strategy.index()] = self.strategy.high();
        }
        bounds
    }

    /// The generator of one answer. Each has its own, so that settling one
    /// leaves the draws of all others as they were.
    pub(super) fn stream(&self, answer: Answer) -> Pcg64Mcg {
        let index = match answer {
            Answer::Criterion(criterion) => criterion.index(),
            Answer::Bet(input) => CRITERIA + input.index(),
        };
        Pcg64Mcg::seed_from_u64(mixed(self.seed ^ index as u64))
    }

    /// Draws of the answers on all criteria, from the first draw on.
    pub(super) fn draws(&self) -> Draws<'_> {
        let criteria = Criterion::ALL.map(|criterion| self.stream(Answer::Criterion(criterion)));
        let bet =
            self.bet.map(|bet| (bet, bet.kind.inputs().map(|it| self.stream(Answer::Bet(it)))));
        Draws { candidate: self, criteria, bet }
    }
}

/// Where the draws of a candidate have got to.
pub(super) struct Draws<'a> {
    candidate: &'a Candidate,
    criteria: [Pcg64Mcg; CRITERIA],
    bet: Option<(Bet, [Pcg64Mcg; 3])>,
}

impl Draws<'_> {
    /// Fills in the next draws.
    pub(super) fn fill(&mut self, answers: &mut [[f64; CRITERIA]]) {
        let strategy = Criterion::Strategy.index();
        for (i, random) in self.criteria.iter_mut().enumerate() {
            let belief = self.candidate.criteria[i];
            if i == strategy && self.bet.is_some() {
                continue;
            }
            for answer in &mut *answers {
                answer[i] = belief.draw(random);
            }
        }
        let Some((bet, [first, second, third])) = &mut self.bet else { return };
        let [a, b, c] = bet.inputs;
        match bet.kind {
            BetKind::Hot => {
                for answer in answers {
                    answer[strategy] = hot(a.draw(first), b.draw(second), c.draw(third));
                }
            }
            BetKind::NextHot => {
                let exponent = self.candidate.appetite.exponent();
                for answer in answers {
                    let (chance, reward) = (a.draw(first).powf(exponent), b.draw(second));
                    answer[strategy] = next_hot(chance, reward, c.draw(third).min(reward));
                }
            }
        }
    }
}

/// What a rater said about an idea, under its id or an earlier one.
fn ratings_of<'a>(idea: &Idea, rater: &'a Rater) -> Option<&'a [Option<Rating>; CRITERIA]> {
    std::iter::once(&idea.id).chain(&idea.aliases).find_map(|id| rater.ratings.get(id))
}

fn bet_belief(idea: &Idea, input: BetInput) -> Belief {
    let known = idea.bet_input(input);
    let bounds = match input {
        BetInput::Reward => Some(reward_and_fallback(idea).0),
        BetInput::Fallback => Some(reward_and_fallback(idea).1),
        _ => known,
    };
    match (bounds, known) {
        (Some(bounds), Some(_)) => Belief::rated(bounds),
        (Some(bounds), None) => Belief::uniform(bounds),
        (None, _) => Belief::uniform(Rating::range(0.0, input.max()).unwrap_or(Rating::value(0.0))),
    }
}

/// The seed of an idea's draws: of its id (FNV-1a), so that other ideas coming
/// and going leave its draws as they were.
fn seed_of(seed: u64, id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed(hash ^ mixed(seed))
}

/// Spreads a difference in any bit over all bits (the finalizer of SplitMix64;
/// Steele, Lea and Flood 2014).
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}
