//! `prospect rm`

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::domain::Edit;
use crate::text::sanitize;

/// Delete an idea
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect rm small-teacher
  prospect undo                  brings it back

An idea that is given up is better dropped, with its reason:
  prospect set small-teacher status=abandoned --why \"the gain is gone\"")]
pub struct Arguments {
    /// The idea
    id: String,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let title = sanitize(&workspace.find(&arguments.id)?.title).into_owned();
    workspace
        .apply(|workspace| Ok(Edit::Remove { id: workspace.find(&arguments.id)?.id.clone() }))?;
    Ok(Output::from(format!("Deleted \"{title}\"; prospect undo brings it back\n")))
}
