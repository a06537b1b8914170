//! A suggested portfolio: which ideas to have active at the same time, in so
//! many hours a week.
//!
//! An hour is worth the score of the idea that it goes to, every active idea
//! takes a fixed number of whole hours a week, and next-hot bets together take
//! no more than their share of the week. What is suggested is the set of
//! complete ideas with the largest sum of hours × score: the knapsack problem
//! with two limits, solved exactly by dynamic programming over whole hours.

#[cfg(test)]
mod tests;

use crate::domain::{BetKind, Criterion, Date, Idea};
use crate::judge::Score;
use crate::judge::score::TIE;

/// More hours than a week has are not planned.
const HOURS_OF_A_WEEK: u32 = 168;

/// An idea that could be active.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The idea.
    pub idea: &'a Idea,
    /// Its score.
    pub score: &'a Score,
    /// Hours a week that it takes while it is active, 1 or more.
    pub hours: u32,
    /// The day of its live promise, if it runs under one: see
    /// [`promised_until`](crate::judge::promised_until).
    pub promised: Option<Date>,
}

/// The week that is to be filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Hours a week, up to 168.
    pub hours: u32,
    /// Share of them that next-hot bets may take, 0–1.
    pub next_hot_share: f64,
}

/// Whether an idea should be active, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum Suggestion {
    /// In: it runs under a promise until then.
    Promised(Date),
    /// In: it belongs to the best use of the hours.
    Fits,
    /// Out: not rated.
    Unrated,
    /// Out: these criteria are not known.
    Incomplete(Vec<Criterion>),
    /// Out: it takes more hours than are free.
    TooLarge {
        /// Hours that it takes.
        hours: u32,
        /// Hours of the week that no promise takes.
        week: u32,
    },
    /// Out: next-hot bets have had their share.
    Share {
        /// Hours that next-hot bets may take.
        share: u32,
    },
    /// Out: the hours go to ideas that score as high or higher.
    Outscored {
        /// The lowest score that is in.
        least: f64,
    },
    /// Out: it does not fit into what the others leave.
    Room {
        /// Hours that it takes.
        hours: u32,
        /// Hours that are left.
        left: u32,
    },
}

impl Suggestion {
    /// Whether the idea should be active.
    #[must_use]
    pub const fn is_in(&self) -> bool {
        matches!(self, Self::Promised(_) | Self::Fits)
    }

    /// The reason, in a few words without a full stop.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Promised(until) => format!("promise until {}", until.strftime("%-d %b")),
            Self::Fits => "among the best that the hours allow".to_owned(),
            Self::Unrated => "not rated".to_owned(),
            Self::Incomplete(missing) => {
                let name = |criterion: &Criterion| match criterion {
                    Criterion::Strategy => "the bet",
                    other => other.id(),
                };
                let names: Vec<&str> = missing.iter().map(name).collect();
                format!("no answer on {}", names.join(", "))
            }
            Self::TooLarge { week: 0, .. } => "no hours are free".to_owned(),
            Self::TooLarge { hours, week } => format!("takes {hours} h, and {week} h are free"),
            Self::Share { share } => format!("next-hot bets have their {share} h a week"),
            Self::Outscored { least } => {
                format!("the hours go to scores from {least:.1} up")
            }
            Self::Room { hours, left } => format!("takes {hours} h, and {left} h are left"),
        }
    }
}

/// Says of each idea, in the order given, whether it should be active.
#[must_use]
pub fn suggest(candidates: &[Candidate], week: Capacity) -> Vec<Suggestion> {
    let mut is_in: Vec<bool> = candidates.iter().map(|it| it.promised.is_some()).collect();
    let limits = Limits::of(week).without(candidates.iter().filter(|it| it.promised.is_some()));
    let free = candidates.iter().enumerate().filter(|(_, it)| it.promised.is_none());
    let items: Vec<Item> = free.filter_map(|(i, it)| Item::new(i, it, limits)).collect();
    for item in fill(items, limits) {
        is_in[item] = true;
    }
    let plan = Plan::new(candidates, &is_in, limits);
    let reasons =
        candidates.iter().zip(&is_in).map(|(candidate, is_in)| plan.reason(candidate, *is_in));
    reasons.collect()
}

/// What goes into the free hours, as far as reasons need it.
struct Plan {
    limits: Limits,
    hours: u32,
    next_hot_hours: u32,
    /// The lowest score that is in, and the lowest that is not a next-hot bet.
    least: f64,
    least_of_others: f64,
}

impl Plan {
    fn new(candidates: &[Candidate], is_in: &[bool], limits: Limits) -> Self {
        let mut plan = Self {
            limits,
            hours: 0,
            next_hot_hours: 0,
            least: f64::INFINITY,
            least_of_others: f64::INFINITY,
        };
        let chosen = candidates.iter().zip(is_in).filter(|(_, is_in)| **is_in);
        for (candidate, _) in chosen.filter(|(candidate, _)| candidate.promised.is_none()) {
            let value = candidate.score.value();
            plan.hours += candidate.hours;
            plan.least = plan.least.min(value);
            if is_next_hot(candidate) {
                plan.next_hot_hours += candidate.hours;
            } else {
                plan.least_of_others = plan.least_of_others.min(value);
            }
        }
        plan
    }

    fn reason(&self, candidate: &Candidate, is_in: bool) -> Suggestion {
        let value = candidate.score.value();
        let left = self.limits.hours - self.hours;
        let share_left = self.limits.next_hot_hours - self.next_hot_hours;
        let passed_over = self.least_of_others < value - TIE || candidate.hours <= left;
        match candidate {
            Candidate { promised: Some(until), .. } => Suggestion::Promised(*until),
            _ if is_in => Suggestion::Fits,
            _ if !candidate.score.rated => Suggestion::Unrated,
            _ if !candidate.score.is_complete() => {
                Suggestion::Incomplete(candidate.score.missing().collect())
            }
            _ if candidate.hours > self.limits.hours => {
                Suggestion::TooLarge { hours: candidate.hours, week: self.limits.hours }
            }
            _ if is_next_hot(candidate) && candidate.hours > share_left && passed_over => {
                Suggestion::Share { share: self.limits.share }
            }
            _ if self.least >= value - TIE => Suggestion::Outscored { least: self.least },
            _ => Suggestion::Room { hours: candidate.hours, left },
        }
    }
}

fn is_next_hot(candidate: &Candidate) -> bool {
    candidate.idea.bet == Some(BetKind::NextHot)
}

impl Limits {
    fn of(week: Capacity) -> Self {
        let hours = week.hours.min(HOURS_OF_A_WEEK);
        // A hair more, so that 0.3 of 10 hours is 3 of them.
        let share = f64::from(hours) * week.next_hot_share.clamp(0.0, 1.0) + 1e-9;
        Self { hours, next_hot_hours: share as u32, share: share as u32 }
    }

    /// What is left beside these.
    fn without<'a>(self, taken: impl Iterator<Item = &'a Candidate<'a>>) -> Self {
        taken.fold(self, |left, candidate| {
            let of_share = if is_next_hot(candidate) { candidate.hours } else { 0 };
            let hours = left.hours.saturating_sub(candidate.hours);
            let next_hot_hours = left.next_hot_hours.saturating_sub(of_share).min(hours);
            Self { hours, next_hot_hours, ..left }
        })
    }
}

impl Item {
    /// `None` for an idea that cannot be in, whatever the others are.
    fn new(position: usize, candidate: &Candidate, limits: Limits) -> Option<Self> {
        let item = Self {
            position,
            hours: candidate.hours,
            is_next_hot: is_next_hot(candidate),
            score: candidate.score.value(),
        };
        (candidate.score.rated
            && candidate.score.is_complete()
            && item.hours <= limits.met_by(&item))
        .then_some(item)
    }
}

/// Something to put in. Worth hours × score.
#[derive(Clone, Copy, Debug)]
struct Item {
    position: usize,
    hours: u32,
    is_next_hot: bool,
    score: f64,
}

/// Hours that all may take, and that next-hot bets may take.
#[derive(Clone, Copy, Debug)]
struct Limits {
    hours: u32,
    next_hot_hours: u32,
    /// Hours that next-hot bets may take of the whole week.
    share: u32,
}

impl Limits {
    /// The limit that one item meets.
    fn met_by(self, item: &Item) -> u32 {
        if item.is_next_hot { self.next_hot_hours } else { self.hours }
    }
}

/// The positions of the items of the best set; among equals the better scores,
/// then the earlier ones.
fn fill(items: Vec<Item>, limits: Limits) -> Vec<usize> {
    let items = promising(items, limits);
    let (hours, columns) = (limits.hours as usize, limits.next_hot_hours as usize + 1);
    let mut best = vec![0.0; (hours + 1) * columns];
    let mut takes: Vec<Vec<bool>> = Vec::with_capacity(items.len());
    for item in &items {
        let (size, shift) = steps(item);
        let mut take = vec![false; best.len()];
        // Downwards, so that what is read has not had the item yet.
        for used in (size..=hours).rev() {
            for column in (shift..columns).rev() {
                let with = best[(used - size) * columns + column - shift] + worth(item);
                let cell = used * columns + column;
                if with > best[cell] + 1e-9 {
                    best[cell] = with;
                    take[cell] = true;
                }
            }
        }
        takes.push(take);
    }
    let (mut used, mut column) = (hours, columns - 1);
    let mut chosen = Vec::new();
    for (item, take) in items.iter().zip(&takes).rev() {
        if take[used * columns + column] {
            let (size, shift) = steps(item);
            (used, column) = (used - size, column - shift);
            chosen.push(item.position);
        }
    }
    chosen
}

/// Hours, and hours of the share of next-hot bets.
fn steps(item: &Item) -> (usize, usize) {
    let hours = item.hours as usize;
    (hours, if item.is_next_hot { hours } else { 0 })
}

fn worth(item: &Item) -> f64 {
    f64::from(item.hours) * item.score
}

/// What some best set is made of: of items of the same kind and size, no more
/// of the best than fit at all. The best scores first.
fn promising(mut items: Vec<Item>, limits: Limits) -> Vec<Item> {
    items.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.position.cmp(&b.position)));
    let mut seen = std::collections::HashMap::new();
    items.retain(|item| {
        let seen = seen.entry((item.is_next_hot, item.hours)).or_insert(0);
        *seen += 1;
        *seen * item.hours <= limits.met_by(item)
    });
    items
}
