//! Stall detection on real logs whose end is known.

use super::{Detector, metrics};
use crate::judge::{Effort, StallRule, Traction};

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
                let auroc = metrics::auroc(&stalled, &healthy);
                LabelledGroup {
                    auroc,
                    standard_error: metrics::standard_error(auroc, stalled.len(), healthy.len()),
                    power: metrics::share(&stalled, calls),
                }
            };
            LabelledRow {
                detector,
                false_alarms: metrics::share(&healthy, calls),
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
