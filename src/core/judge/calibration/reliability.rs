//! Reliability of forecasts: the parts of the Brier score, the share of like
//! forecasts that came true, and a recalibrated chance.

use super::ResolvedForecast;
use crate::judge::numeric::jeffreys;

/// At most so many groups: with a few dozen forecasts more would be noise.
const BINS: usize = 3;

/// Probability between the ends of the interval of a group.
const WITHIN: f64 = 0.8;

/// Prior deviations of the recalibration's offset and slope, around 0 and 1.
const PRIOR: [f64; 2] = [0.5, 0.3];

/// The longest step towards the most likely recalibration.
const LONGEST_STEP: f64 = 0.25;

/// The Brier score as miscalibration − discrimination + uncertainty, after
/// isotonic recalibration by pooling adjacent violators: the CORP decomposition
/// of Dimitriadis, Gneiting & Jordan (2021), PNAS 118.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// What the best monotone relabelling of the chances would save: 0 is best.
    pub miscalibration: f64,
    /// What telling the cases apart is worth: 0 is worst.
    pub discrimination: f64,
    /// How uncertain the cases are in themselves.
    pub uncertainty: f64,
}

/// Forecasts of like chances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lowest chance in it.
    pub from: f64,
    /// Highest chance in it.
    pub to: f64,
    /// How many there are.
    pub n: usize,
    /// How many came true.
    pub kept: usize,
    /// Low end of the 80 % interval of the share that comes true (Jeffreys).
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// What a chance may be worth: logit p′ = offset + slope · logit p, the most
/// likely values given the forecasts and a prior around "just as given".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recalibration {
    /// Above 0: things come true more often than was said.
    pub offset: f64,
    /// Below 1: the chances were too far from a half.
    pub slope: f64,
}

impl Decomposition {
    pub(super) fn of(forecasts: &[ResolvedForecast]) -> Self {
        let n = forecasts.len() as f64;
        let outcomes: f64 = forecasts.iter().map(|forecast| forecast.outcome()).sum();
        let base_rate = outcomes / n;
        let score = forecasts.iter().map(|forecast| forecast.error().powi(2)).sum::<f64>() / n;
        // Within a pool of size m with mean r the squared error is m·r·(1 − r).
        let error = |(m, sum): &(f64, f64)| sum * (1.0 - sum / m);
        let calibrated = pools(forecasts).iter().map(error).sum::<f64>() / n;
        let uncertainty = base_rate * (1.0 - base_rate);
        Self {
            miscalibration: score - calibrated,
            discrimination: uncertainty - calibrated,
            uncertainty,
        }
    }
}

/// Forecasts by chance, equal chances together.
fn by_chance(forecasts: &[ResolvedForecast]) -> Vec<ResolvedForecast> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.chance.total_cmp(&b.chance));
    sorted
}

/// Sizes and sums of outcomes after pooling adjacent violators, so that the
/// means rise with the chance.
fn pools(forecasts: &[ResolvedForecast]) -> Vec<(f64, f64)> {
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for equal in by_chance(forecasts).chunk_by(|a, b| a.chance == b.chance) {
        let sum: f64 = equal.iter().map(|forecast| forecast.outcome()).sum();
        pools.push((equal.len() as f64, sum));
        while let [.., (m, below), (n, above)] = pools[..]
            && below / m >= above / n
        {
            pools.pop();
            pools.pop();
            pools.push((m + n, below + above));
        }
    }
    pools
}

impl Bin {
    /// Groups as equal in size as can be without telling equal chances apart.
    pub(super) fn of(forecasts: &[ResolvedForecast]) -> Vec<Self> {
        let sorted = by_chance(forecasts);
        let mut bins = Vec::with_capacity(BINS);
        let mut start = 0;
        for bin in 1..=BINS {
            let mut end = (sorted.len() * bin).div_ceil(BINS).max(start);
            while (1..sorted.len()).contains(&end) && sorted[end].chance == sorted[end - 1].chance {
                end += 1;
            }
            let group = &sorted[start..end];
            if let (Some(first), Some(last)) = (group.first(), group.last()) {
                bins.push(Self::around(first.chance, last.chance, group));
            }
            start = end;
        }
        bins
    }

    fn around(from: f64, to: f64, forecasts: &[ResolvedForecast]) -> Self {
        let n = forecasts.len();
        let kept = forecasts.iter().filter(|forecast| forecast.came_true).count();
        let (low, high) = jeffreys(kept, n, WITHIN);
        Self { from, to, n, kept, low, high }
    }
}

impl Recalibration {
    /// Newton's method on a concave function of two parameters.
    pub(super) fn of(forecasts: &[ResolvedForecast]) -> Self {
        let (mut offset, mut slope) = (0.0, 1.0);
        for _ in 0..100 {
            let mut gradient = [-offset / PRIOR[0].powi(2), -(slope - 1.0) / PRIOR[1].powi(2)];
            let mut curvature = [PRIOR[0].powi(-2), 0.0, PRIOR[1].powi(-2)];
            for forecast in forecasts {
                let x = logit(forecast.chance);
                let p = logistic(offset + slope * x);
                let (residual, weight) = (forecast.outcome() - p, p * (1.0 - p));
                gradient[0] += residual;
                gradient[1] += residual * x;
                curvature[0] += weight;
                curvature[1] += weight * x;
                curvature[2] += weight * x * x;
            }
            let [a, b, c] = curvature;
            let determinant = a * c - b * b;
            let steps = [
                (c * gradient[0] - b * gradient[1]) / determinant,
                (a * gradient[1] - b * gradient[0]) / determinant,
            ];
            // Far from the top a whole step overshoots; short ones cannot.
            let longest = steps[0].abs().max(steps[1].abs());
            let scale = (LONGEST_STEP / longest).min(1.0);
            offset += scale * steps[0];
            slope += scale * steps[1];
            if longest < 1e-12 {
                break;
            }
        }
        Self { offset, slope }
    }

    /// What this chance may be worth, 0–1.
    #[must_use]
    pub fn apply(self, chance: f64) -> f64 {
        logistic(self.offset + self.slope * logit(chance))
    }
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(super::CLIP, 1.0 - super::CLIP);
    (p / (1.0 - p)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast((chance, came_true): (f64, bool)) -> ResolvedForecast {
        ResolvedForecast { chance, came_true }
    }

    #[test]
    fn equal_chances_are_never_told_apart() {
        let forecasts: Vec<ResolvedForecast> =
            (0..12).map(|i| forecast((if i < 9 { 0.7 } else { 0.9 }, i % 2 == 0))).collect();
        let bins = Bin::of(&forecasts);
        assert_eq!(bins.iter().map(|bin| bin.n).collect::<Vec<_>>(), [9, 3]);
        assert_eq!((bins[0].from, bins[0].to, bins[0].kept), (0.7, 0.7, 5));
        assert!(bins[0].low < 5.0 / 9.0 && 5.0 / 9.0 < bins[0].high);
    }

    #[test]
    fn the_parts_of_a_score_add_up_and_none_is_negative() {
        let forecasts: Vec<ResolvedForecast> =
            [(0.9, false), (0.8, true), (0.2, true), (0.2, false), (0.1, false)]
                .map(forecast)
                .to_vec();
        let parts = Decomposition::of(&forecasts);
        let brier = (0.81 + 0.04 + 0.64 + 0.04 + 0.01) / 5.0;
        let sum = parts.miscalibration - parts.discrimination + parts.uncertainty;
        assert!((sum - brier).abs() < 1e-12);
        assert!(parts.miscalibration >= 0.0 && parts.discrimination >= 0.0);
    }

    #[test]
    fn overconfidence_is_drawn_towards_a_half() {
        let forecasts: Vec<ResolvedForecast> =
            (0..40).map(|i| forecast((if i % 2 == 0 { 0.95 } else { 0.05 }, i % 4 < 2))).collect();
        let recalibration = Recalibration::of(&forecasts);
        assert!(recalibration.slope < 0.5, "{recalibration:?}");
        let worth = recalibration.apply(0.95);
        assert!((0.5..0.9).contains(&worth), "{worth}");
    }
}
