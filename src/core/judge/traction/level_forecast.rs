//! The chance, from the log, that traction reaches a level by a day.

use crate::domain::{Date, Idea};

use super::{EffortUnit, StallRule, Traction, Verdict};
use crate::judge::{days, format};

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
/// ahead, from the posterior of the fit ([`super::Hinge::reaches`]) at the
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
        let chance = format::percent(*chance);
        let unit = unit.id();
        format!(
            "the log gives {chance} for traction {level} or more by then, with about {more:.0} \
             more {unit}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LogEntry;

    const TODAY: Date = Date::constant(2026, 6, 1);

    /// Entries a week apart, the last one today.
    fn idea(hours: Option<f64>, levels: &[f64]) -> Idea {
        let mut idea = Idea::new("a", "a");
        let ago = (0..levels.len() as i64).rev();
        idea.log.extend(ago.zip(levels).map(|(weeks, level)| LogEntry {
            date: days::after(TODAY, -7 * weeks),
            hours,
            traction: Some(*level),
            note: String::new(),
            recalled: false,
            output: None,
        }));
        idea
    }

    fn forecast(idea: &Idea, level: f64, weeks: i64) -> Option<LevelForecast> {
        let by = days::after(TODAY, 7 * weeks);
        level_forecast(idea, level, by, &StallRule::default(), TODAY)
    }

    #[test]
    fn more_time_helps_what_rises_and_hardly_what_is_flat() {
        let rising = idea(Some(8.0), &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
        let flat = idea(Some(8.0), &[2.0, 3.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0]);
        let chance = |idea, weeks| forecast(idea, 6.0, weeks).unwrap().chance;
        assert!(chance(&rising, 8) > chance(&rising, 1) + 0.2);
        assert!(chance(&rising, 8) > 0.8 && chance(&flat, 8) < 0.3);
    }

    #[test]
    fn the_pace_is_that_of_the_last_weeks() {
        let idea = idea(Some(8.0), &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
        let forecast = forecast(&idea, 6.0, 10).unwrap();
        // Eight entries of 8 h on 50 days.
        assert!((forecast.more - 70.0 * 64.0 / 50.0).abs() < 1e-9, "{forecast:?}");
        assert!(forecast.sentence().ends_with("by then, with about 90 more hours"));
    }

    #[test]
    fn without_hours_weeks_go_by() {
        let idea = idea(None, &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 6.0, 6.0]);
        let forecast = forecast(&idea, 7.0, 3).unwrap();
        assert_eq!((forecast.more, forecast.unit), (3.0, EffortUnit::Weeks));
    }

    #[test]
    fn too_little_foretells_nothing() {
        assert_eq!(forecast(&idea(Some(8.0), &[1.0, 2.0]), 6.0, 8), None);
        let mut rested = idea(Some(8.0), &[1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
        rested.log.iter_mut().for_each(|entry| entry.date = days::after(entry.date, -90));
        assert_eq!(forecast(&rested, 6.0, 8), None);
    }
}
