//! Single values, with a message that says what was expected and what was
//! found.

use std::fmt::Display;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::Reader;
use crate::domain::{BetKind, Field, Outcome, Rating, SettingValue, Status, Value, ValueKind};
use crate::store::diagnostic::{Diagnostic, nearest};
use crate::store::value::date_of;
use crate::toml_value::{self, number_of};

pub(super) type Cell<'c, 't> = (&'c Spanned<DeString<'t>>, &'c Spanned<DeValue<'t>>);

/// The value of a field, written as in a file.
pub(crate) fn field_value(field: Field, text: &str) -> Option<Value> {
    let line = format!("value = {text}");
    let table = DeTable::parse(&line).ok()?;
    let mut reader = Reader { text: &line, offset: 0, diagnostics: Vec::new() };
    let cell = table.get_ref().get_key_value("value")?;
    reader.value(field.kind(), cell)
}

/// The value of a setting, written as in a file.
pub(crate) fn setting_value(text: &str) -> SettingValue {
    match DeValue::parse(text) {
        Ok(value) => toml_value::setting_of(&value, text),
        Err(_) => SettingValue::Other(text.to_owned()),
    }
}

impl Reader<'_> {
    /// The value of a key; what is wrong with it becomes a diagnostic.
    pub(super) fn value(&mut self, kind: ValueKind, cell: Cell<'_, '_>) -> Option<Value> {
        let value = cell.1;
        let read = match kind {
            ValueKind::Text => self.text_of(value).map(Value::Text),
            ValueKind::List => self.list_of(value).map(Value::List),
            ValueKind::Date => date_of(value.get_ref()).map(Value::Date),
            ValueKind::Rating { max } => {
                rating_of(value.get_ref()).filter(|rating| rating.fits(max)).map(Value::Rating)
            }
            ValueKind::Status => word(value, Status::from_id).map(Value::Status),
            ValueKind::Bet => word(value, BetKind::from_id).map(Value::Bet),
            ValueKind::Outcome => word(value, Outcome::from_id).map(Value::Outcome),
        };
        if read.is_none() {
            self.wrong(cell, fault_code(kind, value.get_ref()), &kind, &words(kind));
        }
        read
    }

    /// Reports a value that is not what it must be.
    pub(super) fn wrong(
        &mut self,
        (key, value): Cell<'_, '_>,
        code: &'static str,
        expected: &dyn Display,
        words: &[&str],
    ) {
        let found = self.raw(value).lines().next().unwrap_or_default();
        let found: String = found.chars().take(40).collect();
        let message = format!("{} must be {expected}; found {found}", key.get_ref());
        let mut diagnostic = Diagnostic::error(self.span(value), code, message);
        let typed = value.get_ref().as_str();
        if let Some(word) = typed.and_then(|typed| nearest(typed, words.iter().copied())) {
            diagnostic = diagnostic.hint(format!("did you mean \"{word}\"?"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Line breaks inside a multi-line string are those of the file; in an
    /// idea they are always `\n`.
    pub(super) fn text_of(&self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        toml_value::text_of(value.get_ref(), self.raw(value))
    }

    fn list_of(&self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        value.get_ref().as_array()?.iter().map(|item| self.text_of(item)).collect()
    }
}

fn word<T>(value: &Spanned<DeValue<'_>>, from_id: impl Fn(&str) -> Option<T>) -> Option<T> {
    value.get_ref().as_str().and_then(from_id)
}

fn rating_of(value: &DeValue<'_>) -> Option<Rating> {
    let DeValue::Array(ends) = value else { return number_of(value).map(Rating::value) };
    match &ends[..] {
        [low, high] => Rating::range(number_of(low.get_ref())?, number_of(high.get_ref())?),
        _ => None,
    }
}

/// Whether the value is of the right type but not one of those that may stand
/// there.
fn fault_code(kind: ValueKind, value: &DeValue<'_>) -> &'static str {
    match (kind, value) {
        (ValueKind::Rating { .. }, DeValue::Integer(_) | DeValue::Float(_)) => "out-of-range",
        (ValueKind::Rating { .. }, DeValue::Array(ends)) => match &ends[..] {
            [low, high] => match (number_of(low.get_ref()), number_of(high.get_ref())) {
                (Some(low), Some(high)) if low > high => "low-above-high",
                (Some(_), Some(_)) => "out-of-range",
                _ => "wrong-type",
            },
            _ => "wrong-type",
        },
        (ValueKind::Date, DeValue::String(_) | DeValue::Datetime(_)) => "wrong-date",
        (ValueKind::Status | ValueKind::Bet | ValueKind::Outcome, DeValue::String(_)) => {
            "unknown-word"
        }
        _ => "wrong-type",
    }
}

fn words(kind: ValueKind) -> Vec<&'static str> {
    match kind {
        ValueKind::Status => Status::ALL.iter().map(|status| status.id()).collect(),
        ValueKind::Bet => BetKind::ALL.iter().map(|kind| kind.id()).collect(),
        ValueKind::Outcome => Outcome::ALL.iter().map(|outcome| outcome.id()).collect(),
        _ => Vec::new(),
    }
}
