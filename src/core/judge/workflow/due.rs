//! What is due: the days on which an idea asks for something, and the judgement of
//! forecasts and promises whose day has come.

use super::second_look::next_look;
use crate::domain::{
    Change, Date, Edit, Entry, EntryKind, Forecast, ForecastResult, Idea, Portfolio, Promise,
    PromiseResult, Status,
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::{Decision, Forecast, LogEntry, Promise};

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
}
