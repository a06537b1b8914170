//! `prospect undo` and `prospect redo`

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global};
use crate::store::{OnConflict, Step};
use crate::text::sanitize;

/// Take back the last change, in this and earlier sessions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect undo
  prospect undo --force          even if the value was changed by hand since")]
pub struct Undo {
    /// Take back even what was changed outside since
    #[arg(long)]
    force: bool,
}

/// Do again what was taken back last
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect redo
  prospect redo --force          even if the value was changed by hand since")]
pub struct Redo {
    /// Do again even over what was changed outside since
    #[arg(long)]
    force: bool,
}

pub(super) fn undo(arguments: &Undo, global: &Global) -> Result<Answer, Failure> {
    let mut session = Session::edit(global, None)?;
    let step = session.workspace().undo(on_conflict(arguments.force))?;
    answer("undid", "undo", step)
}

pub(super) fn redo(arguments: &Redo, global: &Global) -> Result<Answer, Failure> {
    let mut session = Session::edit(global, None)?;
    let step = session.workspace().redo(on_conflict(arguments.force))?;
    answer("redid", "redo", step)
}

fn on_conflict(force: bool) -> OnConflict {
    if force { OnConflict::Overwrite } else { OnConflict::Ask }
}

/// With nothing left to step to, the exit code is 1, so that a loop ends.
fn answer(did: &str, verb: &str, step: Option<Step>) -> Result<Answer, Failure> {
    match step {
        Some(step) => Ok(Answer::from(format!("{did}: {}\n", sanitize(&step.label)))),
        None => Err(Failure::Other(anyhow::anyhow!("there is nothing to {verb}"))),
    }
}
