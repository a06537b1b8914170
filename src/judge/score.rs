//! The score of an idea: a weighted sum on 0–100 under a ceiling that headroom
//! sets, exact over ranges and unknowns.

use crate::domain::{BetInput, BetKind, CRITERIA, Criterion, Idea, Rating};

/// How answers become a score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRule {
    /// Weights by [`Criterion::index`], none negative, summing to 1.
    pub weights: [f64; CRITERIA],
    /// How headroom acts.
    pub form: Form,
    /// Ceiling at no headroom, as a share of 100 (0–1). A judgement, not a
    /// calibrated figure.
    pub ceiling: f64,
    /// Share of what exceeds the ceiling that still counts (0–1), so that no
    /// improvement is invisible. A judgement, not a calibrated figure.
    pub leak: f64,
    /// How long shots are weighed.
    pub appetite: Appetite,
}

/// How headroom acts on the weighted sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A ceiling through which a little leaks: the default.
    Leaky,
    /// No ceiling: headroom is a term like the others.
    Additive,
    /// Headroom multiplies the weighted mean of the others.
    Multiplicative,
}

/// Risk appetite: the exponent on the chance of a next-hot bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appetite {
    /// Small chances count for more than they are.
    Bold,
    /// Chances count as they are.
    Neutral,
    /// Small chances count for less than they are.
    Cautious,
}

impl Appetite {
    /// All appetites, boldest first.
    pub const ALL: [Self; 3] = [Self::Bold, Self::Neutral, Self::Cautious];

    /// The word used in settings.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Neutral => "neutral",
            Self::Cautious => "cautious",
        }
    }

    /// The exponent γ in chance^γ.
    const fn exponent(self) -> f64 {
        match self {
            Self::Bold => 0.7,
            Self::Neutral => 1.0,
            Self::Cautious => 1.4,
        }
    }
}

impl Form {
    /// All forms, the default first.
    pub const ALL: [Self; 3] = [Self::Leaky, Self::Additive, Self::Multiplicative];

    /// The word used in settings.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Leaky => "leaky",
            Self::Additive => "additive",
            Self::Multiplicative => "multiplicative",
        }
    }
}

impl Default for ScoreRule {
    fn default() -> Self {
        Self {
            weights: Criterion::ALL.map(Criterion::default_weight),
            form: Form::Leaky,
            ceiling: 0.20,
            leak: 0.15,
            appetite: Appetite::Neutral,
        }
    }
}

impl ScoreRule {
    /// The same rule with these weights, scaled to sum to 1; `None` if one is
    /// negative or not finite, or all are 0.
    #[must_use]
    pub fn with_weights(self, weights: [f64; CRITERIA]) -> Option<Self> {
        let sum: f64 = weights.iter().sum();
        let usable = weights.iter().all(|weight| *weight >= 0.0) && sum.is_finite() && sum > 0.0;
        usable.then(|| Self { weights: weights.map(|weight| weight / sum), ..self })
    }

    /// Score and its parts for answers by [`Criterion::index`], each 0–10: what
    /// every criterion adds, then what the ceiling takes (0 or less). The
    /// parts sum to the score.
    #[must_use]
    pub fn waterfall(&self, answers: &[f64; CRITERIA]) -> ([f64; CRITERIA], f64) {
        let headroom = Criterion::Headroom.index();
        let ceiling = 100.0 * (self.ceiling + (1.0 - self.ceiling) * answers[headroom] / 10.0);
        let mut parts = [0.0; CRITERIA];
        for (part, (weight, answer)) in parts.iter_mut().zip(self.weights.iter().zip(answers)) {
            *part = 10.0 * weight * answer;
        }
        match self.form {
            Form::Additive => (parts, 0.0),
            Form::Leaky => {
                let sum: f64 = parts.iter().sum();
                (parts, -(1.0 - self.leak) * (sum - ceiling).max(0.0))
            }
            Form::Multiplicative => {
                let others = 1.0 - self.weights[headroom];
                if others <= 0.0 {
                    return (parts, ceiling - parts[headroom]);
                }
                parts[headroom] = 0.0;
                parts = parts.map(|part| part / others);
                let sum: f64 = parts.iter().sum();
                (parts, sum * (ceiling / 100.0 - 1.0))
            }
        }
    }

    /// The score for answers by [`Criterion::index`]: 0–100.
    #[must_use]
    pub fn value(&self, answers: &[f64; CRITERIA]) -> f64 {
        let (parts, cap) = self.waterfall(answers);
        parts.iter().sum::<f64>() + cap
    }
}

/// The score of one idea. Unknown answers make it an interval, never a guess.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The lowest score that the answers allow, 0–100.
    pub low: f64,
    /// The highest score that the answers allow, 0–100.
    pub high: f64,
    /// What each criterion adds, by [`Criterion::index`]: the mean of both
    /// ends. With [`Score::headroom_cap`] it sums to [`Score::value`].
    pub contributions: [f64; CRITERIA],
    /// What the ceiling takes: the mean of both ends, 0 or less.
    pub headroom_cap: f64,
    /// The strategy criterion, 0–10, from a direct rating or from the bet.
    pub strategy: Rating,
    /// Whether a criterion is not known (neither value nor range), by
    /// [`Criterion::index`].
    pub missing: [bool; CRITERIA],
    /// Whether anything at all is known. Without, the numbers above say only
    /// what is possible, and nothing should show them.
    pub rated: bool,
}

impl Score {
    /// Halfway between the lowest and the highest score.
    #[must_use]
    pub fn value(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether all criteria are known, as values or ranges.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.missing.contains(&true)
    }

    /// The criteria that are not known.
    pub fn missing(&self) -> impl Iterator<Item = Criterion> + '_ {
        Criterion::ALL.into_iter().filter(|criterion| self.missing[criterion.index()])
    }
}

/// Scores an idea. `rated_by_others` says whether somebody else has rated it:
/// that never moves the score, but such an idea does not count as unrated.
///
/// The score rises with every answer (it falls with crowding, which the
/// strategy criterion accounts for), so scoring both ends gives the interval
/// exactly.
#[must_use]
pub fn score(idea: &Idea, rule: &ScoreRule, rated_by_others: bool) -> Score {
    let (strategy, strategy_known) = strategy(idea, rule.appetite);
    let mut low = [0.0; CRITERIA];
    let mut high = [10.0; CRITERIA];
    let mut missing = [true; CRITERIA];
    for criterion in Criterion::ALL {
        let known = match criterion {
            Criterion::Strategy => {
                missing[criterion.index()] = !strategy_known;
                Some(strategy)
            }
            _ => {
                let rating = idea.rating(criterion);
                missing[criterion.index()] = rating.is_none();
                rating
            }
        };
        if let Some(rating) = known {
            low[criterion.index()] = rating.low();
            high[criterion.index()] = rating.high();
        }
    }
    let (low_parts, low_cap) = rule.waterfall(&low);
    let (high_parts, high_cap) = rule.waterfall(&high);
    let mut contributions = [0.0; CRITERIA];
    for (part, (low, high)) in contributions.iter_mut().zip(low_parts.iter().zip(&high_parts)) {
        *part = f64::midpoint(*low, *high);
    }
    Score {
        low: low_parts.iter().sum::<f64>() + low_cap,
        high: high_parts.iter().sum::<f64>() + high_cap,
        contributions,
        headroom_cap: f64::midpoint(low_cap, high_cap),
        strategy,
        missing,
        rated: idea.has_ratings() || rated_by_others,
    }
}

/// The strategy criterion (0–10) and whether it is known: a direct rating, or
/// all three questions of the declared bet. What is unknown widens it.
#[must_use]
pub fn strategy(idea: &Idea, appetite: Appetite) -> (Rating, bool) {
    if let Some(rating) = idea.rating(Criterion::Strategy) {
        return (rating, true);
    }
    let Some(kind) = idea.bet else {
        return (interval(0.0, 10.0), false);
    };
    let known = kind.inputs().iter().all(|input| idea.bet_input(*input).is_some());
    let answer =
        |input: BetInput| idea.bet_input(input).unwrap_or_else(|| interval(0.0, input.max()));
    let rating = match kind {
        BetKind::Hot => {
            let [edge, commitment, crowding] = kind.inputs().map(answer);
            interval(
                hot(edge.low(), commitment.low(), crowding.high()),
                hot(edge.high(), commitment.high(), crowding.low()),
            )
        }
        BetKind::NextHot => {
            let chance = answer(BetInput::Chance);
            let (reward, fallback) = reward_and_fallback(idea);
            let value = |chance: f64, reward, fallback| {
                next_hot(chance.powf(appetite.exponent()), reward, fallback)
            };
            interval(
                value(chance.low(), reward.low(), fallback.low()),
                value(chance.high(), reward.high(), fallback.high()),
            )
        }
    };
    (rating, known)
}

/// Reward and fallback with `reward >= fallback` at both ends: an unknown one
/// takes the other as its bound, and impossible corners are moved.
fn reward_and_fallback(idea: &Idea) -> (Rating, Rating) {
    let (reward, fallback) =
        match (idea.bet_input(BetInput::Reward), idea.bet_input(BetInput::Fallback)) {
            (Some(reward), Some(fallback)) => (reward, fallback),
            (Some(reward), None) => (reward, interval(0.0, reward.high())),
            (None, Some(fallback)) => (interval(fallback.low(), 10.0), fallback),
            (None, None) => (interval(0.0, 10.0), interval(0.0, 10.0)),
        };
    (
        interval(reward.low().max(fallback.low()), reward.high()),
        interval(fallback.low(), fallback.high().min(reward.high())),
    )
}

/// A hot bet: edge and commitment must both be there, and crowding hurts only
/// those without an edge. All 0–10.
fn hot(edge: f64, commitment: f64, crowding: f64) -> f64 {
    (edge * commitment).sqrt() * (1.0 - 0.5 * (crowding / 10.0) * (1.0 - edge / 10.0))
}

/// A next-hot bet: the expectation of impact, on scales where four points are
/// ten times the impact. `chance` 0–1 (already weighed by appetite), the others
/// 0–10.
fn next_hot(chance: f64, reward: f64, fallback: f64) -> f64 {
    let impact = |points: f64| 10_f64.powf(points / 4.0);
    4.0 * (chance * impact(reward) + (1.0 - chance) * impact(fallback)).log10()
}

/// An interval whose ends rounding may have put a hair's breadth off 0–10, or
/// out of order.
fn interval(low: f64, high: f64) -> Rating {
    let low = low.clamp(0.0, 10.0);
    Rating::range(low, high.clamp(low, 10.0)).unwrap_or(Rating::value(low))
}

/// Rounds parts to tenths so that they sum exactly to the rounded total
/// (largest remainder), as they are shown to people; −0.0 becomes 0.
///
/// ```
/// let shown = prospect::judge::shown_tenths(&[0.26, 0.26, 0.26], 0.78);
/// assert_eq!(shown, [0.3, 0.3, 0.2]);
/// ```
#[must_use]
pub fn shown_tenths(parts: &[f64], total: f64) -> Vec<f64> {
    let target = (total * 10.0).round();
    let mut shown: Vec<f64> = parts.iter().map(|part| (part * 10.0).floor()).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |i: usize| parts[i] * 10.0 - (parts[i] * 10.0).floor();
    // Remainders within rounding error of each other count as equal, so that
    // the earlier part gets the tenth whatever the order of summation.
    order.sort_by(|&a, &b| {
        let key = |i| (remainder(i) * 1e9).round();
        key(b).total_cmp(&key(a)).then(a.cmp(&b))
    });
    let mut left = target - shown.iter().sum::<f64>();
    for &i in order.iter().cycle().take(parts.len() * 2) {
        if left < 0.5 {
            break;
        }
        shown[i] += 1.0;
        left -= 1.0;
    }
    shown.into_iter().map(|tenths| tenths / 10.0 + 0.0).collect()
}
