//! `prospect config`

use std::path::PathBuf;

use clap::Args;

use super::{CliError, GlobalArgs, Output, diagnostics, output};
use crate::command;
use crate::config::{LoadReport, Origin, Setting};
use crate::find::Filter;
use crate::report;

/// Print the settings in force, and where each comes from
///
/// Prints the nine settings that people change, and every other one that is set
/// somewhere; --all prints all of them, with the keys. What is printed is itself
/// a file of settings; the comment behind a value says what it means and where it
/// was set. Exits with 2 if something is wrong with the settings.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect config
  prospect config ~/research     those of a workspace, over your own
  prospect config --json | jq '.settings[] | select(.origin != \"built-in\")'
  prospect config --all > ~/.config/prospect/config.toml")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print every setting, and the keys of the workbench
    #[arg(long)]
    all: bool,
    /// Print JSON, always of every setting
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.place(arguments.path.as_deref(), &paths);
    let workspace = if place.explicit {
        Some(global.existing(arguments.path.as_deref(), &paths)?)
    } else {
        Some(place.path)
    };
    let report = global.read_settings(&paths, workspace.as_deref());
    if !report.problems.is_empty() {
        return Err(CliError::Problems([report.problems, report.settings.ui_problems].concat()));
    }
    let faults = &report.settings.ui_problems;
    if !faults.is_empty() && !arguments.json {
        output::say(&diagnostics::render(faults), global.color());
    }
    let text =
        if arguments.json { report::settings_json(&report) } else { file(&report, arguments.all) };
    let exit_code = if faults.is_empty() { 0 } else { 2 };
    Ok(Output::from(text).with_exit_code(exit_code))
}

/// A file of settings. What is not set, and keys that are those of the table,
/// stand there as comments.
fn file(report: &LoadReport, all: bool) -> String {
    let is_shown = |name: &str| all || report.origin(name) != Origin::BuiltIn;
    let mut text = String::new();
    let mut table = "";
    let shown = |setting: &Setting| setting.is_usual() || is_shown(&setting.to_string());
    for setting in Setting::all().into_iter().filter(shown) {
        let Setting { table: of, key, meaning, .. } = setting;
        if of != table {
            let gap = if table.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}[{of}]\n"));
            table = of;
        }
        let line = match setting.value(&report.settings) {
            Some(value) => format!("{key} = {value}"),
            None => format!("# {key} = …"),
        };
        let from = match report.origin(&setting.to_string()) {
            Origin::BuiltIn => String::new(),
            origin => format!(" · {origin}"),
        };
        text.push_str(&commented(&line, &format!("{meaning}{from}")));
    }
    if all || !report.settings.filters.is_empty() {
        text.push_str("\n# Searches saved under names: @NAME recalls one.\n[filters]\n");
    }
    for (name, search) in report.settings.filters.iter() {
        let line = format!("{name} = {}", toml::Value::from(search));
        let meaning = Filter::read(search);
        let origin = report.origin(&format!("filters.{name}"));
        text.push_str(&commented(&line, &format!("{meaning} · {origin}")));
    }
    let keys: Vec<_> =
        command::all().iter().filter(|spec| is_shown(&format!("keys.{}", spec.id))).collect();
    if !keys.is_empty() {
        text.push_str("\n# Keys that are not built in; prospect keys lists all.\n[keys]\n");
    }
    for spec in keys {
        let id = spec.id;
        let keys = toml::Value::from(report.settings.keymap.written(spec.command));
        text.push_str(&match report.origin(&format!("keys.{id}")) {
            Origin::BuiltIn => commented(&format!("# {id} = {keys}"), spec.help),
            origin => commented(&format!("{id} = {keys}"), &format!("{} · {origin}", spec.help)),
        });
    }
    if !all {
        text.push_str("\n# prospect config --all prints every setting.\n");
    }
    text
}

/// A line with a comment behind it.
fn commented(line: &str, comment: &str) -> String {
    format!("{line:<28} # {}\n", crate::text::sanitize(comment))
}
