//! Arguments that `prospect duels` and `prospect pair` share: the pool of ideas.

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::search::Search;
use super::{CliError, GlobalArgs, Output, global, value};
use crate::domain::{Idea, Status};
use crate::find::Subject;
use crate::judge::{review, scores};
use crate::report::Standings;

/// Which ideas are compared, by whose duels, and how the answer is printed.
#[derive(Debug, Args)]
pub(super) struct Pool {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Only ideas of this status, instead of shortlist and active
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = value::status)]
    status: Vec<Status>,
    /// Only ideas with this tag, or one of these
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// Only ideas that the search of the workbench finds: words, tag:… bet:… person:… flag:… status:…
    #[arg(long, value_name = "SEARCH")]
    filter: Option<String>,
    /// Only the duels of this person
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Pool {
    /// Judges the pool and prints what comes of it, as JSON or in so many
    /// columns.
    pub(super) fn answer(
        &self,
        global: &GlobalArgs,
        json: impl FnOnce(&Standings<'_>, &OpenWorkspace) -> String,
        text: impl FnOnce(&Standings<'_>, usize) -> String,
    ) -> Result<Output, CliError> {
        let workspace = OpenWorkspace::read(global, self.path.as_deref())?;
        let standings = self.standings(&workspace, global)?;
        Ok(Output::from(if self.json {
            json(&standings, &workspace)
        } else {
            text(&standings, global::columns())
        }))
    }

    fn standings<'s>(
        &self,
        workspace: &'s OpenWorkspace,
        global: &GlobalArgs,
    ) -> Result<Standings<'s>, CliError> {
        let portfolio = workspace.portfolio();
        let duels = portfolio.duels().standing(workspace.as_of).into_iter();
        let duels = duels.filter(|duel| self.by.as_ref().is_none_or(|by| *by == duel.by));
        let (rule, k) = (&workspace.settings.score, workspace.settings.pursued);
        let search =
            self.filter.as_deref().map(|text| Search::read(text, workspace)).transpose()?;
        // Only a search asks for flags.
        let judged = || {
            let scores = scores(portfolio, rule);
            review(portfolio, &scores, rule, &workspace.settings.stall, workspace.as_of)
        };
        let reviews = search.as_ref().map(|_| judged()).unwrap_or_default();
        let in_pool = |idea: &Idea| {
            let found = search.as_ref().zip(portfolio.position(&idea.id));
            let is_found = found.is_none_or(|(search, at)| search.finds(idea, &reviews[at]));
            let names_status =
                search.as_ref().is_some_and(|search| search.is_about(Subject::Status));
            let has_status = if self.status.is_empty() {
                names_status || idea.status.is_compared_by_default()
            } else {
                self.status.contains(&idea.status)
            };
            let has_tag =
                self.tags.is_empty() || self.tags.iter().any(|tag| idea.tags.contains(tag));
            is_found && has_status && has_tag
        };
        let seed = global.seed().unwrap_or_default();
        let person = self.by.clone().unwrap_or_else(|| workspace.settings.person());
        Ok(Standings::new(portfolio, rule, k, in_pool, duels, &person, seed))
    }
}
