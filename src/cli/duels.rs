//! `prospect duels`

use clap::Args;

use super::pool::Pool;
use super::{CliError, GlobalArgs, Output};
use crate::report;

/// Print what the duels say: who belongs to the few to pursue
///
/// Compares the ideas on the shortlist and the active ones. How many are to be
/// chosen is [duel] k in the settings, 3 unless changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect duels
  prospect duels --filter 'tag:reasoning bet:hot' --by ana
  prospect duels --json | jq .expected_overlap")]
pub struct Arguments {
    /// Who takes part.
    #[command(flatten)]
    pool: Pool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    arguments.pool.answer(
        global,
        |standings, workspace| report::standings_json(standings, workspace.errors()),
        report::standings_text,
    )
}
