//! `prospect next`

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, global};
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

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::read(global, arguments.path.as_deref())?;
    let ranking = Ranking::new(session.portfolio(), &session.settings, session.as_of, |_, _| true);
    let next = NextUp::of(&ranking);
    Ok(Answer::from(if arguments.json {
        report::next_json(&next, session.errors())
    } else if arguments.line {
        report::next_line(&next)
    } else {
        report::next_text(&next, global::columns())
    }))
}
