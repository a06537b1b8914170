//! The settings: one table of where each stands, what it means and what it
//! accepts.

use std::fmt;

use serde_json::{Value as Json, json};

use super::filters::FILTERS;
use super::{Color, Role, Settings, Theme};
use crate::domain::{Criterion, SettingValue};
use crate::judge::{Appetite, Form};

/// One thing that can be set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The table in which it stands.
    pub table: &'static str,
    /// Its key there.
    pub key: &'static str,
    /// What it is, in a line.
    pub meaning: &'static str,
    slot: Slot,
}

/// What a setting holds, and where it is kept.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// How much a criterion counts.
    Weight(Criterion),
    /// How much it counted before weights were adopted from duels.
    WeightBefore(Criterion),
    /// A number from 0 to `most`.
    Number {
        most: f64,
        place: fn(&mut Settings) -> &mut f64,
    },
    /// A number above 0.
    Positive(fn(&mut Settings) -> &mut f64),
    /// A whole number, 1 or more.
    Count(fn(&mut Settings) -> &mut usize),
    Days(fn(&mut Settings) -> &mut u32),
    Appetite,
    Form,
    Lenses,
    /// Text, if there is any.
    Text(fn(&mut Settings) -> &mut Option<String>),
    /// Yes or no.
    Flag(fn(&mut Settings) -> &mut bool),
    Theme,
    /// A colour over that of the theme, if there is one.
    Color(Role),
}

/// The table of keys: what may stand there is in the table of commands.
pub(super) const KEYS: &str = "keys";

/// Tables that change only how the workbench looks and is used. A fault there
/// stops nobody.
pub(super) const LOOKS: [&str; 3] = [KEYS, "theme", FILTERS];

const ANY: f64 = f64::INFINITY;

/// Every setting but the weights and the colours, in the order of the files.
#[rustfmt::skip]
const TABLE: &[(&str, &str, Slot, &str)] = &[
    ("risk", "appetite", Slot::Appetite,
        "how small chances are read"),
    ("risk", "next_hot_share", Slot::Number { most: 1.0, place: |s| &mut s.next_hot_share },
        "share of the effort that should go to next-hot bets"),
    ("score", "form", Slot::Form,
        "how headroom acts on the weighted sum"),
    ("score", "ceiling", Slot::Number { most: 1.0, place: |s| &mut s.score.ceiling },
        "the ceiling at no headroom, as a share of 100"),
    ("score", "leak", Slot::Number { most: 1.0, place: |s| &mut s.score.leak },
        "share of what exceeds the ceiling that still counts"),
    ("stall", "block_hours", Slot::Positive(|s| &mut s.stall.block_hours),
        "the hours ahead that have to bring something; the least to judge by"),
    ("stall", "block_weeks", Slot::Positive(|s| &mut s.stall.block_weeks),
        "the same in weeks, where no hours are logged"),
    ("stall", "least_gain", Slot::Number { most: 10.0, place: |s| &mut s.stall.least_gain },
        "gain in traction that they should bring"),
    ("stall", "least_observations", Slot::Count(|s| &mut s.stall.least_observations),
        "log entries with traction to judge by"),
    ("stall", "progressing", Slot::Number { most: 1.0, place: |s| &mut s.stall.progressing },
        "up to this chance of less than the least gain: progressing"),
    ("stall", "watch", Slot::Number { most: 1.0, place: |s| &mut s.stall.watch },
        "from this chance of less than the least gain on: watch"),
    ("stall", "stalled", Slot::Number { most: 1.0, place: |s| &mut s.stall.stalled },
        "from this chance on, at two entries in a row: stalled"),
    ("stall", "declining", Slot::Number { most: 1.0, place: |s| &mut s.stall.declining },
        "from this chance of a loss on, what is stalled is declining"),
    ("stall", "mature", Slot::Number { most: 10.0, place: |s| &mut s.stall.mature },
        "from this recent traction on, what is flat is mature"),
    ("stall", "dormant_days", Slot::Days(|s| &mut s.stall.dormant_days),
        "days without work after which an idea is dormant"),
    ("stall", "invested_share", Slot::Number { most: 1.0, place: |s| &mut s.stall.invested_share },
        "share of all logged hours that makes an idea costly"),
    ("stall", "better", Slot::Number { most: 1.0, place: |s| &mut s.stall.better },
        "from this chance on, another idea counts as better"),
    ("duel", "k", Slot::Count(|s| &mut s.pursued),
        "how many ideas you mean to pursue"),
    ("triage", "lenses", Slot::Lenses,
        "questions that a finalist has to face"),
    ("ui", "name", Slot::Text(|s| &mut s.name),
        "the name under which your duels are recorded"),
    ("ui", "editor", Slot::Text(|s| &mut s.editor),
        "the editor that e opens; else $VISUAL or $EDITOR"),
    ("ui", "watch", Slot::Flag(|s| &mut s.watch),
        "whether changes made by others show up by themselves"),
    ("ui", "mouse", Slot::Flag(|s| &mut s.mouse),
        "whether the mouse is listened to"),
    ("ui", "clipboard", Slot::Flag(|s| &mut s.clipboard),
        "whether Y copies ideas, through the terminal"),
    ("ui", "ascii", Slot::Flag(|s| &mut s.ascii),
        "whether only ASCII is drawn"),
    ("theme", "name", Slot::Theme,
        "auto fits the terminal: calm or light; or dark, high-contrast, color-blind"),
];

impl Setting {
    /// Every setting, in the order of the files.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let weights = Criterion::ALL.map(|criterion| Self {
            table: "weights",
            key: criterion.id(),
            meaning: "how much the criterion counts; only the proportions matter",
            slot: Slot::Weight(criterion),
        });
        let before = Criterion::ALL.map(|criterion| Self {
            table: "taste",
            key: criterion.id(),
            meaning: "the weight that was stated before any were adopted from duels",
            slot: Slot::WeightBefore(criterion),
        });
        let rows =
            TABLE.iter().map(|&(table, key, slot, meaning)| Self { table, key, meaning, slot });
        let colors = Role::ALL.map(|role| Self {
            table: "theme",
            key: role.id(),
            meaning: role.meaning(),
            slot: Slot::Color(role),
        });
        weights.into_iter().chain(before).chain(rows).chain(colors).collect()
    }

    /// Whether it belongs to a person, and so not into a workspace that is
    /// shared.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        matches!(self.slot, Slot::Text(_) | Slot::Flag(_) | Slot::Theme | Slot::Color(_))
    }

    /// The words that it accepts, if it is one of a few.
    pub(super) fn words(&self) -> Vec<&'static str> {
        match self.slot {
            Slot::Appetite => Appetite::ALL.map(Appetite::id).to_vec(),
            Slot::Form => Form::ALL.map(Form::id).to_vec(),
            Slot::Theme => themes().into_iter().map(theme_id).collect(),
            Slot::Color(_) => Color::NAMES.to_vec(),
            _ => Vec::new(),
        }
    }

    /// What it accepts, as JSON Schema.
    pub(super) fn schema(&self) -> Json {
        match self.slot {
            Slot::Weight(_) | Slot::WeightBefore(_) => json!({ "type": "number", "minimum": 0 }),
            Slot::Number { most, .. } => json!({ "type": "number", "minimum": 0, "maximum": most }),
            Slot::Positive(_) => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Slot::Count(_) | Slot::Days(_) => json!({ "type": "integer", "minimum": 1 }),
            Slot::Appetite | Slot::Form | Slot::Theme => json!({ "enum": self.words() }),
            Slot::Lenses => json!({ "type": "array", "items": { "type": "string" } }),
            Slot::Text(_) => json!({ "type": "string" }),
            Slot::Flag(_) => json!({ "type": "boolean" }),
            Slot::Color(_) => json!({ "anyOf": [
                { "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" },
                { "type": "integer", "minimum": 0, "maximum": 255 },
                { "enum": self.words() },
            ] }),
        }
    }

    /// What it is set to; `None` if it has no value of its own.
    #[must_use]
    pub fn value(&self, settings: &Settings) -> Option<toml::Value> {
        let mut settings = settings.clone();
        let number = |x: f64| toml::Value::Float((x * 1e6).round() / 1e6);
        let word = |word: &str| toml::Value::String(word.to_owned());
        Some(match self.slot {
            Slot::Weight(criterion) => number(settings.score.weights[criterion.index()]),
            Slot::WeightBefore(criterion) => number(settings.weights_before?[criterion.index()]),
            Slot::Number { place, .. } | Slot::Positive(place) => number(*place(&mut settings)),
            Slot::Count(place) => i64::try_from(*place(&mut settings)).ok()?.into(),
            Slot::Days(place) => i64::from(*place(&mut settings)).into(),
            Slot::Appetite => word(settings.score.appetite.id()),
            Slot::Form => word(settings.score.form.id()),
            Slot::Lenses => settings.lenses.into(),
            Slot::Text(place) => place(&mut settings).take()?.into(),
            Slot::Flag(place) => (*place(&mut settings)).into(),
            Slot::Theme => word(theme_id(settings.theme)),
            Slot::Color(role) => match settings.colors.get(role)? {
                Color::Indexed(number) if number > 15 => i64::from(number).into(),
                color => color.to_string().into(),
            },
        })
    }

    /// What it takes, in words: the same that a wrong value is answered with.
    #[must_use]
    pub fn expected(&self) -> String {
        let wrong = [SettingValue::Flag(true), SettingValue::Text(String::new())];
        let refused = |value| self.read(value, &mut Settings::default()).err();
        wrong.iter().find_map(refused).unwrap_or_default()
    }

    /// Takes a value over into the settings.
    ///
    /// # Errors
    /// What was expected, in words. The settings are then unchanged.
    pub(super) fn read(&self, value: &SettingValue, to: &mut Settings) -> Result<(), String> {
        match self.slot {
            Slot::Weight(criterion) => to.stated_weights[criterion.index()] = number(value, ANY)?,
            Slot::WeightBefore(criterion) => {
                let weight = number(value, ANY)?;
                let defaults = Criterion::ALL.map(Criterion::default_weight);
                to.weights_before.get_or_insert(defaults)[criterion.index()] = weight;
            }
            Slot::Number { most, place } => *place(to) = number(value, most)?,
            Slot::Positive(place) => *place(to) = positive(value)?,
            Slot::Count(place) => *place(to) = count(value)?,
            Slot::Days(place) => *place(to) = count(value)?,
            Slot::Appetite => to.score.appetite = one_of(value, &Appetite::ALL, Appetite::id)?,
            Slot::Form => to.score.form = one_of(value, &Form::ALL, Form::id)?,
            Slot::Lenses => to.lenses = texts(value)?,
            Slot::Text(place) => *place(to) = Some(text(value)?),
            Slot::Flag(place) => *place(to) = flag(value)?,
            Slot::Theme => to.theme = one_of(value, &themes(), theme_id)?,
            Slot::Color(role) => to.colors.set(role, color(value)?),
        }
        Ok(())
    }
}

/// The themes, and `None` for asking the terminal.
fn themes() -> Vec<Option<Theme>> {
    Theme::ALL.into_iter().map(Some).chain([None]).collect()
}

fn theme_id(theme: Option<Theme>) -> &'static str {
    theme.map_or(Theme::ASK, Theme::id)
}

fn color(value: &SettingValue) -> Result<Color, String> {
    let color = match value {
        SettingValue::Text(name) => Color::from_name(name),
        SettingValue::Number(number) if number.fract() == 0.0 && (0.0..=255.0).contains(number) => {
            Some(Color::Indexed(*number as u8))
        }
        _ => None,
    };
    color.ok_or_else(|| Color::EXPECTED.to_owned())
}

fn number(value: &SettingValue, most: f64) -> Result<f64, String> {
    match value {
        SettingValue::Number(number) if (0.0..=most).contains(number) => Ok(*number),
        _ if most == ANY => Err("a number, 0 or more".to_owned()),
        _ => Err(format!("a number from 0 to {most}")),
    }
}

fn positive(value: &SettingValue) -> Result<f64, String> {
    let positive = number(value, ANY).ok().filter(|number| *number > 0.0);
    positive.ok_or_else(|| "a number above 0".to_owned())
}

fn count<T: TryFrom<u32>>(value: &SettingValue) -> Result<T, String> {
    let whole = number(value, f64::from(u32::MAX)).ok().filter(|number| number.fract() == 0.0);
    let count = whole.filter(|whole| *whole > 0.0).and_then(|whole| T::try_from(whole as u32).ok());
    count.ok_or_else(|| "a whole number, 1 or more".to_owned())
}

fn flag(value: &SettingValue) -> Result<bool, String> {
    match value {
        SettingValue::Flag(flag) => Ok(*flag),
        _ => Err("true or false".to_owned()),
    }
}

fn text(value: &SettingValue) -> Result<String, String> {
    match value {
        SettingValue::Text(text) => Ok(text.clone()),
        _ => Err("text in quotes".to_owned()),
    }
}

fn texts(value: &SettingValue) -> Result<Vec<String>, String> {
    match value {
        SettingValue::List(list) => Ok(list.clone()),
        _ => Err("a list of texts in quotes".to_owned()),
    }
}

fn one_of<T: Copy>(
    value: &SettingValue,
    all: &[T],
    id: fn(T) -> &'static str,
) -> Result<T, String> {
    let word = text(value).ok();
    let named = |word: String| all.iter().copied().find(|choice| id(*choice) == word);
    word.and_then(named).ok_or_else(|| {
        let words: Vec<String> = all.iter().map(|choice| format!("\"{}\"", id(*choice))).collect();
        format!("one of {}", words.join(", "))
    })
}

/// `risk.appetite`.
impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.table, self.key)
    }
}
