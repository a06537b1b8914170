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
        let word = |word: &str| toml::Value::String(word.to_owned());
        Some(match self {
            Self::Weight(criterion) => number(settings.score.weights[criterion.index()]),
            Self::Appetite => word(settings.score.appetite.id()),
            Self::NextHotShare => number(settings.next_hot_share),
            Self::Form => word(settings.score.form.id()),
            Self::Ceiling => number(settings.score.ceiling),
            Self::Leak => number(settings.score.leak),
            Self::Pursued => toml::Value::Integer(i64::try_from(settings.pursued).ok()?),
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
