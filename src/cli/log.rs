//! `prospect log`

use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, value};
use crate::domain::{Date, Edit, Entry, Idea, LogEntry, Status};
use crate::text::sanitize;

/// Add a log entry: hours, traction, a note
///
/// Traction is a level, 0 to 10: what could you show a sceptic today? Without
/// --id the entry goes to the idea whose dir holds the current folder.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect log 3h 6 \"first task works\"          3 hours, traction 6
  prospect log 45m                              hours only
  prospect log --id small-teacher \"3 runs failed\"   a note only
  prospect log --id small-teacher --date 2026-03-01 --hours 2 --traction 5")]
pub struct Arguments {
    /// The idea
    #[arg(long)]
    id: Option<String>,
    /// The day [default: today]
    #[arg(long, value_parser = value::date)]
    date: Option<Date>,
    /// Hours worked since the last entry
    #[arg(long, value_name = "H", value_parser = value::hours)]
    hours: Option<f64>,
    /// What could be shown to a sceptic, 0 to 10
    #[arg(long, value_name = "T", value_parser = value::level)]
    traction: Option<f64>,
    /// Hours such as 3h or 45m, then traction, then a note
    note: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let entry = entry(arguments, global.as_of())?;
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let id = match &arguments.id {
        Some(id) => workspace.find(id)?.id.clone(),
        None => idea_here(&workspace)?.id.clone(),
    };
    workspace
        .apply(|workspace| Ok(Edit::append(workspace.find(&id)?, Entry::Log(entry.clone()))))?;
    Ok(Output::from(format!("{}: {}\n", sanitize(&id), understood(&entry))))
}

fn entry(arguments: &Arguments, today: Date) -> Result<LogEntry, CliError> {
    let words = arguments.note.iter().map(String::as_str);
    let mut entry = LogEntry::from_words(words, arguments.date.unwrap_or(today));
    entry.hours = once("hours", arguments.hours, entry.hours)?;
    entry.traction = once("traction", arguments.traction, entry.traction)?;
    if entry.is_empty() {
        let hint = "prospect log 3h 6 \"first task works\"";
        return Err(CliError::with_hint("there is nothing to log", hint));
    }
    Ok(entry)
}

/// What an option says, or else what the words say; never both.
fn once(what: &str, option: Option<f64>, word: Option<f64>) -> Result<Option<f64>, CliError> {
    match (option, word) {
        (Some(option), Some(word)) => Err(CliError::with_hint(
            format!("{what} are given twice: {option} and {word}"),
            "put the note in quotes if it begins with a number",
        )),
        (option, word) => Ok(option.or(word)),
    }
}

fn understood(entry: &LogEntry) -> String {
    let mut parts = vec![entry.date.to_string()];
    parts.extend(entry.hours.map(|hours| format!("{} h", (hours * 100.0).round() / 100.0)));
    parts.extend(entry.traction.map(|traction| format!("traction {traction}")));
    if !entry.note.is_empty() {
        parts.push(format!("note \"{}\"", sanitize(&entry.note)));
    }
    parts.join(", ")
}

/// The idea whose `dir` holds the current folder, the innermost if there are
/// several, and one that goes on before those that are over.
pub(super) fn idea_here(workspace: &OpenWorkspace) -> Result<&Idea, CliError> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let here = here.map_err(anyhow::Error::from)?;
    let folder = workspace.folder();
    let mut holding: Vec<(usize, &Idea)> = Vec::new();
    for idea in workspace.portfolio().ideas() {
        let Some(dir) = idea.dir.as_deref().map(|dir| resolve(dir, &folder)) else { continue };
        if here.starts_with(&dir) {
            holding.push((dir.components().count(), idea));
        }
    }
    let innermost = holding.iter().map(|(depth, _)| *depth).max();
    holding.retain(|(depth, _)| Some(*depth) == innermost);
    // A pivot leaves its folder to the idea that it became.
    let over = |idea: &Idea| matches!(idea.status, Status::Abandoned | Status::Done);
    if holding.iter().any(|(_, idea)| !over(idea)) {
        holding.retain(|(_, idea)| !over(idea));
    }
    match holding[..] {
        [(_, idea)] => Ok(idea),
        [] => Err(CliError::with_hint(
            format!("no idea has a dir that holds {}", here.display()),
            "name the idea with --id, or tell prospect once: prospect set ID dir=FOLDER",
        )),
        _ => {
            let ids: Vec<&str> = holding.iter().map(|(_, idea)| idea.id.as_str()).collect();
            Err(CliError::with_hint(
                format!("several ideas have a dir that holds {}", here.display()),
                format!("name one with --id: {}", ids.join(", ")),
            ))
        }
    }
}

/// The folder that a `dir` means: `~` is the home folder, and what is relative
/// starts from the workspace.
fn resolve(dir: &str, workspace: &Path) -> PathBuf {
    let dir = Path::new(dir);
    let path = match dir.strip_prefix("~") {
        Ok(rest) => match directories::BaseDirs::new() {
            Some(folders) => folders.home_dir().join(rest),
            None => dir.to_owned(),
        },
        Err(_) => workspace.join(dir),
    };
    path.canonicalize().unwrap_or_else(|_| without_dots(&path))
}

/// A path to what does not exist, with `.` and `..` taken out.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            component => plain.push(component),
        }
    }
    plain
}
