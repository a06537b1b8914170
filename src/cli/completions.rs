//! `prospect completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments as CommandLine, CliError, Output};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect completions bash > ~/.local/share/bash-completion/completions/prospect
  prospect completions fish > ~/.config/fish/completions/prospect.fish
  prospect completions zsh > ~/.zfunc/_prospect")]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Output, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut CommandLine::command(), "prospect", &mut script);
    Ok(Output::data(String::from_utf8_lossy(&script).into_owned()))
}
