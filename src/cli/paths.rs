//! `prospect paths`

use std::path::Path;

use clap::Args;

use super::{CliError, GlobalArgs, Output};
use crate::text::sanitize;

/// Print where prospect keeps its files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect paths
  prospect paths --workspace ~/research")]
pub struct Arguments {}

pub(super) fn run(_: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.place(None, &paths);
    let rows = [
        ("config", &paths.config),
        ("data", &paths.workspace),
        ("state", &paths.state),
        ("workspace", &place.path),
    ];
    Ok(Output::from(rows.map(|(name, path)| row(name, path)).concat()))
}

fn row(name: &str, path: &Path) -> String {
    let missing = if path.exists() { "" } else { "  (not there yet)" };
    format!("{name:<10} {}{missing}\n", sanitize(&path.display().to_string()))
}
