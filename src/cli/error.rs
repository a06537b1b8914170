//! Errors of a command, with the exit codes that they lead to; and problems of files as
//! a person wants to see them: the line, and a pointer at the spot.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::domain::{EditError, Problem, Severity};
use crate::store::StoreError;
use crate::text::{count, sanitize};

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// What was asked makes no sense.
    #[error("{message}")]
    Usage {
        message: String,
        /// What to do instead; may be empty.
        hint: String,
    },
    /// The command line cannot be read, or asks for help.
    #[error(transparent)]
    CommandLine(#[from] clap::Error),
    /// The data are not valid.
    #[error("{} in the files", count(.0.len(), "problem"))]
    Problems(Vec<Problem>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl From<EditError> for CliError {
    fn from(error: EditError) -> Self {
        Self::usage(error.to_string())
    }
}

impl CliError {
    /// What was asked makes no sense, and no advice is needed.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: String::new() }
    }

    /// What was asked makes no sense; do this instead.
    pub fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }

    /// 2 for wrong usage and invalid data, 1 for everything that the system or
    /// another program is in the way of, 0 for a request for help.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::CommandLine(error) => u8::try_from(error.exit_code()).unwrap_or(2),
            Self::Usage { .. }
            | Self::Problems(_)
            | Self::Store(StoreError::Edit(_) | StoreError::Broken { .. }) => 2,
            Self::Store(_) | Self::Other(_) => 1,
        }
    }
}

/// Renders problems one below the other, with colours; a stream that cannot
/// show them takes them out.
pub(super) fn render_problems(problems: &[Problem]) -> String {
    let renderer = Renderer::styled();
    problems.iter().map(|problem| renderer.render(&[group(problem)]) + "\n\n").collect()
}

fn group(problem: &Problem) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let excerpt = sanitize(&problem.excerpt);
    let byte = |character: usize| {
        excerpt.char_indices().nth(character).map_or(excerpt.len(), |(byte, _)| byte)
    };
    let start = problem.column.saturating_sub(1);
    let span = byte(start)..byte(start + problem.width);
    let path = sanitize(&problem.file.display().to_string()).into_owned();
    let mut group = level.primary_title(sanitize(&problem.message)).id(problem.code).element(
        Snippet::source(excerpt)
            .line_start(problem.line)
            .path(path)
            .annotation(AnnotationKind::Primary.span(span)),
    );
    if !problem.hint.is_empty() {
        group = group.element(Level::HELP.message(sanitize(&problem.hint)));
    }
    group
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_pointer_stands_under_the_spot() {
        let text = "title = \"日本\\u001b\"\nheadroom = 11 # \u{1b}[31m\n";
        let at = text.find("11").unwrap();
        let problem = Problem {
            hint: "did you mean 10?".to_owned(),
            ..Problem::at(
                Path::new("ideas.toml"),
                text,
                at..at + 2,
                Severity::Error,
                "out-of-range",
                "headroom must be a number from 0 to 10".to_owned(),
            )
        };
        let plain = anstream::adapter::strip_str(&render_problems(&[problem])).to_string();
        let expected = "\
error[out-of-range]: headroom must be a number from 0 to 10
 --> ideas.toml:2:12
  |
2 | headroom = 11 # ␛[31m
  |            ^^
  |
  = help: did you mean 10?

";
        assert_eq!(plain, expected);
    }
}
