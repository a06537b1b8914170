//! `prospect edit`, `set`, `rm`, `undo` and `redo`.

use std::io::IsTerminal;

use anyhow::anyhow;
use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, value};
use crate::domain::{Change, Edit, EditError, Field, Idea, Status, Value};
use crate::editor::Editor;
use crate::store::{OnConflict, Step, Wanted};
use crate::text::{sanitize, shorten};

/// Edit the text of an idea in your editor
///
/// Opens the TOML of the idea, as e does in the workbench. What is not valid is
/// refused and kept in a file of its own.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect edit small-teacher
  EDITOR=\"code --wait\" prospect edit small-teacher")]
pub struct EditArguments {
    /// The idea
    id: String,
}

pub(super) fn edit(arguments: &EditArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let (id, title) = {
        let idea = workspace.find(&arguments.id)?;
        (idea.id.clone(), sanitize(&idea.title).into_owned())
    };
    let missing = || anyhow!("the text of \"{id}\" cannot be found");
    let before = workspace.store().idea_text(&id).ok_or_else(missing)?;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let hint = "without one: prospect set ID FIELD=VALUE";
        return Err(CliError::with_hint("an editor needs a terminal", hint));
    }
    let editor = Editor::choose(workspace.settings.editor.as_deref());
    if !editor.notice().is_empty() {
        workspace.say(&format!("{}\n", editor.notice()));
    }
    let file = workspace.store().editor_file(&id).map_err(anyhow::Error::from)?;
    let text = editor.edit(&file, &before, 1).map_err(|error| anyhow!(error))?;
    let rewritten = workspace.store().rewrite(&id, &before, &text, OnConflict::Ask);
    let rewritten = rewritten.inspect_err(|_| {
        workspace.say(&format!("your text is in {}\n", sanitize(&file.display().to_string())));
    })?;
    // A copy that stays behind does no harm.
    let _ = std::fs::remove_file(&file);
    Ok(Output::from(match rewritten.edit {
        Some(_) => format!("Changed \"{title}\"; prospect undo takes it back\n"),
        None => "no change\n".to_owned(),
    }))
}

/// Columns for a value that is repeated in the confirmation.
const SAID: usize = 40;

/// Change fields of an idea
///
/// All changes of one call are taken back by one undo. LO..HI is a range, an
/// empty value clears the field, tags and lists are given with commas. A change
/// of status is recorded as a decision.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect set small-teacher ratings.headroom=7 ratings.longevity=3..6
  prospect set small-teacher bet.kind=hot bet.edge=8 tags=data,efficiency
  prospect set small-teacher status=abandoned --why \"each release takes back the gain\"
  prospect set small-teacher summary=           clears the summary
  prospect set small-teacher id=tiny-teacher    old references still find it

Fields:
  title summary tags links people from dir created id status parked_until parked_on
  revive_on revive_if rechecked merged_into aliases hindsight.{date,outcome}
  ratings.{simplicity,generality,longevity,headroom,strategy}
  bet.{kind,edge,commitment,crowding,chance,reward,fallback} case.{pitch,result,user,test}")]
pub struct SetArguments {
    /// The idea
    id: String,
    /// Fields and what they are to hold
    #[arg(value_name = "FIELD=VALUE", required = true)]
    assignments: Vec<String>,
    /// The reason for a change of status
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

pub(super) fn set(arguments: &SetArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut assignments = Vec::with_capacity(arguments.assignments.len());
    for text in &arguments.assignments {
        assignments.push(value::assignment(text)?);
    }
    let decides = assignments.iter().any(|(field, _)| *field == Field::Status);
    if arguments.why.is_some() && !decides {
        return Err(CliError::with_hint(
            "--why is the reason for a status",
            "status=parked --why …",
        ));
    }
    let starts = assignments.iter().any(|(field, value)| {
        *field == Field::Status && *value == Some(Value::Status(Status::Active))
    });
    let ids = ids_in(&arguments.id, &assignments);
    let wanted = Wanted { ids: &ids, ..Wanted::default() };
    // Others may be better than an idea that is started, or have the id already.
    let needs_others = starts || assignments.iter().any(|(field, _)| *field == Field::Id);
    let mut workspace =
        OpenWorkspace::edit_wanted(global, None, (!needs_others).then_some(wanted))?;
    let before = workspace.find(&arguments.id)?.clone();
    if steps(&workspace, &before, &assignments, arguments.why.as_deref())?.is_empty() {
        return Ok(Output::from("nothing to change\n".to_owned()));
    }
    if starts && before.status != Status::Active {
        workspace.say_passed_over(&before.id);
    }
    let edit = workspace.apply(|workspace| {
        let idea = workspace.find(&arguments.id)?;
        Ok(Edit::Group(steps(workspace, idea, &assignments, arguments.why.as_deref())?))
    })?;
    let title = sanitize(&before.title).into_owned();
    let changes: String =
        edit.flatten().into_iter().filter_map(|step| changed(&before, step)).collect();
    Ok(Output::from(format!("\"{title}\"\n{changes}")))
}

/// The idea that changes, and those that it is said to refer to.
fn ids_in<'a>(id: &'a str, assignments: &'a [(Field, Option<Value>)]) -> Vec<&'a str> {
    let others = assignments.iter().filter_map(|assignment| match assignment {
        (Field::ParkedOn | Field::MergedInto, Some(Value::Text(other))) => Some(other.as_str()),
        _ => None,
    });
    std::iter::once(id).chain(others).collect()
}

/// `ratings.headroom: 2 → 3..7`; nothing about what goes without saying.
fn changed(before: &Idea, step: &Edit) -> Option<String> {
    let Edit::Change { change: Change::Set { field, value }, .. } = step else { return None };
    let said = |value: Option<&Value>| match value {
        Some(value) => {
            let text = value.to_string();
            shorten(&sanitize(text.lines().next().unwrap_or_default()), SAID).into_owned()
        }
        None => "nothing".to_owned(),
    };
    let before = before.get(*field);
    (*field != Field::Aliases)
        .then(|| format!("{field}: {} → {}\n", said(before.as_ref()), said(value.as_ref())))
}

/// The edits that the assignments come to: none for what is so already, and a
/// new id last, because the others speak of the old one.
fn steps(
    workspace: &OpenWorkspace,
    idea: &Idea,
    assignments: &[(Field, Option<Value>)],
    why: Option<&str>,
) -> Result<Vec<Edit>, CliError> {
    let mut steps = Vec::new();
    let mut rename = None;
    for (field, value) in declare_bet(idea, assignments) {
        match (field, value) {
            (Field::Id, Some(Value::Text(new))) if new != idea.id => {
                if workspace.is_broken(&new) {
                    return Err(EditError::IdTaken { id: new }.into());
                }
                rename = Some(Edit::rename(idea, &new));
            }
            (Field::Status, value) => {
                let to = match value {
                    Some(Value::Status(to)) => to,
                    _ => Status::Inbox,
                };
                if to != idea.status || why.is_some() {
                    steps.push(Edit::decide(idea, to, workspace.as_of, why.unwrap_or_default()));
                }
            }
            (field @ (Field::ParkedOn | Field::MergedInto), Some(Value::Text(other))) => {
                // Files hold whole ids.
                let value = Some(Value::Text(workspace.find(&other)?.id.clone()));
                if idea.get(field) != value {
                    steps.push(Edit::set(&idea.id, field, value));
                }
            }
            (field, value) if idea.get(field) != value => {
                steps.push(Edit::set(&idea.id, field, value));
            }
            _ => {}
        }
    }
    steps.extend(rename);
    Ok(steps)
}

/// The assignments, with the kind of bet in front where an answer about a bet
/// is given for an idea that has none.
fn declare_bet(idea: &Idea, assignments: &[(Field, Option<Value>)]) -> Vec<(Field, Option<Value>)> {
    let declared = idea.bet.is_some() || assignments.iter().any(|(field, _)| *field == Field::Bet);
    let answered = assignments.iter().find_map(|(field, value)| match field {
        Field::BetInput(input) if value.is_some() => Some(input.kind()),
        _ => None,
    });
    let kind = answered.filter(|_| !declared).map(|kind| (Field::Bet, Some(Value::Bet(kind))));
    kind.into_iter().chain(assignments.iter().cloned()).collect()
}

/// Delete an idea
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect rm small-teacher
  prospect undo                  brings it back

An idea that is given up is better dropped, with its reason:
  prospect set small-teacher status=abandoned --why \"the gain is gone\"")]
pub struct RmArguments {
    /// The idea
    id: String,
}

pub(super) fn rm(arguments: &RmArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let title = sanitize(&workspace.find(&arguments.id)?.title).into_owned();
    workspace
        .apply(|workspace| Ok(Edit::Remove { id: workspace.find(&arguments.id)?.id.clone() }))?;
    Ok(Output::from(format!("Deleted \"{title}\"; prospect undo brings it back\n")))
}

/// Undo the last change, in this and earlier sessions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect undo
  prospect undo --force          even if the value was changed by hand since")]
pub struct UndoArguments {
    /// Undo even what was changed outside since
    #[arg(long)]
    force: bool,
}

/// Redo what was undone last
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect redo
  prospect redo --force          even if the value was changed by hand since")]
pub struct RedoArguments {
    /// Redo even over what was changed outside since
    #[arg(long)]
    force: bool,
}

pub(super) fn undo(arguments: &UndoArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let step = workspace.store().undo(on_conflict(arguments.force));
    workspace.say_notices();
    answer("Undone", "undo", step?)
}

pub(super) fn redo(arguments: &RedoArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let step = workspace.store().redo(on_conflict(arguments.force));
    workspace.say_notices();
    answer("Redone", "redo", step?)
}

fn on_conflict(force: bool) -> OnConflict {
    if force { OnConflict::Overwrite } else { OnConflict::Ask }
}

/// With nothing left to step to, the exit code is 1, so that a loop ends.
fn answer(did: &str, verb: &str, step: Option<Step>) -> Result<Output, CliError> {
    match step {
        Some(step) => Ok(Output::from(format!("{did}: {}\n", sanitize(&step.label)))),
        None => Err(CliError::Other(anyhow::anyhow!("there is nothing to {verb}"))),
    }
}
