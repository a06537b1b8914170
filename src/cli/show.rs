//! `prospect show`

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::report::{self, Ranking};

/// Print one idea, whole, with its score and how it comes about
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect show small-teacher
  prospect show small-teacher ~/ideas --json")]
pub struct Arguments {
    /// The idea
    id: String,
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::edit(global, arguments.path.as_deref())?;
    let id = &workspace.find(&arguments.id)?.id;
    let ranking =
        Ranking::new(workspace.portfolio(), &workspace.settings, workspace.as_of, |_, _| true);
    let Some(line) = ranking.lines.iter().find(|line| line.idea.id == *id) else {
        return Err(anyhow::anyhow!("\"{id}\" is missing from its own ranking").into());
    };
    Ok(Output::from(if arguments.json {
        report::idea_json(&ranking, line)
    } else {
        report::idea_text(&ranking, line, global::columns())
    }))
}
