//! `prospect lab`

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Answer, Failure, Global};
use crate::report;

/// Print one page for a group meeting
///
/// Where people disagree most and on which question, an idea that nobody would
/// start today, and one that everybody is drawn to and nobody works on. Markdown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect lab
  prospect lab ~/ideas > meeting.md")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let session = Session::read(global, arguments.path.as_deref())?;
    let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let name = session.settings.name.clone().or_else(login);
    let owner = name.filter(|name| !name.is_empty()).unwrap_or_else(|| "I".to_owned());
    Ok(Answer::from(report::lab(session.portfolio(), &session.settings.score, &owner)))
}
