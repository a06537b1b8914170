//! Output of a command: text on the standard output, messages on the standard
//! error, an exit code. The command line writes from nowhere else.
//!
//! A terminal gets printable text, tabs, line breaks and colours, and nothing
//! else, whatever a command hands over. A pipe or a file gets the bytes as they
//! are, without the colours of text that is meant for people.

use std::borrow::Cow;
use std::io;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::{CliError, GlobalArgs, error};
use crate::domain::Problem;
use crate::report::STRONG;
use crate::store::StoreError;
use crate::text::sanitize;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// What a command prints on the standard output, and its exit code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    text: String,
    content: Content,
    exit_code: u8,
}

impl Output {
    /// Text for programs, which reaches a pipe byte for byte.
    #[must_use]
    pub fn data(text: String) -> Self {
        Self { text, content: Content::Data, exit_code: 0 }
    }

    #[must_use]
    pub fn with_exit_code(self, exit_code: u8) -> Self {
        Self { exit_code, ..self }
    }
}

/// Text for people, which may hold colours.
impl From<String> for Output {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Prints the output, or the error, and gives the exit code. A reader that has
/// seen enough and closed the pipe is no failure.
#[must_use]
pub fn finish(outcome: Result<Output, CliError>, global: Option<&GlobalArgs>) -> ExitCode {
    let color = global.map_or(anstream::ColorChoice::Auto, GlobalArgs::color);
    match outcome {
        // A session of the workbench: its terminal may be gone.
        Ok(output) if output.text.is_empty() => ExitCode::from(output.exit_code),
        Ok(output) => match Stream::stdout(color).write(&output.text, output.content) {
            Ok(()) => ExitCode::from(output.exit_code),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                print_error(&CliError::Other(error.into()), color);
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            tracing::warn!(exit_code = error.exit_code(), "{error}");
            print_error(&error, color);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Prints an error on the standard error; a request for help is answered on the standard output.
fn print_error(error: &CliError, color: anstream::ColorChoice) {
    let text = match error {
        CliError::CommandLine(error) => {
            let text = error.render().ansi().to_string();
            if error.use_stderr() {
                say(&text, color);
            } else {
                // Nothing is left to be said if this fails.
                let _ = Stream::stdout(color).write(&text, Content::Styled);
            }
            return;
        }
        CliError::Usage { message, hint } => error_line(message, hint),
        CliError::Problems(problems) => error::render_problems(problems),
        CliError::Store(StoreError::Broken { problem, .. }) => {
            let message = format!("{} cannot be changed: it cannot be read", named(problem));
            error::render_problems(std::slice::from_ref(problem)) + &error_line(&message, "")
        }
        CliError::Store(StoreError::Conflict { .. }) => {
            error_line(&error.to_string(), "look at it, then do it again with --force")
        }
        CliError::Store(_) | CliError::Other(_) => error_line(&error.to_string(), ""),
    };
    say(&text, color);
}

fn named(problem: &Problem) -> String {
    match &problem.idea {
        Some(idea) => format!("\"{idea}\""),
        None => problem.file.display().to_string(),
    }
}

/// Writes a message to the standard error.
pub(super) fn say(text: &str, color: anstream::ColorChoice) {
    let _ = Stream::stderr(color).write(text, Content::Styled);
}

fn error_line(message: &str, hint: &str) -> String {
    line("error", ERROR, message, hint)
}

/// A warning in one line, for the standard error.
pub(super) fn warning_line(message: &str, hint: &str) -> String {
    line("warning", WARNING, message, hint)
}

fn line(kind: &str, style: Style, message: &str, hint: &str) -> String {
    let message: Vec<_> = message.lines().map(sanitize).collect();
    let mut text = format!("{style}{kind}{style:#}: {}\n", message.join("\n"));
    for hint in hint.lines() {
        text.push_str(&format!("  {STRONG}hint{STRONG:#}: {}\n", sanitize(hint)));
    }
    text
}

/// A kind of text, which decides what of it goes into a pipe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Content {
    /// For people: may hold colours.
    #[default]
    Styled,
    /// For programs: every byte counts.
    Data,
}

/// The standard output or the standard error.
pub(super) struct Stream {
    to: Box<dyn Write>,
    is_terminal: bool,
    colors: bool,
}

impl Stream {
    pub(super) fn stdout(color: ColorChoice) -> Self {
        let stdout = io::stdout();
        let colors = has_colors(AutoStream::choice(&stdout), color);
        let is_terminal = stdout.is_terminal();
        let to: Box<dyn Write> = match is_terminal {
            // Old consoles need the colours translated.
            true => Box::new(AutoStream::always(stdout.lock())),
            false => Box::new(stdout.lock()),
        };
        Self { to, is_terminal, colors }
    }

    pub(super) fn stderr(color: ColorChoice) -> Self {
        let stderr = io::stderr();
        let colors = has_colors(AutoStream::choice(&stderr), color);
        let is_terminal = stderr.is_terminal();
        let to: Box<dyn Write> = match is_terminal {
            true => Box::new(AutoStream::always(stderr.lock())),
            false => Box::new(stderr.lock()),
        };
        Self { to, is_terminal, colors }
    }

    pub(super) fn write(&mut self, text: &str, content: Content) -> io::Result<()> {
        let text = match (self.is_terminal, content) {
            (true, _) => for_terminal(text, self.colors),
            (false, Content::Styled) if !self.colors => without_colors(text),
            (false, _) => Cow::Borrowed(text),
        };
        self.to.write_all(text.as_bytes())?;
        self.to.flush()
    }
}

fn has_colors(usual: ColorChoice, asked: ColorChoice) -> bool {
    match asked {
        ColorChoice::Auto => usual != ColorChoice::Never,
        choice => choice != ColorChoice::Never,
    }
}

/// A piece of text: what a terminal shows, or one sequence that sets a colour.
enum Piece<'a> {
    Text(&'a str),
    Color(&'a str),
}

/// Splits a text at its colours (`ESC [ … m`).
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = rest.match_indices("\x1b[").find_map(|(at, _)| Some((at, color_at(rest, at)?)));
        let (end, is_color) = match start {
            Some((0, end)) => (end, true),
            Some((start, _)) => (start, false),
            None => (rest.len(), false),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if is_color { Piece::Color(piece) } else { Piece::Text(piece) })
    })
}

/// Where the colour that begins at `at` ends, if one does.
fn color_at(text: &str, at: usize) -> Option<usize> {
    let parameters = &text[at + 2..];
    let length = parameters.find(|c: char| !matches!(c, '0'..='9' | ';' | ':'))?;
    parameters[length..].starts_with('m').then_some(at + 2 + length + 1)
}

/// What a terminal may get of a text.
fn for_terminal(text: &str, colors: bool) -> Cow<'_, str> {
    let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.chars().all(is_plain) && matches!(sanitize(text), Cow::Borrowed(_)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Color(color) if colors => shown.push_str(color),
            Piece::Color(_) => {}
            Piece::Text(text) => {
                for part in text.replace("\r\n", "\n").split_inclusive(['\n', '\t']) {
                    let end = part.len() - usize::from(part.ends_with(['\n', '\t']));
                    shown.push_str(&sanitize(&part[..end]));
                    shown.push_str(&part[end..]);
                }
            }
        }
    }
    Cow::Owned(shown)
}

fn without_colors(text: &str) -> Cow<'_, str> {
    if !text.contains('\x1b') {
        return Cow::Borrowed(text);
    }
    let kept = pieces(text).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Color(_) => None,
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_colours_and_nothing_else_that_it_obeys() {
        let hostile =
            "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J \u{9b}31m \u{202e}x\r\n\ty\x08\x1b[";
        let shown = for_terminal(hostile, true);
        assert_eq!(shown, "\x1b[31mred\x1b[0m ␛]0;title␇ ␛[2J �31m �x\n\ty␈␛[");
        assert_eq!(
            for_terminal(hostile, false),
            shown.replace("\x1b[31m", "").replace("\x1b[0m", "")
        );
    }

    #[test]
    fn every_code_is_harmless() {
        for code in (0..0x20).chain(0x7f..0xa0) {
            let text = format!("a{}b", char::from_u32(code).unwrap());
            let shown = for_terminal(&text, true);
            assert!(shown.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')), "{code:x}");
        }
    }

    #[test]
    fn a_pipe_loses_colours_and_no_other_byte() {
        let text = "\x1b[1;38:5:4mbold\x1b[m\r\n\x1b[2K\u{9b}m\x1b]0;t\x07\x1b";
        assert_eq!(without_colors(text), "bold\r\n\x1b[2K\u{9b}m\x1b]0;t\x07\x1b");
    }
}
