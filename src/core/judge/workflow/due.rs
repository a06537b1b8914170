//! Due dates: the days on which an idea asks for something, the judgement of
//! forecasts and promises whose day has come, and the estimates to be looked at again.

use super::second_look::next_look;
use crate::domain::{
    BetInput, BetKind, Change, Criterion, Date, Edit, Entry, EntryKind, Field, Forecast,
    ForecastResult, Idea, Portfolio, Promise, PromiseResult, Rating, Status, Value,
};
use crate::judge::{PromiseState, due_forecasts, promises};

/// What a day is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// A promise is judged.
    Promise,
    /// A forecast is judged.
    Forecast,
    /// A parked idea comes back.
    Parked,
    /// A dropped idea deserves a second look.
    SecondLook,
}

impl EventKind {
    /// The word for it in an identifier.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Forecast => "forecast",
            Self::Parked => "parked",
            Self::SecondLook => "second-look",
        }
    }
}

/// A day on which an idea asks for something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalendarEvent<'p> {
    /// The day.
    pub day: Date,
    /// What it is for.
    pub kind: EventKind,
    /// The idea.
    pub idea: &'p Idea,
    /// Position in the idea's list of promises or forecasts, else 0.
    pub position: usize,
    /// Number among those of its kind of this idea, from 1. A promise that was
    /// moved has the number of the one that it replaced.
    pub number: usize,
}

impl CalendarEvent<'_> {
    /// A name that stays the same while the idea is renamed and the day is moved.
    #[must_use]
    pub fn uid(&self) -> String {
        let id = self.idea.aliases.first().unwrap_or(&self.idea.id);
        format!("{}-{}.{id}@prospect", self.kind.id(), self.number)
    }
}

/// What is ahead, and what is overdue and not yet judged, by day. Entries that
/// were made after `as_of` are ignored.
#[must_use]
pub fn calendar_events(portfolio: &Portfolio, as_of: Date) -> Vec<CalendarEvent<'_>> {
    let mut events: Vec<CalendarEvent<'_>> =
        portfolio.iter().flat_map(|idea| events_of(idea, as_of)).collect();
    events.sort_by(|a, b| {
        (a.day, a.kind, &a.idea.id, a.number).cmp(&(b.day, b.kind, &b.idea.id, b.number))
    });
    events
}

fn events_of(idea: &Idea, as_of: Date) -> Vec<CalendarEvent<'_>> {
    let event = |day, kind, position, number| CalendarEvent { day, kind, idea, position, number };
    let is_made = |set: Option<Date>| set.is_none_or(|set| set <= as_of);
    let mut events = Vec::new();
    // Dropped and done ideas keep what was promised of them; it is not judged.
    let is_open = !matches!(idea.status, Status::Abandoned | Status::Done);
    let standing = idea.promises.iter().enumerate().filter(|(_, made)| made.amended.is_none());
    for (number, (position, promise)) in (1..).zip(standing) {
        if is_open && promise.result.is_none() && is_made(promise.set) {
            events.push(event(promise.by, EventKind::Promise, position, number));
        }
    }
    for (number, (position, forecast)) in (1..).zip(idea.forecasts.iter().enumerate()) {
        if forecast.result.is_none() && is_made(forecast.set) {
            events.push(event(forecast.by, EventKind::Forecast, position, number));
        }
    }
    let parked = idea.parked_until.filter(|_| idea.status == Status::Parked);
    events.extend(parked.map(|day| event(day, EventKind::Parked, 0, 1)));
    events.extend(next_look(idea, as_of).map(|day| event(day, EventKind::SecondLook, 0, 1)));
    events
}

/// A forecast or a promise that waits to be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct DueEntry {
    /// The idea to which it belongs.
    pub id: String,
    /// Its place in the idea's list.
    pub at: usize,
    /// As it was when it was asked about.
    pub entry: Entry,
}

/// What is said of a forecast or a promise whose day has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It came true.
    Yes,
    /// It did not.
    No,
    /// It cannot be judged.
    Void,
}

/// The forecasts whose day has come, then the promises that have to be judged,
/// in the order of the portfolio.
#[must_use]
pub fn due_entries(portfolio: &Portfolio, as_of: Date) -> Vec<DueEntry> {
    let due = |idea: &Idea, kind, at| {
        Some(DueEntry { id: idea.id.clone(), at, entry: idea.entry(kind, at)? })
    };
    let forecasts = due_forecasts(portfolio, as_of).into_iter().filter_map(|forecast| {
        due(portfolio.at(forecast.position)?, EntryKind::Forecast, forecast.at)
    });
    let promised = portfolio.iter().flat_map(|idea| {
        let waits = promises(idea, as_of).into_iter().filter(|standing| {
            standing.asks && matches!(standing.state, PromiseState::Due | PromiseState::Unknown)
        });
        waits.filter_map(|standing| due(idea, EntryKind::Promise, standing.position))
    });
    forecasts.chain(promised).collect()
}

impl DueEntry {
    /// Judges it on a day; the edit that records that. `None` if the entry was
    /// changed since it was asked about.
    #[must_use]
    pub fn judge(&mut self, idea: &Idea, judgement: Judgement, today: Date) -> Option<Edit> {
        if idea.entry(self.entry.kind(), self.at).as_ref() != Some(&self.entry) {
            return None;
        }
        let resolved = Some(today);
        match &mut self.entry {
            Entry::Forecast(forecast) => {
                let result = match judgement {
                    Judgement::Yes => ForecastResult::Yes,
                    Judgement::No => ForecastResult::No,
                    Judgement::Void => ForecastResult::Void,
                };
                *forecast = Forecast { result: Some(result), resolved, ..forecast.clone() };
            }
            Entry::Promise(promise) => {
                let result = match judgement {
                    Judgement::Yes => PromiseResult::Kept,
                    Judgement::No => PromiseResult::Missed,
                    Judgement::Void => PromiseResult::Void,
                };
                *promise = Promise { result: Some(result), resolved, ..promise.clone() };
            }
            Entry::Log(_) | Entry::Decision(_) => return None,
        }
        let change = Change::Replace { at: self.at, entry: self.entry.clone() };
        Some(Edit::Change { id: idea.id.clone(), change })
    }
}

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
    use jiff::civil::date;

    use super::*;
    use crate::domain::{Decision, Forecast, LogEntry, Promise, PromiseResult};

    const TODAY: Date = Date::constant(2026, 3, 1);

    fn promise(by: Date, amended: Option<Date>) -> Promise {
        Promise {
            set: None,
            by,
            claim: Some("holds".into()),
            traction: None,
            chance: None,
            result: None,
            resolved: None,
            amended,
        }
    }

    fn shown(ideas: Vec<Idea>) -> Vec<String> {
        let portfolio = Portfolio::new(ideas, Vec::new());
        let events = calendar_events(&portfolio, TODAY);
        events.iter().map(|event| format!("{} {}", event.day, event.uid())).collect()
    }

    #[test]
    fn what_is_open_stands_in_the_calendar_by_day() {
        let mut idea = Idea::new("a", "A");
        idea.promises = vec![promise(date(2026, 6, 1), None), promise(date(2026, 2, 1), None)];
        idea.promises[1].result = Some(crate::domain::PromiseResult::Kept);
        let forecast = |set, by| Forecast {
            set: Some(set),
            by,
            claim: "it runs".into(),
            chance: 0.7,
            result: None,
            resolved: None,
        };
        idea.forecasts = vec![
            forecast(date(2026, 2, 1), date(2026, 2, 8)),
            forecast(date(2026, 3, 2), date(2026, 3, 9)),
        ];
        let mut parked = Idea::new("b", "B");
        parked.status = Status::Parked;
        parked.parked_until = Some(date(2026, 4, 1));
        assert_eq!(
            shown(vec![idea, parked]),
            [
                "2026-02-08 forecast-1.a@prospect",
                "2026-04-01 parked-1.b@prospect",
                "2026-06-01 promise-1.a@prospect",
            ]
        );
    }

    #[test]
    fn a_promise_that_moves_and_an_idea_that_is_renamed_keep_their_event() {
        let mut idea = Idea::new("a", "A");
        idea.promises = vec![promise(date(2026, 4, 1), None)];
        assert_eq!(shown(vec![idea.clone()]), ["2026-04-01 promise-1.a@prospect"]);
        idea.promises =
            vec![promise(date(2026, 4, 1), Some(TODAY)), promise(date(2026, 5, 1), None)];
        idea.aliases = vec![std::mem::replace(&mut idea.id, "new".into())];
        assert_eq!(shown(vec![idea]), ["2026-05-01 promise-1.a@prospect"]);
    }

    #[test]
    fn a_dropped_idea_that_carries_hours_comes_back_for_second_looks() {
        let mut idea = Idea::new("a", "A");
        idea.status = Status::Abandoned;
        idea.promises = vec![promise(date(2026, 4, 1), None)];
        idea.log = vec![LogEntry::from_words(["3h"], date(2026, 1, 1))];
        idea.decisions =
            vec![Decision::new(date(2026, 1, 10), Status::Active, Status::Abandoned, "")];
        assert_eq!(shown(vec![idea.clone()]), ["2026-04-10 second-look-1.a@prospect"]);
        idea.revive_on = Some(date(2026, 2, 1));
        assert_eq!(shown(vec![idea.clone()]), ["2026-02-01 second-look-1.a@prospect"]);
        idea.decisions.push(Decision::new(TODAY, Status::Abandoned, Status::Abandoned, "no"));
        assert_eq!(shown(vec![idea]), ["2026-04-10 second-look-1.a@prospect"]);
    }

    const NOVEMBER: Date = date(2026, 11, 20);

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
        rechecks(&Portfolio::new(vec![idea.clone()], Vec::new()), NOVEMBER)
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
        portfolio.apply(&Recheck::looked_at("a", NOVEMBER)).unwrap();
        assert_eq!(rechecks(&portfolio, NOVEMBER), []);
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
