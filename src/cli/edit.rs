//! `prospect edit`

use std::io::IsTerminal;

use anyhow::anyhow;
use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::editor::Editor;
use crate::store::OnConflict;
use crate::text::sanitize;

/// Edit the text of an idea in your editor
///
/// Opens the TOML of the idea, as e does in the workbench. What is not valid is
/// refused and kept in a file of its own.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect edit small-teacher
  EDITOR=\"code --wait\" prospect edit small-teacher")]
pub struct Arguments {
    /// The idea
    id: String,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
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
    workspace.say(&editor.notice());
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
