//! The verdict on an idea's traction, and the figures behind it.

mod effort;
mod hinge;
mod level_forecast;
mod sentence;
#[cfg(test)]
mod tests;
mod verdict;

use crate::domain::{Date, Idea};

pub use effort::{Effort, EffortUnit};
pub use hinge::{Hinge, Level, Observation, Trend};
pub use level_forecast::{LevelForecast, level_forecast};
pub use verdict::{StallRule, Verdict};

/// Observations that must lie in the last third of the effort.
const RECENT: usize = 2;

/// From this probability of less than the least gain on, traction is flat: that
/// is all it takes to call a high level mature. A judgement.
const FLAT: f64 = 0.5;

/// The verdict on one idea and the figures behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Traction {
    /// The verdict.
    pub verdict: Verdict,
    /// The log as traction against effort.
    pub effort: Effort,
    /// The next block of effort, in the unit of [`Traction::effort`].
    pub block: f64,
    /// What the fit says; `None` without a single observation.
    pub outlook: Option<Outlook>,
    /// Mean traction in the last third of the effort; `None` if nothing was
    /// observed in it.
    pub recent_mean: Option<f64>,
}

/// What a fit says about the next block of effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Probability that it gains less than [`StallRule::least_gain`].
    pub p_stalled: f64,
    /// Probability that it loses.
    pub p_declining: f64,
    /// Expected gain.
    pub expected_gain: f64,
    /// The likeliest course so far.
    pub trend: Trend,
}

impl Traction {
    /// Judges the log of an idea as of a day.
    #[must_use]
    pub fn of(idea: &Idea, rule: &StallRule, as_of: Date) -> Self {
        Self::of_effort(Effort::of(idea, as_of), rule)
    }

    /// Whether two versions of an idea are judged alike: whether they agree in
    /// everything that [`Traction::of`] looks at.
    #[must_use]
    pub fn is_same(one: &Idea, other: &Idea) -> bool {
        let seen = |idea: &Idea| (idea.status, idea.parked_until);
        seen(one) == seen(other) && one.log == other.log && one.decisions == other.decisions
    }

    /// Judges what a log came to.
    #[must_use]
    pub fn of_effort(effort: Effort, rule: &StallRule) -> Self {
        let snapshot = Snapshot::now(&effort, rule);
        let outlook = snapshot.fit().map(|hinge| Outlook {
            p_stalled: hinge.gain_below(rule.least_gain),
            p_declining: hinge.gain_below(0.0),
            expected_gain: hinge.expected_gain(),
            trend: hinge.trend(),
        });
        let verdict = match &outlook {
            Some(outlook) if snapshot.is_enough() => judge(&effort, &snapshot, outlook),
            _ => Verdict::NotEnoughEvidence,
        };
        let (block, recent_mean) = (snapshot.block(), snapshot.recent_mean());
        Self { verdict, effort, block, outlook, recent_mean }
    }

    /// The fit, for drawing the course with its uncertainty and for forecasts;
    /// `None` without an observation.
    #[must_use]
    pub fn hinge(&self) -> Option<Hinge> {
        let Effort { observations, total, .. } = &self.effort;
        (!observations.is_empty()).then(|| Hinge::fit(observations, *total, self.block))
    }
}

/// What was known at one moment.
struct Snapshot<'a> {
    unit: EffortUnit,
    observations: &'a [Observation],
    total: f64,
    rule: &'a StallRule,
}

impl<'a> Snapshot<'a> {
    fn now(effort: &'a Effort, rule: &'a StallRule) -> Self {
        let Effort { unit, observations, total, .. } = effort;
        Self { unit: *unit, observations, total: *total, rule }
    }

    /// The moment of the observation before the last one.
    fn before(&self) -> Option<Self> {
        let (_, observations) = self.observations.split_last()?;
        let total = observations.last()?.effort;
        Some(Self { observations, total, ..*self })
    }

    fn least_effort(&self) -> f64 {
        self.rule.block(self.unit)
    }

    fn block(&self) -> f64 {
        self.least_effort().max(self.total / 3.0)
    }

    /// The observations in the last third of the effort.
    fn recent(&self) -> &'a [Observation] {
        let start = self.total * 2.0 / 3.0;
        let earlier = self.observations.partition_point(|observation| observation.effort < start);
        &self.observations[earlier..]
    }

    fn recent_mean(&self) -> Option<f64> {
        let recent = self.recent();
        let sum: f64 = recent.iter().map(|observation| observation.traction).sum();
        (!recent.is_empty()).then(|| sum / recent.len() as f64)
    }

    fn is_enough(&self) -> bool {
        self.observations.len() >= self.rule.least_observations
            && self.total >= self.least_effort()
            && self.recent().len() >= RECENT
    }

    fn fit(&self) -> Option<Hinge> {
        (!self.observations.is_empty())
            .then(|| Hinge::fit(self.observations, self.total, self.block()))
    }

    /// Whether one would have said then that the next block brings too little.
    fn was_stalled(&self) -> bool {
        let low = |hinge: Hinge| hinge.gain_below(self.rule.least_gain) >= self.rule.stalled;
        self.is_enough() && self.fit().is_some_and(low)
    }
}

/// The verdict where there is enough evidence for one.
fn judge(effort: &Effort, snapshot: &Snapshot, outlook: &Outlook) -> Verdict {
    let rule = snapshot.rule;
    let dormant = effort.idle_days.is_some_and(|days| days >= i64::from(rule.dormant_days));
    let falling = outlook.p_declining >= rule.declining;
    let flat = outlook.p_stalled >= FLAT && !falling;
    let high = snapshot.recent_mean().is_some_and(|mean| mean >= rule.mature);
    let stalled = outlook.p_stalled >= rule.stalled
        && snapshot.before().is_some_and(|before| before.was_stalled());
    match outlook.p_stalled {
        _ if dormant => Verdict::Dormant,
        _ if flat && high => Verdict::Mature,
        _ if stalled && falling => Verdict::Declining,
        _ if stalled => Verdict::Stalled,
        p if p >= rule.watch => Verdict::Watch,
        p if p <= rule.progressing => Verdict::Progressing,
        _ => Verdict::Unclear,
    }
}
