//! Courses of traction of eleven shapes, logs that follow them (rounded to whole
//! levels, with noise that lingers and an eye that grows kinder), and the simple
//! stall rules that people use in place of a fit.

use rand::RngExt;
use rand_distr::{Distribution, Gamma, StandardNormal};
use rand_pcg::Pcg64Mcg;

use crate::judge::Observation;
use crate::judge::numeric::StudentT;

/// Gain in the last third of the effort below which a curve is stalled, and
/// above which it is healthy; what lies between is drawn again.
const STALLED_GAIN: f64 = 0.3;
const HEALTHY_GAIN: f64 = 1.0;

/// Mean hours for an entry.
const HOURS: f64 = 8.0;

/// A log whose curve is known.
pub(super) struct Series {
    pub(super) observations: Vec<Observation>,
    /// Days since the last entry.
    pub(super) idle_days: f64,
    /// Whether the curve is stalled in the end.
    pub(super) stalled: bool,
}

impl Series {
    /// A log of so many entries, stalled or healthy with even odds.
    pub(super) fn draw(n: usize, random: &mut Pcg64Mcg) -> Self {
        loop {
            let stalled = random.random::<f64>() < 0.5;
            let shapes = if stalled { &STALLED[..] } else { &HEALTHY[..] };
            let draw = shapes[random.random_range(0..shapes.len())];
            let curve = draw(random);
            let shares = shares(n, random);
            let gain = curve(1.0) - curve(2.0 / 3.0);
            if (stalled && gain > STALLED_GAIN) || (!stalled && gain < HEALTHY_GAIN) {
                continue;
            }
            let spread = normal(random);
            let total = n as f64 * HOURS * (0.25 * spread).exp();
            let levels: Vec<f64> = shares.iter().map(|u| curve(*u)).collect();
            let drift = uniform(random, 0.0, 0.5);
            let kinder = shares.iter().zip(levels).map(|(u, level)| level + drift * u);
            let traction = observed(kinder, random);
            let observations = shares.iter().zip(traction);
            let observations = observations.map(|(u, traction)| Observation {
                effort: u * total,
                traction,
                recalled: false,
            });
            let usual: f64 = if stalled { 10.0 } else { 7.0 };
            let idle_days = (usual.ln() + 0.8 * normal(random)).exp().round();
            return Self { observations: observations.collect(), idle_days, stalled };
        }
    }
}

/// Level by share of the effort.
type Curve = Box<dyn Fn(f64) -> f64>;

const HEALTHY: [fn(&mut Pcg64Mcg) -> Curve; 5] = [
    |r| rising(start(r), uniform(r, 3.6, 7.0)),
    |r| rising(start(r), uniform(r, 3.1, 4.2)),
    |r| {
        let (y, bend, gain) = (start(r), uniform(r, 0.25, 0.6), uniform(r, 2.5, 6.0));
        Box::new(move |u| y + gain * (u - bend).max(0.0) / (1.0 - bend))
    },
    |r| {
        let (y, bend, gain) = (start(r), uniform(r, 0.6, 1.4), uniform(r, 5.0, 8.0));
        saturating(y, bend, 0.9 * gain / (1.0 - (-bend).exp()))
    },
    |r| steps(r, 1.0, Some((0.7, 0.95))),
];

const STALLED: [fn(&mut Pcg64Mcg) -> Curve; 6] = [
    |r| {
        let (y, bend, gain) = (start(r), uniform(r, 0.3, 0.65), uniform(r, 1.5, 5.0));
        Box::new(move |u| y + gain * u.min(bend) / bend)
    },
    |r| rising(start(r) + 1.0, uniform(r, -0.2, 0.2)),
    |r| {
        let (y, bend) = (start(r), uniform(r, 0.35, 0.65));
        let (gain, loss) = (uniform(r, 2.0, 5.0), uniform(r, 0.8, 3.0));
        rise_and_fall(y, bend, gain, loss)
    },
    |r| saturating(start(r), uniform(r, 4.5, 8.0), uniform(r, 2.0, 5.0)),
    |r| rising(start(r) + 2.5, -uniform(r, 0.5, 2.5)),
    |r| steps(r, 0.62, None),
];

fn start(random: &mut Pcg64Mcg) -> f64 {
    uniform(random, 0.5, 3.0)
}

fn rising(start: f64, gain: f64) -> Curve {
    Box::new(move |u| start + gain * u)
}

fn saturating(start: f64, bend: f64, gain: f64) -> Curve {
    Box::new(move |u| start + gain * (1.0 - (-bend * u).exp()))
}

/// Up to a bend, and down from there on.
pub(super) fn rise_and_fall(start: f64, bend: f64, gain: f64, loss: f64) -> Curve {
    Box::new(move |u| start + gain * u.min(bend) / bend - loss * (u - bend).max(0.0) / (1.0 - bend))
}

/// Three to six steps up until some share of the effort, the last one within
/// these bounds if there are any.
fn steps(random: &mut Pcg64Mcg, until: f64, last: Option<(f64, f64)>) -> Curve {
    let start = start(random);
    let n = random.random_range(3..7);
    let mut times: Vec<f64> = (0..n).map(|_| uniform(random, 0.0, until)).collect();
    times.sort_unstable_by(f64::total_cmp);
    if let (Some((low, high)), Some(time)) = (last, times.last_mut()) {
        *time = uniform(random, low, high);
    }
    let steps: Vec<(f64, f64)> =
        times.into_iter().map(|time| (time, uniform(random, 0.8, 2.0))).collect();
    let taken = move |u: f64| steps.iter().filter(|(time, _)| *time <= u).map(|(_, up)| up).sum();
    Box::new(move |u| {
        let sum: f64 = taken(u);
        start + sum
    })
}

/// Shares of the effort at which entries are made.
fn shares(n: usize, random: &mut Pcg64Mcg) -> Vec<f64> {
    let hours = cumulative_hours(n, 1.0, random);
    let total = hours.last().copied().unwrap_or(1.0);
    hours.into_iter().map(|hours| hours / total).collect()
}

/// Running totals of hours that are gamma distributed with shape 2.
pub(super) fn cumulative_hours(n: usize, scale: f64, random: &mut Pcg64Mcg) -> Vec<f64> {
    let Ok(gamma) = Gamma::new(2.0, scale) else { return Vec::new() };
    let mut total = 0.0;
    (0..n)
        .map(|_| {
            let hours: f64 = gamma.sample(random);
            total += hours;
            total
        })
        .collect()
}

/// Levels as they are written down: with autocorrelated noise, in whole numbers
/// from 0 to 10.
pub(super) fn observed(levels: impl Iterator<Item = f64>, random: &mut Pcg64Mcg) -> Vec<f64> {
    let (deviation, lingering) = (uniform(random, 0.3, 1.0), uniform(random, 0.0, 0.4));
    let mut noise = normal(random);
    let mut first = true;
    let mut next = || {
        if !std::mem::take(&mut first) {
            noise = lingering * noise + (1.0 - lingering * lingering).sqrt() * normal(random);
        }
        noise
    };
    levels.map(|level| (level + deviation * next()).clamp(0.0, 10.0).round()).collect()
}

pub(super) fn uniform(random: &mut Pcg64Mcg, low: f64, high: f64) -> f64 {
    low + (high - low) * random.random::<f64>()
}

fn normal(random: &mut Pcg64Mcg) -> f64 {
    StandardNormal.sample(random)
}

/// A simple rule by which a log looks stalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NaiveRule {
    /// More than 14 days since the last entry.
    DaysSinceLast,
    /// The slope of a regression line lies below zero.
    SlopeBelowZero,
    /// The slope is not significantly above zero (one-sided p over .05).
    NotSignificant,
    /// The last level is no higher than the highest before it.
    LastBelowMaximum,
    /// The slope of a regression line in which every third of the effort counts
    /// half as much as the next lies below zero.
    WeightedSlope,
    /// The mean of the last third is no higher than that of the middle one.
    ThirdsApart,
}

impl NaiveRule {
    /// Every rule.
    pub const ALL: [Self; 6] = [
        Self::DaysSinceLast,
        Self::SlopeBelowZero,
        Self::NotSignificant,
        Self::LastBelowMaximum,
        Self::WeightedSlope,
        Self::ThirdsApart,
    ];

    /// The words in the table and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::DaysSinceLast => "days since the last entry",
            Self::SlopeBelowZero => "slope below zero",
            Self::NotSignificant => "regression p-value",
            Self::LastBelowMaximum => "last below maximum",
            Self::WeightedSlope => "weighted slope",
            Self::ThirdsApart => "difference of thirds",
        }
    }

    /// How stalled a log looks: the more, the higher. At least three
    /// observations.
    pub(super) fn suspicion(self, observations: &[Observation], idle_days: f64) -> f64 {
        let Some((last, before)) = observations.split_last() else { return f64::NAN };
        let share = |observation: &Observation| observation.effort / last.effort;
        match self {
            Self::DaysSinceLast => idle_days,
            Self::SlopeBelowZero => -regression(observations, |_| 1.0).slope,
            Self::NotSignificant => regression(observations, |_| 1.0).p_not_rising(),
            Self::LastBelowMaximum => {
                before.iter().map(|o| o.traction).fold(f64::NEG_INFINITY, f64::max) - last.traction
            }
            Self::WeightedSlope => {
                -regression(observations, |o| 0.5_f64.powf(3.0 * (1.0 - share(o)))).slope
            }
            Self::ThirdsApart => {
                let between = |low: f64, high: f64| {
                    let these = observations.iter().filter(|o| low < share(o) && share(o) <= high);
                    mean(these.map(|o| o.traction))
                };
                let middle = between(1.0 / 3.0, 2.0 / 3.0);
                let earlier = middle.or_else(|| mean(before.iter().map(|o| o.traction)));
                let recent = between(2.0 / 3.0, 1.0).unwrap_or(last.traction);
                earlier.unwrap_or(recent) - recent
            }
        }
    }

    /// Whether the rule, as people use it, says stalled.
    pub(super) fn calls(self, suspicion: f64) -> bool {
        match self {
            Self::DaysSinceLast => suspicion > 14.0,
            Self::NotSignificant => suspicion > 0.05,
            Self::SlopeBelowZero | Self::WeightedSlope => suspicion > 0.0,
            Self::LastBelowMaximum | Self::ThirdsApart => suspicion >= 0.0,
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0.0);
    for value in values {
        sum += value;
        n += 1.0;
    }
    (n > 0.0).then(|| sum / n)
}

/// A regression line of traction on effort.
struct Regression {
    slope: f64,
    standard_error: f64,
    degrees: u32,
}

impl Regression {
    /// The one-sided p-value of a slope above zero.
    fn p_not_rising(&self) -> f64 {
        let standard = StudentT { degrees: self.degrees, location: 0.0, scale: 1.0 };
        1.0 - standard.below(self.slope / self.standard_error)
    }
}

/// Weighted least squares. The standard error is that of equal weights.
fn regression(observations: &[Observation], weight: impl Fn(&Observation) -> f64) -> Regression {
    let sum = |value: &dyn Fn(&Observation) -> f64| -> f64 {
        observations.iter().map(|o| weight(o) * value(o)).sum()
    };
    let all = sum(&|_| 1.0);
    let (x, y) = (sum(&|o| o.effort) / all, sum(&|o| o.traction) / all);
    let spread = sum(&|o| (o.effort - x).powi(2));
    let slope = sum(&|o| (o.effort - x) * (o.traction - y)) / spread;
    let residuals = sum(&|o| (o.traction - y - slope * (o.effort - x)).powi(2));
    let degrees = u32::try_from(observations.len().saturating_sub(2)).unwrap_or(u32::MAX).max(1);
    let variance = (residuals / f64::from(degrees)).max(1e-9);
    Regression { slope, standard_error: (variance / spread).sqrt(), degrees }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observations(levels: &[f64]) -> Vec<Observation> {
        let each = (1..).zip(levels);
        each.map(|(i, &traction)| Observation {
            effort: f64::from(i) * 10.0,
            traction,
            recalled: false,
        })
        .collect()
    }

    #[test]
    fn what_rises_is_not_called_and_what_falls_is() {
        let rising = observations(&[1.0, 2.0, 2.5, 4.0, 5.0, 6.0]);
        let falling = observations(&[6.0, 5.0, 4.5, 3.0, 2.0, 1.0]);
        for rule in NaiveRule::ALL {
            assert!(!rule.calls(rule.suspicion(&rising, 3.0)), "{rule:?}");
            assert!(rule.calls(rule.suspicion(&falling, 30.0)), "{rule:?}");
        }
    }

    #[test]
    fn a_perfect_line_is_significant() {
        let p = NaiveRule::NotSignificant.suspicion(&observations(&[1.0, 2.0, 3.0, 4.0]), 0.0);
        assert!(p < 1e-3, "{p}");
    }
}
