//! `prospect keys`

use clap::Args;

use super::{CliError, GlobalArgs, Output, diagnostics, output};
use crate::command::{self, Keymap, Scope};
use crate::report::STRONG;
use crate::text;

/// Print the keys of the workbench that are in force
///
/// Those of the built-in table, with what [keys] in your settings says instead.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect keys
  prospect keys | grep undo")]
pub struct Arguments {}

pub(super) fn run(_: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let settings = global.settings(&global.paths()?, None)?;
    if !settings.ui_problems.is_empty() {
        output::say(&diagnostics::render(&settings.ui_problems), global.color());
    }
    let scopes = Scope::ALL.into_iter().map(|here| scope(here, &settings.keymap));
    Ok(Output::from(scopes.collect::<Vec<_>>().join("\n")))
}

fn scope(scope: Scope, keymap: &Keymap) -> String {
    let entries = command::all().iter().filter(|entry| entry.scope == scope);
    let lines = entries.map(|entry| {
        format!("  {} {}\n", text::fit(&keymap.bindings_or_name(entry).join("  "), 18), entry.help)
    });
    format!("{STRONG}{}{STRONG:#}\n{}", scope.title(), lines.collect::<String>())
}
