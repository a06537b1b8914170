//! Forecasts and promises whose day has come, and their judgement.

use crate::domain::{
    Change, Date, Edit, Entry, EntryKind, Forecast, ForecastResult, Idea, Portfolio, Promise,
    PromiseResult,
};
use crate::judge::{PromiseState, due_forecasts, promises};

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
