//! The settings: one table of where each stands, what it means and what it
//! accepts.

use std::fmt;

use toml::de::DeValue;

use super::Settings;
use crate::domain::Criterion;
use crate::judge::{Appetite, Form};

/// One thing that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// How much a criterion counts.
    Weight(Criterion),
    /// How long shots are weighed.
    Appetite,
    /// Share of the effort for next-hot bets.
    NextHotShare,
    /// How headroom acts.
    Form,
    /// The ceiling at no headroom.
    Ceiling,
    /// What leaks through the ceiling.
    Leak,
    /// `stall.block_hours`: block of work ahead, in hours, that has to bring something; also the least to judge by.
    BlockHours,
    /// `stall.block_weeks`: the same in weeks, where no hours are logged.
    BlockWeeks,
    /// `stall.least_gain`: gain in traction that the next block should bring.
    LeastGain,
    /// `stall.least_observations`: log entries with traction to judge by.
    LeastObservations,
    /// `stall.progressing`: up to this chance of less than the least gain, it progresses.
    Progressing,
    /// `stall.watch`: from this chance of less than the least gain on, it is watched.
    Watch,
    /// `stall.stalled`: from this chance on, at two entries in a row, it is stalled.
    Stalled,
    /// `stall.declining`: from this chance of a loss on, what is stalled is declining.
    Declining,
    /// `stall.mature`: from this recent traction on, what is flat is mature.
    Mature,
    /// `stall.dormant_days`: days without work after which an idea is dormant.
    DormantDays,
    /// `stall.invested_share`: share of all logged hours that makes an idea costly.
    InvestedShare,
    /// `stall.better`: from this chance of being better on, another idea counts as better.
    Better,
    /// How many ideas are to be pursued.
    Pursued,
    /// Questions for finalists.
    Lenses,
    /// Who answers.
    Name,
}

/// Tables whose entries belong to the workbench, not to the ranking.
pub(super) const LEFT_TO_THE_WORKBENCH: [&str; 2] = ["keys", "theme"];

impl Setting {
    /// Every setting, in the order of the files.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Criterion::ALL.map(Self::Weight).to_vec();
        all.extend([
            Self::Appetite,
            Self::NextHotShare,
            Self::Form,
            Self::Ceiling,
            Self::Leak,
            Self::BlockHours,
            Self::BlockWeeks,
            Self::LeastGain,
            Self::LeastObservations,
            Self::Progressing,
            Self::Watch,
            Self::Stalled,
            Self::Declining,
            Self::Mature,
            Self::DormantDays,
            Self::InvestedShare,
            Self::Better,
            Self::Pursued,
            Self::Lenses,
            Self::Name,
        ]);
        all
    }

    /// The table and the key.
    #[must_use]
    pub const fn path(self) -> (&'static str, &'static str) {
        match self {
            Self::Weight(criterion) => ("weights", criterion.id()),
            Self::Appetite => ("risk", "appetite"),
            Self::NextHotShare => ("risk", "next_hot_share"),
            Self::Form => ("score", "form"),
            Self::Ceiling => ("score", "ceiling"),
            Self::Leak => ("score", "leak"),
            Self::BlockHours => ("stall", "block_hours"),
            Self::BlockWeeks => ("stall", "block_weeks"),
            Self::LeastGain => ("stall", "least_gain"),
            Self::LeastObservations => ("stall", "least_observations"),
            Self::Progressing => ("stall", "progressing"),
            Self::Watch => ("stall", "watch"),
            Self::Stalled => ("stall", "stalled"),
            Self::Declining => ("stall", "declining"),
            Self::Mature => ("stall", "mature"),
            Self::DormantDays => ("stall", "dormant_days"),
            Self::InvestedShare => ("stall", "invested_share"),
            Self::Better => ("stall", "better"),
            Self::Pursued => ("duel", "k"),
            Self::Lenses => ("triage", "lenses"),
            Self::Name => ("ui", "name"),
        }
    }

    /// What it is, in a line.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Weight(_) => "how much the criterion counts; only the proportions matter",
            Self::Appetite => "how small chances are read",
            Self::NextHotShare => "share of the effort that should go to next-hot bets",
            Self::Form => "how headroom acts on the weighted sum",
            Self::Ceiling => "the ceiling at no headroom, as a share of 100",
            Self::Leak => "share of what exceeds the ceiling that still counts",
            Self::BlockHours => {
                "block of work ahead, in hours, that has to bring something; also the least to judge by"
            }
            Self::BlockWeeks => "the same in weeks, where no hours are logged",
            Self::LeastGain => "gain in traction that the next block should bring",
            Self::LeastObservations => "log entries with traction to judge by",
            Self::Progressing => "up to this chance of less than the least gain, it progresses",
            Self::Watch => "from this chance of less than the least gain on, it is watched",
            Self::Stalled => "from this chance on, at two entries in a row, it is stalled",
            Self::Declining => "from this chance of a loss on, what is stalled is declining",
            Self::Mature => "from this recent traction on, what is flat is mature",
            Self::DormantDays => "days without work after which an idea is dormant",
            Self::InvestedShare => "share of all logged hours that makes an idea costly",
            Self::Better => "from this chance of being better on, another idea counts as better",
            Self::Pursued => "how many ideas you mean to pursue",
            Self::Lenses => "questions that a finalist has to face",
            Self::Name => "the name under which your duels are recorded",
        }
    }

    /// Whether it belongs to a person, and so not into a workspace that is
    /// shared.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Name)
    }

    /// What it is set to; `None` if it has no value of its own.
    #[must_use]
    pub fn value(self, settings: &Settings) -> Option<toml::Value> {
        let number = |x: f64| toml::Value::Float((x * 1e6).round() / 1e6);
        let whole = |n: usize| i64::try_from(n).ok().map(toml::Value::Integer);
        let word = |word: &str| toml::Value::String(word.to_owned());
        Some(match self {
            Self::Weight(criterion) => number(settings.score.weights[criterion.index()]),
            Self::Appetite => word(settings.score.appetite.id()),
            Self::NextHotShare => number(settings.next_hot_share),
            Self::Form => word(settings.score.form.id()),
            Self::Ceiling => number(settings.score.ceiling),
            Self::Leak => number(settings.score.leak),
            Self::BlockHours => number(settings.stall.block_hours),
            Self::BlockWeeks => number(settings.stall.block_weeks),
            Self::LeastGain => number(settings.stall.least_gain),
            Self::LeastObservations => whole(settings.stall.least_observations)?,
            Self::Progressing => number(settings.stall.progressing),
            Self::Watch => number(settings.stall.watch),
            Self::Stalled => number(settings.stall.stalled),
            Self::Declining => number(settings.stall.declining),
            Self::Mature => number(settings.stall.mature),
            Self::DormantDays => toml::Value::Integer(settings.stall.dormant_days.into()),
            Self::InvestedShare => number(settings.stall.invested_share),
            Self::Better => number(settings.stall.better),
            Self::Pursued => whole(settings.pursued)?,
            Self::Lenses => {
                toml::Value::Array(settings.lenses.iter().map(|lens| word(lens)).collect())
            }
            Self::Name => word(settings.name.as_deref()?),
        })
    }

    /// Takes a value over into the settings.
    ///
    /// # Errors
    /// What was expected, in words. The settings are then unchanged.
    pub(super) fn read(self, value: &DeValue<'_>, to: &mut Settings) -> Result<(), String> {
        match self {
            Self::Weight(criterion) => {
                to.score.weights[criterion.index()] = number(value, f64::INFINITY)?;
            }
            Self::Appetite => to.score.appetite = one_of(value, &Appetite::ALL, Appetite::id)?,
            Self::NextHotShare => to.next_hot_share = number(value, 1.0)?,
            Self::Form => to.score.form = one_of(value, &Form::ALL, Form::id)?,
            Self::Ceiling => to.score.ceiling = number(value, 1.0)?,
            Self::Leak => to.score.leak = number(value, 1.0)?,
            Self::BlockHours => to.stall.block_hours = number(value, f64::INFINITY)?,
            Self::BlockWeeks => to.stall.block_weeks = number(value, f64::INFINITY)?,
            Self::LeastGain => to.stall.least_gain = number(value, 10.0)?,
            Self::LeastObservations => to.stall.least_observations = count(value)?,
            Self::Progressing => to.stall.progressing = number(value, 1.0)?,
            Self::Watch => to.stall.watch = number(value, 1.0)?,
            Self::Stalled => to.stall.stalled = number(value, 1.0)?,
            Self::Declining => to.stall.declining = number(value, 1.0)?,
            Self::Mature => to.stall.mature = number(value, 10.0)?,
            Self::DormantDays => {
                to.stall.dormant_days = u32::try_from(count(value)?).unwrap_or(u32::MAX);
            }
            Self::InvestedShare => to.stall.invested_share = number(value, 1.0)?,
            Self::Better => to.stall.better = number(value, 1.0)?,
            Self::Pursued => to.pursued = count(value)?,
            Self::Lenses => to.lenses = texts(value)?,
            Self::Name => to.name = Some(text(value)?),
        }
        Ok(())
    }
}

fn number(value: &DeValue<'_>, most: f64) -> Result<f64, String> {
    let number = match value {
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|whole| whole as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    };
    let usable = number.filter(|number| number.is_finite() && (0.0..=most).contains(number));
    usable.ok_or_else(|| match most {
        f64::INFINITY => "a number, 0 or more".to_owned(),
        most => format!("a number from 0 to {most}"),
    })
}

fn count(value: &DeValue<'_>) -> Result<usize, String> {
    let count = value
        .as_integer()
        .and_then(|integer| usize::from_str_radix(integer.as_str(), integer.radix()).ok());
    count.filter(|count| *count > 0).ok_or_else(|| "a whole number, 1 or more".to_owned())
}

fn text(value: &DeValue<'_>) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| "text in quotes".to_owned())
}

fn texts(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let texts = value.as_array().and_then(|array| {
        array.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
    });
    texts.ok_or_else(|| "a list of texts in quotes".to_owned())
}

fn one_of<T: Copy>(value: &DeValue<'_>, all: &[T], id: fn(T) -> &'static str) -> Result<T, String> {
    let named = |word: &str| all.iter().copied().find(|choice| id(*choice) == word);
    value.as_str().and_then(named).ok_or_else(|| {
        let words: Vec<String> = all.iter().map(|choice| format!("\"{}\"", id(*choice))).collect();
        format!("one of {}", words.join(", "))
    })
}

/// `risk.appetite`.
impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (table, key) = self.path();
        write!(f, "{table}.{key}")
    }
}
