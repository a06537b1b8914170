//! Suggestions for command lines that make no sense.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{CliError, global};
use crate::did_you_mean::did_you_mean;
use crate::text::sanitize;

/// Says more than the parser can about a word that is neither subcommand nor
/// PATH, and about a PATH where none is taken.
pub(super) fn explain(error: clap::Error, arguments: &[OsString], all: &clap::Command) -> CliError {
    if !error.use_stderr() {
        return CliError::CommandLine(error);
    }
    let first = first_word(arguments, all);
    if let Some(first) = first.filter(|word| !is_subcommand(word, all) && !word.exists()) {
        return no_such_path(first, all);
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
fn first_word<'a>(arguments: &'a [OsString], all: &clap::Command) -> Option<&'a Path> {
    let takes_next = |option: &str| {
        all.get_arguments().any(|argument| {
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

fn is_subcommand(word: &Path, all: &clap::Command) -> bool {
    word.to_str().is_some_and(|word| all.find_subcommand(word).is_some())
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

/// Whether a word is meant as a path: it holds a slash, begins with `.` or `~`, or ends in `.toml`.
fn looks_like_path(word: &str) -> bool {
    word.contains(std::path::is_separator)
        || word.starts_with(['.', '~'])
        || Path::new(word).extension().is_some_and(|extension| extension == "toml")
}

/// A first word that is neither a command nor a path that exists.
pub(super) fn no_such_path(path: &Path, all: &clap::Command) -> CliError {
    let word = path.to_string_lossy();
    if looks_like_path(&word) {
        return global::no_such_workspace(path);
    }
    CliError::with_hint(format!("there is no command \"{word}\""), instead_of(&word, all))
}

/// A hint at what was meant by a word that is no command.
pub(super) fn instead_of(word: &str, all: &clap::Command) -> String {
    let lower = word.to_lowercase();
    if let Some((_, command)) = EVERYDAY.iter().find(|(everyday, _)| *everyday == lower) {
        return format!("try {command}");
    }
    let names: Vec<&str> =
        all.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases).collect();
    match did_you_mean(word, names) {
        hint if hint.is_empty() => {
            "prospect help lists the commands; a path holds a / or ends in .toml".to_owned()
        }
        hint => hint,
    }
}
