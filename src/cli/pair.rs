//! `prospect pair`

use std::path::PathBuf;

use clap::Args;

use super::duels::Pool;
use super::session::Session;
use super::{Answer, Failure, Global, global};
use crate::report;

/// Print the pair of ideas to compare next, and why
///
/// Of all pairs it is the one whose answer tells most about who belongs to the
/// few to pursue. The same duels always give the same pair.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect pair
  prospect pair --json | jq -r '.left, .right'")]
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

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::read(global, arguments.path.as_deref())?;
    let standings = arguments.pool.standings(&session, global);
    Ok(Answer::from(if arguments.json {
        report::pair_json(&standings)
    } else {
        report::pair_text(&standings, global::columns())
    }))
}
