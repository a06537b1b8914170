//! Settings with their values and where these come from.

use serde_json::{Value as Json, json};

use crate::command;
use crate::config::{LoadReport, Origin, Setting};

/// Every setting, then the saved filters, then the keys of every command.
pub(super) fn settings(report: &LoadReport) -> Json {
    let values = Setting::all().into_iter().map(|setting| {
        let value = setting.value(&report.settings);
        let value = value.and_then(|value| serde_json::to_value(value).ok());
        described(report, &setting.to_string(), value.as_ref())
    });
    let filters =
        report.settings.filters.iter().map(|(name, search)| {
            described(report, &format!("filters.{name}"), Some(&search.into()))
        });
    let keys = command::all().iter().map(|entry| {
        let keys = report.settings.keymap.written(entry.command).into();
        described(report, &format!("keys.{}", entry.id), Some(&keys))
    });
    values.chain(filters).chain(keys).collect()
}

fn described(report: &LoadReport, name: &str, value: Option<&Json>) -> Json {
    let origin = report.origin(name);
    let (file, line) = match &origin {
        Origin::File { file, line, .. } => (Some(file.display().to_string()), Some(*line)),
        Origin::BuiltIn | Origin::Option(_) => (None, None),
    };
    json!({ "name": name, "value": value, "origin": origin.id(), "file": file, "line": line })
}
