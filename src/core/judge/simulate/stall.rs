//! Simulation of stall detection: invented logs whose course is known, judged by
//! prospect and by simpler rules; accuracy as area under the ROC curve, power and
//! medians.

mod curve;
mod lifetime;

pub use curve::NaiveRule;
pub use lifetime::{
    LIFETIME_ENTRIES, LabelledGroup, LabelledLogs, LabelledRow, Lifetime, LifetimeShape,
};

use curve::Series;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use crate::judge::{Hinge, StallRule};

/// Numbers of observations that are looked at.
pub const SINGLE_LOOK_ENTRIES: [usize; 5] = [5, 8, 12, 20, 30];

/// A simulation of logs whose course is known.
#[derive(Clone, Debug, PartialEq)]
pub struct StallSimulation {
    /// Series for each number of observations, at least 1.
    pub runs: usize,
    /// Seed of everything that is random.
    pub seed: u64,
    /// Where "stalled" and its neighbours begin.
    pub rule: StallRule,
}

impl Default for StallSimulation {
    fn default() -> Self {
        Self { runs: 6000, seed: 1, rule: StallRule::default() }
    }
}

/// What tells stalled work from healthy work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detector {
    /// The rule in use: the probability that the next block gains too little.
    Hinge,
    /// A simpler one.
    Naive(NaiveRule),
}

impl Detector {
    /// All of them, the rule in use first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        std::iter::once(Self::Hinge).chain(NaiveRule::ALL.map(Self::Naive)).collect()
    }

    /// The words in the table and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hinge => "prospect",
            Self::Naive(rule) => rule.id(),
        }
    }
}

/// How one rule does when it looks once, at series of one length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleLook {
    /// Entries with traction in each series.
    pub observations: usize,
    /// The rule.
    pub detector: Detector,
    /// Probability that a stalled series looks more stalled than a healthy one.
    pub auroc: f64,
    /// Share of the stalled that are found where one in ten healthy ones is
    /// called stalled.
    pub power_at_tenth: f64,
    /// Share of the healthy that the rule as it stands calls stalled; for
    /// prospect from `watch` on.
    pub false_alarms: f64,
    /// Share of the stalled that it finds.
    pub power: f64,
}

impl StallSimulation {
    /// One look at series of so many observations, by every rule.
    #[must_use]
    pub fn single_look(&self, observations: usize) -> Vec<SingleLook> {
        let seed = self.seed.wrapping_mul(1000).wrapping_add(observations as u64);
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let series: Vec<Series> =
            (0..self.runs).map(|_| Series::draw(observations, &mut random)).collect();
        let each = Detector::all().into_iter();
        each.map(|detector| self.judge(observations, detector, &series)).collect()
    }

    fn judge(&self, observations: usize, detector: Detector, series: &[Series]) -> SingleLook {
        let (mut healthy, mut stalled) = (Vec::new(), Vec::new());
        for one in series {
            let suspicion = match detector {
                Detector::Hinge => self.p_stalled(one),
                Detector::Naive(rule) => rule.suspicion(&one.observations, one.idle_days),
            };
            if one.stalled { stalled.push(suspicion) } else { healthy.push(suspicion) }
        }
        let calls = |suspicion: &f64| match detector {
            Detector::Hinge => *suspicion >= self.rule.watch,
            Detector::Naive(rule) => rule.calls(*suspicion),
        };
        SingleLook {
            observations,
            detector,
            auroc: auroc(&stalled, &healthy),
            power_at_tenth: power_at(&stalled, &healthy, 0.1),
            false_alarms: share(&healthy, calls),
            power: share(&stalled, calls),
        }
    }

    fn p_stalled(&self, series: &Series) -> f64 {
        let total = series.observations.last().map_or(0.0, |last| last.effort);
        let block = self.rule.block_hours.max(total / 3.0);
        Hinge::fit(&series.observations, total, block).gain_below(self.rule.least_gain)
    }
}

/// Area under the receiver operating characteristic: the probability that one
/// of the stalled is more suspect than one of the healthy, ties counting half.
fn auroc(stalled: &[f64], healthy: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = stalled.iter().map(|&x| (x, true)).collect();
    all.extend(healthy.iter().map(|&x| (x, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let hits = equal.iter().filter(|(_, stalled)| *stalled).count() as f64;
        let others = equal.len() as f64 - hits;
        wins += hits * (below + others / 2.0);
        below += others;
    }
    wins / (stalled.len() as f64 * healthy.len() as f64)
}

/// Standard error of an area under the curve (Hanley and McNeil 1982,
/// Radiology 143, equation 1).
fn standard_error(auroc: f64, stalled: usize, healthy: usize) -> f64 {
    let (m, n) = (stalled as f64, healthy as f64);
    let (q1, q2) = (auroc / (2.0 - auroc), 2.0 * auroc * auroc / (1.0 + auroc));
    let square = auroc * auroc;
    let variance = auroc * (1.0 - auroc) + (m - 1.0) * (q1 - square) + (n - 1.0) * (q2 - square);
    (variance.max(0.0) / (m * n)).sqrt()
}

/// Share of the stalled that are more suspect than all but this share of the
/// healthy.
fn power_at(stalled: &[f64], healthy: &[f64], false_alarms: f64) -> f64 {
    let mut sorted = healthy.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length is a position"
    )]
    let position = ((1.0 - false_alarms) * last as f64).ceil() as usize;
    let Some(&threshold) = sorted.get(position) else { return f64::NAN };
    share(stalled, |suspicion| *suspicion > threshold)
}

/// Share of values for which something holds; not a number without any.
fn share<T>(values: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    values.iter().filter(|value| holds(value)).count() as f64 / values.len() as f64
}

/// The middle value; `None` without any.
fn median(values: &[usize]) -> Option<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_hold_in_a_small_run() {
        let simulation = StallSimulation { runs: 600, ..StallSimulation::default() };
        for (observations, auroc) in [(5, 0.92), (12, 0.97), (30, 0.986)] {
            let looks = simulation.single_look(observations);
            let own = &looks[0];
            // Three standard errors of an area under 600 series, and the bar.
            assert!(own.auroc > auroc - 0.035, "{own:?}");
            assert!(own.false_alarms <= 0.03, "{own:?}");
            let better = looks[1..].iter().filter(|other| other.auroc > own.auroc + 0.01);
            assert!(better.count() <= usize::from(observations == 5), "{looks:?}");
        }
        assert_eq!(simulation.single_look(8), simulation.single_look(8));
    }

    #[test]
    fn a_lifetime_calls_few_healthy_ones_and_most_of_the_rest() {
        let simulation = StallSimulation { runs: 600, ..StallSimulation::default() };
        for shape in LifetimeShape::ALL {
            let lifetime = &simulation.lifetimes(30, shape)[0];
            let called = lifetime.called;
            match shape {
                LifetimeShape::Healthy | LifetimeShape::Stepwise => assert!(called <= 0.2),
                LifetimeShape::Plateau => assert!(called >= 0.65, "{lifetime:?}"),
                LifetimeShape::Decline => assert!(called >= 0.85, "{lifetime:?}"),
                LifetimeShape::Never => assert!(called >= 0.95, "{lifetime:?}"),
                LifetimeShape::LateBloomer => assert!(called >= 0.7, "{lifetime:?}"),
            }
        }
    }

    /// The bars over as many series as the documentation shows.
    #[test]
    fn the_bars_hold_in_a_long_run() {
        if std::env::var_os("PROSPECT_LONG").is_none() {
            return;
        }
        let simulation = StallSimulation::default();
        let expected = [0.92, 0.955, 0.97, 0.979, 0.986];
        for (observations, auroc) in SINGLE_LOOK_ENTRIES.into_iter().zip(expected) {
            let own = simulation.single_look(observations)[0];
            assert!((own.auroc - auroc).abs() <= 0.01, "{own:?}");
            assert!(own.false_alarms <= 0.02, "{own:?}");
        }
        let called = |entries, shape| {
            let lifetime = simulation.lifetimes(entries, shape)[0];
            lifetime.called + lifetime.early
        };
        for (entries, false_alarms, decline) in [(15, 0.02, 0.85), (30, 0.18, 0.93)] {
            assert!(called(entries, LifetimeShape::Healthy) <= false_alarms);
            assert!(called(entries, LifetimeShape::Stepwise) <= false_alarms);
            assert!(called(entries, LifetimeShape::Decline) >= decline);
        }
        assert!(called(30, LifetimeShape::Plateau) >= 0.77);
    }

    #[test]
    fn ties_count_half() {
        assert_eq!(auroc(&[3.0, 2.0], &[1.0, 2.0]), 3.5 / 4.0);
        assert_eq!(auroc(&[1.0], &[1.0]), 0.5);
    }

    #[test]
    fn an_area_over_few_is_uncertain() {
        assert_eq!(standard_error(0.5, 1, 1), 0.5);
        assert_eq!(standard_error(1.0, 3, 3), 0.0);
        // By hand: ((0.88·0.12 + 49·0.01131 + 49·0.04943) / 2500)^½.
        assert!((standard_error(0.88, 50, 50) - 0.035_10).abs() < 5e-5);
    }

    #[test]
    fn power_is_what_lies_beyond_the_healthy() {
        let healthy: Vec<f64> = (0..=10).map(f64::from).collect();
        assert_eq!(power_at(&[9.5, 8.5, 9.0, 20.0], &healthy, 0.1), 0.5);
        assert_eq!(median(&[7, 1, 3]), Some(3));
    }
}
