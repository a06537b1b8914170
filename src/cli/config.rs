//! The program about itself: `prospect config`, `paths`, `keys`, `schema`, `man` and
//! `completions`, and the pages of the documentation that are generated from its tables.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::{CliError, GlobalArgs, Output, error, output};
use crate::command::{self, Keymap, Scope};
use crate::config::{LoadReport, Origin, Setting, Settings, settings_schema};
use crate::domain::{BetKind, Criterion, Question};
use crate::find::Filter;
use crate::report::STRONG;
use crate::store::idea_schema;
use crate::text::sanitize;
use crate::{report, text};

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
pub struct ConfigArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print every setting, and the keys of the workbench
    #[arg(long)]
    all: bool,
    /// Print JSON, always of every setting
    #[arg(long)]
    json: bool,
}

pub(super) fn config(arguments: &ConfigArguments, global: &GlobalArgs) -> Result<Output, CliError> {
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
        output::say(&error::render_problems(faults), global.color());
    }
    let text =
        if arguments.json { report::settings_json(&report) } else { file(&report, arguments.all) };
    let exit_code = if faults.is_empty() { 0 } else { 2 };
    Ok(Output::from(text).with_exit_code(exit_code))
}

/// A file of settings. What is not set, and keys that are those of the
/// table, stand there as comments.
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

/// Print where prospect keeps its files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect paths
  prospect paths --workspace ~/research")]
pub struct PathsArguments {}

pub(super) fn paths(_: &PathsArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.place(None, &paths);
    let rows = [
        ("config", &paths.config),
        ("data", &paths.workspace),
        ("state", &paths.state),
        ("workspace", &place.path),
    ];
    Ok(Output::from(rows.map(|(name, path)| row(name, path)).concat()))
}

fn row(name: &str, path: &Path) -> String {
    let missing = if path.exists() { "" } else { "  (not there yet)" };
    format!("{name:<10} {}{missing}\n", sanitize(&path.display().to_string()))
}

/// Print the keys of the workbench that are in force
///
/// Those of the built-in table, with what [keys] in your settings says instead.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect keys
  prospect keys | grep undo")]
pub struct KeysArguments {}

pub(super) fn keys(_: &KeysArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let settings = global.settings(&global.paths()?, None)?;
    if !settings.ui_problems.is_empty() {
        output::say(&error::render_problems(&settings.ui_problems), global.color());
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

/// Print the JSON Schema of the ideas or of the settings
///
/// An editor that knows TOML completes and checks a file whose first line names
/// its schema. prospect init writes both.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect schema > .prospect.schema.json
                                 beside the ideas, whose first line is then
                                 #:schema ./.prospect.schema.json
  prospect schema workspace      of the prospect.toml beside the ideas
  prospect schema config         of your own config.toml")]
pub struct SchemaArguments {
    /// Whose schema
    #[arg(value_enum, default_value_t)]
    of: Subject,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Subject {
    /// A file of ideas
    #[default]
    Idea,
    /// The prospect.toml of a workspace
    Workspace,
    /// Your own config.toml
    Config,
}

pub(super) fn schema(arguments: &SchemaArguments) -> Result<Output, CliError> {
    let schema = match arguments.of {
        Subject::Idea => idea_schema(),
        Subject::Workspace => settings_schema(true),
        Subject::Config => settings_schema(false),
    };
    Ok(Output::from(format!("{schema:#}\n")))
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect man | man -l -
  prospect man > ~/.local/share/man/man1/prospect.1")]
pub struct ManArguments {}

pub(super) fn man(_: &ManArguments, all: clap::Command) -> Result<Output, CliError> {
    let mut page = Vec::new();
    let manual = clap_mangen::Man::new(all);
    manual.render(&mut page).context("the manual page")?;
    Ok(Output::from(String::from_utf8_lossy(&page).into_owned()))
}

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect completions bash > ~/.local/share/bash-completion/completions/prospect
  prospect completions fish > ~/.config/fish/completions/prospect.fish
  prospect completions zsh > ~/.zfunc/_prospect")]
pub struct CompletionsArguments {
    /// The shell
    shell: Shell,
}

pub(super) fn completions(
    arguments: &CompletionsArguments,
    mut all: clap::Command,
) -> Result<Output, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut all, "prospect", &mut script);
    Ok(Output::data(String::from_utf8_lossy(&script).into_owned()))
}

/// `docs/keys.md`: every key of the workbench.
#[must_use]
pub fn keys_page() -> String {
    let mut page = "# Keys\n\n\
        Generated from the table of commands; `prospect keys` prints the same, and `?` shows what \
        is valid on the screen before you.\n"
        .to_owned();
    let keymap = Keymap::default();
    for scope in Scope::ALL {
        let _ = write!(page, "\n## {}\n\n| key | does | name |\n|---|---|---|\n", scope.title());
        for entry in command::all().iter().filter(|entry| entry.scope == scope) {
            let keys: Vec<String> =
                keymap.bindings_or_name(entry).iter().map(|keys| format!("`{keys}`")).collect();
            let _ = writeln!(page, "| {} | {} | {} |", keys.join(" "), entry.help, entry.id);
        }
    }
    page
}

/// The tables of `docs/settings.md`: everything that can be set but keys.
#[must_use]
pub fn settings_tables() -> String {
    let settings = Settings::default();
    let mut page = String::new();
    let mut table = "";
    for setting in Setting::all() {
        let Setting { table: of, key, meaning, .. } = setting;
        if of != table {
            let files = if setting.is_personal() {
                "In your own file only."
            } else {
                "In your own file, and over it in that of a workspace."
            };
            let _ = write!(
                page,
                "\n### `[{of}]`\n\n{files}\n\n| key | built in | takes | what it is |\n|---|---|---|---|\n"
            );
            table = of;
        }
        let value = setting.value(&settings);
        let value = value.map_or_else(|| "–".to_owned(), |value| format!("`{value}`"));
        let _ = writeln!(page, "| `{key}` | {value} | {} | {meaning} |", setting.expected());
    }
    page
}

/// `docs/criteria.md`: every question, and what the numbers mean.
#[must_use]
pub fn criteria_page() -> String {
    let mut page = "# Criteria\n\n\
        Generated from the tables in `src/core/domain`. Answers go from 0 to 10 (a chance from 0 to 1); \
        a range says that you are unsure, and no answer says that you do not know.\n\n\
        ## The five criteria\n\n\
        | criterion | question | 0–2 | 5 | 9–10 | weight |\n|---|---|---|---|---|--:|\n"
        .to_owned();
    for criterion in Criterion::ALL {
        let weight = criterion.default_weight();
        let _ =
            writeln!(page, "| {} {} {weight:.2} |", criterion.id(), answers(criterion.question()));
    }
    page.push_str(
        "\nStrategy normally follows from the bet. How the five become a score stands in \
         [science.md](science.md).\n",
    );
    for kind in BetKind::ALL {
        let _ = write!(
            page,
            "\n## A {} bet\n\n| question | | low | middle | high |\n|---|---|---|---|---|\n",
            kind.id()
        );
        for input in kind.inputs() {
            let _ = writeln!(page, "| {} {}", input.id(), answers(input.question()));
        }
    }
    page
}

fn answers(question: &Question) -> String {
    let Question { text, low, middle, high } = question;
    format!("| {text} | {low} | {middle} | {high} |")
}
