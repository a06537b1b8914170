//! `prospect answers`

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, output};
use crate::domain::{Edit, is_file_name};
use crate::report::Answers;
use crate::text::{count, sanitize};

/// Take in a sheet that a colleague has filled in
///
/// Ratings are added to people/NAME.toml beside the ideas; what was answered
/// there before stays. What the colleague would start comes into your inbox.
/// `prospect undo` takes back all of it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect answers for-mara.md --from mara
  prospect answers - --from mara < reply.txt     a mail, as it came")]
pub struct Arguments {
    /// The sheet; - reads the standard input
    file: PathBuf,
    /// Who has answered
    #[arg(long, value_name = "NAME")]
    from: String,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let from = arguments.from.trim();
    if !is_file_name(from) {
        let hint = "people/NAME.toml must be a file: --from mara";
        return Err(CliError::with_hint(format!("\"{from}\" cannot be the name of a file"), hint));
    }
    let text = read(&arguments.file)?;
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let answers = Answers::read(&text, workspace.portfolio());
    for unread in &answers.unread {
        let message = format!("line {}: {}", unread.line, sanitize(&unread.message));
        workspace.say(&output::warning_line(&message, "this line was left out"));
    }
    if answers.started.is_empty() && answers.answered.is_empty() {
        let hint = "prospect ask prints a sheet whose form is understood";
        return Err(CliError::with_hint("there are no answers on this sheet", hint));
    }
    take(&mut workspace, &answers, from).map(Output::from)
}

fn read(file: &Path) -> Result<String, CliError> {
    let mut text = String::new();
    let result = if file == Path::new("-") {
        io::stdin().read_to_string(&mut text).map(drop)
    } else {
        fs::read_to_string(file).map(|read| text = read)
    };
    result.with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(text)
}

/// Takes the sheet in, all of it in one edit, and says what came of it.
fn take(workspace: &mut OpenWorkspace, answers: &Answers, from: &str) -> Result<String, CliError> {
    let as_of = workspace.as_of;
    let new = answers.new_answers(workspace.portfolio(), from);
    let kept: Vec<&str> = answers
        .answered
        .iter()
        .filter(|answered| !new.contains(answered))
        .map(|answered| answered.id.as_str())
        .collect();
    let shown = sanitize(from);
    let mut said = String::new();
    if !new.is_empty() {
        let ideas = count(new.len(), "idea");
        said += &format!("{shown}: answers about {ideas} added to people/{shown}.toml\n");
    }
    if !kept.is_empty() {
        said += &format!("answered before, left as it was: {}\n", sanitize(&kept.join(", ")));
    }
    if answers.edit(workspace.portfolio(), from, as_of).flatten().is_empty() {
        return Ok(said);
    }
    let edit = workspace.apply(|workspace| Ok(answers.edit(workspace.portfolio(), from, as_of)))?;
    let counted =
        |is_it: fn(&Edit) -> bool| edit.flatten().into_iter().filter(|step| is_it(step)).count();
    let new = counted(|step| matches!(step, Edit::Add { .. }));
    let known = counted(|step| matches!(step, Edit::Change { .. }));
    if new > 0 {
        said += &format!("{shown} would start: {} in your inbox now\n", count(new, "new idea"));
    }
    if known > 0 {
        said += &format!("{shown} would start what you have already: {}\n", count(known, "idea"));
    }
    Ok(said)
}
