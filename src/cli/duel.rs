//! `prospect duel`

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::domain::{Duel, DuelEntry, Edit, Winner, fresh_duel_id};
use crate::text::sanitize;

/// Record which of two ideas you would rather pursue
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect duel small-teacher cache-prompts --winner left
  prospect duel small-teacher cache-prompts ~/ideas --winner tie
  prospect undo                                takes the answer back")]
pub struct Arguments {
    /// The idea on the left
    left: String,
    /// The idea on the right
    right: String,
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Which one: left, right or tie
    #[arg(long, value_parser = winner())]
    winner: Winner,
}

fn winner() -> impl TypedValueParser<Value = Winner> {
    PossibleValuesParser::new(Winner::ALL.iter().map(|winner| winner.id()))
        .map(|word| Winner::from_id(&word).unwrap_or(Winner::Tie))
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, arguments.path.as_deref())?;
    let at = global.now();
    let by = workspace.settings.person();
    let edit = workspace.apply(|workspace| {
        let left = workspace.find(&arguments.left)?.id.clone();
        let right = workspace.find(&arguments.right)?.id.clone();
        if left == right {
            return Err(CliError::usage(format!("\"{left}\" cannot be compared with itself")));
        }
        let (id, winner) = (fresh_duel_id(&at, global.salt()), arguments.winner);
        let (at, by) = (at.clone(), by.clone());
        Ok(Edit::Duel(DuelEntry::Duel(Duel { id, at, by, left, right, winner })))
    })?;
    Ok(Output::from(format!("{}\n", sanitize(&edit.describe()))))
}
