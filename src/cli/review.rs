//! `prospect review`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::report::{self, Ranking};

/// Print what needs a decision, and what the logs say about every idea
///
/// Missed promises come first, then sunk cost, promises to be judged, parked
/// ideas that are back, active ones that have been quiet for a month, and at
/// most three abandoned ones a week that deserve a second look.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect review
  prospect review ~/ideas --format md > memo.md
  prospect review --strict || notify-send \"a decision waits\"
  prospect review --json | jq '.ideas[] | select(.due).id'")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Exit with 3 if a decision waits
    #[arg(long)]
    strict: bool,
    /// Form of the answer [default: text]
    #[arg(long, value_name = "FORM", conflicts_with = "json")]
    format: Option<Format>,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

/// Forms in which a review is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Lines for a person
    Text,
    /// JSON
    Json,
    /// A memo in Markdown
    Md,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let ranking =
        Ranking::new(workspace.portfolio(), &workspace.settings, workspace.as_of, |_, _| true);
    let format =
        if arguments.json { Format::Json } else { arguments.format.unwrap_or(Format::Text) };
    let spent = workspace.time_spent();
    let text = match format {
        Format::Text => report::review_text(&ranking, &spent, global::columns()),
        Format::Json => report::reviews_json(&ranking, &spent, workspace.errors()),
        Format::Md => report::review_markdown(&ranking, &spent),
    };
    let waits = ranking.lines.iter().any(|line| line.review.due);
    let exit_code = if arguments.strict && waits { 3 } else { 0 };
    Ok(Output::from(text).with_exit_code(exit_code))
}
