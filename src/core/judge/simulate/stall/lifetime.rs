//! Whole lives of ideas, invented or from real logs whose end is known, looked at
//! after every entry: what is ever called stalled, and when.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use super::curve::{cumulative_hours, observed, rise_and_fall, uniform};
use super::{Detector, NaiveRule, StallSimulation, auroc, median, share, standard_error};
use crate::judge::{Effort, EffortUnit, Observation, StallRule, Traction, Verdict};

/// Entries in a life.
pub const LIFETIME_ENTRIES: [usize; 2] = [15, 30];

/// How a life goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifetimeShape {
    /// Rises steadily.
    Healthy,
    /// Rises in steps.
    Stepwise,
    /// Rises, and then does not.
    Plateau,
    /// Rises, and then falls.
    Decline,
    /// Never gets anywhere.
    Never,
    /// Gets nowhere for half its life and then rises: nothing can know.
    LateBloomer,
}

impl LifetimeShape {
    /// Every shape.
    pub const ALL: [Self; 6] = [
        Self::Healthy,
        Self::Stepwise,
        Self::Plateau,
        Self::Decline,
        Self::Never,
        Self::LateBloomer,
    ];

    /// The words in the table and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Stepwise => "healthy, stepwise",
            Self::Plateau => "plateau",
            Self::Decline => "decline",
            Self::Never => "never any traction",
            Self::LateBloomer => "late bloomer",
        }
    }
}

/// What one rule says over lives of one shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lifetime {
    /// Entries in each life.
    pub entries: usize,
    /// How they go.
    pub shape: LifetimeShape,
    /// The rule; prospect by its verdict, the others at two entries in a row.
    pub detector: Detector,
    /// Share that is called stalled; where there is a knee, from there on.
    pub called: f64,
    /// Share that is called stalled before its knee.
    pub early: f64,
    /// Entries from the knee until it is called; `None` where nothing is.
    pub median_delay: Option<usize>,
    /// Share on which `watch` or more shows at some time.
    pub watched: f64,
}

/// A life whose curve is known.
struct Life {
    observations: Vec<Observation>,
    /// Entries until the knee.
    knee: usize,
}

impl StallSimulation {
    /// Lives of so many entries and one shape, by every rule that can be used
    /// twice in a row.
    #[must_use]
    pub fn lifetimes(&self, entries: usize, shape: LifetimeShape) -> Vec<Lifetime> {
        let seed = self.seed.wrapping_mul(1000).wrapping_add(500 + entries as u64);
        let mut random = Pcg64Mcg::seed_from_u64(seed.wrapping_add(100 * shape as u64));
        // A life is judged at every entry: a tenth of them cost as much.
        let lives: Vec<Life> =
            (0..self.runs.div_ceil(10)).map(|_| Life::draw(entries, shape, &mut random)).collect();
        Detector::all()
            .into_iter()
            .filter(|detector| *detector != Detector::Naive(NaiveRule::DaysSinceLast))
            .map(|detector| self.lifetime(entries, shape, detector, &lives))
            .collect()
    }

    fn lifetime(
        &self,
        entries: usize,
        shape: LifetimeShape,
        detector: Detector,
        lives: &[Life],
    ) -> Lifetime {
        let (mut called, mut early, mut watched, mut delays) = (0, 0, 0, Vec::new());
        for life in lives {
            let calls = life.calls(detector, &self.rule);
            watched += usize::from(calls.watched);
            match calls.first {
                Some(first) if first >= life.knee => {
                    called += 1;
                    delays.push(first - life.knee);
                }
                Some(_) => early += 1,
                None => {}
            }
        }
        let share = |count: usize| count as f64 / lives.len() as f64;
        Lifetime {
            entries,
            shape,
            detector,
            called: share(called),
            early: share(early),
            median_delay: median(&delays),
            watched: share(watched),
        }
    }
}

/// What a rule says over a life.
struct Calls {
    /// Entries after which it first says stalled.
    first: Option<usize>,
    watched: bool,
}

impl Life {
    fn draw(n: usize, shape: LifetimeShape, random: &mut Pcg64Mcg) -> Self {
        let hours = cumulative_hours(n, 4.0, random);
        let total = hours.last().copied().unwrap_or(1.0);
        let shares: Vec<f64> = hours.iter().map(|hours| hours / total).collect();
        let bend = uniform(random, 0.3, 0.5);
        let curve = curve(shape, bend, random);
        let traction = observed(shares.iter().map(|u| curve(*u)), random);
        let observations = hours.iter().zip(traction);
        let observations = observations
            .map(|(&effort, traction)| Observation { effort, traction, recalled: false })
            .collect();
        let knee = match shape {
            LifetimeShape::Plateau | LifetimeShape::Decline => {
                shares.iter().filter(|u| **u < bend).count() + 1
            }
            _ => 1,
        };
        Self { observations, knee }
    }

    fn calls(&self, detector: Detector, rule: &StallRule) -> Calls {
        let mut calls = Calls { first: None, watched: false };
        let mut before = false;
        for n in rule.least_observations..=self.observations.len() {
            let observations = &self.observations[..n];
            let total = observations.last().map_or(0.0, |last| last.effort);
            if total < rule.block_hours {
                continue;
            }
            let called = match detector {
                Detector::Hinge => {
                    let verdict = verdict(observations, total, rule);
                    calls.watched |= verdict.is_stall() || verdict == Verdict::Watch;
                    verdict.is_stall()
                }
                Detector::Naive(naive) => {
                    let now = naive.calls(naive.suspicion(observations, 0.0));
                    let twice = now && before;
                    before = now;
                    calls.watched |= now;
                    twice
                }
            };
            if called && calls.first.is_none() {
                calls.first = Some(n);
            }
        }
        calls
    }
}

fn verdict(observations: &[Observation], total: f64, rule: &StallRule) -> Verdict {
    let effort = Effort {
        unit: EffortUnit::Hours,
        total,
        entered: total,
        hours: total,
        observations: observations.to_vec(),
        idle_days: Some(0),
        pace: None,
    };
    Traction::of_effort(effort, rule).verdict
}

/// Level by share of the effort.
fn curve(shape: LifetimeShape, bend: f64, random: &mut Pcg64Mcg) -> Box<dyn Fn(f64) -> f64> {
    let start = uniform(random, 0.5, 2.0);
    match shape {
        LifetimeShape::Healthy => {
            let gain = uniform(random, 4.5, 7.0);
            Box::new(move |u| start + gain * u)
        }
        LifetimeShape::Stepwise => {
            let steps = (uniform(random, 5.0, 9.0).floor(), uniform(random, -0.04, 0.04));
            Box::new(move |u| {
                let (n, shift) = steps;
                let taken = ((u - 0.05 - shift) * (n - 1.0) / 0.92).floor() + 1.0;
                start.min(1.5) + 7.0 / n * taken.clamp(0.0, n)
            })
        }
        LifetimeShape::Plateau => rise_and_fall(start, bend, uniform(random, 2.5, 5.0), 0.0),
        LifetimeShape::Decline => {
            let (gain, loss) = (uniform(random, 2.5, 5.0), uniform(random, 1.0, 3.0));
            rise_and_fall(start, bend, gain, loss)
        }
        LifetimeShape::Never => {
            let level = uniform(random, 1.0, 4.0);
            Box::new(move |_| level)
        }
        LifetimeShape::LateBloomer => {
            let start = uniform(random, 1.0, 2.5);
            Box::new(move |u| start + 6.0 * (u - 0.5).max(0.0) / 0.5)
        }
    }
}

/// Real logs in groups by what became of them.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledLogs {
    /// The logs of what went well.
    pub healthy: Vec<Effort>,
    /// Groups of logs of what did not, with their names.
    pub stalled: Vec<(String, Vec<Effort>)>,
}

/// How one rule does on them.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledRow {
    /// The rule.
    pub detector: Detector,
    /// Share of the healthy that the rule as it stands calls stalled; for
    /// prospect from `watch` on.
    pub false_alarms: f64,
    /// How it does on each group.
    pub groups: Vec<LabelledGroup>,
}

/// How one rule does on one group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelledGroup {
    /// Probability that a log of the group looks more stalled than a healthy
    /// one.
    pub auroc: f64,
    /// Its standard error (Hanley and McNeil 1982, Radiology 143).
    pub standard_error: f64,
    /// Share of the group that the rule as it stands calls stalled.
    pub power: f64,
}

impl LabelledLogs {
    /// Whether a log can be judged by every rule: enough entries with traction,
    /// and not all of them after the same effort.
    #[must_use]
    pub fn is_enough(effort: &Effort, rule: &StallRule) -> bool {
        let observations = &effort.observations;
        let differ = match (observations.first(), observations.last()) {
            (Some(first), Some(last)) => first.effort < last.effort,
            _ => false,
        };
        observations.len() >= rule.least_observations && differ
    }

    /// Every rule on every group; the rule in use first.
    #[must_use]
    pub fn compare(&self, rule: &StallRule) -> Vec<LabelledRow> {
        let row = |detector: Detector| {
            let suspicions = |logs: &[Effort]| -> Vec<f64> {
                logs.iter().map(|log| suspicion(detector, log, rule)).collect()
            };
            let calls = |suspicion: &f64| match detector {
                Detector::Hinge => *suspicion >= rule.watch,
                Detector::Naive(naive) => naive.calls(*suspicion),
            };
            let healthy = suspicions(&self.healthy);
            let group = |(_, logs): &(String, Vec<Effort>)| {
                let stalled = suspicions(logs);
                let auroc = auroc(&stalled, &healthy);
                LabelledGroup {
                    auroc,
                    standard_error: standard_error(auroc, stalled.len(), healthy.len()),
                    power: share(&stalled, calls),
                }
            };
            LabelledRow {
                detector,
                false_alarms: share(&healthy, calls),
                groups: self.stalled.iter().map(group).collect(),
            }
        };
        Detector::all().into_iter().map(row).collect()
    }
}

fn suspicion(detector: Detector, log: &Effort, rule: &StallRule) -> f64 {
    match detector {
        Detector::Hinge => {
            let traction = Traction::of_effort(log.clone(), rule);
            traction.outlook.map_or(f64::NAN, |outlook| outlook.p_stalled)
        }
        Detector::Naive(naive) => {
            naive.suspicion(&log.observations, log.idle_days.unwrap_or_default() as f64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{EffortUnit, Observation};

    fn log(levels: &[f64]) -> Effort {
        let observation = |(i, &traction): (u32, &f64)| Observation {
            effort: f64::from(i) * 10.0,
            traction,
            recalled: false,
        };
        let observations: Vec<Observation> = (1..).zip(levels).map(observation).collect();
        let total = observations.last().map_or(0.0, |last| last.effort);
        let (unit, idle_days) = (EffortUnit::Hours, Some(3));
        Effort { unit, total, entered: total, hours: total, observations, idle_days, pace: None }
    }

    #[test]
    fn every_rule_tells_a_rise_from_a_fall() {
        let rising = log(&[1.0, 2.0, 2.0, 3.0, 5.0, 6.0]);
        let falling = log(&[6.0, 5.0, 4.0, 4.0, 3.0, 2.0]);
        let rule = StallRule::default();
        assert!(LabelledLogs::is_enough(&rising, &rule));
        assert!(!LabelledLogs::is_enough(&log(&[1.0, 2.0, 3.0, 4.0]), &rule));
        let mut one_day = rising.clone();
        one_day.observations.iter_mut().for_each(|o| o.effort = 0.0);
        assert!(!LabelledLogs::is_enough(&one_day, &rule));
        let logs = LabelledLogs {
            healthy: vec![rising; 3],
            stalled: vec![("dropped".into(), vec![falling; 2])],
        };
        for row in logs.compare(&rule) {
            let idle = row.detector.id() == "days since the last entry";
            assert_eq!(row.groups[0].auroc, if idle { 0.5 } else { 1.0 }, "{row:?}");
        }
        assert_eq!(logs.compare(&rule)[0].detector, Detector::Hinge);
    }
}
