//! Simple stall rules that people use in place of a fit.

use crate::judge::Observation;
use crate::judge::numeric::StudentT;

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
