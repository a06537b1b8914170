//! `prospect next`

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::report::{self, NextUp, Ranking};

/// Print what needs you now, in a few lines or in one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect next
  prospect next ~/ideas --line      one line, for a status bar
  set -g status-right '#(prospect next --line)'   in tmux.conf")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print one short line, nothing if nothing waits
    #[arg(long, conflicts_with = "json")]
    line: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let ranking =
        Ranking::new(workspace.portfolio(), &workspace.settings, workspace.as_of, |_, _| true);
    let next = NextUp::of(&ranking);
    Ok(Output::from(if arguments.json {
        report::next_json(&next, workspace.errors())
    } else if arguments.line {
        report::next_line(&next)
    } else {
        report::next_text(&next, global::columns())
    }))
}
