//! `prospect review`, `next`, `robust`, `calibration`, `show` and `why`: conclusions.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, global};
use crate::domain::Idea;
use crate::judge::{ForecastHistory, Sampling, WeightSpread, scores, selection};
use crate::report::{self, IdeaComparison, NextUp, Ranking, Robustness};

/// Print what needs a decision, and what the logs say about every idea
///
/// Missed promises come first, then sunk cost, promises to be judged, parked
/// ideas that are back, active ones that have been quiet for a month, and at
/// most three abandoned ones a week that deserve a second look.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect review
  prospect review ~/ideas --format md > memo.md
  prospect review --strict || notify-send \"a decision waits\"
  prospect review --json | jq '.ideas[] | select(.due).id'")]
pub struct ReviewArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Exit with 3 if a decision waits
    #[arg(long)]
    strict: bool,
    /// Form of the answer [default: text]
    #[arg(long, value_name = "FORM", conflicts_with = "json")]
    format: Option<Format>,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

/// Forms in which a review is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Lines for a person
    Text,
    /// JSON
    Json,
    /// A memo in Markdown
    Md,
}

pub(super) fn review(arguments: &ReviewArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let ranking =
        Ranking::new(workspace.portfolio(), &workspace.settings, workspace.as_of, |_| true);
    let format =
        if arguments.json { Format::Json } else { arguments.format.unwrap_or(Format::Text) };
    let spent = workspace.time_spent();
    let text = match format {
        Format::Text => report::review_text(&ranking, &spent, global::columns()),
        Format::Json => report::reviews_json(&ranking, &spent, workspace.errors()),
        Format::Md => report::review_markdown(&ranking, &spent),
    };
    let is_due = ranking.lines.iter().any(|line| line.review.due);
    let waits = is_due || ranking.attention.is_some();
    let exit_code = if arguments.strict && waits { 3 } else { 0 };
    Ok(Output::from(text).with_exit_code(exit_code))
}

/// Print what needs you now, in a few lines or in one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect next
  prospect next ~/ideas --line      one line, for a status bar
  set -g status-right '#(prospect next --line)'   in tmux.conf")]
pub struct NextArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print one short line, nothing if nothing waits
    #[arg(long, conflicts_with = "json")]
    line: bool,
}

pub(super) fn next(arguments: &NextArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let ranking =
        Ranking::new(workspace.portfolio(), &workspace.settings, workspace.as_of, |_| true);
    let next = NextUp::of(&ranking);
    Ok(Output::from(if arguments.json {
        report::next_json(&next, workspace.errors())
    } else if arguments.line {
        report::next_line(&next)
    } else {
        report::next_text(&next, global::columns())
    }))
}

/// Say how sure the ranking is, and what would change it
///
/// Weights and answers are drawn 10,000 times from what is known of them. The
/// same seed gives the same draws everywhere.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect robust
  prospect robust ~/ideas --top 5
  prospect robust --weights any --seed 7
  prospect robust --json | jq '.ideas[] | {id, p_top_k}'")]
pub struct RobustArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// How far the weights are doubted: near yours, or any weights at all
    #[arg(long, value_name = "HOW", default_value = "near", value_parser = spread())]
    weights: WeightSpread,
    /// How many ideas are to be pursued [default: k of the settings]
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn robust(arguments: &RobustArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let top = arguments.top.map_or(workspace.settings.pursued, |top| top as usize);
    let sampling = Sampling {
        seed: global.seed().unwrap_or(0),
        weights: arguments.weights,
        ..Sampling::default()
    };
    let robustness =
        Robustness::new(workspace.portfolio(), &workspace.settings.score, &sampling, top);
    Ok(Output::from(if arguments.json {
        report::robustness_json(&robustness, workspace.as_of, workspace.errors())
    } else {
        report::robustness_text(&robustness, global::columns())
    }))
}

fn spread() -> impl TypedValueParser<Value = WeightSpread> {
    PossibleValuesParser::new(WeightSpread::ALL.map(WeightSpread::id))
        .map(|word| WeightSpread::from_id(&word).unwrap_or(WeightSpread::Near))
}

/// Print how far your forecasts, promises and choices can be trusted
///
/// Of forecasts and promises: how often what you gave a chance came true. Of choices: what the
/// world made of the ideas that you dropped or finished.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect calibration
  prospect calibration ~/ideas --json | jq .promises.brier")]
pub struct CalibrationArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn calibration(
    arguments: &CalibrationArguments,
    global: &GlobalArgs,
) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let portfolio = workspace.portfolio();
    let history = ForecastHistory::of(portfolio, workspace.as_of);
    let scores = scores(portfolio, &workspace.settings.score);
    let selection = selection(portfolio, &scores, workspace.as_of);
    let spent = workspace.time_spent();
    Ok(Output::from(if arguments.json {
        report::calibration_json(&history, &selection, &spent, portfolio, workspace.as_of)
    } else {
        report::calibration_text(&history, &selection, &spent, portfolio, global::columns())
    }))
}

/// Print one idea, whole, with its score and how it comes about
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect show small-teacher
  prospect show small-teacher ~/ideas --json")]
pub struct ShowArguments {
    /// The idea
    id: String,
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn show(arguments: &ShowArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::edit(global, arguments.path.as_deref())?;
    let id = &workspace.find(&arguments.id)?.id;
    // Its rank is the one that `prospect rank` gives it.
    let is_ranked = |idea: &Idea| idea.status.is_ranked_by_default() || idea.id == *id;
    let (portfolio, settings) = (workspace.portfolio(), &workspace.settings);
    let mut ranking = Ranking::new(portfolio, settings, workspace.as_of, is_ranked);
    ranking.flag_duplicates();
    let Some(line) = ranking.lines.iter().find(|line| line.idea.id == *id) else {
        return Err(anyhow::anyhow!("\"{id}\" is missing from its own ranking").into());
    };
    Ok(Output::from(if arguments.json {
        report::idea_json(&ranking, line)
    } else {
        report::idea_text(&ranking, line, global::columns())
    }))
}

/// Say why one idea stands above another, term by term
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect why small-teacher written-out-reasoning
  prospect why small-teacher written-out-reasoning ~/ideas --json")]
pub struct WhyArguments {
    /// One idea
    #[arg(value_name = "A")]
    left: String,
    /// Another
    #[arg(value_name = "B")]
    right: String,
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn why(arguments: &WhyArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::edit(global, arguments.path.as_deref())?;
    let left = workspace.find(&arguments.left)?;
    let right = workspace.find(&arguments.right)?;
    if left.id == right.id {
        return Err(CliError::usage(format!("\"{}\" is compared with itself", left.id)));
    }
    let sampling = Sampling { seed: global.seed().unwrap_or(0), ..Sampling::default() };
    let pair = IdeaComparison::new(
        left,
        right,
        workspace.portfolio(),
        &workspace.settings.score,
        &sampling,
    );
    Ok(Output::from(if arguments.json {
        report::comparison_json(&pair, workspace.as_of)
    } else {
        report::comparison_text(&pair, global::columns())
    }))
}
