//! Suggestions for command lines that make no sense.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Arguments, CliError, Command};
use crate::did_you_mean::did_you_mean;
use crate::text::sanitize;

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
        _ => CliError::CommandLine(sanitized(error)),
    }
}

/// The error with the arguments that it quotes made safe to print.
fn sanitized(mut error: clap::Error) -> clap::Error {
    let safe = |text: &str| sanitize(text).into_owned();
    let context: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) => Some((kind, ContextValue::String(safe(text)))),
            ContextValue::Strings(texts) => {
                Some((kind, ContextValue::Strings(texts.iter().map(|text| safe(text)).collect())))
            }
            _ => None,
        })
        .collect();
    for (kind, value) in context {
        error.insert(kind, value);
    }
    error
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

/// Everyday words for what other commands do.
const EVERYDAY: &[(&str, &str)] = &[
    ("abandon", "prospect set ID status=abandoned --why \"…\""),
    ("compare", "prospect duel LEFT RIGHT --winner left"),
    ("create", "prospect add TITLE"),
    ("done", "prospect set ID status=done"),
    ("drop", "prospect set ID status=abandoned --why \"…\""),
    ("find", "prospect rank --filter WORDS"),
    ("mv", "prospect set ID id=NEW"),
    ("new", "prospect add TITLE"),
    ("open", "prospect PATH"),
    ("park", "prospect set ID status=parked"),
    ("rate", "prospect set ID ratings.headroom=7"),
    ("rename", "prospect set ID title=\"…\""),
    ("search", "prospect rank --filter WORDS"),
    ("settings", "prospect config"),
    ("shortlist", "prospect set ID status=shortlist"),
    ("start", "prospect set ID status=active"),
    ("tag", "prospect set ID tags=…"),
    ("triage", "prospect, then g 2"),
    ("tui", "prospect"),
    ("update", "prospect set ID FIELD=VALUE"),
    ("version", "prospect --version"),
];

/// Whether a word is meant as a path: it holds a slash, begins with `.` or `~`,
/// or ends in `.toml`.
fn looks_like_path(word: &str) -> bool {
    word.contains(std::path::is_separator)
        || word.starts_with(['.', '~'])
        || Path::new(word).extension().is_some_and(|extension| extension == "toml")
}

/// A first word that is neither a command nor a path that exists.
pub(super) fn no_such_path(path: &Path) -> CliError {
    let word = path.to_string_lossy();
    if looks_like_path(&word) {
        return no_such_workspace(path);
    }
    CliError::with_hint(format!("there is no command \"{word}\""), instead_of(&word))
}

/// A hint at what was meant by a word that is no command.
pub(super) fn instead_of(word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some((_, command)) = EVERYDAY.iter().find(|(everyday, _)| *everyday == lower) {
        return format!("try {command}");
    }
    let command = Arguments::command();
    let names: Vec<&str> =
        command.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases).collect();
    match did_you_mean(word, names) {
        hint if hint.is_empty() => {
            "prospect help lists the commands; a path holds a / or ends in .toml".to_owned()
        }
        hint => hint,
    }
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

pub(super) fn keys_without_workbench() -> CliError {
    CliError::usage("--keys, --print and --size belong to the workbench and to demo")
}
