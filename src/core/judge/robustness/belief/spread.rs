//! The distribution of one answer.

use rand::Rng;
use rand_pcg::Pcg64Mcg;

use crate::domain::Rating;

/// The distribution of one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    low: f64,
    width: f64,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Exact,
    Uniform,
    /// The most likely value, as a share of the width.
    Triangular {
        mode: f64,
    },
}

impl Spread {
    /// Nothing is known but the bounds.
    pub(crate) fn unknown(low: f64, high: f64) -> Self {
        Self::new(low, high, Shape::Uniform)
    }

    /// A value is certain; a range is most likely in its middle.
    pub(crate) fn rated(rating: Rating) -> Self {
        Self::new(rating.low(), rating.high(), Shape::Triangular { mode: 0.5 })
    }

    /// What several people said: spanning all of it, most likely at the mean
    /// of their middles. Without any, anything from 0 to 10.
    pub(crate) fn of_opinions(opinions: impl Iterator<Item = Rating>) -> Self {
        let (mut low, mut high, mut middles, mut people) =
            (f64::INFINITY, f64::NEG_INFINITY, 0.0, 0.0);
        for opinion in opinions {
            low = low.min(opinion.low());
            high = high.max(opinion.high());
            middles += opinion.middle();
            people += 1.0;
        }
        if people == 0.0 {
            return Self::unknown(0.0, 10.0);
        }
        let mode = if high > low { (middles / people - low) / (high - low) } else { 0.5 };
        Self::new(low, high, Shape::Triangular { mode })
    }

    fn new(low: f64, high: f64, shape: Shape) -> Self {
        let shape = if high > low { shape } else { Shape::Exact };
        Self { low, width: high - low, shape }
    }

    pub(crate) fn low(self) -> f64 {
        self.low
    }

    pub(crate) fn high(self) -> f64 {
        self.low + self.width
    }

    /// Whether there is nothing left to settle.
    pub(crate) fn is_exact(self) -> bool {
        self.shape == Shape::Exact
    }

    /// One value. A triangular one is (1−c)·min(u, v) + c·max(u, v) of two
    /// uniforms (Stein and Keblis 2009, "A new method to simulate the
    /// triangular distribution"): no root and no branch.
    pub(crate) fn draw(self, random: &mut Pcg64Mcg) -> f64 {
        let bits = match self.shape {
            Shape::Exact => return self.low,
            _ => random.next_u64(),
        };
        let u = unit((bits >> 32) as u32);
        let v = unit(bits as u32);
        let share = match self.shape {
            Shape::Triangular { mode } => (1.0 - mode) * u.min(v) + mode * u.max(v),
            Shape::Exact | Shape::Uniform => u,
        };
        self.low + self.width * share
    }
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
    fn moments(spread: Spread) -> (f64, f64, bool) {
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

    #[test]
    fn draws_have_the_moments_of_their_distribution() {
        let skewed = [range(0.0, 2.0), range(1.0, 1.0), range(0.0, 10.0)];
        let triangular = |a: f64, b: f64, c: f64| {
            ((a + b + c) / 3.0, (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0)
        };
        let cases = [
            (Spread::rated(range(2.0, 6.0)), triangular(2.0, 6.0, 4.0)),
            (Spread::of_opinions(skewed.into_iter()), triangular(0.0, 10.0, 7.0 / 3.0)),
            (Spread::unknown(3.0, 9.0), (6.0, 3.0)),
            (Spread::of_opinions([].into_iter()), (5.0, 100.0 / 12.0)),
            (Spread::rated(Rating::value(7.0)), (7.0, 0.0)),
        ];
        for (spread, (mean, variance)) in cases {
            let (sampled_mean, sampled_variance, inside) = moments(spread);
            assert!((sampled_mean - mean).abs() < 0.04, "{spread:?}: mean {sampled_mean}");
            assert!((sampled_variance - variance).abs() < 0.08, "{spread:?}: {sampled_variance}");
            assert!(inside, "{spread:?} leaves its bounds");
        }
    }

    #[test]
    fn people_who_agree_leave_nothing_open() {
        let same = [Rating::value(6.0), Rating::value(6.0)];
        assert!(Spread::of_opinions(same.into_iter()).is_exact());
        let apart = [Rating::value(6.0), Rating::value(8.0)];
        assert!(!Spread::of_opinions(apart.into_iter()).is_exact());
    }
}
