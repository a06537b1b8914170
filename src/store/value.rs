//! Values as TOML text: what an edit writes, and in which style.

use toml::de::DeValue;
use toml_writer::{ToTomlValue, TomlStringBuilder};

use crate::domain::{Date, SettingTable, SettingValue, Value};
use crate::toml_value::number_of;

/// A value that can be written into a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TomlValue {
    Text(String),
    Number(f64),
    Date(Date),
    Flag(bool),
    List(Vec<Self>),
    Table(Vec<(String, Self)>),
    /// Anything else, as it was written.
    Other(String),
}

impl TomlValue {
    /// A range is written as a list of its two ends.
    pub(super) fn from_value(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(list) => Self::List(list.iter().cloned().map(Self::Text).collect()),
            Value::Date(date) => Self::Date(*date),
            Value::Rating(rating) if rating.is_value() => Self::Number(rating.low()),
            Value::Rating(rating) => {
                Self::List(vec![Self::Number(rating.low()), Self::Number(rating.high())])
            }
            Value::Status(status) => Self::Text(status.id().to_owned()),
            Value::Bet(kind) => Self::Text(kind.id().to_owned()),
            Value::Outcome(outcome) => Self::Text(outcome.id().to_owned()),
        }
    }

    pub(super) fn from_setting(value: &SettingValue) -> Self {
        match value {
            SettingValue::Number(number) => Self::Number(*number),
            SettingValue::Text(text) => Self::Text(text.clone()),
            SettingValue::Flag(flag) => Self::Flag(*flag),
            SettingValue::List(list) => Self::List(list.iter().cloned().map(Self::Text).collect()),
            SettingValue::Tables(tables) => {
                let cells = |table: &SettingTable| {
                    let cells = table.iter();
                    cells.map(|(key, value)| (key.clone(), Self::from_setting(value))).collect()
                };
                Self::List(tables.iter().map(|table| Self::Table(cells(table))).collect())
            }
            SettingValue::Other(written) => Self::Other(written.clone()),
        }
    }

    /// The text of a new value, with the line ending of its file.
    pub(super) fn render(&self, eol: &str) -> String {
        match self {
            Self::Text(text) => quoted(text, eol, None),
            Self::Number(number) => render_number(*number),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Other(written) => written.clone(),
            Self::Table(cells) => {
                let cell = |(key, value): &(String, Self)| {
                    format!("{} = {}", super::print::key(key), value.render(eol))
                };
                format!("{{ {} }}", cells.iter().map(cell).collect::<Vec<_>>().join(", "))
            }
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.render(eol)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// The text that replaces `old`, in the style of `old` as far as the new value allows.
    pub(super) fn render_in_style_of(&self, old: &str, eol: &str) -> String {
        let style = Style::of(old);
        match self {
            Self::Text(text) => quoted(text, eol, style),
            Self::Date(date) if style.is_some() => quoted(&date.to_string(), eol, style),
            _ => self.render(eol),
        }
    }

    /// Whether a value in a file already says this.
    pub(super) fn equals(&self, value: &DeValue<'_>) -> bool {
        match (self, value) {
            (Self::Text(text), DeValue::String(old)) => text == old,
            (Self::Number(number), _) => number_of(value) == Some(*number),
            (Self::Date(date), _) => date_of(value) == Some(*date),
            (Self::Flag(flag), DeValue::Boolean(old)) => flag == old,
            (Self::List(items), DeValue::Array(old)) => {
                items.len() == old.len()
                    && items.iter().zip(old.iter()).all(|(item, old)| item.equals(old.get_ref()))
            }
            _ => false,
        }
    }
}

/// The day of a TOML date or date-time, or of a string that holds one.
pub(super) fn date_of(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(moment) => {
            let date = moment.date?;
            let year = i16::try_from(date.year).ok()?;
            Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
        }
        DeValue::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Large numbers need an exponent: without a point they would be integers, and
/// those of TOML end at 64 bits.
fn render_number(number: f64) -> String {
    if number.abs() < 1e15 { number.to_string() } else { format!("{number:e}") }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Basic,
    TomlValue,
    MultiLineBasic,
    MultiLineLiteral,
}

impl Style {
    fn of(old: &str) -> Option<Self> {
        if old.starts_with("\"\"\"") {
            Some(Self::MultiLineBasic)
        } else if old.starts_with("'''") {
            Some(Self::MultiLineLiteral)
        } else if old.starts_with('"') {
            Some(Self::Basic)
        } else if old.starts_with('\'') {
            Some(Self::TomlValue)
        } else {
            None
        }
    }
}

fn quoted(text: &str, eol: &str, style: Option<Style>) -> String {
    let builder = TomlStringBuilder::new(text);
    // A line break that is not the file's own can only be kept as an escape.
    if text.contains('\r') {
        return escaped(&builder.as_basic().to_toml_value());
    }
    let string = match style {
        // Literal strings hold no escapes.
        _ if text.contains(is_hidden) && text.contains('\n') => Some(builder.as_ml_basic()),
        _ if text.contains(is_hidden) => Some(builder.as_basic()),
        Some(Style::Basic) if !text.contains('\n') => Some(builder.as_basic()),
        Some(Style::TomlValue) => builder.as_literal(),
        Some(Style::MultiLineBasic) => Some(builder.as_ml_basic()),
        Some(Style::MultiLineLiteral) => builder.as_ml_literal(),
        _ => None,
    };
    let written = escaped(&string.unwrap_or_else(|| builder.as_default()).to_toml_value());
    if eol == "\n" { written } else { written.replace('\n', eol) }
}

/// A control character beyond ASCII, or one that turns the line around: `toml`
/// writes these as they are, and a terminal would obey them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A basic string with escapes for what is hidden.
fn escaped(written: &str) -> String {
    written.chars().fold(String::with_capacity(written.len()), |mut text, c| {
        match is_hidden(c) {
            true => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => text.push(c),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(old: &str, new: &str) -> String {
        TomlValue::Text(new.to_owned()).render_in_style_of(old, "\n")
    }

    #[test]
    fn the_quotes_stay_where_the_text_allows() {
        assert_eq!(like("'a'", "b\\c"), r"'b\c'");
        assert_eq!(like("'a'", "it's"), "\"it's\"");
        assert_eq!(like("\"a\"", "say \"b\""), r#""say \"b\"""#);
        assert_eq!(like("\"\"\"a\"\"\"", "b"), "\"\"\"b\"\"\"");
        assert_eq!(like("'''a'''", "b\nc"), "'''\nb\nc'''");
        assert_eq!(like("\"a\"", "b\nc"), "\"\"\"\nb\nc\"\"\"");
    }

    #[test]
    fn every_text_is_read_back() {
        for text in [
            "",
            "plain",
            "a\nb\n",
            "\n",
            "tab\t",
            "\"\"\"",
            "'''\"\"\"",
            "\\",
            "\u{1b}[31m",
            "a\r\nb",
            "\u{7f}",
            "\u{202e}עברית",
            "\u{9b}31m\n\\\u{2066}\"",
            "\\\n",
        ] {
            for old in ["1", "'a'", "\"a\"", "'''a'''", "\"\"\"a\"\"\""] {
                let written = like(old, text);
                let read = DeValue::parse(&written).unwrap_or_else(|e| panic!("{written:?}: {e}"));
                assert_eq!(read.get_ref().as_str(), Some(text), "{written:?}");
                assert!(!written.contains(is_hidden), "{written:?}");
            }
        }
    }

    #[test]
    fn every_number_is_read_back() {
        for number in [0.0, 3.5, 7.0, 1e-9, 1e15, 1e300, 123_456_789.25] {
            let written = render_number(number);
            let read = DeValue::parse(&written).unwrap();
            assert_eq!(number_of(read.get_ref()), Some(number), "{written}");
        }
        for wrong in ["nan", "inf", "-inf", "true", "'7'"] {
            assert_eq!(number_of(DeValue::parse(wrong).unwrap().get_ref()), None, "{wrong}");
        }
    }
}
