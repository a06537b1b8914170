//! `prospect pair`

use clap::Args;

use super::pool::Pool;
use super::{CliError, GlobalArgs, Output};
use crate::report;

/// Print the pair of ideas to compare next, and why
///
/// Of all pairs it is the one whose answer tells most about who belongs to the
/// few to pursue. The same duels always give the same pair.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect pair
  prospect pair --filter tag:reasoning
  prospect pair --json | jq -r '.left, .right'")]
pub struct Arguments {
    /// Who takes part.
    #[command(flatten)]
    pool: Pool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    arguments.pool.answer(global, |standings, _| report::pair_json(standings), report::pair_text)
}
