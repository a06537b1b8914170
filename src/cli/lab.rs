//! `prospect lab`

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::report;

/// Print one page for a group meeting
///
/// Where people disagree most and on which question, an idea that no one would
/// start today, and one that all are drawn to and no one works on. Markdown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect lab
  prospect lab ~/ideas > meeting.md")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let owner = workspace.owner().unwrap_or_else(|| "I".to_owned());
    Ok(Output::from(report::meeting_page(workspace.portfolio(), &workspace.settings.score, &owner)))
}
