//! `prospect ask`

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::domain::Idea;
use crate::report;

/// Print a sheet for a colleague: what would you start, and what of these?
///
/// Without ids it asks about what you are choosing from and working on: the
/// shortlist and the active ideas. Your own answers are left out: they
/// would anchor the reader.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect ask > for-mara.md
  prospect ask small-teacher seed-error-bars > for-mara.md
  prospect answers for-mara.md --from mara       what came back")]
pub struct Arguments {
    /// The ideas to ask about
    ids: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, None)?;
    let ideas: Vec<&Idea> = if arguments.ids.is_empty() {
        let chosen = |idea: &&Idea| idea.status.is_compared_by_default();
        workspace.portfolio().iter().filter(chosen).collect()
    } else {
        arguments.ids.iter().map(|id| workspace.find(id)).collect::<Result<_, _>>()?
    };
    Ok(Output::from(report::sheet(&ideas)))
}
