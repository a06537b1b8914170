//! `prospect keys`

use clap::Args;

use super::{Answer, Failure};
use crate::command::{self, Scope};
use crate::report::STRONG;
use crate::text;

/// Print the keys of the workbench
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect keys
  prospect keys | grep undo")]
pub struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<Answer, Failure> {
    let scopes: Vec<String> = Scope::ALL.into_iter().map(scope).collect();
    Ok(Answer::from(scopes.join("\n")))
}

fn scope(scope: Scope) -> String {
    let entries = command::all().iter().filter(|entry| entry.scope == scope);
    let lines = entries
        .map(|entry| format!("  {} {}\n", text::fit(&entry.ways().join("  "), 18), entry.help));
    format!("{STRONG}{}{STRONG:#}\n{}", scope.title(), lines.collect::<String>())
}
