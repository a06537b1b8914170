//! The log of an idea as traction against effort: hours where they are
//! recorded, else weeks that it was not put aside.

use crate::domain::{Date, Idea, LogEntry, Status, days};

use std::borrow::Cow;

use super::Observation;

/// What effort is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffortUnit {
    /// Hours from the log.
    Hours,
    /// Weeks since the work began, without those at rest: for an idea whose
    /// log has no hours at all.
    Weeks,
}

impl EffortUnit {
    /// The word in JSON and, with a number before it, on screen.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Weeks => "weeks",
        }
    }
}

/// What was put into an idea until some day and what there was to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Effort {
    /// What [`Effort::total`] and the observations count.
    pub unit: EffortUnit,
    /// Effort so far: hours until the last entry, weeks until today, as silence
    /// is time that went by.
    pub total: f64,
    /// Effort until the last entry.
    pub entered: f64,
    /// Hours logged; 0 where none are recorded.
    pub hours: f64,
    /// The entries with traction, by date.
    pub observations: Vec<Observation>,
    /// Days since effort was last logged, without those at rest; `None` if it
    /// never was.
    pub idle_days: Option<i64>,
    /// The hours of the last months beside those before; `None` without hours
    /// or without enough time before.
    pub pace: Option<Pace>,
}

/// Hours a week in the last months and before, without the time at rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// In the last [`Pace::RECENT_DAYS`].
    pub recent: f64,
    /// In the year before those.
    pub before: f64,
}

impl Pace {
    /// Days that count as the last months: a quarter of a year.
    pub const RECENT_DAYS: i64 = 91;

    /// Days that count as the year before.
    const DAYS_BEFORE: i64 = 365;

    /// Days at work that there must be in either span for a pace to be told.
    /// A judgement.
    const LEAST_DAYS: i64 = 28;

    fn of(log: &[&LogEntry], calendar: &Calendar, start: Date, as_of: Date) -> Option<Self> {
        let recent_start = days::after(as_of, 1 - Self::RECENT_DAYS).max(start);
        let before_start = days::after(recent_start, -Self::DAYS_BEFORE).max(start);
        let a_week = |from: Date, to: Date| {
            let days = calendar.days_at_work(from, to);
            let spent = log.iter().filter(|entry| (from..to).contains(&entry.date));
            let hours: f64 = spent.filter_map(|entry| entry.hours).sum();
            // Nothing at all adds up to a negative zero.
            (days >= Self::LEAST_DAYS).then(|| hours * 7.0 / days as f64 + 0.0)
        };
        Some(Self {
            recent: a_week(recent_start, days::after(as_of, 1))?,
            before: a_week(before_start, recent_start)?,
        })
    }
}

impl Effort {
    /// Reads the log up to and including `as_of`; later entries and decisions
    /// are ignored, and the order in the file does not matter but within a day.
    #[must_use]
    pub fn of(idea: &Idea, as_of: Date) -> Self {
        let mut log: Vec<&LogEntry> = idea.log.iter().filter(|entry| entry.date <= as_of).collect();
        log.sort_by_key(|entry| entry.date);
        let has_hours = log.iter().any(|entry| entry.hours.is_some());
        let unit = if has_hours { EffortUnit::Hours } else { EffortUnit::Weeks };
        let calendar = Calendar::of(idea, as_of);
        let start = calendar.start(&log);
        let mut total = 0.0;
        let mut observations = Vec::with_capacity(log.len());
        for entry in &log {
            match unit {
                EffortUnit::Hours => total += entry.hours.unwrap_or(0.0),
                EffortUnit::Weeks => {
                    total = calendar.days_at_work(start, entry.date) as f64 / 7.0;
                }
            }
            if let Some(traction) = entry.traction {
                let recalled = entry.recalled;
                observations.push(Observation { effort: total, traction, recalled });
            }
        }
        let shows_effort =
            |entry: &&&LogEntry| !has_hours || entry.hours.is_some_and(|hours| hours > 0.0);
        let last = log.iter().rev().find(shows_effort).map(|entry| entry.date);
        let idle_days = last.map(|last| calendar.days_at_work(last, as_of));
        let entered = total;
        let pace = if has_hours { Pace::of(&log, &calendar, start, as_of) } else { None };
        if unit == EffortUnit::Weeks && !log.is_empty() {
            total = calendar.days_at_work(start, as_of) as f64 / 7.0;
        }
        let hours = if has_hours { total } else { 0.0 };
        Self { unit, total, entered, hours, observations, idle_days, pace }
    }

    /// What a fit sees today. Where weeks count, the last level is repeated
    /// today: nothing new in the time that went by is an observation too,
    /// though no entry.
    pub(super) fn observed_today(&self) -> Cow<'_, [Observation]> {
        match self.observations.last() {
            Some(last) if self.unit == EffortUnit::Weeks && last.effort < self.total => {
                let closing = Observation { effort: self.total, ..*last };
                Cow::Owned(self.observations.iter().copied().chain([closing]).collect())
            }
            _ => Cow::Borrowed(&self.observations),
        }
    }

    /// Effort since the last observation, where that counts as no change.
    pub(super) fn silence(&self) -> f64 {
        let last = self.observations.last().map_or(self.total, |last| last.effort);
        if self.unit == EffortUnit::Weeks { self.total - last } else { 0.0 }
    }
}

/// When an idea was put aside, from its decisions: parked, abandoned or done.
struct Calendar {
    /// Spans at rest, in order, apart from each other; the end is not part.
    rests: Vec<(Date, Date)>,
    /// When it was first made active.
    activated: Option<Date>,
}

impl Calendar {
    fn of(idea: &Idea, as_of: Date) -> Self {
        let mut decisions: Vec<(Date, Status)> = idea
            .decisions
            .iter()
            .filter(|decision| decision.date <= as_of)
            .map(|decision| (decision.date, decision.to))
            .collect();
        decisions.sort_by_key(|(date, _)| *date);
        let mut rests = Vec::new();
        let mut resting = None;
        for &(date, to) in &decisions {
            let rests_now = matches!(to, Status::Parked | Status::Abandoned | Status::Done);
            match (resting, rests_now) {
                (None, true) => resting = Some(date),
                (Some(from), false) => {
                    rests.push((from, date));
                    resting = None;
                }
                _ => {}
            }
        }
        if let Some(from) = resting {
            let returned = idea.parked_until.filter(|_| idea.status == Status::Parked);
            rests.push((from, returned.unwrap_or(as_of).min(as_of).max(from)));
        }
        let activated =
            decisions.iter().find(|(_, to)| *to == Status::Active).map(|(date, _)| *date);
        Self { rests, activated }
    }

    /// When the work began: the first entry, or being made active before it.
    fn start(&self, log: &[&LogEntry]) -> Date {
        let first = log.first().map_or(Date::MAX, |entry| entry.date);
        self.activated.map_or(first, |activated| activated.min(first))
    }

    /// Days from one date to a later one that the idea was not at rest.
    fn days_at_work(&self, from: Date, to: Date) -> i64 {
        let overlap =
            |(start, end): &(Date, Date)| days::between((*start).max(from), (*end).min(to));
        days::between(from, to) - self.rests.iter().map(overlap).sum::<i64>()
    }
}
