//! The rule by which answers become a score: weights, the ceilings that headroom
//! and the bet set, and the appetite for risk.

use crate::domain::{CRITERIA, Criterion};
use crate::judge::shown_tenths;

/// How answers become a score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRule {
    /// Weights by [`Criterion::index`], none negative, summing to 1.
    pub weights: [f64; CRITERIA],
    /// How headroom and the bet act.
    pub form: Form,
    /// Ceiling at no headroom, as a share of 100 (0–1). A judgement, not a
    /// calibrated figure.
    pub ceiling: f64,
    /// Ceiling of a bet that is worth nothing, as a share of 100 (0–1). A
    /// judgement, not a calibrated figure.
    pub bet_ceiling: f64,
    /// Share of what exceeds the lower ceiling that still counts (0–1), so that no
    /// improvement is invisible. A judgement, not a calibrated figure.
    pub leak: f64,
    /// How long shots are weighed.
    pub appetite: Appetite,
    /// How far a plain number on 0–10 is doubted when robustness is worked out:
    /// the standard deviation of one reviewer around the mean of all (1.7 over
    /// 337 reviews of 147 research ideas, on 1–10). 0 takes numbers at their
    /// word. It never moves a score.
    pub noise: f64,
}

/// How headroom and the bet act on the weighted sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The lower of two ceilings, through which a little leaks: the default.
    Leaky,
    /// No ceilings: headroom and strategy are terms like the others.
    Additive,
    /// Headroom multiplies the weighted mean of the others; the bet sets no
    /// ceiling.
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

    /// A chance (0–1) as this appetite counts it: chance^γ.
    pub(crate) fn weigh(self, chance: f64) -> f64 {
        match self {
            Self::Neutral => chance,
            Self::Bold | Self::Cautious => chance.powf(self.exponent()),
        }
    }

    /// The exponent γ.
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

/// Weights that sum to 1 in thousandths that do so too: as they are written
/// into files.
#[must_use]
pub fn thousandths(weights: &[f64; CRITERIA]) -> [f64; CRITERIA] {
    let tenths = shown_tenths(&weights.map(|weight| weight * 100.0), 100.0);
    std::array::from_fn(|i| (tenths[i] * 10.0).round() / 1000.0)
}

impl Default for ScoreRule {
    fn default() -> Self {
        Self {
            weights: Criterion::ALL.map(Criterion::default_weight),
            form: Form::Leaky,
            ceiling: 0.20,
            bet_ceiling: 0.30,
            leak: 0.15,
            appetite: Appetite::Neutral,
            noise: 1.7,
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

    /// The same rule with one weight moved, 0–1, and the others keeping their
    /// proportions; in equal parts where it was the only one.
    #[must_use]
    pub fn with_weight(&self, criterion: Criterion, weight: f64) -> Self {
        let weight = weight.clamp(0.0, 1.0);
        // Summed anew, so that errors do not grow as a weight goes to and fro.
        let index = criterion.index();
        let rest: f64 = self.weights[..index].iter().chain(&self.weights[index + 1..]).sum();
        let mut weights = self.weights.map(|other| {
            let others = (CRITERIA - 1) as f64;
            if rest > 1e-12 { other * (1.0 - weight) / rest } else { (1.0 - weight) / others }
        });
        weights[index] = weight;
        Self { weights, ..self.clone() }
    }

    /// The ceiling, 0–100, that this much headroom (0–10) puts on a score.
    #[must_use]
    pub fn headroom_ceiling(&self, headroom: f64) -> f64 {
        100.0 * (self.ceiling + (1.0 - self.ceiling) * headroom / 10.0)
    }

    /// The ceiling, 0–100, that a bet worth this much (the strategy criterion,
    /// 0–10) puts on a score.
    #[must_use]
    pub fn bet_ceiling(&self, strategy: f64) -> f64 {
        100.0 * (self.bet_ceiling + (1.0 - self.bet_ceiling) * strategy / 10.0)
    }

    /// The parts of the score for answers by [`Criterion::index`], each 0–10.
    /// They sum to the score.
    #[must_use]
    pub fn waterfall(&self, answers: &[f64; CRITERIA]) -> Waterfall {
        let mut contributions = [0.0; CRITERIA];
        let terms = contributions.iter_mut().zip(self.weights.iter().zip(answers));
        for (part, (weight, answer)) in terms {
            *part = 10.0 * weight * answer;
        }
        let parts = Waterfall { contributions, headroom_cap: 0.0, strategy_cap: 0.0 };
        match self.form {
            Form::Additive => parts,
            Form::Leaky => {
                let headroom = self.headroom_ceiling(answers[Criterion::Headroom.index()]);
                let bet = self.bet_ceiling(answers[Criterion::Strategy.index()]);
                let sum: f64 = contributions.iter().sum();
                let cap = (1.0 - self.leak) * (headroom.min(bet) - sum).min(0.0);
                if headroom <= bet {
                    Waterfall { headroom_cap: cap, ..parts }
                } else {
                    Waterfall { strategy_cap: cap, ..parts }
                }
            }
            Form::Multiplicative => self.multiplied(parts, answers),
        }
    }

    fn multiplied(&self, mut parts: Waterfall, answers: &[f64; CRITERIA]) -> Waterfall {
        let headroom = Criterion::Headroom.index();
        let ceiling = self.headroom_ceiling(answers[headroom]);
        parts.contributions[headroom] = 0.0;
        let others = 1.0 - self.weights[headroom];
        if others <= 0.0 {
            parts.contributions[headroom] = ceiling;
            return parts;
        }
        parts.contributions = parts.contributions.map(|part| part / others);
        let sum: f64 = parts.contributions.iter().sum();
        Waterfall { headroom_cap: 0.0 - sum * (1.0 - ceiling / 100.0).max(0.0), ..parts }
    }

    /// The score for answers by [`Criterion::index`]: 0–100.
    #[must_use]
    pub fn value(&self, answers: &[f64; CRITERIA]) -> f64 {
        self.waterfall(answers).total()
    }
}

/// The parts that sum to a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waterfall {
    /// What each criterion adds, by [`Criterion::index`].
    pub contributions: [f64; CRITERIA],
    /// What the ceiling of headroom takes, 0 or less.
    pub headroom_cap: f64,
    /// What the ceiling of the bet takes, 0 or less.
    pub strategy_cap: f64,
}

impl Waterfall {
    /// What each criterion adds, less what its ceiling takes, by
    /// [`Criterion::index`].
    #[must_use]
    pub fn by_criterion(&self) -> [f64; CRITERIA] {
        let mut parts = self.contributions;
        parts[Criterion::Headroom.index()] += self.headroom_cap;
        parts[Criterion::Strategy.index()] += self.strategy_cap;
        parts
    }

    /// The sum of the parts.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.contributions.iter().sum::<f64>() + self.headroom_cap + self.strategy_cap
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> impl Strategy<Value = Form> {
        prop::sample::select(Form::ALL.to_vec())
    }

    prop_compose! {
        fn rule()(
            weights in prop::array::uniform5(0.01..1.0),
            form in form(),
            ceiling in 0.0..=1.0,
            bet_ceiling in 0.0..=1.0,
            leak in 0.01..=1.0,
        ) -> ScoreRule {
            let rule = ScoreRule { form, ceiling, bet_ceiling, leak, ..ScoreRule::default() };
            rule.with_weights(weights).unwrap()
        }
    }

    fn answers() -> impl Strategy<Value = [f64; CRITERIA]> {
        prop::array::uniform5(0.0..=10.0)
    }

    proptest! {
        #[test]
        fn parts_sum_to_a_score_on_the_scale(rule in rule(), answers in answers()) {
            let Waterfall { contributions, headroom_cap, strategy_cap } = rule.waterfall(&answers);
            let value = rule.value(&answers);
            let sum: f64 = contributions.iter().sum();
            prop_assert!((sum + headroom_cap + strategy_cap - value).abs() < 1e-9);
            prop_assert!((-1e-9..=100.0 + 1e-9).contains(&value));
            prop_assert!(contributions.iter().all(|part| *part >= 0.0));
            prop_assert!(headroom_cap == 0.0 || strategy_cap == 0.0, "the lower one counts");
            for cap in [headroom_cap, strategy_cap] {
                prop_assert!(cap <= 0.0);
                prop_assert!(cap != 0.0 || cap.is_sign_positive());
            }
        }

        #[test]
        fn a_better_answer_never_lowers_the_score(
            rule in rule(),
            answers in answers(),
            criterion in 0..CRITERIA,
            gain in 0.0..10.0_f64,
        ) {
            let mut better = answers;
            better[criterion] = (better[criterion] + gain).min(10.0);
            prop_assert!(rule.value(&better) >= rule.value(&answers) - 1e-9);
        }

        #[test]
        fn under_the_default_every_improvement_is_visible(
            answers in answers(),
            criterion in 0..CRITERIA,
        ) {
            let rule = ScoreRule::default();
            let mut better = answers;
            better[criterion] = (better[criterion] + 1.0).min(10.0);
            let gain = better[criterion] - answers[criterion];
            prop_assert!(rule.value(&better) - rule.value(&answers) >= 0.2 * gain - 1e-9);
        }

        #[test]
        fn equal_answers_give_ten_times_the_answer(weights in prop::array::uniform5(0.01..1.0), x in 0.0..=10.0) {
            for form in [Form::Leaky, Form::Additive] {
                let rule = ScoreRule { form, ..ScoreRule::default() }.with_weights(weights).unwrap();
                prop_assert!((rule.value(&[x; CRITERIA]) - 10.0 * x).abs() < 1e-9);
            }
        }

        #[test]
        fn only_the_proportions_of_weights_matter(
            weights in prop::array::uniform5(0.01..1.0),
            factor in 0.001..1000.0,
            answers in answers(),
            form in form(),
        ) {
            let rule = ScoreRule { form, ..ScoreRule::default() };
            let one = rule.clone().with_weights(weights).unwrap();
            let other = rule.with_weights(weights.map(|weight| weight * factor)).unwrap();
            prop_assert!((one.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!((one.value(&answers) - other.value(&answers)).abs() < 1e-9);
        }
    }

    #[test]
    fn weights_that_cannot_be_used_are_refused() {
        let with = |weights| ScoreRule::default().with_weights(weights);
        assert_eq!(with([0.0; CRITERIA]), None);
        assert_eq!(with([1.0, 1.0, -0.1, 1.0, 1.0]), None);
        assert_eq!(with([1.0, 1.0, f64::NAN, 1.0, 1.0]), None);
        assert_eq!(with([1.0, 1.0, f64::INFINITY, 1.0, 1.0]), None);
    }

    #[test]
    fn headroom_alone_is_its_own_ceiling_when_it_multiplies() {
        let weights = [0.0, 0.0, 0.0, 1.0, 0.0];
        let rule = ScoreRule { form: Form::Multiplicative, ..ScoreRule::default() };
        let rule = rule.with_weights(weights).unwrap();
        let parts = rule.waterfall(&[9.0, 9.0, 9.0, 5.0, 9.0]);
        assert!((parts.contributions[Criterion::Headroom.index()] - 60.0).abs() < 1e-9);
        assert!(parts.headroom_cap == 0.0);
    }
}
