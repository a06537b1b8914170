//! `prospect duels`

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, global, value};
use crate::domain::{Idea, Status};
use crate::report::{self, Standings};

/// Print what the duels say: who belongs to the few to pursue
///
/// Compares the ideas on the shortlist and the active ones. How many are to be
/// chosen is [duel] k in the settings, 3 unless changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect duels
  prospect duels --tag reasoning --by ana
  prospect duels --json | jq .expected_overlap")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Who takes part.
    #[command(flatten)]
    pool: Pool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Which ideas are compared, by whose duels.
#[derive(Debug, Args)]
pub(super) struct Pool {
    /// Only ideas of this status, instead of shortlist and active
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = value::status)]
    status: Vec<Status>,
    /// Only ideas with this tag, or one of these
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// Only the duels of this person
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::read(global, arguments.path.as_deref())?;
    let standings = arguments.pool.standings(&session, global);
    Ok(Answer::from(if arguments.json {
        report::standings_json(&standings, session.errors())
    } else {
        report::standings_text(&standings, global::columns())
    }))
}

impl Pool {
    /// What the duels say about this pool.
    pub(super) fn standings<'s>(&self, session: &'s Session, global: &Global) -> Standings<'s> {
        let portfolio = session.portfolio();
        let duels = portfolio.duels().standing(session.as_of).into_iter();
        let duels = duels.filter(|duel| self.by.as_ref().is_none_or(|by| *by == duel.by));
        let (rule, k) = (&session.settings.score, session.settings.pursued);
        let seed = global.seed().unwrap_or_default();
        Standings::new(portfolio, rule, k, |idea| self.keeps(idea), duels, seed)
    }

    fn keeps(&self, idea: &Idea) -> bool {
        let status = if self.status.is_empty() {
            matches!(idea.status, Status::Shortlist | Status::Active)
        } else {
            self.status.contains(&idea.status)
        };
        status && (self.tags.is_empty() || self.tags.iter().any(|tag| idea.tags.contains(tag)))
    }
}
