//! `prospect robust`

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::judge::{Sampling, WeightSpread};
use crate::report::{self, Robustness};

/// Say how sure the ranking is, and what would change it
///
/// Weights and answers are drawn 10,000 times from what is known of them. The
/// same seed gives the same draws everywhere.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect robust
  prospect robust ~/ideas --top 5
  prospect robust --weights any --seed 7
  prospect robust --json | jq '.ideas[] | {id, p_top_k}'")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// How far the weights are doubted: near yours, or any weights at all
    #[arg(long, value_name = "HOW", default_value = "near", value_parser = spread())]
    weights: WeightSpread,
    /// How many ideas are to be pursued [default: k of the settings]
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let top = arguments.top.map_or(workspace.settings.pursued, |top| top as usize);
    let sampling = Sampling {
        seed: global.seed().unwrap_or(0),
        weights: arguments.weights,
        ..Sampling::default()
    };
    let robustness =
        Robustness::new(workspace.portfolio(), &workspace.settings.score, &sampling, top);
    Ok(Output::from(if arguments.json {
        report::robustness_json(&robustness, workspace.as_of, workspace.errors())
    } else {
        report::robustness_text(&robustness, global::columns())
    }))
}

fn spread() -> impl TypedValueParser<Value = WeightSpread> {
    PossibleValuesParser::new(WeightSpread::ALL.map(WeightSpread::id))
        .map(|word| WeightSpread::from_id(&word).unwrap_or(WeightSpread::Near))
}
