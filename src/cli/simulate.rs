//! `prospect simulate`

use clap::{Args, Subcommand};

use super::{CliError, GlobalArgs, Output, simulate_labelled, value};
use crate::judge::simulate::{
    CHOOSERS, DuelSimulation, SCENARIOS, ScenarioResult, StallSimulation, TasteRow, TasteSimulation,
};
use crate::report;

/// Reproduce the accuracy figures that the documentation states
///
/// Invented ideas whose truth is known, or real logs whose end is known, are
/// judged by the same code as everything else. The same seed gives the same
/// figures.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect simulate stall
  prospect simulate stall --runs 500 --seed 7 --json
  prospect simulate labelled old.toml --labels ends.csv --healthy published --stalled dropped")]
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
    Labelled(simulate_labelled::Arguments),
    /// How often people whose weights are known are told something false
    #[command(after_help = "\
Examples:
  prospect simulate taste
  prospect simulate taste --people 50 --json")]
    Taste {
        /// Ideas of each person
        #[arg(long, value_name = "N", default_value_t = 30,
              value_parser = clap::value_parser!(u32).range(2..=300))]
        ideas: u32,
        /// People of each kind
        #[arg(long, value_name = "N", default_value_t = 200,
              value_parser = clap::value_parser!(u32).range(1..=100_000))]
        people: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// How well questions that aim at the cut find the best few, beside others
    #[command(after_help = "\
Examples:
  prospect simulate duels
  prospect simulate duels --ideas 10 --duels 20 --runs 200
  prospect simulate duels --sigma 6 --json")]
    Duels {
        /// Ideas to choose from
        #[arg(long, value_name = "N", default_value_t = 30,
              value_parser = clap::value_parser!(u32).range(2..=1000))]
        ideas: u32,
        /// Duels in a session
        #[arg(long, value_name = "N", default_value_t = 120,
              value_parser = clap::value_parser!(u32).range(4..=10_000))]
        duels: u32,
        /// How many ideas are to be chosen
        #[arg(long, value_name = "K", default_value_t = 5,
              value_parser = clap::value_parser!(u32).range(1..=1000))]
        top: u32,
        /// Standard deviation of the true strengths, in logits
        #[arg(long, value_name = "S", default_value_t = 3.0, value_parser = value::positive)]
        sigma: f64,
        /// Sessions
        #[arg(long, value_name = "N", default_value_t = 200,
              value_parser = clap::value_parser!(u32).range(1..=100_000))]
        runs: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    match arguments.what {
        What::Stall { runs, json } => Ok(stall(runs, json, global)),
        What::Labelled(ref labelled) => simulate_labelled::run(labelled, global),
        What::Taste { ideas, people, json } => Ok(taste(ideas, people, json, global)),
        What::Duels { ideas, duels, top, sigma, runs, json } => {
            let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
            let usual = DuelSimulation::default();
            let simulation = DuelSimulation {
                ideas: count(ideas),
                duels: count(duels),
                top: count(top),
                sigma,
                runs: count(runs),
                seed: global.seed().unwrap_or(usual.seed),
                ties: usual.ties,
            };
            let results: Vec<ScenarioResult> =
                SCENARIOS.iter().map(|scenario| simulation.run(*scenario)).collect();
            Ok(Output::from(if json {
                report::duel_simulation_json(&simulation, &results)
            } else {
                report::duel_simulation_text(&simulation, &results)
            }))
        }
    }
}

fn taste(ideas: u32, people: u32, json: bool, global: &GlobalArgs) -> Output {
    let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let usual = TasteSimulation::default();
    let simulation = TasteSimulation {
        ideas: count(ideas),
        people: count(people),
        seed: global.seed().unwrap_or(usual.seed),
    };
    let kinds = CHOOSERS.into_iter();
    let rows: Vec<TasteRow> =
        kinds.flat_map(|(chooser, sharpness)| simulation.run(chooser, sharpness)).collect();
    Output::from(if json {
        report::taste_simulation_json(&simulation, &rows)
    } else {
        report::taste_simulation_text(&simulation, &rows)
    })
}

fn stall(runs: u32, json: bool, global: &GlobalArgs) -> Output {
    let usual = StallSimulation::default();
    let simulation = StallSimulation {
        runs: usize::try_from(runs).unwrap_or(usize::MAX),
        seed: global.seed().unwrap_or(usual.seed),
        rule: usual.rule,
    };
    Output::from(if json {
        report::simulation_json(&simulation)
    } else {
        report::simulation_text(&simulation)
    })
}
