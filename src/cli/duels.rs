//! `prospect duels`

use clap::Args;

use super::pool::Pool;
use super::{Answer, Failure, Global};
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

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    arguments.pool.answer(
        global,
        |standings, session| report::standings_json(standings, session.errors()),
        report::standings_text,
    )
}
