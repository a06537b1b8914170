//! Suggestions for command lines that make no sense.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Arguments, CliError, Command};
use crate::did_you_mean::did_you_mean;

/// Says more than the parser can about a word that is neither subcommand nor
/// PATH, and about a PATH where none is taken.
pub(super) fn explain(error: clap::Error, arguments: &[OsString]) -> CliError {
    if !error.use_stderr() {
        return CliError::CommandLine(error);
    }
    let first = first_word(arguments).filter(|word| !is_subcommand(word) && !word.exists());
    if let Some(first) = first {
        return no_such_path(first);
    }
    match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(word)))
            if Path::new(word).exists() =>
        {
            CliError::with_hint(
                format!("there is no place for \"{word}\" here"),
                format!(
                    "a PATH is the last argument, of commands that take one; \
                     else name the workspace with --workspace {word}"
                ),
            )
        }
        _ => CliError::CommandLine(error),
    }
}

/// The first argument that is neither an option nor the value of one.
fn first_word(arguments: &[OsString]) -> Option<&Path> {
    let command = Arguments::command();
    let takes_next = |option: &str| {
        command.get_arguments().any(|argument| {
            let long = argument.get_long().is_some_and(|long| option == format!("--{long}"));
            let short = argument.get_short().is_some_and(|short| option == format!("-{short}"));
            let next = argument.get_action().takes_values() && !argument.is_require_equals_set();
            (long || short) && next
        })
    };
    let mut arguments = arguments.iter().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some(option) if takes_next(option) => drop(arguments.next()),
            Some(option) if option.starts_with('-') => {}
            _ => return Some(Path::new(argument)),
        }
    }
    None
}

fn is_subcommand(word: &Path) -> bool {
    word.to_str().is_some_and(|word| Arguments::command().find_subcommand(word).is_some())
}

/// A first word that is neither a subcommand nor there.
pub(super) fn no_such_path(path: &Path) -> CliError {
    let word = path.to_string_lossy();
    let command = Arguments::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    let hint = match did_you_mean(&word, names) {
        hint if hint.is_empty() => format!("make a workspace there: prospect init {word}"),
        hint => hint,
    };
    CliError::with_hint(format!("there is no subcommand, file or folder \"{word}\""), hint)
}

/// A workspace that was named and is not there.
pub(super) fn no_such_workspace(path: &Path) -> CliError {
    let path = path.display();
    CliError::with_hint(
        format!("there is no file or folder \"{path}\""),
        format!("make a workspace there: prospect init {path}"),
    )
}

/// No workspace was named, and there is none yet.
pub(super) fn no_workspace_yet(path: &Path) -> CliError {
    CliError::with_hint(
        format!("there is no workspace yet ({} does not exist)", path.display()),
        "begin with one of: prospect add TITLE, prospect init, prospect demo\n\
         or name one: PATH, --workspace PATH, $PROSPECT_WORKSPACE",
    )
}

/// `prospect PATH rank`.
pub(super) fn path_before_command(path: &Path, command: &Command) -> CliError {
    let path = path.display();
    let hint = match takes_path(command) {
        Some(name) => format!("prospect {name} {path}"),
        None => format!("name the workspace with --workspace {path}"),
    };
    CliError::with_hint("PATH is the last argument, behind the subcommand", hint)
}

/// The name of a command that takes a PATH and may stand without other
/// arguments.
fn takes_path(command: &Command) -> Option<&'static str> {
    use super::Batch;
    match command {
        Command::Batch(Batch::Rank(_)) => Some("rank"),
        Command::Batch(Batch::Review(_)) => Some("review"),
        Command::Batch(Batch::Next(_)) => Some("next"),
        Command::Batch(Batch::Calibration(_)) => Some("calibration"),
        Command::Batch(Batch::Pair(_)) => Some("pair"),
        Command::Batch(Batch::Duels(_)) => Some("duels"),
        Command::Batch(Batch::Taste(_)) => Some("taste"),
        Command::Batch(Batch::Robust(_)) => Some("robust"),
        Command::Batch(Batch::Lab(_)) => Some("lab"),
        Command::Batch(Batch::Export(_)) => Some("export"),
        Command::Batch(Batch::Report(_)) => Some("report -o ideas.html"),
        Command::Batch(Batch::Check(_)) => Some("check"),
        Command::Batch(Batch::Config(_)) => Some("config"),
        Command::Batch(Batch::Init(_)) => Some("init"),
        _ => None,
    }
}

/// `prospect --print rank`.
pub(super) fn keys_without_workbench() -> CliError {
    CliError::usage("--keys, --print and --size belong to the workbench and to demo")
}
