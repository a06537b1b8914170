//! The settings: one table of where each stands, what it means and what it accepts; and
//! the schemas of the files of settings (JSON Schema, draft 7), from that table and the
//! one of commands.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::{Color, FILTERS, Role, Settings, Theme, WORKSPACE_SETTINGS};
use crate::command;
use crate::domain::{Criterion, GOAL_LISTS, GoalField, GoalValue, SettingValue};
use crate::judge::{Appetite, Form};

/// One thing that can be set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The table in which it stands.
    pub table: &'static str,
    pub key: &'static str,
    /// What it is, in a line.
    pub meaning: &'static str,
    kind: SettingType,
}

/// What a setting holds, and where it is kept.
#[derive(Clone, Copy, Debug)]
enum SettingType {
    /// How much a criterion counts.
    Weight(Criterion),
    /// How much it counted before weights were adopted from duels.
    WeightBefore(Criterion),
    /// A number from 0 to `most`.
    Number {
        most: f64,
        place: fn(&mut Settings) -> &mut f64,
    },
    Positive(fn(&mut Settings) -> &mut f64),
    /// A whole number, 1 or more.
    Count(fn(&mut Settings) -> &mut usize),
    Days(fn(&mut Settings) -> &mut u32),
    Appetite,
    Form,
    Lenses,
    /// Text, if there is any.
    Text(fn(&mut Settings) -> &mut Option<String>),
    Flag(fn(&mut Settings) -> &mut bool),
    Theme,
    /// A colour over that of the theme, if there is one.
    Color(Role),
}

/// The table of keys: what may stand there is in the table of commands.
pub(super) const KEYS: &str = "keys";

/// Tables that change only how the workbench looks and is used. A fault there
/// does not stop the program.
pub(super) const UI_TABLES: [&str; 3] = [KEYS, "theme", FILTERS];

const ANY: f64 = f64::INFINITY;

/// Every setting but the weights and the colours, in the order of the files.
#[rustfmt::skip]
const TABLE: &[(&str, &str, SettingType, &str)] = &[
    ("risk", "appetite", SettingType::Appetite,
        "how small chances are read"),
    ("risk", "next_hot_share", SettingType::Number { most: 1.0, place: |s| &mut s.next_hot_share },
        "share of the effort that should go to next-hot bets"),
    ("score", "form", SettingType::Form,
        "how headroom and the bet act on the weighted sum"),
    ("score", "ceiling", SettingType::Number { most: 1.0, place: |s| &mut s.score.ceiling },
        "the ceiling at no headroom, as a share of 100"),
    ("score", "bet_ceiling", SettingType::Number { most: 1.0, place: |s| &mut s.score.bet_ceiling },
        "the ceiling of a bet that is worth nothing, as a share of 100"),
    ("score", "leak", SettingType::Number { most: 1.0, place: |s| &mut s.score.leak },
        "share of what exceeds the lower ceiling that still counts"),
    ("stall", "block_hours", SettingType::Positive(|s| &mut s.stall.block_hours),
        "the hours ahead that have to bring something; the least to judge by"),
    ("stall", "block_weeks", SettingType::Positive(|s| &mut s.stall.block_weeks),
        "the same in weeks, where no hours are logged"),
    ("stall", "least_gain", SettingType::Number { most: 10.0, place: |s| &mut s.stall.least_gain },
        "gain in traction that they should bring"),
    ("stall", "least_observations", SettingType::Count(|s| &mut s.stall.least_observations),
        "log entries with traction to judge by"),
    ("stall", "progressing", SettingType::Number { most: 1.0, place: |s| &mut s.stall.progressing },
        "up to this chance of less than the least gain: progressing"),
    ("stall", "watch", SettingType::Number { most: 1.0, place: |s| &mut s.stall.watch },
        "from this chance of less than the least gain on: watch"),
    ("stall", "stalled", SettingType::Number { most: 1.0, place: |s| &mut s.stall.stalled },
        "from this chance on, at two entries in a row: stalled"),
    ("stall", "drop", SettingType::Number { most: 10.0, place: |s| &mut s.stall.drop },
        "levels below its best from which on what is stalled is declining"),
    ("stall", "mature", SettingType::Number { most: 10.0, place: |s| &mut s.stall.mature },
        "from this recent traction on, what is flat is mature"),
    ("stall", "dormant_days", SettingType::Days(|s| &mut s.stall.dormant_days),
        "days without work after which an idea is dormant"),
    ("stall", "invested_share", SettingType::Number { most: 1.0, place: |s| &mut s.stall.invested_share },
        "share of all logged hours that makes an idea costly"),
    ("stall", "better", SettingType::Number { most: 1.0, place: |s| &mut s.stall.better },
        "from this chance on, another idea counts as better"),
    ("robust", "noise", SettingType::Number { most: 10.0, place: |s| &mut s.score.noise },
        "how far a plain number is doubted, in points; 0 takes numbers at their word"),
    ("duel", "k", SettingType::Count(|s| &mut s.pursued),
        "how many ideas you mean to pursue"),
    ("triage", "lenses", SettingType::Lenses,
        "questions that a finalist has to face"),
    ("ui", "name", SettingType::Text(|s| &mut s.name),
        "the name under which your duels are recorded"),
    ("ui", "editor", SettingType::Text(|s| &mut s.editor),
        "the editor that e opens; else $VISUAL or $EDITOR"),
    ("ui", "watch", SettingType::Flag(|s| &mut s.watch),
        "whether changes made by others show up by themselves"),
    ("ui", "mouse", SettingType::Flag(|s| &mut s.mouse),
        "whether the mouse is listened to"),
    ("ui", "clipboard", SettingType::Flag(|s| &mut s.clipboard),
        "whether Y copies ideas, through the terminal"),
    ("ui", "ascii", SettingType::Flag(|s| &mut s.ascii),
        "whether only ASCII is drawn"),
    ("theme", "name", SettingType::Theme,
        "auto fits the terminal: calm or light; or dark, high-contrast, color-blind"),
];

/// A file of settings in which nothing is set: the usual ones stand there as comments.
/// Without `is_personal` it is for a workspace that may be shared.
#[must_use]
pub fn settings_template(is_personal: bool) -> String {
    let mut text =
        "# Remove the # in front of a line to set it. prospect config --all shows every \
                    setting.\n"
            .to_owned();
    let mut table = "";
    let usual = Setting::all().into_iter().filter(Setting::is_usual);
    for setting in usual.filter(|setting| is_personal || !setting.is_personal()) {
        if setting.table != table {
            table = setting.table;
            text.push_str(&format!("\n[{table}]\n"));
        }
        let value = setting.value(&Settings::default());
        let value = value.map_or_else(|| "\"\"".to_owned(), |value| value.to_string());
        let line = format!("# {} = {value}", setting.key);
        text.push_str(&format!("{line:<28} # {}\n", setting.meaning));
    }
    text
}

impl Setting {
    /// Every setting, in the order of the files.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let weights = Criterion::ALL.map(|criterion| Self {
            table: "weights",
            key: criterion.id(),
            meaning: "how much the criterion counts; only the proportions matter",
            kind: SettingType::Weight(criterion),
        });
        let before = Criterion::ALL.map(|criterion| Self {
            table: "taste",
            key: criterion.id(),
            meaning: "the weight that was stated before any were adopted from duels",
            kind: SettingType::WeightBefore(criterion),
        });
        let rows =
            TABLE.iter().map(|&(table, key, kind, meaning)| Self { table, key, meaning, kind });
        let colors = Role::ALL.map(|role| Self {
            table: "theme",
            key: role.id(),
            meaning: role.meaning(),
            kind: SettingType::Color(role),
        });
        weights.into_iter().chain(before).chain(rows).chain(colors).collect()
    }

    /// Whether it is one of the nine that people change; the others are for those who know why.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        let table = self.table;
        table == "weights"
            || matches!(
                (table, self.key),
                ("duel", "k") | ("ui", "name" | "editor") | ("theme", "name")
            )
    }

    /// Whether it belongs to a person, and so not into a workspace that is shared.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        matches!(
            self.kind,
            SettingType::Text(_)
                | SettingType::Flag(_)
                | SettingType::Theme
                | SettingType::Color(_)
        )
    }

    /// The words that it accepts, if it is one of a few.
    pub(super) fn accepted_words(&self) -> Vec<&'static str> {
        match self.kind {
            SettingType::Appetite => Appetite::ALL.map(Appetite::id).to_vec(),
            SettingType::Form => Form::ALL.map(Form::id).to_vec(),
            SettingType::Theme => themes().into_iter().map(theme_id).collect(),
            SettingType::Color(_) => Color::NAMES.to_vec(),
            _ => Vec::new(),
        }
    }

    /// What it accepts, as JSON Schema.
    pub(super) fn schema(&self) -> Json {
        match self.kind {
            SettingType::Weight(_) | SettingType::WeightBefore(_) => {
                json!({ "type": "number", "minimum": 0 })
            }
            SettingType::Number { most, .. } => {
                json!({ "type": "number", "minimum": 0, "maximum": most })
            }
            SettingType::Positive(_) => json!({ "type": "number", "exclusiveMinimum": 0 }),
            SettingType::Count(_) | SettingType::Days(_) => {
                json!({ "type": "integer", "minimum": 1 })
            }
            SettingType::Appetite | SettingType::Form | SettingType::Theme => {
                json!({ "enum": self.accepted_words() })
            }
            SettingType::Lenses => json!({ "type": "array", "items": { "type": "string" } }),
            SettingType::Text(_) => json!({ "type": "string" }),
            SettingType::Flag(_) => json!({ "type": "boolean" }),
            SettingType::Color(_) => json!({ "anyOf": [
                { "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" },
                { "type": "integer", "minimum": 0, "maximum": 255 },
                { "enum": self.accepted_words() },
            ] }),
        }
    }

    /// What it is set to; `None` if it has no value of its own.
    #[must_use]
    pub fn value(&self, settings: &Settings) -> Option<toml::Value> {
        let mut settings = settings.clone();
        let number = |x: f64| toml::Value::Float((x * 1e6).round() / 1e6);
        let word = |word: &str| toml::Value::String(word.to_owned());
        Some(match self.kind {
            SettingType::Weight(criterion) => number(settings.score.weights[criterion.index()]),
            SettingType::WeightBefore(criterion) => {
                number(settings.weights_before?[criterion.index()])
            }
            SettingType::Number { place, .. } | SettingType::Positive(place) => {
                number(*place(&mut settings))
            }
            SettingType::Count(place) => i64::try_from(*place(&mut settings)).ok()?.into(),
            SettingType::Days(place) => i64::from(*place(&mut settings)).into(),
            SettingType::Appetite => word(settings.score.appetite.id()),
            SettingType::Form => word(settings.score.form.id()),
            SettingType::Lenses => settings.lenses.into(),
            SettingType::Text(place) => place(&mut settings).take()?.into(),
            SettingType::Flag(place) => (*place(&mut settings)).into(),
            SettingType::Theme => word(theme_id(settings.theme)),
            SettingType::Color(role) => match settings.colors.get(role)? {
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
        match self.kind {
            SettingType::Weight(criterion) => {
                to.stated_weights[criterion.index()] = number(value, ANY)?;
            }
            SettingType::WeightBefore(criterion) => {
                let weight = number(value, ANY)?;
                let defaults = Criterion::ALL.map(Criterion::default_weight);
                to.weights_before.get_or_insert(defaults)[criterion.index()] = weight;
            }
            SettingType::Number { most, place } => *place(to) = number(value, most)?,
            SettingType::Positive(place) => *place(to) = positive(value)?,
            SettingType::Count(place) => *place(to) = count(value)?,
            SettingType::Days(place) => *place(to) = count(value)?,
            SettingType::Appetite => {
                to.score.appetite = one_of(value, &Appetite::ALL, Appetite::id)?;
            }
            SettingType::Form => to.score.form = one_of(value, &Form::ALL, Form::id)?,
            SettingType::Lenses => to.lenses = texts(value)?,
            SettingType::Text(place) => *place(to) = Some(text(value)?),
            SettingType::Flag(place) => *place(to) = flag(value)?,
            SettingType::Theme => to.theme = one_of(value, &themes(), theme_id)?,
            SettingType::Color(role) => to.colors.set(role, color(value)?),
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

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.table, self.key)
    }
}

/// The schema of the user's own `config.toml`, or of the `prospect.toml` of a
/// workspace. Names that no setting has are not valid.
#[must_use]
pub fn settings_schema(is_workspace: bool) -> Json {
    let mut tables: Map<String, Json> = Map::new();
    let settings = Setting::all().into_iter();
    for setting in settings.filter(|setting| !(is_workspace && setting.is_personal())) {
        let table = tables.entry(setting.table).or_insert_with(|| closed(Map::new()));
        let mut schema = setting.schema();
        schema["description"] = json!(format!("{}.", capital(setting.meaning)));
        table["properties"][setting.key] = schema;
    }
    tables.insert(FILTERS.to_owned(), filters());
    tables.extend(GOAL_LISTS.map(|(list, fields)| (list.to_owned(), list_of(fields))));
    if !is_workspace {
        tables.insert(KEYS.to_owned(), keys());
    }
    let file = if is_workspace { WORKSPACE_SETTINGS } else { "config.toml" };
    let mut schema = closed(tables);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(format!("Settings of prospect: {file}"));
    schema
}

/// A list of tables with these keys.
fn list_of(fields: &[GoalField]) -> Json {
    let property = |field: &GoalField| {
        let mut schema = match field.value {
            GoalValue::Text => json!({ "type": "string" }),
            GoalValue::Date => json!({ "type": "string", "format": "date" }),
            GoalValue::Number => json!({ "type": "number", "minimum": 0 }),
            GoalValue::List => json!({ "type": "array", "items": { "type": "string" } }),
        };
        schema["description"] = json!(format!("{}.", capital(field.meaning)));
        (field.key.to_owned(), schema)
    };
    let mut item = closed(fields.iter().map(property).collect());
    let required = fields.iter().filter(|field| field.required).map(|field| field.key);
    item["required"] = required.collect();
    json!({ "type": "array", "items": item })
}

/// Saved searches, by names of one's own.
fn filters() -> Json {
    json!({
        "type": "object",
        "description": "Searches that are saved under names.",
        "propertyNames": { "pattern": "^[A-Za-z0-9_-]+$" },
        "additionalProperties": { "type": "string", "pattern": "\\S" },
    })
}

/// Keys for commands, by their ids.
fn keys() -> Json {
    let chord = json!({ "type": "string", "minLength": 1 });
    let properties = command::all().iter().map(|entry| {
        let schema = json!({
            "anyOf": [chord, { "type": "array", "items": chord }],
            "default": entry.keys,
            "description": format!("{}.", entry.help),
        });
        (entry.id.to_owned(), schema)
    });
    closed(properties.collect())
}

/// An object that has these entries and no others.
fn closed(properties: Map<String, Json>) -> Json {
    let mut schema = json!({ "type": "object", "properties": {}, "additionalProperties": false });
    schema["properties"] = Json::Object(properties);
    schema
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{layer, shared};

    #[test]
    fn every_table_that_is_read_stands_in_the_schema() {
        for (is_workspace, known) in [(false, Setting::all()), (true, shared())] {
            let schema = settings_schema(is_workspace);
            let mut written: Vec<&String> =
                schema["properties"].as_object().unwrap().keys().collect();
            let mut read = layer::tables(&known, is_workspace);
            written.sort();
            read.sort_unstable();
            assert_eq!(written, read);
        }
    }
}
