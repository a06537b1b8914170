//! `prospect export`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::report::{self, Ranking};

/// Print everything that a workspace holds
///
/// JSON holds all of it, and an import reads the ideas back as they were. TOML
/// is a workspace in one file. In CSV a cell that a spreadsheet would run is
/// disarmed. Markdown is for reading.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect export --format json > backlog.json
  prospect export --format csv > backlog.csv
  prospect export ~/ideas --format md | less
  prospect export ~/ideas --format toml > all.toml     one file that is a workspace")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "json")]
    format: Format,
}

/// Forms of an export.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// All of it, for programs
    Json,
    /// For spreadsheets
    Csv,
    /// For reading
    Md,
    /// A workspace in one file
    Toml,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let portfolio = workspace.portfolio();
    Ok(Output::data(match arguments.format {
        Format::Json => report::export_json(portfolio),
        Format::Csv => report::export_csv(portfolio)?,
        Format::Toml => report::export_toml(portfolio),
        Format::Md => {
            let ranking =
                Ranking::new(portfolio, &workspace.settings, workspace.as_of, |_, _| true);
            report::export_markdown(&ranking)
        }
    }))
}
