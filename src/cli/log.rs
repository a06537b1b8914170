//! `prospect log`

use std::fmt::Display;
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, value};
use crate::domain::{Date, Edit, Entry, Idea, LogEntry, Status};
use crate::judge::{attention, is_first_log_in_a_week, scores};
use crate::text::sanitize;

/// Add a log entry: a day, hours, traction, a note
///
/// Traction is a level, 0 to 10: what could you show a sceptic today? Without
/// --id the entry goes to the idea whose dir holds the current folder.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect log 3h 6 \"first task works\"          3 hours, traction 6
  prospect log yesterday 2h30                   a day, and hours only
  prospect log --id small-teacher \"3 runs failed\"   a note only
  prospect log --id small-teacher --output \"talk: group seminar\"
  prospect log --id small-teacher --date 2026-03-01 --hours 2 --traction 5

Days: 2026-05-01, yesterday, mon. Hours: 3h, 3 h, 45m, 90min, 2h30, 1:30.")]
pub struct Arguments {
    /// The idea
    #[arg(long)]
    id: Option<String>,
    /// The day: 2026-05-01, yesterday, mon [default: today]
    #[arg(long)]
    date: Option<String>,
    /// Hours worked since the last entry
    #[arg(long, value_name = "H", value_parser = value::hours)]
    hours: Option<f64>,
    /// What could be shown to a sceptic, 0 to 10
    #[arg(long, value_name = "T", value_parser = value::level)]
    traction: Option<f64>,
    /// What left the house, its kind before a colon: "talk: group seminar"
    #[arg(long, value_name = "TEXT")]
    output: Option<String>,
    /// A day, hours, traction, a note, in this order; each may be left out
    note: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let entry = entry(arguments, global.as_of())?;
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let id = match &arguments.id {
        Some(id) => workspace.find(id)?.id.clone(),
        None => idea_without_option(arguments, &workspace)?.id.clone(),
    };
    let is_first = is_first_log_in_a_week(workspace.find(&id)?, entry.date);
    workspace
        .apply(|workspace| Ok(Edit::append(workspace.find(&id)?, Entry::Log(entry.clone()))))?;
    let title = sanitize(&workspace.find(&id)?.title).into_owned();
    let against = hours_against_rank(&workspace, &id).filter(|_| is_first);
    Ok(Output::from(format!(
        "Logged on \"{title}\": {}\n{}",
        understood(&entry),
        against.unwrap_or_default()
    )))
}

/// That the hours of the last weeks went to this idea and not to better ones, as a line.
fn hours_against_rank(workspace: &OpenWorkspace, id: &str) -> Option<String> {
    let (portfolio, settings) = (workspace.portfolio(), &workspace.settings);
    let scores = scores(portfolio, &settings.score);
    let rules = (&settings.score, &settings.stall);
    let attention = attention(portfolio, &scores, rules, settings.pursued, workspace.as_of)?;
    let is_this = portfolio.position(id) == Some(attention.position);
    is_this.then(|| format!("{}.\n", attention.sentence()))
}

fn entry(arguments: &Arguments, today: Date) -> Result<LogEntry, CliError> {
    let words = arguments.note.iter().map(String::as_str);
    let read = LogEntry::from_typed_words(words, today).map_err(|impossible| {
        let hint = "put the note in quotes if it begins with a number";
        CliError::with_hint(impossible.to_string(), hint)
    })?;
    let day = arguments.date.as_deref().map(|text| value::past_day(text, today)).transpose()?;
    let said = (read.date != today).then_some(read.date);
    let output = arguments.output.as_deref().map(str::trim).filter(|output| !output.is_empty());
    let output = output.map(str::to_owned);
    let entry = LogEntry {
        date: once("a day is", day, said)?.unwrap_or(today),
        hours: once("hours are", arguments.hours, read.hours)?,
        traction: once("traction is", arguments.traction, read.traction)?,
        output: once("an output is", output, read.output.clone())?,
        ..read
    };
    if entry.is_empty() {
        let hint = "prospect log 3h 6 \"first task works\"";
        return Err(CliError::with_hint("there is nothing to log", hint));
    }
    Ok(entry)
}

/// The value of an option, or else that of the words; never both.
fn once<T: Display>(what: &str, option: Option<T>, word: Option<T>) -> Result<Option<T>, CliError> {
    match (option, word) {
        (Some(option), Some(word)) => Err(CliError::with_hint(
            format!("{what} given twice: {option} and {word}"),
            "put the note in quotes if it begins with a number",
        )),
        (option, word) => Ok(option.or(word)),
    }
}

fn understood(entry: &LogEntry) -> String {
    let mut parts = vec![entry.date.to_string()];
    parts.extend(entry.hours.map(|hours| format!("{} h", (hours * 100.0).round() / 100.0)));
    parts.extend(entry.traction.map(|traction| format!("traction {traction}")));
    parts.extend(entry.output.as_ref().map(|output| format!("output \"{}\"", sanitize(output))));
    if !entry.note.is_empty() {
        parts.push(format!("note \"{}\"", sanitize(&entry.note)));
    }
    parts.join(", ")
}

/// The idea of the current folder. Other commands take the id first, so an id in
/// front is not taken for the note.
fn idea_without_option<'w>(
    arguments: &Arguments,
    workspace: &'w OpenWorkspace,
) -> Result<&'w Idea, CliError> {
    match arguments.note.first() {
        Some(word) if workspace.portfolio().get(word).is_some() => Err(CliError::with_hint(
            format!("\"{word}\" is an idea, not a note"),
            format!("did you mean --id {word}?"),
        )),
        // The beginning of an id is a word like any other where a folder says which idea.
        Some(word) => idea_here(workspace).map_err(|error| match workspace.find(word) {
            Ok(idea) => CliError::with_hint(
                format!("\"{word}\" is read as the note, and no idea is linked to this folder"),
                format!("did you mean --id {}?", idea.id),
            ),
            Err(_) => error,
        }),
        None => idea_here(workspace),
    }
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
            format!("no idea is linked to this folder ({})", here.display()),
            "name the idea with --id, or tell prospect once: prospect set ID dir=FOLDER",
        )),
        _ => {
            let ids: Vec<&str> = holding.iter().map(|(_, idea)| idea.id.as_str()).collect();
            Err(CliError::with_hint(
                format!("several ideas are linked to this folder ({})", here.display()),
                format!("name one with --id: {}", ids.join(", ")),
            ))
        }
    }
}

/// The folder that a `dir` means: `~` is the home folder, and what is
/// relative starts from the workspace.
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
