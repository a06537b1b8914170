//! `prospect config`

use std::path::PathBuf;

use clap::Args;

use super::{Answer, Failure, Global};
use crate::config::{Setting, Settings};

/// Print the settings in force, as a file of settings
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect config
  prospect config ~/research     those of a workspace, over your own
  prospect config > ~/.config/prospect/config.toml")]
pub struct Arguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Answer, Failure> {
    let paths = global.paths()?;
    let place = global.place(arguments.path.as_deref(), &paths);
    let workspace = if place.named {
        Some(global.existing(arguments.path.as_deref(), &paths)?)
    } else {
        Some(place.path)
    };
    let settings = global.settings(&paths, workspace.as_deref())?;
    Ok(Answer::from(file(&settings)))
}

fn file(settings: &Settings) -> String {
    let mut text = String::new();
    let mut table = "";
    for setting in Setting::all() {
        let Setting { table: of, key, meaning, .. } = setting;
        if of != table {
            let gap = if table.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}[{of}]\n"));
            table = of;
        }
        let line = match setting.value(settings) {
            Some(value) => format!("{key} = {value}"),
            None => format!("# {key} = …"),
        };
        text.push_str(&format!("{line:<28} # {meaning}\n"));
    }
    text
}
