//! The lists of dated entries that an idea has, and the keys of an entry in one table
//! that reading and the schema of the files share.

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

/// What a key of an entry holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EntryValue {
    /// A day.
    Date,
    /// A number from 0 to `max`, which may be infinite.
    Number {
        /// Upper end of the scale.
        max: f64,
    },
    /// A string.
    Text,
    /// Yes or no.
    Flag,
    /// A [`Status`](super::Status).
    Status,
    /// A [`PromiseResult`](super::PromiseResult).
    Result,
    /// A [`CleanSlate`](super::CleanSlate).
    CleanSlate,
    /// A [`ForecastResult`](super::ForecastResult).
    ForecastResult,
}

/// One key of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntryField {
    /// The key in the file.
    pub key: &'static str,
    /// What it holds.
    pub value: EntryValue,
    /// Whether an entry cannot be without it.
    pub is_required: bool,
    /// What it is, in a line.
    pub meaning: &'static str,
}

const fn needed(key: &'static str, value: EntryValue, meaning: &'static str) -> EntryField {
    EntryField { key, value, is_required: true, meaning }
}

const fn free(key: &'static str, value: EntryValue, meaning: &'static str) -> EntryField {
    EntryField { key, value, is_required: false, meaning }
}

/// Hours of one entry: more than ten years of work. Sums of it stay finite.
const MAX_HOURS: f64 = 100_000.0;

const TEN: EntryValue = EntryValue::Number { max: 10.0 };

const LOG: &[EntryField] = &[
    needed("date", EntryValue::Date, "The day"),
    free("hours", EntryValue::Number { max: MAX_HOURS }, "Hours worked since the entry before"),
    free("traction", TEN, "What could you show a sceptic on that day? 0 to 10"),
    free("note", EntryValue::Text, "A note"),
    free("recalled", EntryValue::Flag, "Filled in later, from memory"),
    free(
        "output",
        EntryValue::Text,
        "What left the house, its kind first: \"talk: group seminar\"",
    ),
];

const PROMISE: &[EntryField] = &[
    free("set", EntryValue::Date, "When it was made"),
    needed("by", EntryValue::Date, "The day on which it is judged"),
    free("claim", EntryValue::Text, "What will hold by then, judged yes or no"),
    free("traction", TEN, "The level of traction that the log will show by then"),
    free(
        "chance",
        EntryValue::Number { max: 1.0 },
        "Your own forecast that it will be kept, 0 to 1",
    ),
    free("result", EntryValue::Result, "How it ended"),
    free("resolved", EntryValue::Date, "When it ended"),
    free("amended", EntryValue::Date, "When a later promise took its place"),
];

const FORECAST: &[EntryField] = &[
    free("set", EntryValue::Date, "When it was made"),
    needed("by", EntryValue::Date, "The day on which it is judged"),
    needed("claim", EntryValue::Text, "What will hold by then, judged yes or no"),
    needed("chance", EntryValue::Number { max: 1.0 }, "How likely you think it is, 0 to 1"),
    free("result", EntryValue::ForecastResult, "How it ended"),
    free("resolved", EntryValue::Date, "When it ended"),
];

const DECISION: &[EntryField] = &[
    needed("date", EntryValue::Date, "The day"),
    needed("from", EntryValue::Status, "The status before"),
    needed("to", EntryValue::Status, "The status after; the same after a second look"),
    free("why", EntryValue::Text, "The reason"),
    free("cause", EntryValue::Text, "Why it was dropped, in a word or a few"),
    free("taken_by", EntryValue::Text, "Who has it: a paper, a group, an address"),
    free("lesson", EntryValue::Text, "What was learned"),
    free("score", EntryValue::Number { max: 100.0 }, "The score on that day, 0 to 100"),
    free("clean_slate", EntryValue::CleanSlate, "Would you start it today?"),
    free(
        "log_chance",
        EntryValue::Number { max: 1.0 },
        "What the log foretold for the promise that was made, 0 to 1",
    ),
];

impl EntryKind {
    /// The keys of its entries, in the order in which a new one is written.
    #[must_use]
    pub const fn fields(self) -> &'static [EntryField] {
        match self {
            Self::Log => LOG,
            Self::Promise => PROMISE,
            Self::Forecast => FORECAST,
            Self::Decision => DECISION,
        }
    }

    /// What its entries are, in a line.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Log => "What was done on a day and what there was to show",
            Self::Promise => "By a day a claim holds, or traction has reached a level",
            Self::Forecast => "A claim about your own work with a chance and a day, for practice",
            Self::Decision => "A change of status with its reason",
        }
    }
}
