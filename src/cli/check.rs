//! `prospect check`

use std::path::PathBuf;

use clap::Args;

use super::error::render_problems;
use super::{CliError, GlobalArgs, Output};
use crate::config::LoadReport;
use crate::domain::{Problem, Severity};
use crate::judge::all_duplicates;
use crate::report;
use crate::store::Workspace;
use crate::text::count;

/// Validate the files and print every problem
///
/// Exits with 2 if an idea or a setting cannot be read, and with --strict with
/// 3 if there is anything to look at.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect check
  prospect check ~/ideas --strict
  prospect check --json | jq '.problems[] | select(.severity == \"error\")'")]
pub struct CheckArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Exit with 3 if there are warnings
    #[arg(long)]
    strict: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn check(arguments: &CheckArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.existing(arguments.path.as_deref(), &paths)?;
    let (_, loaded) = Workspace::open(&place, &paths.state)?;
    let mut problems = loaded.problems;
    let report = LoadReport::of(Some(&paths.config), Some(&place));
    problems.extend(report.problems);
    problems.extend(report.settings.ui_problems);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let exit_code = match (errors, problems.len()) {
        (1.., _) => 2,
        (0, 1..) if arguments.strict => 3,
        _ => 0,
    };
    let text = if arguments.json {
        report::problems_json(&problems, &all_duplicates(&loaded.portfolio))
    } else {
        let ideas = loaded.portfolio.ideas().len();
        render_problems(&problems) + &summary(ideas, errors, &problems)
    };
    Ok(Output::from(text).with_exit_code(exit_code))
}

fn summary(ideas: usize, errors: usize, problems: &[Problem]) -> String {
    let read = format!("{} can be read", count(ideas, "idea"));
    match (errors, problems.len() - errors) {
        (0, 0) => format!("{read}, nothing to complain about\n"),
        (errors, warnings) => {
            format!("{read}; {}, {}\n", count(errors, "error"), count(warnings, "warning"))
        }
    }
}
