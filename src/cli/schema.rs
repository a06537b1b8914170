//! `prospect schema`

use clap::{Args, ValueEnum};

use super::{CliError, Output};
use crate::config::settings_schema;
use crate::store::idea_schema;

/// Print the JSON Schema of the ideas or of the settings
///
/// An editor that knows TOML completes and checks a file whose first line names
/// its schema. prospect init writes both.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect schema > .prospect.schema.json
                                 beside the ideas, whose first line is then
                                 #:schema ./.prospect.schema.json
  prospect schema workspace      of the prospect.toml beside the ideas
  prospect schema config         of your own config.toml")]
pub struct Arguments {
    /// Whose schema
    #[arg(value_enum, default_value_t)]
    of: Subject,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Subject {
    /// A file of ideas
    #[default]
    Idea,
    /// The prospect.toml of a workspace
    Workspace,
    /// Your own config.toml
    Config,
}

pub(super) fn run(arguments: &Arguments) -> Result<Output, CliError> {
    let schema = match arguments.of {
        Subject::Idea => idea_schema(),
        Subject::Workspace => settings_schema(true),
        Subject::Config => settings_schema(false),
    };
    Ok(Output::from(format!("{schema:#}\n")))
}
