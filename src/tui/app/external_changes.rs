//! External changes to the files, described for the user.

use std::collections::HashMap;
use std::sync::Arc;

use crate::config::WORKSPACE_SETTINGS;
use crate::domain::{Edit, Idea, Portfolio, SettingValues};
use crate::text;

/// An externally changed idea, or the settings. It is described only when that is read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExternalChange {
    New(Arc<Idea>),
    Gone(Arc<Idea>),
    /// The idea before and now.
    Changed(Arc<Idea>, Arc<Idea>),
    /// So many more ideas.
    Others(usize),
    /// What is new about the settings, in lines.
    Settings(Vec<String>),
}

impl ExternalChange {
    /// The title of the idea as it is now, or the name of the file of settings.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::New(idea) | Self::Gone(idea) | Self::Changed(_, idea) => idea.title.clone(),
            Self::Others(count) => format!("… and {}", text::count(*count, "more idea")),
            Self::Settings(_) => WORKSPACE_SETTINGS.to_owned(),
        }
    }

    /// What is new about it, in lines.
    pub(crate) fn what(&self) -> Vec<String> {
        match self {
            Self::New(_) => vec!["new".to_owned()],
            Self::Gone(_) => vec!["gone".to_owned()],
            Self::Changed(before, now) => differences(before, now),
            Self::Others(_) => Vec::new(),
            Self::Settings(what) => what.clone(),
        }
    }
}

/// So many ideas are compared and listed; more would not be read.
const LISTED: usize = 300;

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
        changes.push(ExternalChange::Settings(what));
    }
    changes
}

fn changes_of(before: &Portfolio, after: &Portfolio, touched: &[String]) -> Vec<ExternalChange> {
    let (listed, others) = touched.split_at(touched.len().min(LISTED));
    let mut places: Vec<(usize, &str)> =
        listed.iter().map(|id| (after.position(id).unwrap_or(usize::MAX), id.as_str())).collect();
    places.sort_unstable();
    let idea = |portfolio: &Portfolio, at: usize| portfolio.ideas().get(at).cloned();
    let compare = |(position, id): (usize, &str)| {
        let old = before.position(id).and_then(|position| idea(before, position));
        match (old, idea(after, position)) {
            (None, Some(new)) => Some(ExternalChange::New(new)),
            (Some(old), None) => Some(ExternalChange::Gone(old)),
            (Some(old), Some(new)) => (old != new).then_some(ExternalChange::Changed(old, new)),
            (None, None) => None,
        }
    };
    let mut changes: Vec<ExternalChange> = places.into_iter().filter_map(compare).collect();
    if !others.is_empty() {
        changes.push(ExternalChange::Others(others.len()));
    }
    changes
}

fn all_changes(before: &Portfolio, after: &Portfolio) -> Vec<ExternalChange> {
    let mut known: HashMap<&str, &Arc<Idea>> =
        before.ideas().iter().map(|idea| (idea.id.as_str(), idea)).collect();
    let mut changes = Vec::new();
    for idea in after.ideas() {
        match known.remove(idea.id.as_str()) {
            None => changes.push(ExternalChange::New(Arc::clone(idea))),
            Some(old) if old != idea => {
                changes.push(ExternalChange::Changed(Arc::clone(old), Arc::clone(idea)));
            }
            Some(_) => {}
        }
    }
    let gone = before.ideas().iter().filter(|idea| known.contains_key(idea.id.as_str()));
    changes.extend(gone.map(|idea| ExternalChange::Gone(Arc::clone(idea))));
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
    use ExternalChange as E;
    let (one_is, many_are) = match () {
        () if changes.iter().all(|it| matches!(it, E::Gone(_))) => {
            ("is gone from the files", "are gone from the files")
        }
        () if changes.iter().all(|it| matches!(it, E::New(_))) => {
            ("was added by another program", "were added by another program")
        }
        () => ("changed outside", "changed outside"),
    };
    let ideas = |change: &ExternalChange| match change {
        E::Others(count) => *count,
        E::Settings(_) => 0,
        E::New(_) | E::Gone(_) | E::Changed(..) => 1,
    };
    let ideas: usize = changes.iter().map(ideas).sum();
    match changes {
        [one] => format!("\"{}\" {one_is}", one.title()),
        [.., E::Settings(_)] => {
            format!("{} and the settings changed outside", text::count(ideas, "idea"))
        }
        _ => format!("{ideas} ideas {many_are}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_not_called_changed() {
        use ExternalChange as E;
        let idea = |title: &str| Arc::new(Idea::new("id", title));
        let (a, b) = (|| idea("A"), || idea("B"));
        assert_eq!(count(&[E::Gone(a())]), "\"A\" is gone from the files");
        assert_eq!(count(&[E::Gone(a()), E::Gone(b())]), "2 ideas are gone from the files");
        assert_eq!(count(&[E::New(a()), E::New(b())]), "2 ideas were added by another program");
        assert_eq!(count(&[E::New(a()), E::Gone(b())]), "2 ideas changed outside");
        let settings = E::Settings(vec!["weights.headroom: 1 → 2".to_owned()]);
        let changed = E::Changed(b(), a());
        assert_eq!(count(&[changed, settings]), "1 idea and the settings changed outside");
    }
}
