//! Values of TOML as the values of this crate.

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::domain::{SettingTable, SettingValue, SettingValues};

/// The finite number that a TOML integer or float stands for.
#[must_use]
pub(crate) fn number_of(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(integer) => {
            #[expect(clippy::cast_precision_loss, reason = "scales and hours are small numbers")]
            let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64;
            number
        }
        DeValue::Float(float) => float.as_str().parse().ok()?,
        _ => return None,
    };
    // Adding zero turns a negative zero into a plain one.
    number.is_finite().then_some(number + 0.0)
}

/// A text with the line breaks of its file as plain ones. `raw` is how it is written: a
/// carriage return that stands there as an escape belongs to the text.
#[must_use]
pub(crate) fn with_plain_breaks(text: &str, raw: &str) -> String {
    let breaks = text.contains('\r') && raw.contains("\r\n");
    if breaks { text.replace("\r\n", "\n") } else { text.to_owned() }
}

/// The value of a setting, as it stands in a text.
#[must_use]
pub(crate) fn setting_of(value: &Spanned<DeValue<'_>>, text: &str) -> SettingValue {
    let raw = |span| text.get(span).unwrap_or_default();
    let written = || SettingValue::Other(raw(value.span()).to_owned());
    let text_of = |value: &Spanned<DeValue<'_>>| {
        value.get_ref().as_str().map(|text| with_plain_breaks(text, raw(value.span())))
    };
    match value.get_ref() {
        DeValue::String(_) => text_of(value).map_or_else(written, SettingValue::Text),
        DeValue::Boolean(flag) => SettingValue::Flag(*flag),
        DeValue::Array(items) if !items.is_empty() && items.iter().all(is_table) => {
            let tables = items.iter().filter_map(|item| item.get_ref().as_table());
            SettingValue::Tables(tables.map(|table| table_of(table, text)).collect())
        }
        DeValue::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(text_of).collect();
            texts.map_or_else(written, SettingValue::List)
        }
        other => number_of(other).map_or_else(written, SettingValue::Number),
    }
}

fn is_table(value: &Spanned<DeValue<'_>>) -> bool {
    value.get_ref().is_table()
}

/// The values of a table by key.
fn table_of(table: &DeTable<'_>, text: &str) -> SettingTable {
    let cells = table.iter();
    cells.map(|(key, value)| (key.get_ref().to_string(), setting_of(value, text))).collect()
}

/// All values of a file of settings by name; what stands outside of any table goes by its key.
///
/// # Errors
/// The text is not TOML.
pub(crate) fn settings_of(text: &str) -> Result<SettingValues, Vec<Error>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut values = SettingValues::new();
    for (name, value) in document.get_ref() {
        let Some(table) = value.get_ref().as_table() else {
            let value = setting_of(value, text);
            values.insert(name.get_ref().to_string(), value);
            continue;
        };
        for (key, value) in table {
            let name = format!("{}.{}", name.get_ref(), key.get_ref());
            values.insert(name, setting_of(value, text));
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_value_is_found() {
        let text = "top = 1\nweights.headroom = 3\n[risk]\nappetite = 'bold'\n[triage]\n\
                    lenses = ['a', \"b\"]\nsince = 2026-01-01\n[ui]\nwatch = false\n\
                    [score.more]\nx = 1\n";
        let values = settings_of(text).unwrap();
        let number = SettingValue::Number;
        let expected = [
            ("risk.appetite", SettingValue::Text("bold".into())),
            ("score.more", SettingValue::Other("[score.more]".into())),
            ("top", number(1.0)),
            ("triage.lenses", SettingValue::List(vec!["a".into(), "b".into()])),
            ("triage.since", SettingValue::Other("2026-01-01".into())),
            ("ui.watch", SettingValue::Flag(false)),
            ("weights.headroom", number(3.0)),
        ];
        assert_eq!(values, expected.map(|(name, value)| (name.to_owned(), value)).into());
        let inline = settings_of("weights = { headroom = 0x3, \"strategy\" = 1e-1 }").unwrap();
        assert_eq!(inline["weights.headroom"], number(3.0));
        assert_eq!(inline["weights.strategy"], number(0.1));
        assert!(settings_of("weights = {").is_err());
    }
}
