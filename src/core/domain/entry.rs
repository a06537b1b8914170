//! The lists of dated entries that an idea has.

use super::{Decision, EditError, Forecast, LogEntry, Promise};

/// The lists that an idea has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// [`Idea::log`](super::Idea::log).
    Log,
    /// [`Idea::promises`](super::Idea::promises).
    Promise,
    /// [`Idea::forecasts`](super::Idea::forecasts).
    Forecast,
    /// [`Idea::decisions`](super::Idea::decisions).
    Decision,
}

impl EntryKind {
    /// All lists, in the order in which a new idea is written.
    pub const ALL: [Self; 4] = [Self::Log, Self::Promise, Self::Forecast, Self::Decision];

    /// The name of the list's table in an idea.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Promise => "promise",
            Self::Forecast => "forecast",
            Self::Decision => "decision",
        }
    }
}

/// An element of one of the lists that an idea has.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Of [`Idea::log`](super::Idea::log).
    Log(LogEntry),
    /// Of [`Idea::promises`](super::Idea::promises).
    Promise(Promise),
    /// Of [`Idea::forecasts`](super::Idea::forecasts).
    Forecast(Forecast),
    /// Of [`Idea::decisions`](super::Idea::decisions).
    Decision(Decision),
}

impl Entry {
    /// The list it belongs to.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Log(_) => EntryKind::Log,
            Self::Promise(_) => EntryKind::Promise,
            Self::Forecast(_) => EntryKind::Forecast,
            Self::Decision(_) => EntryKind::Decision,
        }
    }
}

impl Entry {
    /// Whether every number lies on its scale, and a promise or forecast says
    /// something.
    ///
    /// # Errors
    /// Names the first number that does not.
    pub fn check(&self) -> Result<(), EditError> {
        let within = |what, value: Option<f64>, max: f64, expected| match value {
            Some(x) if !(0.0..=max).contains(&x) => Err(EditError::WrongEntry { what, expected }),
            _ => Ok(()),
        };
        match self {
            Self::Log(entry) => {
                within("hours", entry.hours, f64::MAX, "a number of hours, 0 or more")?;
                within("traction", entry.traction, 10.0, "a number from 0 to 10")
            }
            Self::Promise(promise) => {
                within("traction", promise.traction, 10.0, "a number from 0 to 10")?;
                within("chance", promise.chance, 1.0, "a number from 0 to 1")?;
                if promise.claim.is_none() && promise.traction.is_none() {
                    let expected = "a claim, a level of traction, or both";
                    return Err(EditError::WrongEntry { what: "a promise", expected });
                }
                Ok(())
            }
            Self::Forecast(forecast) => {
                within("chance", Some(forecast.chance), 1.0, "a number from 0 to 1")?;
                if forecast.claim.trim().is_empty() {
                    let expected = "a claim";
                    return Err(EditError::WrongEntry { what: "a forecast", expected });
                }
                Ok(())
            }
            Self::Decision(decision) => {
                within("score", decision.score, 100.0, "a number from 0 to 100")?;
                within("log_chance", decision.log_chance, 1.0, "a number from 0 to 1")
            }
        }
    }
}
