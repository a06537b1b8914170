//! `prospect simulate`

use clap::{Args, Subcommand};

use super::{Answer, Failure, Global};
use crate::judge::simulate::StallSimulation;
use crate::report;

/// Reproduce the accuracy figures that the documentation states
///
/// Invented ideas whose truth is known are judged by the same code as real
/// ones. The same seed gives the same figures.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect simulate stall
  prospect simulate stall --runs 500 --seed 7 --json")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// What can be simulated.
#[derive(Debug, Subcommand)]
enum What {
    /// How well stalled work is told from healthy work, beside simpler rules
    #[command(after_help = "\
Examples:
  prospect simulate stall
  prospect simulate stall --runs 500 --seed 7 --json")]
    Stall {
        /// Series for each number of observations; whole lives are a tenth
        #[arg(long, value_name = "N", default_value_t = 6000,
              value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
        runs: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let What::Stall { runs, json } = arguments.what;
    let usual = StallSimulation::default();
    let simulation = StallSimulation {
        runs: usize::try_from(runs).unwrap_or(usize::MAX),
        seed: global.seed().unwrap_or(usual.seed),
        rule: usual.rule,
    };
    Ok(Answer::from(if json {
        report::simulation_json(&simulation)
    } else {
        report::simulation_text(&simulation)
    }))
}
