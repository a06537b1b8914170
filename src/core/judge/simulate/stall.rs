//! Simulation of stall detection: invented logs whose course is known, judged by
//! prospect and by simpler rules.

mod curve;
mod labelled;
mod lifetime;
mod metrics;
mod naive;

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use crate::judge::{Hinge, StallRule};

use curve::Series;
pub use labelled::{LabelledGroup, LabelledLogs, LabelledRow};
pub use lifetime::{LIFETIME_ENTRIES, Lifetime, LifetimeShape};
pub use naive::NaiveRule;

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
            auroc: metrics::auroc(&stalled, &healthy),
            power_at_tenth: metrics::power_at(&stalled, &healthy, 0.1),
            false_alarms: metrics::share(&healthy, calls),
            power: metrics::share(&stalled, calls),
        }
    }

    fn p_stalled(&self, series: &Series) -> f64 {
        let total = series.observations.last().map_or(0.0, |last| last.effort);
        let block = self.rule.block_hours.max(total / 3.0);
        Hinge::fit(&series.observations, total, block).gain_below(self.rule.least_gain)
    }
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
}
