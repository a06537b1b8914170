//! Estimates to be looked at again: what work has taught since they were made.

use crate::domain::{
    BetInput, BetKind, Criterion, Date, Edit, Field, Idea, Portfolio, Promise, Rating, Status,
    Value,
};
use crate::judge::{PromiseState, promises};

/// Hours of work after which the estimates are looked at again. A judgement: one
/// block of the stall rule.
const HOURS: f64 = 40.0;

/// Why the estimates of an idea are to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RecheckReason {
    /// A promise was kept or missed on this day.
    PromiseResolved(Date),
    /// So many hours went in since the last time.
    Hours(f64),
}

/// The estimates of an idea that are to be looked at again, with their old
/// values.
#[derive(Clone, Debug, PartialEq)]
pub struct Recheck {
    /// The idea, by position in [`Portfolio::ideas`].
    pub position: usize,
    /// Why now.
    pub reason: RecheckReason,
    /// The chance of a next-hot bet or the edge of a hot one, if it has a bet,
    /// and headroom; each with its value before, `None` where it is unknown.
    pub estimates: Vec<(Field, Option<Rating>)>,
}

/// The ideas at work whose estimates are to be looked at again, in the order of
/// the portfolio: a promise was resolved, or 40 hours went in, since they were
/// last looked at, or since the idea was started.
#[must_use]
pub fn rechecks(portfolio: &Portfolio, as_of: Date) -> Vec<Recheck> {
    let ideas = portfolio.iter().enumerate();
    ideas.filter_map(|(position, idea)| recheck(position, idea, as_of)).collect()
}

fn recheck(position: usize, idea: &Idea, as_of: Date) -> Option<Recheck> {
    if idea.status != Status::Active {
        return None;
    }
    let since = last_look(idea, as_of);
    let is_later = |day: Date| day <= as_of && since.is_none_or(|since| day > since);
    let ended = promises(idea, as_of).into_iter().filter_map(|standing| {
        let promise = &idea.promises[standing.position];
        match standing.state {
            PromiseState::Kept => promise.resolved.or_else(|| reached_on(idea, promise)),
            PromiseState::Missed => Some(promise.resolved.unwrap_or(promise.by)),
            _ => None,
        }
    });
    let resolved = ended.filter(|day| is_later(*day)).max().map(RecheckReason::PromiseResolved);
    let later = idea.log.iter().filter(|entry| is_later(entry.date));
    let hours: f64 = later.filter_map(|entry| entry.hours).sum();
    let worked = (hours >= HOURS).then_some(RecheckReason::Hours(hours));
    Some(Recheck { position, reason: resolved.or(worked)?, estimates: estimates(idea) })
}

/// The day on which a promised level was reached.
fn reached_on(idea: &Idea, promise: &Promise) -> Option<Date> {
    let level = promise.traction?;
    let days = (promise.set, Some(promise.by));
    let in_time = idea.log.iter().filter(|it| Some(it.date) > days.0 && Some(it.date) <= days.1);
    let reaching = in_time.filter(|it| it.traction.is_some_and(|traction| traction >= level));
    reaching.map(|entry| entry.date).min()
}

/// The day on which the estimates were last looked at: as recorded, else the day
/// on which the idea was started.
fn last_look(idea: &Idea, as_of: Date) -> Option<Date> {
    let starts = idea.decisions.iter().filter(|decision| {
        decision.to == Status::Active && decision.from != Status::Active && decision.date <= as_of
    });
    idea.rechecked.filter(|day| *day <= as_of).max(starts.map(|decision| decision.date).max())
}

fn estimates(idea: &Idea) -> Vec<(Field, Option<Rating>)> {
    let of_bet = match idea.bet {
        Some(BetKind::Hot) => Some(BetInput::Edge),
        Some(BetKind::NextHot) => Some(BetInput::Chance),
        None => None,
    };
    let of_bet = of_bet.map(|input| (Field::BetInput(input), idea.bet_input(input)));
    let headroom = (Field::Rating(Criterion::Headroom), idea.rating(Criterion::Headroom));
    of_bet.into_iter().chain([headroom]).collect()
}

impl Recheck {
    /// The edit that records that the estimates were looked at on a day, whether
    /// they were kept or changed.
    #[must_use]
    pub fn looked_at(id: &str, as_of: Date) -> Edit {
        Edit::set(id, Field::Rechecked, Some(Value::Date(as_of)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Decision, LogEntry, PromiseResult};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 20);

    fn worked(hours: f64, on: Date) -> LogEntry {
        LogEntry {
            date: on,
            hours: Some(hours),
            traction: None,
            note: String::new(),
            recalled: false,
            output: None,
        }
    }

    fn at_work() -> Idea {
        let mut idea = Idea::new("a", "a");
        idea.status = Status::Active;
        idea.bet = Some(BetKind::NextHot);
        idea.bet_inputs[BetInput::Chance.index()] = Some(Rating::value(0.2));
        idea.ratings[Criterion::Headroom.index()] = Some(Rating::value(9.0));
        idea.decisions =
            vec![Decision::new(date(2026, 10, 1), Status::Inbox, Status::Active, "try")];
        idea
    }

    fn found(idea: &Idea) -> Vec<Recheck> {
        rechecks(&Portfolio::new(vec![idea.clone()], Vec::new()), TODAY)
    }

    #[test]
    fn forty_hours_ask_once_with_the_old_values() {
        let mut idea = at_work();
        idea.log = vec![worked(100.0, date(2026, 9, 1)), worked(39.0, date(2026, 10, 10))];
        assert_eq!(found(&idea), [], "hours before the start do not count");
        idea.log.push(worked(1.0, date(2026, 11, 19)));
        let due = found(&idea);
        assert_eq!(due[0].reason, RecheckReason::Hours(40.0));
        let old = [
            (Field::BetInput(BetInput::Chance), Some(Rating::value(0.2))),
            (Field::Rating(Criterion::Headroom), Some(Rating::value(9.0))),
        ];
        assert_eq!(due[0].estimates, old);
        let mut portfolio = Portfolio::new(vec![idea], Vec::new());
        portfolio.apply(&Recheck::looked_at("a", TODAY)).unwrap();
        assert_eq!(rechecks(&portfolio, TODAY), []);
    }

    #[test]
    fn a_resolved_promise_asks_and_a_void_one_does_not() {
        let mut idea = at_work();
        let resolved = |result| Promise {
            set: Some(date(2026, 10, 1)),
            by: date(2026, 11, 15),
            claim: Some("it works".into()),
            traction: None,
            chance: Some(0.5),
            result: Some(result),
            resolved: Some(date(2026, 11, 16)),
            amended: None,
        };
        idea.promises = vec![resolved(PromiseResult::Void)];
        assert_eq!(found(&idea), []);
        idea.promises = vec![resolved(PromiseResult::Missed)];
        assert_eq!(found(&idea)[0].reason, RecheckReason::PromiseResolved(date(2026, 11, 16)));
        let level = Promise {
            traction: Some(5.0),
            claim: None,
            result: None,
            resolved: None,
            ..idea.promises[0].clone()
        };
        let mut reached = Idea { promises: vec![level], ..idea.clone() };
        reached.log = vec![LogEntry { traction: Some(5.0), ..worked(1.0, date(2026, 11, 3)) }];
        assert_eq!(found(&reached)[0].reason, RecheckReason::PromiseResolved(date(2026, 11, 3)));
        reached.rechecked = Some(date(2026, 11, 3));
        assert_eq!(found(&reached), [], "asked once");
        idea.status = Status::Parked;
        assert_eq!(found(&idea), [], "only what is at work");
        idea.status = Status::Active;
        idea.bet = Some(BetKind::Hot);
        assert_eq!(found(&idea)[0].estimates[0], (Field::BetInput(BetInput::Edge), None));
        idea.bet = None;
        assert_eq!(found(&idea)[0].estimates.len(), 1);
    }
}
