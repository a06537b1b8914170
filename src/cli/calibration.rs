//! `prospect calibration`

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::judge::{ForecastHistory, scores, selection};
use crate::report;

/// Print how far your forecasts, promises and choices can be trusted
///
/// Of forecasts and promises: how often what you gave a chance came true. Of choices: what the
/// world made of the ideas that you dropped or finished.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect calibration
  prospect calibration ~/ideas --json | jq .promises.brier")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let portfolio = workspace.portfolio();
    let history = ForecastHistory::of(portfolio, workspace.as_of);
    let scores = scores(portfolio, &workspace.settings.score);
    let selection = selection(portfolio, &scores, workspace.as_of);
    let spent = workspace.time_spent();
    Ok(Output::from(if arguments.json {
        report::calibration_json(&history, &selection, &spent, portfolio, workspace.as_of)
    } else {
        report::calibration_text(&history, &selection, &spent, portfolio, global::columns())
    }))
}
