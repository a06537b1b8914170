//! The `--filter` argument.

use std::collections::BTreeSet;

use super::CliError;
use super::open_workspace::OpenWorkspace;
use crate::config::describe_filter_error;
use crate::domain::Idea;
use crate::find::{Filter, Finder, SAVED, Subject, search_key};
use crate::judge::Review;

/// A search, and which ideas its words are found in.
pub(super) struct Search {
    filter: Filter,
    /// Ids of the ideas that hold its words.
    found: BTreeSet<String>,
}

impl Search {
    /// Reads a search as it would be saved, with saved ones by name.
    ///
    /// # Errors
    /// None is saved under that name, or a condition does not exist.
    pub(super) fn read(text: &str, workspace: &OpenWorkspace) -> Result<Self, CliError> {
        let filter = Filter::strict(&expanded(text, workspace)?);
        let filter = filter.map_err(|fault| CliError::usage(describe_filter_error(&fault)))?;
        let ideas = workspace.portfolio().ideas();
        let keys: Vec<String> = workspace.portfolio().iter().map(search_key).collect();
        let found = Finder::default().find(&filter.words, &keys);
        let found = found.into_iter().map(|position| ideas[position].id.clone()).collect();
        Ok(Self { filter, found })
    }

    /// Whether it finds an idea.
    pub(super) fn finds(&self, idea: &Idea, review: &Review) -> bool {
        self.found.contains(&idea.id) && self.filter.holds(idea, |_| review.flags.clone())
    }

    /// Whether one of its conditions is about this subject.
    pub(super) fn is_about(&self, subject: Subject) -> bool {
        self.filter.is_about(subject)
    }
}

/// A search with what was saved in place of each `@name`.
///
/// # Errors
/// None is saved under that name.
pub(super) fn expanded(text: &str, workspace: &OpenWorkspace) -> Result<String, CliError> {
    let saved = &workspace.settings.filters;
    let Some(unknown) = saved.unknown(text) else { return Ok(saved.expand(text)) };
    let names: Vec<String> = saved.iter().map(|(name, _)| format!("{SAVED}{name}")).collect();
    let known = match names.is_empty() {
        true => "none is saved yet; they stand in [filters] of prospect.toml".to_owned(),
        false => format!("there are {}", names.join(", ")),
    };
    Err(CliError::usage(format!("no filter is saved as \"{unknown}\"; {known}")))
}
