//! Searches that were saved under names: a table in which any name may stand.

use crate::did_you_mean::did_you_mean;
use crate::domain::setting_path;
use crate::find::FilterError;

pub(super) const FILTERS: &str = "filters";

/// What a filter can be called.
pub(super) const NAME: &str = "a name is made of letters from a to z, digits, - and _";

/// The name of the setting that holds the filter of this name.
///
/// # Errors
/// A filter cannot be called that; says what it can be called.
pub fn filter_setting(name: &str) -> Result<String, &'static str> {
    let setting = format!("{FILTERS}.{name}");
    let is_plain = setting_path(&setting).is_some();
    if is_plain { Ok(setting) } else { Err(NAME) }
}

/// The name of the filter that a setting holds, if it holds one.
pub(super) fn name_in(setting: &str) -> Option<&str> {
    setting_path(setting).filter(|(table, _)| *table == FILTERS).map(|(_, name)| name)
}

/// What is wrong with a filter, and what may have been meant, in a line.
#[must_use]
pub fn describe_filter_error(fault: &FilterError) -> String {
    match filter_hint(fault) {
        hint if hint.is_empty() => fault.message.clone(),
        hint => format!("{}; {hint}", fault.message),
    }
}

/// What may have been meant by a filter that cannot be read; empty where
/// nothing is close enough.
#[must_use]
pub(super) fn filter_hint(fault: &FilterError) -> String {
    match did_you_mean(&fault.word, fault.known.iter().copied()) {
        hint if hint.is_empty() && !fault.known.is_empty() => {
            format!("there are {}", fault.known.join(", "))
        }
        hint => hint,
    }
}
