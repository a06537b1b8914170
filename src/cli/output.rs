//! Output of a command: text on the standard output, messages on the standard
//! error, an exit code.

use std::io;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use super::stream::{Content, Stream};
use super::{CliError, GlobalArgs, diagnostics};
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

/// Prints an error on the standard error; a request for help is answered on the
/// standard output.
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
        CliError::Problems(problems) => diagnostics::render(problems),
        CliError::Store(StoreError::Broken { problem, .. }) => {
            let message = format!("{} cannot be changed: it cannot be read", named(problem));
            diagnostics::render(std::slice::from_ref(problem)) + &error_line(&message, "")
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
