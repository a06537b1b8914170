//! The distribution of one answer: a plain number carries the noise of one
//! reviewer, a range is triangular and carries it too, an unknown is uniform.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

use crate::domain::Rating;

/// Middles further apart than this are worth asking about, as in
/// [`disputes`](crate::judge::disputes).
const DISPUTE: f64 = 3.0;

/// The distribution of one answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spread {
    low: f64,
    high: f64,
    shape: Shape,
    noise: Noise,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Uniform,
    /// One of these is drawn.
    Reactions(Vec<Rating>),
}

/// What is added to an reaction that was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Noise {
    None,
    /// Normal with this deviation, truncated to the scale: clamping would put
    /// half of all draws of a 10 on 10.
    Points(f64),
    /// Normal with this deviation on the logit of a probability.
    Logit(f64),
}

impl Spread {
    /// Nothing is known but the bounds.
    pub(crate) fn unknown(low: f64, high: f64) -> Self {
        Self { low, high, shape: Shape::Uniform, noise: Noise::None }
    }

    /// What several people said, on 0–10: one of them is drawn, and the
    /// deviation of the noise falls with the root of their number. Without any,
    /// anything from 0 to 10.
    pub(crate) fn of_reactions(reactions: impl Iterator<Item = Rating>, deviation: f64) -> Self {
        let reactions: Vec<Rating> = reactions.collect();
        if reactions.is_empty() {
            return Self::unknown(0.0, 10.0);
        }
        let deviation = deviation / (reactions.len() as f64).sqrt();
        let noise = if deviation > 0.0 { Noise::Points(deviation) } else { Noise::None };
        Self::new(reactions, noise, 10.0)
    }

    /// A chance with noise of this deviation on the logit scale.
    pub(crate) fn of_chance(chance: Rating, deviation: f64) -> Self {
        let noise = if deviation > 0.0 { Noise::Logit(deviation) } else { Noise::None };
        Self::new(vec![chance], noise, 1.0)
    }

    fn new(reactions: Vec<Rating>, noise: Noise, max: f64) -> Self {
        let (low, high) = if noise == Noise::None {
            let low = reactions.iter().map(|one| one.low()).fold(f64::INFINITY, f64::min);
            (low, reactions.iter().map(|one| one.high()).fold(low, f64::max))
        } else {
            (0.0, max)
        };
        Self { low, high, shape: Shape::Reactions(reactions), noise }
    }

    /// The lowest value that can be drawn.
    pub(crate) const fn low(&self) -> f64 {
        self.low
    }

    /// The highest value that can be drawn.
    pub(crate) const fn high(&self) -> f64 {
        self.high
    }

    /// Whether every draw is the same.
    pub(crate) fn is_exact(&self) -> bool {
        self.high <= self.low
    }

    /// Whether its owner can settle more of it: it is unknown or a range, or
    /// people lie apart. A plain number is not asked for again.
    pub(crate) fn is_open(&self) -> bool {
        let Shape::Reactions(reactions) = &self.shape else { return !self.is_exact() };
        let middles = || reactions.iter().map(|one| one.middle());
        let (low, high) = (middles().fold(f64::INFINITY, f64::min), middles().fold(0.0, f64::max));
        reactions.iter().any(|one| !one.is_value()) || high - low > DISPUTE
    }

    /// One value.
    pub(crate) fn draw(&self, random: &mut Pcg64Mcg) -> f64 {
        let Shape::Reactions(reactions) = &self.shape else {
            return self.low + (self.high - self.low) * unit(random.next_u32());
        };
        let reaction = match reactions.as_slice() {
            [one] => *one,
            several => {
                let at = unit(random.next_u32()) * several.len() as f64;
                several[(at as usize).min(several.len() - 1)]
            }
        };
        let value = triangular(reaction, random);
        match self.noise {
            Noise::None => value,
            Noise::Points(deviation) => loop {
                let normal: f64 = StandardNormal.sample(random);
                let noisy = value + deviation * normal;
                if (self.low..=self.high).contains(&noisy) {
                    return noisy;
                }
            },
            // Certainty stays certain: its logit is infinite.
            Noise::Logit(deviation) => {
                let normal: f64 = StandardNormal.sample(random);
                let odds = value / (1.0 - value) * (deviation * normal).exp();
                if odds.is_finite() { odds / (1.0 + odds) } else { value }
            }
        }
    }
}

/// A value of a range, most likely in its middle: the mean of two uniforms.
fn triangular(rating: Rating, random: &mut Pcg64Mcg) -> f64 {
    if rating.is_value() {
        return rating.low();
    }
    let bits = random.next_u64();
    let share = f64::midpoint(unit((bits >> 32) as u32), unit(bits as u32));
    rating.low() + (rating.high() - rating.low()) * share
}

/// A number strictly between 0 and 1.
fn unit(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / 4_294_967_296.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    /// Mean and variance of 100,000 values, and whether all lie inside.
    fn moments(spread: &Spread) -> (f64, f64, bool) {
        let mut random = Pcg64Mcg::seed_from_u64(1);
        let values: Vec<f64> = (0..100_000).map(|_| spread.draw(&mut random)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / values.len() as f64;
        let inside = |x: &f64| (spread.low()..=spread.high()).contains(x);
        (mean, variance, values.iter().all(inside))
    }

    fn range(low: f64, high: f64) -> Rating {
        Rating::range(low, high).unwrap()
    }

    fn one(rating: Rating, deviation: f64) -> Spread {
        Spread::of_reactions([rating].into_iter(), deviation)
    }

    #[test]
    fn draws_have_the_moments_of_their_distribution() {
        let two = [Rating::value(4.0), Rating::value(6.0)];
        // A half normal: mean σ√(2/π), variance σ²(1 − 2/π).
        let (mean, variance) = (10.0 - 1.356, 1.7_f64.powi(2) * 0.36338);
        let cases = [
            (one(range(2.0, 6.0), 0.0), (4.0, 16.0 / 24.0)),
            (Spread::unknown(3.0, 9.0), (6.0, 3.0)),
            (Spread::of_reactions([].into_iter(), 1.7), (5.0, 100.0 / 12.0)),
            (one(Rating::value(7.0), 0.0), (7.0, 0.0)),
            (one(Rating::value(5.0), 1.0), (5.0, 1.0)),
            (one(Rating::value(10.0), 1.7), (mean, variance)),
            (one(range(4.0, 6.0), 1.0), (5.0, 1.0 + 4.0 / 24.0)),
            (Spread::of_reactions(two.into_iter(), 1.0), (5.0, 1.0 + 0.5)),
        ];
        for (spread, (mean, variance)) in cases {
            let (sampled_mean, sampled_variance, inside) = moments(&spread);
            assert!((sampled_mean - mean).abs() < 0.04, "{spread:?}: mean {sampled_mean}");
            assert!((sampled_variance - variance).abs() < 0.08, "{spread:?}: {sampled_variance}");
            assert!(inside, "{spread:?} leaves its bounds");
        }
    }

    #[test]
    fn a_chance_is_doubted_in_odds_and_certainty_stays() {
        let draws = |chance: f64| {
            let spread = Spread::of_chance(Rating::value(chance), 0.7);
            let mut random = Pcg64Mcg::seed_from_u64(1);
            let mut values: Vec<f64> = (0..9_999).map(|_| spread.draw(&mut random)).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        let values = draws(0.1);
        assert!((values[4_999] - 0.1).abs() < 0.005, "the median stays");
        // One deviation up: odds of e^0.7 / 9.
        assert!((values[8_412] - 0.1829).abs() < 0.01, "{}", values[8_412]);
        assert_eq!((draws(0.0)[9_998], draws(1.0)[0]), (0.0, 1.0));
    }

    #[test]
    fn a_plain_number_is_not_asked_for_again() {
        let open =
            |reactions: &[Rating]| Spread::of_reactions(reactions.iter().copied(), 1.7).is_open();
        assert!(!open(&[Rating::value(6.0)]));
        assert!(!open(&[Rating::value(6.0), Rating::value(8.0)]));
        assert!(open(&[Rating::value(3.0), Rating::value(8.0)]));
        assert!(open(&[range(5.0, 6.0)]));
        assert!(open(&[]));
    }
}
