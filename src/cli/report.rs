//! `prospect report`, `export`, `calendar` and `check`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::{Args, ValueEnum};

use super::error::render_problems;
use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output};
use crate::config::LoadReport;
use crate::domain::{Problem, Severity};
use crate::judge::{Calibration, Sampling, all_duplicates, promise_forecasts, scores, selection};
use crate::regular_file;
use crate::report::{self, Document, Ranking, ReportInput, Robustness, Standings};
use crate::store::{Workspace, write_atomic};
use crate::text::count;

/// Write a report that can be mailed
///
/// One page with everything in it: what needs a decision, the ranking with its
/// ranges, how scores come about, the map, traction, duels, how sure all of it
/// is. It needs no network and no script, and prints well. A file that is there
/// is replaced only if it is a report.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect report -o ideas.html
  prospect report ~/ideas -o review.md
  prospect report -o - | mail -a 'Content-Type: text/html' -s 'What next?' group@example.org")]
pub struct ReportArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// File to write: .html or .md; - prints it
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Form, where the file does not say [default: html]
    #[arg(long, value_name = "FORM")]
    format: Option<ReportFormat>,
}

/// Forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// A page with pictures
    Html,
    /// Text with tables
    Md,
}

pub(super) fn report(arguments: &ReportArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let file = Some(arguments.output.as_path()).filter(|file| *file != Path::new("-"));
    let format = arguments.form(file)?;
    if let Some(file) = file {
        check_free(file)?;
    }
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let (portfolio, settings, as_of) =
        (workspace.portfolio(), &workspace.settings, workspace.as_of);
    let mut ranking =
        Ranking::new(portfolio, settings, as_of, |idea| idea.status.is_ranked_by_default());
    ranking.flag_duplicates();
    let all = Ranking::new(portfolio, settings, as_of, |_| true);
    let seed = global.seed().unwrap_or_default();
    let standings = Standings::new(
        portfolio,
        &settings.score,
        settings.pursued,
        |idea| idea.status.is_compared_by_default(),
        portfolio.duels().standing(as_of),
        &workspace.settings.person(),
        seed,
    );
    let sampling = Sampling { seed, ..Sampling::default() };
    let robustness = Robustness::new(portfolio, &settings.score, &sampling, settings.pursued);
    let calibration = Calibration::of(&promise_forecasts(portfolio, as_of));
    let selection = selection(portfolio, &scores(portfolio, &settings.score), as_of);
    let document = Document::new(&ReportInput {
        name: &workspace.name(),
        ranking: &ranking,
        all: &all,
        standings: &standings,
        robustness: &robustness,
        calibration: calibration.as_ref(),
        selection: &selection,
    });
    let text = match format {
        ReportFormat::Html => report::html(&document),
        ReportFormat::Md => report::markdown(&document),
    };
    let Some(file) = file else { return Ok(Output::from(text)) };
    write_atomic(file, text.as_bytes())
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(Output::from(format!("wrote {}\n", file.display())))
}

impl ReportArguments {
    /// What was asked for, or what the name of the file says.
    fn form(&self, file: Option<&Path>) -> Result<ReportFormat, CliError> {
        let ending = file.and_then(Path::extension).map(std::ffi::OsStr::to_ascii_lowercase);
        match (self.format, ending.as_deref().and_then(std::ffi::OsStr::to_str)) {
            (Some(format), _) => Ok(format),
            (None, Some("html" | "htm")) => Ok(ReportFormat::Html),
            (None, Some("md" | "markdown")) => Ok(ReportFormat::Md),
            (None, _) if file.is_none() => Ok(ReportFormat::Html),
            (None, _) => {
                let message = format!("{} ends neither in .html nor in .md", self.output.display());
                Err(CliError::with_hint(message, "name the form: --format html or --format md"))
            }
        }
    }
}

/// Nothing but a report is ever replaced by one.
fn check_free(file: &Path) -> Result<(), CliError> {
    match regular_file::read(file) {
        Ok((bytes, _))
            if bytes.is_empty() || report::is_report(&String::from_utf8_lossy(&bytes)) =>
        {
            Ok(())
        }
        Ok(_) => {
            let message = "is there already and is no report of this program; nothing was changed";
            Err(anyhow!("{} {message}", file.display()).into())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(anyhow!("{} cannot be written: {error}", file.display()).into()),
    }
}

/// Print everything that a workspace holds
///
/// JSON holds all of it, and an import reads the ideas back as they were. TOML
/// is a workspace in one file. In CSV a cell that a spreadsheet would run is
/// disarmed. Markdown is for reading.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect export --format json > backlog.json
  prospect export --format csv > backlog.csv
  prospect export ~/ideas --format md | less
  prospect export ~/ideas --format toml > all.toml     one file that is a workspace")]
pub struct ExportArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "json")]
    format: ExportFormat,
}

/// Forms of an export.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    /// All of it, for programs
    Json,
    /// For spreadsheets
    Csv,
    /// For reading
    Md,
    /// A workspace in one file
    Toml,
}

pub(super) fn export(arguments: &ExportArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let portfolio = workspace.portfolio();
    Ok(Output::data(match arguments.format {
        ExportFormat::Json => report::export_json(portfolio),
        ExportFormat::Csv => report::export_csv(portfolio)?,
        ExportFormat::Toml => report::export_toml(portfolio),
        ExportFormat::Md => {
            let ranking = Ranking::new(portfolio, &workspace.settings, workspace.as_of, |_| true);
            report::export_markdown(&ranking)
        }
    }))
}

/// Print what is ahead as a calendar file: promises, forecasts, parked ideas
///
/// What is open as all-day events: promises and forecasts to be judged, parked
/// ideas that come back, second looks at dropped ones. iCalendar (RFC 5545),
/// which every calendar imports. An event keeps its name, so that importing the
/// file again moves it and does not double it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect calendar > ideas.ics
  prospect calendar ~/ideas > ideas.ics")]
pub struct CalendarArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
}

pub(super) fn calendar(
    arguments: &CalendarArguments,
    global: &GlobalArgs,
) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let (portfolio, name) = (workspace.portfolio(), workspace.name());
    Ok(Output::data(report::calendar(portfolio, &name, workspace.as_of)))
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
        render_problems(&problems) + &summary(ideas, errors, &problems)
    };
    Ok(Output::from(text).with_exit_code(exit_code))
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
