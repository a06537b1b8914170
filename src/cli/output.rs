//! The output of a command: text on standard output, remarks on standard error, an
//! exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use super::{CliError, GlobalArgs, diagnostics};
use crate::domain::Problem;
use crate::report::STRONG;
use crate::store::StoreError;
use crate::text::sanitize;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// What a command has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    text: String,
    exit_code: u8,
}

impl Output {
    /// The same answer, with another exit code than 0.
    #[must_use]
    pub fn with_exit_code(self, exit_code: u8) -> Self {
        Self { exit_code, ..self }
    }
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        Self { text, exit_code: 0 }
    }
}

/// Prints the answer, or why there is none, and gives the exit code. A reader
/// that has seen enough and closed the pipe is no failure.
#[must_use]
pub fn finish(outcome: Result<Output, CliError>, global: Option<&GlobalArgs>) -> ExitCode {
    let color = global.map_or(anstream::ColorChoice::Auto, GlobalArgs::color);
    match outcome {
        // A session of the workbench: its terminal may be gone.
        Ok(answer) if answer.text.is_empty() => ExitCode::from(answer.exit_code),
        Ok(answer) => match print(&answer.text, color) {
            Ok(()) => ExitCode::from(answer.exit_code),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                complain(&CliError::Other(error.into()), color);
                ExitCode::FAILURE
            }
        },
        Err(failure) => {
            tracing::warn!(exit_code = failure.exit_code(), "{failure}");
            complain(&failure, color);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The standard output, for an interactive command.
pub(super) fn stdout(color: anstream::ColorChoice) -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::new(io::stdout().lock(), color)
}

fn print(text: &str, color: anstream::ColorChoice) -> io::Result<()> {
    let mut out = stdout(color);
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says on the standard error why nothing was done. If that fails there is
/// no one left to tell.
fn complain(failure: &CliError, color: anstream::ColorChoice) {
    let text = match failure {
        CliError::CommandLine(error) => {
            let _ = error.print();
            return;
        }
        CliError::Usage { message, hint } => error_line(message, hint),
        CliError::Problems(problems) => diagnostics::render(problems),
        CliError::Store(StoreError::Broken { problem, .. }) => {
            let message = format!("{} cannot be changed: it cannot be read", named(problem));
            diagnostics::render(std::slice::from_ref(problem)) + &error_line(&message, "")
        }
        CliError::Store(StoreError::Conflict { .. }) => {
            error_line(&failure.to_string(), "look at it, then do it again with --force")
        }
        CliError::Store(_) | CliError::Other(_) => error_line(&failure.to_string(), ""),
    };
    say(&text, color);
}

fn named(problem: &Problem) -> String {
    match &problem.idea {
        Some(idea) => format!("\"{idea}\""),
        None => problem.file.display().to_string(),
    }
}

/// Writes to the standard error what is not the answer.
pub(super) fn say(text: &str, color: anstream::ColorChoice) {
    let mut stderr = AutoStream::new(io::stderr().lock(), color);
    let _ = stderr.write_all(text.as_bytes());
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
