//! `prospect help`, the short text of `prospect --help`, and suggestions for command
//! lines that make no sense.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{CliError, Output, global};
use crate::command::{self, Keymap, Scope};
use crate::report::STRONG;
use crate::text::{did_you_mean, fit, sanitize, wrap};

/// The commands of the short help, in groups.
const GROUPS: &[(&str, &[(&str, &str)])] = &[
    (
        "Start",
        &[
            ("demo", "look around in a throw-away copy"),
            ("init", "make a workspace"),
            ("import", "bring a list you have (table, notes, Zotero, Org …)"),
        ],
    ),
    (
        "Every day",
        &[
            ("add", "add an idea"),
            ("log", "what you did: log 3h 6 \"first task works\""),
            ("forecast", "say what a run will show, and how sure you are"),
            ("next", "what needs you now"),
            ("undo", "undo the last change"),
        ],
    ),
    (
        "Choosing",
        &[
            ("rank", "the ranking             (list)"),
            ("show", "one idea, whole"),
            ("why", "why one idea stands above another"),
            ("review", "what needs a decision"),
        ],
    ),
    (
        "Others",
        &[
            ("ask", "a one-minute sheet for a colleague"),
            ("answers", "read it back"),
            ("report", "a page to mail"),
        ],
    ),
];

/// The screens of the workbench: name, key, and the scopes of their keys.
const SCREENS: &[(&str, &str, &[Scope])] = &[
    ("rank", "g1", &[Scope::Rank, Scope::Rating, Scope::Detail]),
    ("triage", "g2", &[Scope::Sort, Scope::Weigh, Scope::Cards, Scope::Triage]),
    ("duel", "g3", &[Scope::Duel, Scope::Result, Scope::Past]),
    ("review", "g4", &[Scope::Review]),
    ("map", "g5", &[Scope::Map]),
    ("taste", "g6", &[Scope::Taste, Scope::Adoption, Scope::Practice]),
];

/// Say how a command or a screen of the workbench is used
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect help --all
  prospect help log
  prospect help triage           a screen of the workbench")]
pub struct Arguments {
    /// A command or a screen
    words: Vec<String>,
    /// List all commands
    #[arg(long)]
    all: bool,
}

pub(super) fn run(arguments: &Arguments, mut all: clap::Command) -> Result<Output, CliError> {
    if arguments.all {
        return Ok(Output::from(all.render_long_help().ansi().to_string()));
    }
    let Some(word) = arguments.words.first() else { return Ok(Output::from(short_help(&all))) };
    let mut texts = Vec::new();
    all.build();
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    if let Some(command) = find(&mut all, &words) {
        texts.push(command.render_long_help().ansi().to_string());
    }
    texts.extend(screen_help(word));
    if texts.is_empty() {
        return Err(unknown(word, &all));
    }
    Ok(Output::from(texts.join("\n")))
}

/// The command that words name, one behind the other: `simulate duels`.
fn find<'c>(command: &'c mut clap::Command, words: &[&str]) -> Option<&'c mut clap::Command> {
    match words {
        [] => Some(command),
        [word, rest @ ..] => find(command.find_subcommand_mut(word)?, rest),
    }
}

fn unknown(word: &str, all: &clap::Command) -> CliError {
    let screens = SCREENS.iter().map(|(name, _, _)| *name);
    let hint = match did_you_mean(word, screens) {
        hint if hint.is_empty() => instead_of(word, all),
        hint => hint,
    };
    CliError::with_hint(format!("there is no command and no screen \"{word}\""), hint)
}

/// The keys of a screen.
fn screen_help(name: &str) -> Option<String> {
    let (name, key, scopes) = SCREENS.iter().find(|(screen, _, _)| *screen == name)?;
    let keymap = Keymap::default();
    let mut text = format!(
        "{STRONG}{name}{STRONG:#} is a screen of the workbench: open prospect, then {key}; ? there \
         says what it shows.\n"
    );
    for scope in *scopes {
        text.push_str(&format!("\n{STRONG}{}{STRONG:#}\n", scope.title()));
        for spec in command::all().iter().filter(|spec| spec.scope == *scope) {
            let keys = keymap.bindings_or_name(spec).join("  ");
            let mut lines = wrap(spec.help, 60).into_iter();
            let first = lines.next().unwrap_or_default();
            text.push_str(&format!("  {} {first}\n", fit(&keys, 16)));
            text.extend(lines.map(|line| format!("  {:16} {line}\n", "")));
        }
    }
    Some(text)
}

/// The text of `prospect --help`.
pub(super) fn short_help(all: &clap::Command) -> String {
    let mut text = "Choose what to research next.\n\n\
                    Usage: prospect [PATH]            open the workbench (a folder or a file)\n       \
                    prospect COMMAND …\n\n"
        .to_owned();
    for (group, commands) in GROUPS {
        let present = commands.iter().filter(|(name, _)| all.find_subcommand(name).is_some());
        for (at, (name, purpose)) in present.enumerate() {
            let group = if at == 0 { group } else { "" };
            text.push_str(&format!("{group:<11}{name:<14}{purpose}\n"));
        }
    }
    text.push_str(
        "\nhelp --all  all commands · help COMMAND · help rank, triage, duel … (screens)\n\
         Options: -w PATH  --as-of DATE  --json  --help --all shows the rest\n",
    );
    text
}

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
pub(super) fn looks_like_path(word: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_lines_that_the_palette_offers_can_be_typed() {
        for shell in command::SHELL_LINES {
            let words = shell.line.split_whitespace();
            let read = crate::cli::Arguments::command().try_get_matches_from(words);
            assert!(read.is_ok(), "{}: {read:?}", shell.line);
        }
    }

    #[test]
    fn the_short_help_fits_a_small_terminal() {
        let help = short_help(&crate::cli::Arguments::command());
        assert!(help.lines().count() <= 24, "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    }

    #[test]
    fn every_scope_of_a_screen_has_keys() {
        for (name, _, scopes) in SCREENS {
            let help = screen_help(name).unwrap();
            assert!(scopes.iter().all(|scope| help.contains(scope.title())), "{help}");
        }
    }
}
