//! `prospect ask`, `answers` and `lab`: what colleagues think.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, output};
use crate::domain::{Edit, Idea, Rater, is_file_name};
use crate::regular_file;
use crate::report;
use crate::report::{Answers, SheetNote};
use crate::text::{count, sanitize};

/// Print a one-minute sheet for a colleague: which of these would you start?
///
/// Without ids it asks about what you are choosing from and working on: the
/// shortlist and the active ideas. Your own answers are left out: they
/// would anchor the reader. With --full all questions are asked about each
/// idea; with --json a script can fill the sheet in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect ask > for-mara.txt
  prospect ask --full small-teacher seed-error-bars > for-mara.md
  prospect answers for-mara.txt --from mara      what came back")]
pub struct AskArguments {
    /// The ideas to ask about
    ids: Vec<String>,
    /// Ask every question about each idea
    #[arg(long)]
    full: bool,
    /// Print JSON, to be filled in by a script
    #[arg(long)]
    json: bool,
}

pub(super) fn ask(arguments: &AskArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, None)?;
    let ideas: Vec<&Idea> = if arguments.ids.is_empty() {
        let chosen = |idea: &&Idea| idea.status.is_compared_by_default();
        workspace.portfolio().iter().filter(chosen).collect()
    } else {
        arguments.ids.iter().map(|id| workspace.find(id)).collect::<Result<_, _>>()?
    };
    let (portfolio, owner) = (workspace.portfolio(), workspace.owner().unwrap_or_default());
    let (day, full) = (workspace.as_of, arguments.full);
    if arguments.json {
        return Ok(Output::data(report::sheet_json(portfolio, &ideas, &owner, day, full)));
    }
    Ok(Output::from(match full {
        true => report::sheet(&ideas),
        false => report::short_sheet(portfolio, &ideas, &owner, day),
    }))
}

/// Take in a sheet that a colleague, or a script, has filled in
///
/// What they say goes to people/NAME.toml beside the ideas: who is drawn to
/// what, what they crossed out and why, comments, ratings. Ratings that they
/// gave before stay. What they would start comes into your inbox. Typing errors
/// are read as far as can be told, and every line that is not understood is
/// named. `prospect undo` takes back all of it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect answers for-mara.txt --from mara
  prospect answers --from mara < reply.txt     a mail, as it came
  prospect ask --json | my-script | prospect answers --from my-script")]
pub struct AnswersArguments {
    /// The sheet, as text or JSON; - reads the standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Who has answered
    #[arg(long, value_name = "NAME")]
    from: String,
}

pub(super) fn answers(
    arguments: &AnswersArguments,
    global: &GlobalArgs,
) -> Result<Output, CliError> {
    let from = arguments.from.trim();
    if !is_file_name(from) {
        let hint = "people/NAME.toml must be a file: --from mara";
        return Err(CliError::with_hint(format!("\"{from}\" cannot be the name of a file"), hint));
    }
    let text = read(&arguments.file)?;
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let answers = Answers::read(&text, workspace.portfolio());
    for SheetNote { place, message } in &answers.unread {
        workspace.say(&output::warning_line(&format!("{place}: {message}"), "this was left out"));
    }
    if answers.is_empty() {
        let hint = "prospect ask prints a sheet whose form is understood";
        return Err(CliError::with_hint("there are no answers on this sheet", hint));
    }
    take(&mut workspace, &answers, from).map(Output::from)
}

fn read(file: &Path) -> Result<String, CliError> {
    let is_piped = file == Path::new("-");
    if is_piped && io::stdin().is_terminal() {
        let hint = "prospect answers FILE --from NAME, or a pipe";
        return Err(CliError::with_hint("no sheet is named, and none comes in", hint));
    }
    let mut bytes = Vec::new();
    let result = if is_piped {
        io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        regular_file::read(file).map(|(read, _)| bytes = read)
    };
    result.with_context(|| format!("{} cannot be read", file.display()))?;
    // A mail may have come in an encoding of long ago: its letters are lost, its
    // marks are not.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Takes the sheet in, all of it in one edit, and says what came of it.
fn take(workspace: &mut OpenWorkspace, answers: &Answers, from: &str) -> Result<String, CliError> {
    let as_of = workspace.as_of;
    let mut said = summary(answers, from);
    let new = answers.new_answers(workspace.portfolio(), from);
    let kept: Vec<&str> = answers
        .answered
        .iter()
        .filter(|answered| !new.contains(answered))
        .map(|answered| answered.id.as_str())
        .collect();
    let file = format!("people/{}.toml", sanitize(from));
    let ideas = new.len();
    if !kept.is_empty() {
        said += &format!("answered before, left as it was: {}\n", sanitize(&kept.join(", ")));
    }
    let has_words = !answers.new_reactions(workspace.portfolio(), from).is_empty();
    if answers.edit(workspace.portfolio(), from, as_of).flatten().is_empty() {
        return Ok(said + "Nothing new: all of this is there already.\n");
    }
    let edit = workspace.apply(|workspace| Ok(answers.edit(workspace.portfolio(), from, as_of)))?;
    if ideas > 0 {
        said += &format!("answers about {} added to {file}\n", count(ideas, "idea"));
    }
    if has_words {
        said += &format!("Written: {file}. On Rank and the idea page they stand under PEOPLE.\n");
    }
    let counted =
        |is_it: fn(&Edit) -> bool| edit.flatten().into_iter().filter(|step| is_it(step)).count();
    let new = counted(|step| matches!(step, Edit::Add { .. }));
    let known = counted(|step| matches!(step, Edit::Change { .. }));
    let name = Rater::new(from).shown_name();
    let name = sanitize(&name);
    if new > 0 {
        said += &format!("{name} would start: {} in your inbox now\n", count(new, "new idea"));
    }
    if known > 0 {
        said += &format!("{name} would start what you have already: {}\n", count(known, "idea"));
    }
    Ok(said)
}

/// `Lee: 2 excited, 1 crossed out, 3 comments`, and how each unusual line was
/// read.
fn summary(answers: &Answers, from: &str) -> String {
    let reactions = || answers.reactions.iter().map(|(_, reaction)| reaction);
    let excited = reactions().filter(|reaction| reaction.excited).count();
    let crossed = reactions().filter(|reaction| reaction.hopeless.is_some()).count();
    let reasons = reactions().filter_map(|reaction| reaction.hopeless.as_deref());
    let comments = reactions().map(|reaction| reaction.comment.as_str()).chain(reasons);
    let comments = comments.filter(|text| !text.is_empty()).count();
    let name = Rater::new(from).shown_name();
    let mut parts = vec![format!("{excited} excited"), format!("{crossed} crossed out")];
    parts.push(count(comments, "comment"));
    if !answers.answered.is_empty() {
        parts.push(format!("{} rated", count(answers.answered.len(), "idea")));
    }
    let first = if answers.started.is_empty() { "." } else { "; the first answer is kept too." };
    let mut said = format!("{}: {}{first}\n", sanitize(&name), parts.join(", "));
    for SheetNote { place, message } in &answers.notes {
        said += &format!("  {place}  {}\n", sanitize(message));
    }
    said
}

/// Print one page for a group meeting
///
/// Where people disagree most and on which question, an idea that no one would
/// start today, and one that all are drawn to and no one works on. Markdown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect lab
  prospect lab ~/ideas > meeting.md")]
pub struct LabArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
}

pub(super) fn lab(arguments: &LabArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let owner = workspace.owner().unwrap_or_else(|| "I".to_owned());
    Ok(Output::from(report::meeting_page(workspace.portfolio(), &workspace.settings.score, &owner)))
}
