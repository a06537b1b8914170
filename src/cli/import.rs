//! `prospect import`

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, output};
use crate::domain::{Field, Portfolio};
use crate::exchange::{
    ImportHistory, ImportPlan, LocalEditKept, Mapping, ReusedKey, Shape, Skipped, Target,
    plan_import,
};
use crate::import_source::{self, IdeasOfSource, ImportSource, SourceError};
use crate::store;
use crate::text::{count, did_you_mean, fit, sanitize, shorten, width};

/// At most this many lines of one kind are said; --dry-run says all.
const SHOWN: usize = 12;

/// Take in ideas from a table, JSON, Markdown, Org, BibTeX, or another workspace
///
/// Says first what it takes every column for. Importing again updates: what has
/// changed in the source changes here, unless it was edited here too. One undo
/// takes the whole import back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect import papers.csv --dry-run          what would be written, and nothing else
  prospect import papers.csv --map Impact=ratings.headroom --map Remarks=
  prospect import backlog.md --to ~/ideas       bullet points, or headings with text
  prospect import notes/                        a folder of Markdown notes, one idea each
  prospect import ~/old/ideas.toml              another workspace, with logs and promises
  gh issue list --json title,body,url,labels | prospect import -")]
pub struct Arguments {
    /// A file, a folder of notes or a workspace; - reads the standard input
    file: PathBuf,
    /// Workspace to import into, instead of yours; created if need be
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,
    /// What a column is: a field as of "prospect set", log, log.hours, …; nothing leaves it out
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    maps: Vec<String>,
    /// What is an idea in Markdown [default: as it looks]
    #[arg(long = "as", value_name = "SHAPE")]
    shape: Option<As>,
    /// Put columns that are not used below the summary
    #[arg(long)]
    keep_rest: bool,
    /// Let the source win where both have changed
    #[arg(long)]
    overwrite: bool,
    /// Print what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What is an idea in Markdown.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum As {
    /// Every item of a list
    List,
    /// Every heading, with the text below it
    Headings,
    /// The whole file
    Note,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let user_mapping = arguments.user_mapping()?;
    let shape = arguments.shape.map(|shape| match shape {
        As::List => Shape::List,
        As::Headings => Shape::Headings,
        As::Note => Shape::Note,
    });
    let say = |text: &str| output::say(text, global.color());
    let paths = global.paths()?;
    let place = global.place(arguments.to.as_deref(), &paths);
    if import_source::is_same(&arguments.file, &place.path) {
        return Err(CliError::usage("a workspace cannot be imported into itself"));
    }
    let source = ImportSource::read(&arguments.file, &paths.state, shape)?;
    let name = sanitize(source.name());
    say(&format!("{name}, read as {}: {}\n", source.format(), source.size()));
    let read = source.ideas(&user_mapping, arguments.keep_rest).map_err(CliError::usage)?;
    if let Some(mapping) = &read.mapping {
        say(&mapping_table(mapping, arguments.keep_rest));
    }
    let IdeasOfSource { ideas, skipped, .. } = read;
    say(&left_out(&skipped, arguments.dry_run));
    if ideas.is_empty() {
        let message = format!("no idea could be read from {}", source.name());
        let message = format!("{message} ({} left out)", count(skipped.len(), "place"));
        return Err(CliError::with_hint(
            message,
            "prospect import --help shows what is understood",
        ));
    }
    let history_of = |workspace: &OpenWorkspace| {
        workspace.import_history().map(|text| ImportHistory::from_json(&text)).unwrap_or_default()
    };
    let options = source.options(global.as_of(), arguments.overwrite);
    if arguments.dry_run {
        let workspace = OpenWorkspace::edit_if_there(global, arguments.to.as_deref())?;
        let nothing = Portfolio::default();
        let portfolio = workspace.as_ref().map_or(&nothing, OpenWorkspace::portfolio);
        let history = workspace.as_ref().map(history_of).unwrap_or_default();
        let plan = plan_import(&ideas, portfolio, &history, &options);
        say(&left_out(&plan.skipped, true));
        say(&kept(&plan.kept, true));
        say(&reused_keys(&plan.reused_keys, true));
        say("this is what would be written; nothing was\n");
        return Ok(Output::from(preview(&plan)));
    }
    let mut workspace = OpenWorkspace::edit_or_create(global, arguments.to.as_deref(), None)?;
    let history = history_of(&workspace);
    let mut made = None;
    workspace.apply(|workspace| {
        let plan = plan_import(&ideas, workspace.portfolio(), &history, &options);
        let edit = plan.edit.clone();
        made = Some(plan);
        Ok(edit)
    })?;
    let plan = made.context("nothing was planned")?;
    if let Err(error) = workspace.save_import_history(&plan.history.to_json()) {
        let hint = "the ideas are written; the next import will ask rather than update";
        say(&output::warning_line(&error.to_string(), hint));
    }
    say(&left_out(&plan.skipped, false));
    say(&kept(&plan.kept, false));
    say(&reused_keys(&plan.reused_keys, false));
    if !plan.added.is_empty() {
        let place = sanitize(&place.path.display().to_string()).into_owned();
        say(&format!("next: prospect {place}, then g2 goes through them\n"));
    }
    Ok(Output::from(summary(&plan)))
}

impl From<SourceError> for CliError {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Problems(problems) => Self::Problems(problems),
            SourceError::Store(error) => Self::Store(error),
            SourceError::Io { .. } => Self::Other(error.into()),
            _ => Self::with_hint(error.to_string(), error.hint()),
        }
    }
}

impl Arguments {
    fn user_mapping(&self) -> Result<Vec<(String, Target)>, CliError> {
        let one = |map: &String| {
            let Some((column, name)) = map.rsplit_once('=') else {
                let hint = format!("{map}= leaves the column out");
                return Err(CliError::with_hint(format!("\"{map}\" is not COLUMN=FIELD"), hint));
            };
            let Some(target) = Target::from_name(name.trim()) else {
                let names = Target::names();
                let hint = match did_you_mean(name, names.iter().map(String::as_str)) {
                    hint if hint.is_empty() => format!("there are {}", names.join(", ")),
                    hint => hint,
                };
                return Err(CliError::with_hint(format!("there is no field \"{name}\""), hint));
            };
            Ok((column.to_owned(), target))
        };
        self.maps.iter().map(one).collect()
    }
}

fn mapping_table(mapping: &Mapping, keep_rest: bool) -> String {
    let names = mapping.columns.iter().map(|column| width(&sanitize(&column.name)));
    let room = names.max().unwrap_or(0).min(30);
    let mut text = String::new();
    let mut unused = false;
    let has_titles =
        mapping.columns.iter().any(|column| column.target == Target::Field(Field::Title));
    for column in &mapping.columns {
        let name = sanitize(&column.name);
        let target = match column.target {
            Target::Unused if keep_rest => "below the summary".to_owned(),
            // Without titles of their own, texts begin with them.
            Target::Field(Field::Summary) if !has_titles => {
                "title, and what follows it summary".into()
            }
            target => target.to_string(),
        };
        unused |= column.target == Target::Unused && !keep_rest;
        let filled = count(column.filled, "row");
        text.push_str(&format!("  {}  → {target}  ({filled})\n", fit(&name, room)));
    }
    if unused {
        text.push_str(
            "  what is not used: --map COLUMN=FIELD uses it, --keep-rest puts it below the summary\n",
        );
    }
    text
}

fn left_out(skipped: &[Skipped], all: bool) -> String {
    let lines =
        skipped.iter().map(|Skipped { location, message }| format!("{location}: {message}"));
    listed(&format!("left out, {}", count(skipped.len(), "place")), lines, all)
}

fn kept(kept: &[LocalEditKept], all: bool) -> String {
    let lines = kept.iter().map(|LocalEditKept { location, id, field, theirs }| {
        let theirs = theirs.lines().next().unwrap_or_default();
        let theirs = if theirs.is_empty() { "nothing" } else { theirs };
        format!("{location}: {field} of {id} stays; the source has: {}", shorten(theirs, 60))
    });
    let heading = "edited here and different in the source; --overwrite takes the source's";
    listed(heading, lines, all)
}

fn reused_keys(reused: &[ReusedKey], all: bool) -> String {
    let lines = reused.iter().map(|ReusedKey { location, key, id }| {
        format!("{location}: \"{key}\" was {id} before, which has another title and another text")
    });
    listed("added, because their key meant another idea before", lines, all)
}

/// Lines below a warning; not more than a person reads.
fn listed(heading: &str, lines: impl ExactSizeIterator<Item = String>, all: bool) -> String {
    let (total, shown) = (lines.len(), if all { usize::MAX } else { SHOWN });
    if total == 0 {
        return String::new();
    }
    let mut text = output::warning_line(heading, "");
    text.extend(lines.take(shown).map(|line| format!("  {}\n", sanitize(&line))));
    if total > shown {
        text.push_str(&format!("  and {} more; --dry-run lists all\n", total - shown));
    }
    text
}

/// What the files would get.
fn preview(plan: &ImportPlan) -> String {
    let mut text: Vec<String> = plan.added.iter().map(store::idea_toml).collect();
    text.extend(
        plan.updated
            .iter()
            .map(|(id, changed)| format!("# {} changes: {}\n", sanitize(id), changed.join(", "))),
    );
    text.push(format!("# {}", summary(plan)));
    text.join("\n")
}

fn summary(plan: &ImportPlan) -> String {
    let mut parts = vec![format!("{} added", count(plan.added.len(), "idea"))];
    parts.push(format!("{} updated", plan.updated.len()));
    parts.push(format!("{} unchanged", plan.unchanged));
    if !plan.kept.is_empty() {
        parts.push(format!("{} left as edited here", count(plan.kept.len(), "field")));
    }
    parts.join(", ") + "\n"
}
