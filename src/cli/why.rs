//! `prospect why`

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::judge::Sampling;
use crate::report::{self, IdeaComparison};

/// Say why one idea stands above another, term by term
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect why small-teacher written-out-reasoning
  prospect why small-teacher written-out-reasoning ~/ideas --json")]
pub struct Arguments {
    /// One idea
    #[arg(value_name = "A")]
    left: String,
    /// Another
    #[arg(value_name = "B")]
    right: String,
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::edit(global, arguments.path.as_deref())?;
    let left = workspace.find(&arguments.left)?;
    let right = workspace.find(&arguments.right)?;
    if left.id == right.id {
        return Err(CliError::usage(format!("\"{}\" is compared with itself", left.id)));
    }
    let sampling = Sampling { seed: global.seed().unwrap_or(0), ..Sampling::default() };
    let pair = IdeaComparison::new(
        left,
        right,
        workspace.portfolio(),
        &workspace.settings.score,
        &sampling,
    );
    Ok(Output::from(if arguments.json {
        report::comparison_json(&pair, workspace.as_of)
    } else {
        report::comparison_text(&pair, global::columns())
    }))
}
