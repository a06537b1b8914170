//! `prospect init` and `prospect add`.

use std::io::{BufRead, ErrorKind};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, output, value};
use crate::domain::{
    BetInput, BetKind, Capture, Criterion, Edit, Field, Idea, NewIds, Status, references_in_title,
};
use crate::store::{StoreError, Wanted, Workspace};
use crate::text::sanitize;

/// Add an idea and print its id
///
/// In a title, #tag adds a tag, @name a person who is into it, and !hot or !next
/// the bet; a backslash in front keeps the sign.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect add \"Let the model write out its reasoning #reasoning @mara !hot\"
  prospect add \"Small teachers\" --tag data,efficiency --summary \"A tenth of the size picks the data.\"
  prospect add - --tag reading-group < ideas.txt
  prospect add \"Ask the solver\" --bet hot --rate headroom=8 --rate longevity=6..9 --rate edge=7")]
pub struct AddArguments {
    /// Its title, with #tags @people !hot or !next; - reads one idea per line
    /// from standard input
    title: String,
    /// What it is about; Markdown
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// Keywords; several with commas, or the option again
    #[arg(long = "tag", value_name = "TAG", value_delimiter = ',')]
    tags: Vec<String>,
    /// The way of betting: hot or next-hot
    #[arg(long, value_name = "KIND", value_parser = bet)]
    bet: Option<BetKind>,
    /// An answer: a criterion, or a question about the bet, = a number or LO..HI
    #[arg(long = "rate", value_name = "CRITERION=VALUE")]
    rates: Vec<String>,
    /// Where it stands [default: inbox]
    #[arg(long, value_parser = value::status)]
    status: Option<Status>,
    /// Who proposes it
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
}

pub(super) fn add(arguments: &AddArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let lines = match arguments.title.trim() {
        "-" => titles(std::io::stdin().lock())?,
        title => vec![title.to_owned()],
    };
    let ideas: Vec<Idea> =
        lines.iter().map(|line| described(line, arguments, global)).collect::<Result<_, _>>()?;
    if ideas.is_empty() {
        return Ok(Output::default());
    }
    let titles: Vec<&str> = ideas.iter().map(|idea| idea.title.as_str()).collect();
    let wanted = Wanted { titles: &titles, ..Wanted::default() };
    let mut workspace = OpenWorkspace::edit_or_create(global, None, Some(wanted))?;
    let known = same_titles(&ideas, &workspace);
    let edit = workspace.apply(|workspace| {
        let mut ids = NewIds::new(workspace.portfolio());
        let add = |idea: &Idea| {
            let (id, links) = (ids.of_title(&idea.title), references_in_title(&idea.title));
            let idea = Box::new(Idea { id, links, ..idea.clone() });
            Edit::Add { idea, before: None }
        };
        Ok(Edit::Group(ideas.iter().map(add).collect()))
    })?;
    workspace.say(&known);
    Ok(Output::from(edit.ids().iter().map(|id| format!("{id}\n")).collect::<String>()))
}

/// Warnings of titles that ideas of the workspace have already.
fn same_titles(ideas: &[Idea], workspace: &OpenWorkspace) -> String {
    let known = |idea: &Idea| {
        let title = idea.title.to_lowercase();
        workspace.portfolio().iter().find(|other| other.title.to_lowercase() == title)
    };
    let warn = |other: &Idea| {
        let message = format!("there is one with this title already: {}", other.id);
        output::warning_line(&message, "prospect undo takes the new one back")
    };
    ideas.iter().filter_map(known).map(warn).collect()
}

/// One title per line, without the marks of a list; empty lines do not count.
fn titles(lines: impl BufRead) -> Result<Vec<String>, CliError> {
    let without = |line: &str, marks: &[&str]| {
        marks.iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line).trim().to_owned()
    };
    let mut titles = Vec::new();
    for line in lines.lines() {
        let line = line.context("standard input cannot be read")?;
        let line = line.trim_start_matches('\u{feff}').trim();
        let title = without(line, &["- ", "* ", "+ "]);
        let title = without(&title, &["[ ] ", "[x] ", "[X] "]);
        if !title.is_empty() && title != "-" {
            titles.push(title);
        }
    }
    Ok(titles)
}

/// The idea that a line and the options describe.
fn described(line: &str, arguments: &AddArguments, global: &GlobalArgs) -> Result<Idea, CliError> {
    let capture = Capture::parse(line);
    if capture.title.is_empty() {
        return Err(CliError::usage("title must not be empty"));
    }
    let mut idea = capture.into_idea("", global.as_of());
    idea.summary = arguments.summary.clone().unwrap_or_default();
    for tag in arguments.tags.iter().flat_map(|tags| value::list(tags)) {
        if !idea.tags.contains(&tag) {
            idea.tags.push(tag);
        }
    }
    idea.status = arguments.status.unwrap_or(Status::Inbox);
    idea.bet = arguments.bet.or(idea.bet);
    let from = arguments.from.as_deref().map(str::trim).filter(|from| !from.is_empty());
    idea.from = from.map(str::to_owned);
    for rate in &arguments.rates {
        apply_rate(&mut idea, rate)?;
    }
    Ok(idea)
}

/// Reads `headroom=7` or `edge=3..7` into the idea. A question about a bet
/// declares the bet, unless another is declared.
fn apply_rate(idea: &mut Idea, rate: &str) -> Result<(), CliError> {
    let (name, number) = rate.split_once('=').unwrap_or((rate, ""));
    let criterion = Criterion::from_id(name).map(Field::Rating);
    let input = BetInput::from_id(name);
    let field = criterion.or(input.map(Field::BetInput));
    let Some(field) = field.filter(|_| !number.trim().is_empty()) else {
        return Err(wrong_rate(rate));
    };
    if let Some(input) = input {
        let kind = *idea.bet.get_or_insert(input.kind());
        if kind != input.kind() {
            let allowed = kind.inputs().map(BetInput::id).join(", ");
            return Err(CliError::usage(format!(
                "{name} is not asked of a {} bet, only {allowed}",
                kind.id()
            )));
        }
    }
    idea.set(field, value::value(field, number)?)?;
    Ok(())
}

fn wrong_rate(rate: &str) -> CliError {
    let criteria = Criterion::ALL.map(Criterion::id).join(", ");
    let inputs = |kind: BetKind| kind.inputs().map(BetInput::id).join(", ");
    CliError::with_hint(
        format!("\"{rate}\" is not CRITERION=VALUE or CRITERION=LO..HI"),
        format!(
            "criteria are {criteria}, each 0 to 10\n\
             a hot bet has {}; a next-hot bet has {} (chance is 0 to 1)",
            inputs(BetKind::Hot),
            inputs(BetKind::NextHot)
        ),
    )
}

fn bet(text: &str) -> Result<BetKind, String> {
    BetKind::from_id(text)
        .ok_or_else(|| format!("one of {}", BetKind::ALL.map(BetKind::id).join(", ")))
}

/// Create a commented workspace; never overwrites
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect init                  where prospect looks if no workspace is named
  prospect init ~/research       a folder, ready for git
  prospect init ideas.toml       a single file")]
pub struct InitArguments {
    /// Folder to create, or a file if it ends in .toml
    path: Option<PathBuf>,
}

pub(super) fn init(arguments: &InitArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.place(arguments.path.as_deref(), &paths);
    let file = Workspace::create(&place.path).map_err(explain)?;
    let option = match (&arguments.path, place.explicit) {
        (None, _) => String::new(),
        (Some(path), _) => {
            format!(" --workspace {}", shell_words(&sanitize(&path.display().to_string())))
        }
    };
    Ok(Output::from(format!(
        "created {}\n\nNext:\n  \
         prospect{option} add \"What if a model wrote out its reasoning?\"\n  \
         prospect{}\n",
        sanitize(&file.display().to_string()),
        option.replace("--workspace ", ""),
    )))
}

/// Says it plainly where something is there already.
fn explain(error: StoreError) -> CliError {
    match error {
        StoreError::Io { path, source } if source.kind() == ErrorKind::AlreadyExists => {
            anyhow!("{} is there already; nothing was changed", path.display()).into()
        }
        error => error.into(),
    }
}

/// A word as a shell reads it.
fn shell_words(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-~+:@%".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
