//! What may be true of an idea, given all that was answered about it: each
//! answer as a distribution to draw from.

use rand::RngExt;
use rand_pcg::Pcg64Mcg;

use crate::domain::{BetInput, BetKind, CRITERIA, Criterion, Idea, Rating};

use super::raters::Answers;
use super::strategy::{hot, next_hot};
use super::{Appetite, ScoreRule};

/// What may be true of one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spread {
    /// Nobody knows: anything on the scale is as likely as anything else.
    Unknown,
    /// Between two ends, most likely at the mode.
    Triangular { low: f64, mode: f64, high: f64 },
}

impl Spread {
    /// Spans all answers; the mode is the mean of their middles.
    fn of(answers: impl Iterator<Item = Rating>) -> Self {
        let (mut low, mut high, mut sum, mut n) = (f64::INFINITY, f64::NEG_INFINITY, 0.0, 0.0);
        for answer in answers {
            low = answer.low().min(low);
            high = answer.high().max(high);
            sum += answer.middle();
            n += 1.0;
        }
        if n > 0.0 { Self::Triangular { low, mode: sum / n, high } } else { Self::Unknown }
    }

    /// Draws by inversion; what is unknown lies between `low` and `high`.
    fn draw(self, random: &mut Pcg64Mcg, unknown: (f64, f64)) -> f64 {
        match self {
            Self::Unknown => unknown.0 + random.random::<f64>() * (unknown.1 - unknown.0),
            Self::Triangular { low, mode, high } => {
                let (p, width) = (random.random::<f64>(), high - low);
                if p * width < mode - low {
                    low + (p * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - p) * width * (high - mode)).sqrt()
                }
            }
        }
    }

    fn is_known(self) -> bool {
        self != Self::Unknown
    }
}

/// What may be true of an idea.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    criteria: [Spread; CRITERIA],
    /// The answers about its bet, where the strategy follows from them.
    bet: Option<(BetKind, [Spread; 3])>,
}

impl Belief {
    /// What an idea's owner and others together believe.
    pub(super) fn of(idea: &Idea, others: &[&Answers]) -> Self {
        let criteria = Criterion::ALL.map(|criterion| {
            let theirs = others.iter().filter_map(|answers| answers[criterion.index()]);
            Spread::of(idea.rating(criterion).into_iter().chain(theirs))
        });
        let is_direct = criteria[Criterion::Strategy.index()].is_known();
        let spread = |input: BetInput| Spread::of(idea.bet_input(input).into_iter());
        let bet = idea.bet.filter(|_| !is_direct).map(|kind| (kind, kind.inputs().map(spread)));
        Self { criteria, bet }
    }

    /// Draws answers by [`Criterion::index`].
    pub(super) fn draw(&self, random: &mut Pcg64Mcg, appetite: Appetite) -> [f64; CRITERIA] {
        let mut answers = self.criteria.map(|spread| spread.draw(random, (0.0, 10.0)));
        if let Some((kind, spreads)) = &self.bet {
            let strategy = match kind {
                BetKind::Hot => {
                    let [edge, commitment, crowding] =
                        spreads.map(|spread| spread.draw(random, (0.0, 10.0)));
                    hot(edge, commitment, crowding)
                }
                BetKind::NextHot => {
                    let [chance, reward, fallback] = *spreads;
                    let chance = chance.draw(random, (0.0, 1.0)).powf(appetite.exponent());
                    let (reward, fallback) = draw_reward(reward, fallback, random);
                    next_hot(chance, reward, fallback)
                }
            };
            answers[Criterion::Strategy.index()] = strategy;
        }
        answers
    }

    /// Draws scores and sorts them.
    pub(super) fn scores(&self, rule: &ScoreRule, n: usize, mut random: Pcg64Mcg) -> Vec<f64> {
        let draw = || rule.value(&self.draw(&mut random, rule.appetite));
        let mut scores: Vec<f64> = std::iter::repeat_with(draw).take(n).collect();
        scores.sort_unstable_by(f64::total_cmp);
        scores
    }
}

/// Reward and fallback, with `reward >= fallback`: each bounds the other where
/// that is unknown, and what is impossible is moved to the bound.
fn draw_reward(reward: Spread, fallback: Spread, random: &mut Pcg64Mcg) -> (f64, f64) {
    if fallback.is_known() {
        let most = match reward {
            Spread::Triangular { high, .. } => high,
            Spread::Unknown => 10.0,
        };
        let fallback = fallback.draw(random, (0.0, 10.0)).min(most);
        (reward.draw(random, (fallback, 10.0)).max(fallback), fallback)
    } else {
        let reward = reward.draw(random, (0.0, 10.0));
        (reward, fallback.draw(random, (0.0, reward)))
    }
}

/// Probability that a draw of the one exceeds a draw of the other, ties shared;
/// both sorted and not empty.
pub(super) fn probability_above(one: &[f64], other: &[f64]) -> f64 {
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
    use rand::SeedableRng;

    fn random() -> Pcg64Mcg {
        Pcg64Mcg::seed_from_u64(7)
    }

    fn mean(spread: Spread) -> f64 {
        let mut random = random();
        let n = 20_000;
        (0..n).map(|_| spread.draw(&mut random, (0.0, 10.0))).sum::<f64>() / f64::from(n)
    }

    #[test]
    fn draws_have_the_mean_of_their_distribution() {
        // The mean of a triangular distribution is (low + mode + high) / 3.
        for (low, mode, high) in [(2.0, 3.0, 10.0), (0.0, 0.0, 6.0), (1.0, 4.0, 4.0)] {
            let expected = (low + mode + high) / 3.0;
            assert!((mean(Spread::Triangular { low, mode, high }) - expected).abs() < 0.05);
        }
        assert!((mean(Spread::Unknown) - 5.0).abs() < 0.06);
        let value = Rating::value(3.0);
        assert_eq!(mean(Spread::of([value, value].into_iter())), 3.0);
    }

    #[test]
    fn several_raters_span_their_answers() {
        let answers = [Rating::value(2.0), Rating::value(9.0), Rating::range(3.0, 5.0).unwrap()];
        let expected = Spread::Triangular { low: 2.0, mode: 5.0, high: 9.0 };
        assert_eq!(Spread::of(answers.into_iter()), expected);
    }

    #[test]
    fn above_counts_pairs_and_shares_ties() {
        let wins = |one: &[f64], other: &[f64]| probability_above(one, other);
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
            // No such idea can be read or made.
            prop_assume!(!idea.reward_lies_under_fallback());
            let rule = ScoreRule::default();
            let score = score(&idea, &rule, false);
            let belief = Belief::of(&idea, &[]);
            let draws = belief.scores(&rule, 20, Pcg64Mcg::seed_from_u64(seed));
            prop_assert!(draws[0] >= score.low - 1e-9 && draws[19] <= score.high + 1e-9);
        }
    }
}
