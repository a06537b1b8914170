//! `prospect taste`

use std::path::PathBuf;

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::judge::taste::{TasteRequest, TasteStudy, duels_by_person};
use crate::report;

/// Print the weights that the duels reveal beside the stated ones
///
/// Taste is one person's: yours (`[ui] name`, else the login name), or that of
/// the only person who has answered duels here.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect taste
  prospect taste --by ana --json | jq .revealed.headroom")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Whose taste: only the duels of this person count
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let (portfolio, settings) = (workspace.portfolio(), &workspace.settings);
    let by = arguments.by.clone().unwrap_or_else(|| whose(&workspace));
    let question = TasteRequest {
        rule: &settings.score,
        stated_before: settings.stated_before(),
        as_of: workspace.as_of,
        by: &by,
        seed: global.seed().unwrap_or_default(),
    };
    let study = TasteStudy::new(portfolio, &question);
    Ok(Output::from(if arguments.json {
        report::taste_json(&study, workspace.errors())
    } else {
        report::taste_text(&study, portfolio, global::columns())
    }))
}

/// The person whose taste is meant where none is named: that of the person who asks, or
/// of the only one who has ever answered.
fn whose(workspace: &OpenWorkspace) -> String {
    let person = workspace.settings.person();
    let judges = duels_by_person(workspace.portfolio(), workspace.as_of);
    match judges.keys().next() {
        Some(only) if judges.len() == 1 => (*only).to_owned(),
        _ => person,
    }
}
