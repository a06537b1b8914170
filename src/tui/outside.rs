//! What somebody else has changed.

use std::collections::HashMap;

use crate::config::WORKSPACE_SETTINGS;
use crate::domain::{Edit, Idea, Portfolio, SettingValues};

/// An idea, or the settings, that somebody else has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OutsideChange {
    /// Its title, as it is now; the name of the file of settings.
    pub title: String,
    /// What is new about it, in lines.
    pub what: Vec<String>,
}

/// What is different about the ideas, in their order; what is gone comes after
/// them, and the settings last.
#[must_use]
pub(super) fn changes(before: &Portfolio, after: &Portfolio) -> Vec<OutsideChange> {
    let change = |idea: &Idea, what| OutsideChange { title: idea.title.clone(), what };
    let mut known: HashMap<&str, &Idea> =
        before.ideas().iter().map(|idea| (idea.id.as_str(), idea)).collect();
    let mut changes = Vec::new();
    for idea in after.ideas() {
        match known.remove(idea.id.as_str()) {
            None => changes.push(change(idea, vec!["new".to_owned()])),
            Some(old) if old != idea => changes.push(change(idea, differences(old, idea))),
            Some(_) => {}
        }
    }
    let gone = before.ideas().iter().filter(|idea| known.contains_key(idea.id.as_str()));
    changes.extend(gone.map(|idea| change(idea, vec!["gone".to_owned()])));
    let what = settings_differences(before.settings(), after.settings());
    if !what.is_empty() {
        changes.push(OutsideChange { title: WORKSPACE_SETTINGS.to_owned(), what });
    }
    changes
}

/// What is different about the settings: each with its value before and now.
fn settings_differences(before: &SettingValues, after: &SettingValues) -> Vec<String> {
    let said = |values: &SettingValues, name: &str| {
        values.get(name).map_or_else(|| "nothing".to_owned(), ToString::to_string)
    };
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let names = after.keys().filter(|name| before.get(*name) != after.get(*name)).chain(gone);
    names.map(|name| format!("{name}: {} → {}", said(before, name), said(after, name))).collect()
}

/// What is different about an idea: each field with its value before and now.
fn differences(before: &Idea, after: &Idea) -> Vec<String> {
    let Some(edit) = Edit::between(before, after) else { return vec!["changed".to_owned()] };
    let said = |value: Option<crate::domain::Value>| {
        value.map_or_else(|| "nothing".to_owned(), |value| value.to_string().replace('\n', " "))
    };
    edit.steps()
        .into_iter()
        .map(|step| match step {
            Edit::Change { change: crate::domain::Change::Set { field, value }, .. } => {
                format!("{field}: {} → {}", said(before.get(*field)), said(value.clone()))
            }
            step => step.describe(),
        })
        .collect()
}

/// A number of changed ideas, and the settings, in words.
#[must_use]
pub(super) fn count(changes: &[OutsideChange]) -> String {
    match changes {
        [one] => format!("\"{}\" changed outside", one.title),
        many if many.iter().any(|change| change.title == WORKSPACE_SETTINGS) => {
            format!("{} ideas and the settings changed outside", many.len() - 1)
        }
        many => format!("{} ideas changed outside", many.len()),
    }
}
