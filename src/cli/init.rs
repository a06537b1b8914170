//! `prospect init`

use std::io::ErrorKind;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;

use super::{CliError, GlobalArgs, Output};
use crate::store::{StoreError, Workspace};
use crate::text::sanitize;

/// Create a commented workspace; never overwrites
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect init                  where prospect looks if no workspace is named
  prospect init ~/research       a folder, ready for git
  prospect init ideas.toml       a single file")]
pub struct Arguments {
    /// Folder to create, or a file if it ends in .toml
    path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
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
