//! `prospect ask`

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::domain::Idea;
use crate::report;

/// Print a one-minute sheet for a colleague: which of these would you start?
///
/// Without ids it asks about what you are choosing from and working on: the
/// shortlist and the active ideas. Your own answers are left out: they
/// would anchor the reader. With --full all questions are asked about each
/// idea; with --json a script can fill the sheet in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect ask > for-mara.txt
  prospect ask --full small-teacher seed-error-bars > for-mara.md
  prospect answers for-mara.txt --from mara      what came back")]
pub struct Arguments {
    /// The ideas to ask about
    ids: Vec<String>,
    /// Ask every question about each idea
    #[arg(long)]
    full: bool,
    /// Print JSON, to be filled in by a script
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, None)?;
    let ideas: Vec<&Idea> = if arguments.ids.is_empty() {
        let chosen = |idea: &&Idea| idea.status.is_compared_by_default();
        workspace.portfolio().iter().filter(chosen).collect()
    } else {
        arguments.ids.iter().map(|id| workspace.find(id)).collect::<Result<_, _>>()?
    };
    let (portfolio, owner) = (workspace.portfolio(), workspace.owner().unwrap_or_default());
    let (day, full) = (workspace.as_of, arguments.full);
    if arguments.json {
        return Ok(Output::data(report::sheet_json(portfolio, &ideas, &owner, day, full)));
    }
    Ok(Output::from(match full {
        true => report::sheet(&ideas),
        false => report::short_sheet(portfolio, &ideas, &owner, day),
    }))
}
