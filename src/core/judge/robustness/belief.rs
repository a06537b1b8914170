//! The answers about an idea as distributions to draw from.

mod spread;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::domain::{BetInput, BetKind, CRITERIA, Criterion, Idea, Rating, fnv_1a};

use crate::judge::score::{hot, next_hot, reward_and_fallback};
use crate::judge::{Answers, Appetite, Input, ScoreRule, strategy};
pub(crate) use spread::Spread;

/// Deviation of the noise on the logit of a chance, for each point of the noise
/// on 0–10: 0.7 where that is 1.7.
const CHANCE_NOISE: f64 = 0.7 / 1.7;

/// Draws that are made at a time: their answers stay in the nearest cache.
const CHUNK: usize = 256;

/// What may be true of an idea.
#[derive(Clone, Debug)]
pub(crate) struct Belief {
    seed: u64,
    criteria: [Spread; CRITERIA],
    bet: Option<Bet>,
    appetite: Appetite,
    strategy: Rating,
    noise: f64,
}

/// A bet that gives the strategy criterion, with its three answers.
#[derive(Clone, Debug)]
struct Bet {
    kind: BetKind,
    inputs: [Spread; 3],
    /// How many other people rated strategy directly: one of all is drawn.
    others: usize,
}

impl Belief {
    /// What an idea's owner and others together believe: in every draw one of
    /// them is asked; where a bet gives the strategy criterion, it is its owner's
    /// answer. The draws follow from the seed and the id.
    pub(crate) fn of(idea: &Idea, others: &[&Answers], rule: &ScoreRule, seed: u64) -> Self {
        let appetite = rule.appetite;
        let mut criteria = Criterion::ALL.map(|criterion| {
            let theirs = others.iter().filter_map(|answers| answers[criterion.index()]);
            Spread::of_reactions(idea.rating(criterion).into_iter().chain(theirs), rule.noise)
        });
        let strategy = strategy(idea, appetite).0;
        let bet = idea.bet.filter(|_| idea.rating(Criterion::Strategy).is_none());
        let bet = bet.map(|kind| Bet {
            kind,
            inputs: kind.inputs().map(|it| bet_spread(idea, it, rule.noise)),
            others: others
                .iter()
                .filter(|them| them[Criterion::Strategy.index()].is_some())
                .count(),
        });
        let is_settled = |bet: &Bet| bet.inputs.iter().all(Spread::is_exact);
        if bet.as_ref().is_some_and(is_settled) {
            let theirs = others.iter().filter_map(|answers| answers[Criterion::Strategy.index()]);
            let all = std::iter::once(Rating::value(strategy.middle())).chain(theirs);
            criteria[Criterion::Strategy.index()] = Spread::of_reactions(all, rule.noise);
        }
        let bet = bet.filter(|bet| !is_settled(bet));
        Self { seed: seed_of(seed, &idea.id), criteria, bet, appetite, strategy, noise: rule.noise }
    }

    /// Every input with its distribution.
    pub(crate) fn spreads(&self) -> impl Iterator<Item = (Input, &Spread)> {
        let direct = Criterion::ALL
            .into_iter()
            .filter(|criterion| self.bet.is_none() || *criterion != Criterion::Strategy)
            .map(|criterion| (Input::Criterion(criterion), &self.criteria[criterion.index()]));
        let bet = self
            .bet
            .iter()
            .flat_map(|bet| bet.kind.inputs().map(Input::Bet).into_iter().zip(&bet.inputs));
        direct.chain(bet)
    }

    /// The lowest and the highest answers on the criteria.
    pub(crate) fn bounds(&self) -> [[f64; CRITERIA]; 2] {
        let mut bounds =
            [self.criteria.each_ref().map(Spread::low), self.criteria.each_ref().map(Spread::high)];
        if let Some(bet) = &self.bet {
            let strategy = Criterion::Strategy.index();
            // Noise can make anything of a bet.
            let is_exact = bet.others == 0 && self.noise == 0.0;
            bounds[0][strategy] = if is_exact { self.strategy.low() } else { 0.0 };
            bounds[1][strategy] = if is_exact { self.strategy.high() } else { 10.0 };
        }
        bounds
    }

    /// The generator of one input. Each has its own, so that settling one
    /// leaves the draws of all others as they were.
    pub(crate) fn stream(&self, input: Input) -> Pcg64Mcg {
        let index = match input {
            Input::Criterion(criterion) => criterion.index(),
            Input::Bet(input) => CRITERIA + input.index(),
        };
        Pcg64Mcg::seed_from_u64(mixed(self.seed ^ index as u64))
    }

    /// That many scores under the weights of the rule, in ascending order.
    pub(crate) fn scores(&self, rule: &ScoreRule, draws: usize) -> Vec<f32> {
        let mut scores = vec![0.0; draws];
        self.score_draws(rule, std::iter::repeat(&rule.weights), &mut scores);
        scores.sort_unstable_by(f32::total_cmp);
        scores
    }

    /// Scores under as many draws as there are places, each with the weights
    /// that belong to it.
    pub(crate) fn score_draws<'a>(
        &self,
        rule: &ScoreRule,
        weights: impl Iterator<Item = &'a [f64; CRITERIA]>,
        scores: &mut [f32],
    ) {
        let (mut rule, mut weights) = (rule.clone(), weights);
        let mut draws = self.draws();
        let mut answers = [[0.0; CRITERIA]; CHUNK];
        for scores in scores.chunks_mut(CHUNK) {
            let answers = &mut answers[..scores.len()];
            draws.fill(answers);
            for ((score, answers), weights) in scores.iter_mut().zip(answers).zip(&mut weights) {
                rule.weights = *weights;
                // Never below 0, so that the bits of scores sort like the scores.
                *score = rule.value(answers).max(0.0) as f32;
            }
        }
    }

    /// Draws of the answers on all criteria, from the first draw on.
    pub(crate) fn draws(&self) -> Draws<'_> {
        let criteria = Criterion::ALL.map(|criterion| self.stream(Input::Criterion(criterion)));
        let bet =
            self.bet.as_ref().map(|bet| bet.kind.inputs().map(|it| self.stream(Input::Bet(it))));
        Draws { belief: self, criteria, bet }
    }
}

/// Where the draws of an idea's answers have got to.
pub(crate) struct Draws<'a> {
    belief: &'a Belief,
    criteria: [Pcg64Mcg; CRITERIA],
    bet: Option<[Pcg64Mcg; 3]>,
}

impl Draws<'_> {
    /// Fills in the next draws.
    pub(crate) fn fill(&mut self, answers: &mut [[f64; CRITERIA]]) {
        let strategy = Criterion::Strategy.index();
        for (i, random) in self.criteria.iter_mut().enumerate() {
            let spread = &self.belief.criteria[i];
            if i == strategy && self.bet.is_some() {
                continue;
            }
            for answer in &mut *answers {
                answer[i] = spread.draw(random);
            }
        }
        let (Some(bet), Some([first, second, third])) = (&self.belief.bet, &mut self.bet) else {
            return;
        };
        let [a, b, c] = &bet.inputs;
        let own = |first: &mut Pcg64Mcg, second: &mut Pcg64Mcg, third: &mut Pcg64Mcg| {
            let (a, b, c) = (a.draw(first), b.draw(second), c.draw(third));
            match bet.kind {
                BetKind::Hot => hot(a, b, c),
                BetKind::NextHot => next_hot(self.belief.appetite.weigh(a), b, c.min(2.0 * b)),
            }
        };
        let theirs = &self.belief.criteria[strategy];
        let random = &mut self.criteria[strategy];
        for answer in answers {
            // Drawn in any case, so that the draws of the inputs keep in step.
            let value = own(first, second, third);
            let is_theirs = bet.others > 0 && random.random_range(0..=bet.others) > 0;
            answer[strategy] = if is_theirs { theirs.draw(random) } else { value };
        }
    }
}

fn bet_spread(idea: &Idea, input: BetInput, noise: f64) -> Spread {
    let known = idea.bet_input(input);
    let bounds = match input {
        BetInput::Reward => Some(reward_and_fallback(idea).0),
        BetInput::Fallback => Some(reward_and_fallback(idea).1),
        _ => known,
    };
    match (bounds, known) {
        (Some(chance), Some(_)) if input == BetInput::Chance => {
            Spread::of_chance(chance, CHANCE_NOISE * noise)
        }
        (Some(bounds), Some(_)) => Spread::of_reactions(std::iter::once(bounds), noise),
        (Some(bounds), None) => Spread::unknown(bounds.low(), bounds.high()),
        (None, _) => Spread::unknown(0.0, input.max()),
    }
}

/// The seed of an idea's draws: of its id (FNV-1a), so that other ideas coming
/// and going leave its draws as they were.
fn seed_of(seed: u64, id: &str) -> u64 {
    mixed(fnv_1a(id.as_bytes()) ^ mixed(seed))
}

/// Spreads a difference in any bit over all bits (the finalizer of SplitMix64;
/// Steele, Lea and Flood 2014).
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

/// Probability that a draw of the one exceeds a draw of the other, ties shared;
/// both sorted and not empty.
pub(crate) fn probability_above(one: &[f32], other: &[f32]) -> f64 {
    let (mut below, mut up_to, mut wins) = (0, 0, 0);
    for score in one {
        below += other[below..].iter().take_while(|x| *x < score).count();
        up_to = up_to.max(below);
        up_to += other[up_to..].iter().take_while(|x| *x <= score).count();
        wins += below + up_to;
    }
    wins as f64 / (2 * one.len() * other.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::score;
    use proptest::prelude::*;

    #[test]
    fn above_counts_pairs_and_shares_ties() {
        let wins = |one: &[f32], other: &[f32]| probability_above(one, other);
        assert_eq!(wins(&[1.0], &[1.0]), 0.5);
        assert_eq!(wins(&[2.0, 3.0], &[1.0]), 1.0);
        assert_eq!(wins(&[1.0, 4.0], &[2.0, 3.0]), 0.5);
        assert_eq!(wins(&[1.0, 2.0, 2.0], &[2.0, 5.0]), 1.0 / 6.0);
    }

    fn answer(max: f64) -> impl Strategy<Value = Option<Rating>> {
        let range = (0.0..=max, 0.0..=max);
        let range = range.prop_map(|(a, b): (f64, f64)| Rating::range(a.min(b), a.max(b)));
        prop_oneof![Just(None), range]
    }

    proptest! {
        #[test]
        fn what_is_drawn_scores_between_the_lowest_and_the_highest(
            ratings in prop::array::uniform5(answer(10.0)),
            kind in prop::sample::select(BetKind::ALL.to_vec()),
            chance in answer(1.0), inputs in prop::array::uniform5(answer(10.0)), seed: u64,
        ) {
            let mut idea = Idea { ratings, bet: Some(kind), ..Idea::new("a", "a") };
            let [a, b, c, d, e] = inputs;
            idea.bet_inputs = [a, b, c, chance, d, e];
            let rule = ScoreRule { noise: 0.0, ..ScoreRule::default() };
            let score = score(&idea, &rule, false);
            let belief = Belief::of(&idea, &[], &rule, seed);
            let draws = belief.scores(&rule, 20);
            let (low, high) = (score.low as f32 - 1e-4, score.high as f32 + 1e-4);
            prop_assert!(draws[0] >= low && draws[19] <= high);
        }
    }
}
