//! `prospect man`

use anyhow::Context;
use clap::{Args, CommandFactory};

use super::{Arguments as CommandLine, CliError, Output};

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect man | man -l -
  prospect man > ~/.local/share/man/man1/prospect.1")]
pub struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<Output, CliError> {
    let mut page = Vec::new();
    let manual = clap_mangen::Man::new(CommandLine::command());
    manual.render(&mut page).context("the manual page")?;
    Ok(Output::from(String::from_utf8_lossy(&page).into_owned()))
}
