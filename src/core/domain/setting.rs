//! Settings of a workspace, as values by name. What they mean and which are valid, the
//! configuration knows.

use std::collections::BTreeMap;
use std::fmt;

use super::{EditError, GOAL_LISTS};

/// The value of a setting, as a file of settings holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// A finite number, whole or not.
    Number(f64),
    /// Text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A list of texts.
    List(Vec<String>),
    /// A list of tables: `[[goal]]`.
    Tables(Vec<SettingTable>),
    /// Anything else, as it is written; no setting accepts that.
    Other(String),
}

/// The values of a table by key.
pub type SettingTable = BTreeMap<String, SettingValue>;

/// The values that a workspace sets, by name: `weights.headroom`.
pub type SettingValues = BTreeMap<String, SettingValue>;

impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) | Self::Other(text) => f.write_str(text),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Tables(tables) => write!(f, "{} entries", tables.len()),
        }
    }
}

/// The table and the key of a setting's name.
#[must_use]
pub fn setting_path(name: &str) -> Option<(&str, &str)> {
    let is_bare = |key: &str| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    name.split_once('.').filter(|(table, key)| is_bare(table) && is_bare(key))
}

/// Sets a value by name, or clears it, and returns what stood there.
///
/// # Errors
/// The name is neither `TABLE.KEY` nor that of a list of tables, or the number is not
/// finite. Nothing has changed then.
pub(super) fn set_setting(
    values: &mut SettingValues,
    name: &str,
    value: Option<&SettingValue>,
) -> Result<Option<SettingValue>, EditError> {
    let is_finite = !matches!(value, Some(SettingValue::Number(number)) if !number.is_finite());
    let is_list = GOAL_LISTS.iter().any(|(list, _)| *list == name);
    if (setting_path(name).is_none() && !is_list) || !is_finite {
        return Err(EditError::NotASetting { name: name.to_owned() });
    }
    Ok(match value {
        Some(value) => values.insert(name.to_owned(), value.clone()),
        None => values.remove(name),
    })
}
