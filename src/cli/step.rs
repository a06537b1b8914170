//! `prospect undo` and `prospect redo`

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::store::{OnConflict, Step};
use crate::text::sanitize;

/// Undo the last change, in this and earlier sessions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect undo
  prospect undo --force          even if the value was changed by hand since")]
pub struct Undo {
    /// Undo even what was changed outside since
    #[arg(long)]
    force: bool,
}

/// Redo what was undone last
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect redo
  prospect redo --force          even if the value was changed by hand since")]
pub struct Redo {
    /// Redo even over what was changed outside since
    #[arg(long)]
    force: bool,
}

pub(super) fn undo(arguments: &Undo, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let step = workspace.store().undo(on_conflict(arguments.force));
    workspace.say_notices();
    answer("Undone", "undo", step?)
}

pub(super) fn redo(arguments: &Redo, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let step = workspace.store().redo(on_conflict(arguments.force));
    workspace.say_notices();
    answer("Redone", "redo", step?)
}

fn on_conflict(force: bool) -> OnConflict {
    if force { OnConflict::Overwrite } else { OnConflict::Ask }
}

/// With nothing left to step to, the exit code is 1, so that a loop ends.
fn answer(did: &str, verb: &str, step: Option<Step>) -> Result<Output, CliError> {
    match step {
        Some(step) => Ok(Output::from(format!("{did}: {}\n", sanitize(&step.label)))),
        None => Err(CliError::Other(anyhow::anyhow!("there is nothing to {verb}"))),
    }
}
