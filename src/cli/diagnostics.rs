//! `prospect check`; problems of files as a person wants to see them (the line, and a
//! pointer at the spot); errors of a command with the exit codes that they lead to.

use std::collections::BTreeSet;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::Args;

use super::{GlobalArgs, Output};
use crate::config::LoadReport;
use crate::domain::{EditError, Problem, Severity};
use crate::judge::all_duplicates;
use crate::report;
use crate::store::{StoreError, Workspace};
use crate::text::{count, sanitize};

/// Renders problems one below the other, with colours; a stream that cannot
/// show them takes them out.
pub(super) fn render(problems: &[Problem]) -> String {
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

/// Validate the files and print every problem
///
/// Exits with 2 if an idea or a setting cannot be read, and with --strict with
/// 3 if there is anything to look at.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect check
  prospect check ~/ideas --strict
  prospect check --json | jq '.problems[] | select(.severity == \"error\")'")]
pub struct CheckArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Exit with 3 if there are warnings
    #[arg(long)]
    strict: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn check(arguments: &CheckArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.existing(arguments.path.as_deref(), &paths)?;
    let (_, loaded) = Workspace::open(&place, &paths.state)?;
    let mut problems = loaded.problems;
    let report = LoadReport::of(Some(&paths.config), Some(&place));
    problems.extend(report.problems);
    problems.extend(report.settings.ui_problems);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let exit_code = match (errors, problems.len()) {
        (1.., _) => 2,
        (0, 1..) if arguments.strict => 3,
        _ => 0,
    };
    let text = if arguments.json {
        report::problems_json(&problems, &all_duplicates(&loaded.portfolio))
    } else {
        let ideas = loaded.portfolio.ideas().len();
        render(&problems)
            + &summary(ideas, errors, &problems)
            + &same(&all_duplicates(&loaded.portfolio))
    };
    Ok(Output::from(text).with_exit_code(exit_code))
}

/// `2 ideas say much the same as another: a, b`
fn same(duplicates: &BTreeSet<String>) -> String {
    if duplicates.is_empty() {
        return String::new();
    }
    let ids: Vec<&str> = duplicates.iter().map(String::as_str).collect();
    let ids = sanitize(&ids.join(", ")).into_owned();
    format!("{} say much the same as another: {ids}\n", count(duplicates.len(), "idea"))
}

fn summary(ideas: usize, errors: usize, problems: &[Problem]) -> String {
    let read = format!("{} can be read", count(ideas, "idea"));
    match (errors, problems.len() - errors) {
        (0, 0) => format!("{read}, nothing to complain about\n"),
        (errors, warnings) => {
            format!("{read}; {}, {}\n", count(errors, "error"), count(warnings, "warning"))
        }
    }
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
        let plain = anstream::adapter::strip_str(&render(&[problem])).to_string();
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
