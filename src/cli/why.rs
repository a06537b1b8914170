//! `prospect why`

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global, global};
use crate::judge::Sampling;
use crate::report::{self, Duo};

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

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::edit(global, arguments.path.as_deref())?;
    let left = session.find(&arguments.left)?;
    let right = session.find(&arguments.right)?;
    if left.id == right.id {
        return Err(Failure::usage(format!("\"{}\" is compared with itself", left.id)));
    }
    let sampling = Sampling { seed: global.seed().unwrap_or(0), ..Sampling::default() };
    let duo = Duo::new(left, right, session.portfolio(), &session.settings.score, &sampling);
    Ok(Answer::from(if arguments.json {
        report::duo_json(&duo, session.as_of)
    } else {
        report::duo_text(&duo, global::columns())
    }))
}
