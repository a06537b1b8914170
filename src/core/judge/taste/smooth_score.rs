//! The score of an idea as a smooth function of the weights.

use super::joint_fit::softplus;
use crate::domain::{CRITERIA, Criterion};
use crate::judge::{Form, ScoreRule};

/// Width of the rounded corner under a ceiling, in points of score. At a sharp
/// one Gauss–Newton steps run into it and stop.
const CORNER: f64 = 3.0;

/// The score of one idea by the weights, in tens of points.
#[derive(Clone, Debug)]
pub(super) struct SmoothScore {
    ratings: [f64; CRITERIA],
    form: Form,
    /// The lower of the ceilings, 0–100.
    ceiling: f64,
    leak: f64,
}

impl SmoothScore {
    /// The score of an idea with these ratings under the form of the rule.
    pub(super) fn new(rule: &ScoreRule, ratings: &[f64; CRITERIA]) -> Self {
        let ceiling = ceiling(rule, ratings);
        Self { ratings: *ratings, form: rule.form, ceiling, leak: rule.leak }
    }

    /// The score in tens of points.
    pub(super) fn value(&self, weights: &[f64; CRITERIA]) -> f64 {
        let sum = self.weighted_sum(weights);
        match self.form {
            Form::Additive => sum,
            Form::Leaky => {
                let above = CORNER * softplus((10.0 * sum - self.ceiling) / CORNER);
                sum - (1.0 - self.leak) * above / 10.0
            }
            Form::Multiplicative => self.ceiling / 100.0 * self.mean_of_others(weights).1,
        }
    }

    /// The derivatives by the logits of the weights.
    pub(super) fn gradient_by_logits(&self, weights: &[f64; CRITERIA]) -> [f64; CRITERIA] {
        let sum = self.weighted_sum(weights);
        let slope = match self.form {
            Form::Additive => 1.0,
            Form::Leaky => {
                let above = (10.0 * sum - self.ceiling) / CORNER;
                1.0 - (1.0 - self.leak) / (1.0 + (-above).exp())
            }
            Form::Multiplicative => {
                let (shares, mean) = self.mean_of_others(weights);
                let ceiling = self.ceiling / 100.0;
                return std::array::from_fn(|i| ceiling * shares[i] * (self.ratings[i] - mean));
            }
        };
        std::array::from_fn(|i| slope * weights[i] * (self.ratings[i] - sum))
    }

    fn weighted_sum(&self, weights: &[f64; CRITERIA]) -> f64 {
        self.ratings.iter().zip(weights).map(|(rating, weight)| rating * weight).sum()
    }

    /// The weights of all criteria but headroom, scaled to sum to 1, and the
    /// mean rating under them.
    fn mean_of_others(&self, weights: &[f64; CRITERIA]) -> ([f64; CRITERIA], f64) {
        let headroom = Criterion::Headroom.index();
        let others = 1.0 - weights[headroom];
        let mut shares = weights.map(|weight| weight / others.max(f64::MIN_POSITIVE));
        shares[headroom] = 0.0;
        (shares, self.weighted_sum(&shares))
    }
}

/// The ceiling that counts for the score of an idea, 0–100.
fn ceiling(rule: &ScoreRule, ratings: &[f64; CRITERIA]) -> f64 {
    let headroom = rule.headroom_ceiling(ratings[Criterion::Headroom.index()]);
    let bet = rule.bet_ceiling(ratings[Criterion::Strategy.index()]);
    if rule.form == Form::Multiplicative { headroom } else { headroom.min(bet) }
}

#[cfg(test)]
mod tests {
    use super::super::joint_fit::softmax;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_smooth_score_is_near_the_score_and_its_gradient_is_right(
            ratings in prop::array::uniform5(0.0..=10.0_f64),
            logits in prop::array::uniform5(-1.5..1.5_f64),
            form in prop::sample::select(Form::ALL.to_vec()),
        ) {
            let rule = ScoreRule { form, ..ScoreRule::default() };
            let smooth = SmoothScore::new(&rule, &ratings);
            let weights = softmax(&logits);
            let exact = ScoreRule { weights, ..rule }.value(&ratings);
            // The corner is cut by 3·ln 2 points, less the leak, at most.
            let gap = exact - 10.0 * smooth.value(&weights);
            prop_assert!((-1e-9..=0.85 * CORNER * 2_f64.ln() + 1e-9).contains(&gap), "{gap}");
            let gradient = smooth.gradient_by_logits(&weights);
            for i in 0..CRITERIA {
                let at = |shift: f64| {
                    let mut logits = logits;
                    logits[i] += shift;
                    smooth.value(&softmax(&logits))
                };
                let numeric = (at(1e-5) - at(-1e-5)) / 2e-5;
                prop_assert!((numeric - gradient[i]).abs() < 1e-6, "{numeric} {}", gradient[i]);
            }
        }
    }
}
