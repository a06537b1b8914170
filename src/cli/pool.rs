//! What `prospect duels` and `prospect pair` are asked about.

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, global, search, value};
use crate::domain::{DuelPool, Idea, Status};
use crate::find::{admitted, search_key};
use crate::judge::scores;
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
    #[arg(long, value_name = "QUERY", default_value = "", hide_default_value = true)]
    filter: String,
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
        global: &Global,
        json: impl FnOnce(&Standings<'_>, &Session) -> String,
        text: impl FnOnce(&Standings<'_>, usize) -> String,
    ) -> Result<Answer, Failure> {
        let session = Session::read(global, self.path.as_deref())?;
        let standings = self.standings(&session, global)?;
        Ok(Answer::from(if self.json {
            json(&standings, &session)
        } else {
            text(&standings, global::columns())
        }))
    }

    fn standings<'s>(
        &self,
        session: &'s Session,
        global: &Global,
    ) -> Result<Standings<'s>, Failure> {
        let portfolio = session.portfolio();
        let duels = portfolio.duels().standing(session.as_of).into_iter();
        let duels = duels.filter(|duel| self.by.as_ref().is_none_or(|by| *by == duel.by));
        let (rule, k) = (&session.settings.score, session.settings.pursued);
        let keys: Vec<String> = portfolio.ideas().iter().map(search_key).collect();
        let found = admitted(&self.pool(session)?, portfolio, &scores(portfolio, rule), &keys);
        let in_pool = |idea: &Idea| {
            let is_found = portfolio.position(&idea.id).is_some_and(|position| found[position]);
            is_found
                && (self.tags.is_empty() || self.tags.iter().any(|tag| idea.tags.contains(tag)))
        };
        let seed = global.seed().unwrap_or_default();
        Ok(Standings::new(portfolio, rule, k, in_pool, duels, seed))
    }

    /// The statuses are conditions of the search like any other.
    fn pool(&self, session: &Session) -> Result<DuelPool, Failure> {
        let statuses = self.status.iter().map(|status| format!("status:{}", status.id()));
        let conditions: Vec<String> =
            statuses.chain([search::expanded(&self.filter, session)?]).collect();
        Ok(DuelPool::found_by(conditions.join(" ").trim()))
    }
}
