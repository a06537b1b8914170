//! `prospect taste`

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, global};
use crate::report::{self, TasteReport};

/// Print the weights that the duels reveal beside the stated ones
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect taste
  prospect taste --by ana --json | jq .revealed.headroom")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Only the duels of this person
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::read(global, arguments.path.as_deref())?;
    let counts = |duel: &crate::domain::Duel| arguments.by.as_ref().is_none_or(|by| *by == duel.by);
    let (rule, seed) = (&session.settings.score, global.seed().unwrap_or_default());
    let report = TasteReport::new(session.portfolio(), rule, session.as_of, counts, seed);
    Ok(Answer::from(if arguments.json {
        report::taste_json(&report, session.errors())
    } else {
        report::taste_text(&report, global::columns())
    }))
}
