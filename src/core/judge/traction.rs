//! The verdict on an idea's traction, the figures behind it, and the chance that
//! traction reaches a level by a day.

mod effort;
mod hinge;
#[cfg(test)]
mod tests;
mod verdict;

pub use effort::{Effort, EffortUnit, Pace};
pub use hinge::{Hinge, Level, Observation, Trend};
pub use verdict::{StallRule, Verdict};

use std::borrow::Cow;

use crate::domain::{Date, Idea, days};
use crate::judge::numeric;

/// Observations that must lie in the last third of the effort.
const RECENT: usize = 2;

/// Levels in a row whose mean tells where an idea stands.
const IN_A_ROW: usize = 3;

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
    /// Where the level stands and where it stood.
    pub means: LevelMeans,
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
        let today = Snapshot { effort: &effort, entries: effort.observations.len(), rule };
        let outlook = today.fit().map(|hinge| Outlook {
            p_stalled: hinge.gain_below(rule.least_gain),
            p_declining: hinge.gain_below(0.0),
            expected_gain: hinge.expected_gain(),
            trend: hinge.trend(),
        });
        let means = LevelMeans::of(&effort.observations);
        let verdict = match &outlook {
            Some(outlook) if today.is_enough() => today.verdict(outlook, &means),
            _ => Verdict::NotEnoughEvidence,
        };
        let block = today.block();
        Self { verdict, effort, block, outlook, means }
    }

    /// Whether it had stalled before it was left alone: a pause decides nothing.
    #[must_use]
    pub fn rests_stalled(&self, rule: &StallRule) -> bool {
        let worked_on = || Effort { idle_days: None, ..self.effort.clone() };
        self.verdict == Verdict::Dormant && Self::of_effort(worked_on(), rule).verdict.is_stall()
    }

    /// The fit, for drawing the course with its uncertainty and for forecasts;
    /// `None` without an observation.
    #[must_use]
    pub fn hinge(&self) -> Option<Hinge> {
        let observed = self.effort.observed_today();
        (!observed.is_empty()).then(|| Hinge::fit(&observed, self.effort.total, self.block))
    }
}

/// Where the level stands and where it stood.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LevelMeans {
    /// Mean of the last three levels, or of as many as there are; `None`
    /// without one.
    pub recent: Option<f64>,
    /// The best mean of three levels in a row before the last three; `None`
    /// with fewer than six levels.
    pub best: Option<f64>,
}

impl LevelMeans {
    fn of(observations: &[Observation]) -> Self {
        let mean = |levels: &[Observation]| {
            levels.iter().map(|o| o.traction).sum::<f64>() / levels.len() as f64
        };
        let (before, last) = observations.split_at(observations.len().saturating_sub(IN_A_ROW));
        Self {
            recent: (!last.is_empty()).then(|| mean(last)),
            best: before.windows(IN_A_ROW).map(mean).max_by(f64::total_cmp),
        }
    }

    /// How far it fell from its best to where it stands; 0 if it did not.
    #[must_use]
    pub fn drop(&self) -> f64 {
        self.best.zip(self.recent).map_or(0.0, |(best, recent)| (best - recent).max(0.0))
    }
}

/// What was known after so many entries with traction.
struct Snapshot<'a> {
    effort: &'a Effort,
    entries: usize,
    rule: &'a StallRule,
}

impl<'a> Snapshot<'a> {
    /// What was known at the entry before the last one, if there is one. Today
    /// stands for the last one.
    fn before(&self) -> Option<Self> {
        let entries = self.entries.checked_sub(1).filter(|entries| *entries > 0)?;
        Some(Self { entries, ..*self })
    }

    fn observations(&self) -> &'a [Observation] {
        &self.effort.observations[..self.entries]
    }

    fn is_today(&self) -> bool {
        self.entries == self.effort.observations.len()
    }

    fn observed(&self) -> Cow<'a, [Observation]> {
        if self.is_today() { self.effort.observed_today() } else { self.observations().into() }
    }

    /// Effort until then, or, for `today`, until this.
    fn until(&self, today: f64) -> f64 {
        let last = self.observations().last().filter(|_| !self.is_today());
        last.map_or(today, |last| last.effort)
    }

    fn total(&self) -> f64 {
        self.until(self.effort.total)
    }

    fn least_effort(&self) -> f64 {
        self.rule.block(self.effort.unit)
    }

    fn block(&self) -> f64 {
        self.least_effort().max(self.total() / 3.0)
    }

    /// How many entries lie in the last third of the effort until the last one.
    fn recent(&self) -> usize {
        let start = self.until(self.effort.entered) * 2.0 / 3.0;
        self.observations().iter().filter(|observation| observation.effort >= start).count()
    }

    fn is_enough(&self) -> bool {
        self.entries >= self.rule.least_observations
            && self.total() >= self.least_effort()
            && self.recent() >= RECENT
    }

    fn fit(&self) -> Option<Hinge> {
        let observed = self.observed();
        (!observed.is_empty()).then(|| Hinge::fit(&observed, self.total(), self.block()))
    }

    /// Whether one would have said then that the next block brings too little.
    fn was_stalled(&self) -> bool {
        let low = |hinge: Hinge| hinge.gain_below(self.rule.least_gain) >= self.rule.stalled;
        self.is_enough() && self.fit().is_some_and(low)
    }

    /// The verdict where there is enough evidence for one.
    fn verdict(&self, outlook: &Outlook, means: &LevelMeans) -> Verdict {
        let rule = self.rule;
        let idle = self.effort.idle_days;
        let dormant = idle.is_some_and(|days| days >= i64::from(rule.dormant_days));
        let high = means.recent.is_some_and(|mean| mean >= rule.mature);
        let stalled = outlook.p_stalled >= rule.stalled
            && self.before().is_some_and(|before| before.was_stalled());
        match outlook.p_stalled {
            _ if dormant => Verdict::Dormant,
            p if p >= FLAT && high => Verdict::Mature,
            _ if stalled && means.drop() >= rule.drop => Verdict::Declining,
            _ if stalled => Verdict::Stalled,
            p if p >= rule.watch => Verdict::Watch,
            p if p <= rule.progressing => Verdict::Progressing,
            _ => Verdict::Unclear,
        }
    }
}

/// Work is expected to go on at the pace of so many days. A judgement.
const PACE: i64 = 56;

/// What the log of an idea says about reaching a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelForecast {
    /// The level, 0–10.
    pub level: f64,
    /// Probability that traction is at least that by the day.
    pub chance: f64,
    /// Effort until then, in [`LevelForecast::unit`], if work goes on at the
    /// pace of the last eight weeks.
    pub more: f64,
    /// What effort is counted in.
    pub unit: EffortUnit,
}

/// The chance that an idea reaches a level of traction by a day that lies
/// ahead, from the posterior of the fit ([`Hinge::reaches`]) at the
/// effort expected until then. `None` where there is too little to judge the
/// log by, or no hours in eight weeks from which to tell a pace.
#[must_use]
pub fn level_forecast(
    idea: &Idea,
    level: f64,
    by: Date,
    rule: &StallRule,
    as_of: Date,
) -> Option<LevelForecast> {
    let traction = Traction::of(idea, rule, as_of);
    if traction.verdict == Verdict::NotEnoughEvidence || by <= as_of {
        return None;
    }
    let ahead = days::between(as_of, by) as f64;
    let unit = traction.effort.unit;
    let more = match unit {
        EffortUnit::Hours => pace(idea, as_of)? * ahead,
        EffortUnit::Weeks => ahead / 7.0,
    };
    let chance = traction.hinge()?.reaches(level, more);
    Some(LevelForecast { level, chance, more, unit })
}

/// Hours a day in the last eight weeks, or since the first entry if that is
/// less; `None` if there were none.
fn pace(idea: &Idea, as_of: Date) -> Option<f64> {
    let past = || idea.log.iter().filter(|entry| entry.date <= as_of);
    let first = past().map(|entry| entry.date).min()?.max(days::after(as_of, 1 - PACE));
    let recent = past().filter(|entry| entry.date >= first);
    let hours: f64 = recent.filter_map(|entry| entry.hours).sum();
    (hours > 0.0).then(|| hours / (days::between(first, as_of) + 1) as f64)
}

impl LevelForecast {
    /// `the log gives 62 % for traction 5 or more by then, with about 24 more
    /// hours`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { level, chance, more, unit } = self;
        let chance = numeric::percent(*chance);
        let unit = unit.id();
        format!(
            "the log gives {chance} for traction {level} or more by then, with about {more:.0} \
             more {unit}"
        )
    }
}
