//! External changes to the files, described for the user.

use std::collections::HashMap;

use crate::config::WORKSPACE_SETTINGS;
use crate::domain::{Edit, Idea, Portfolio, SettingValues};
use crate::text;

/// An externally changed idea, or the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalChange {
    /// Its title, as it is now; the name of the file of settings.
    pub title: String,
    /// What is new about it, in lines; none where it was not looked at.
    pub what: Vec<String>,
}

/// Differences are described for so many ideas; more would not be read.
const COMPARED: usize = 300;

/// What is different about the ideas, in their order; what is gone comes after
/// them, and the settings last. Only ideas that may have been touched are looked
/// at, if that is known.
pub(crate) fn changes(
    before: &Portfolio,
    after: &Portfolio,
    touched: Option<&[String]>,
) -> Vec<ExternalChange> {
    let mut changes = match touched {
        Some(touched) => changes_of(before, after, touched),
        None => all_changes(before, after),
    };
    let what = settings_differences(before.settings(), after.settings());
    if !what.is_empty() {
        changes.push(ExternalChange { title: WORKSPACE_SETTINGS.to_owned(), what });
    }
    changes
}

fn change(idea: &Idea, what: Vec<String>) -> ExternalChange {
    ExternalChange { title: idea.title.clone(), what }
}

fn changes_of(before: &Portfolio, after: &Portfolio, touched: &[String]) -> Vec<ExternalChange> {
    let mut places: Vec<(usize, &str)> =
        touched.iter().map(|id| (after.position(id).unwrap_or(usize::MAX), id.as_str())).collect();
    places.sort_unstable();
    places.dedup();
    let compare = |(nth, (position, id)): (usize, (usize, &str))| match (
        before.get(id),
        after.at(position),
    ) {
        (None, Some(new)) => Some(change(new, vec!["new".to_owned()])),
        (Some(old), None) => Some(change(old, vec!["gone".to_owned()])),
        (Some(_), Some(new)) if nth >= COMPARED => Some(change(new, Vec::new())),
        (Some(old), Some(new)) if old != new => Some(change(new, differences(old, new))),
        _ => None,
    };
    places.into_iter().enumerate().filter_map(compare).collect()
}

fn all_changes(before: &Portfolio, after: &Portfolio) -> Vec<ExternalChange> {
    let mut known: HashMap<&str, &Idea> =
        before.iter().map(|idea| (idea.id.as_str(), idea)).collect();
    let mut changes = Vec::new();
    for idea in after.iter() {
        match known.remove(idea.id.as_str()) {
            None => changes.push(change(idea, vec!["new".to_owned()])),
            Some(old) if old != idea => changes.push(change(idea, differences(old, idea))),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|idea| known.contains_key(idea.id.as_str()));
    changes.extend(gone.map(|idea| change(idea, vec!["gone".to_owned()])));
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
    edit.flatten()
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
pub(crate) fn count(changes: &[ExternalChange]) -> String {
    let all = |word: &str| changes.iter().all(|change| change.what == [word]);
    let (one_is, many_are) = match () {
        () if all("gone") => ("is gone from the files", "are gone from the files"),
        () if all("new") => ("was added by another program", "were added by another program"),
        () => ("changed outside", "changed outside"),
    };
    match changes {
        [one] => format!("\"{}\" {one_is}", one.title),
        many if many.iter().any(|change| change.title == WORKSPACE_SETTINGS) => {
            format!("{} and the settings changed outside", text::count(many.len() - 1, "idea"))
        }
        many => format!("{} ideas {many_are}", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_not_called_changed() {
        let change = |title: &str, what: &str| ExternalChange {
            title: title.to_owned(),
            what: vec![what.to_owned()],
        };
        let said = |changes: &[(&str, &str)]| {
            count(&changes.iter().map(|(title, what)| change(title, what)).collect::<Vec<_>>())
        };
        assert_eq!(said(&[("A", "gone")]), "\"A\" is gone from the files");
        assert_eq!(said(&[("A", "gone"), ("B", "gone")]), "2 ideas are gone from the files");
        assert_eq!(said(&[("A", "new"), ("B", "new")]), "2 ideas were added by another program");
        assert_eq!(said(&[("A", "new"), ("B", "gone")]), "2 ideas changed outside");
        let settings = (WORKSPACE_SETTINGS, "weights.headroom: 1 → 2");
        assert_eq!(said(&[("A", "x"), settings]), "1 idea and the settings changed outside");
    }
}
