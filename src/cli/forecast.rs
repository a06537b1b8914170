//! `prospect forecast`

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, log, value};
use crate::domain::{Edit, Entry, Forecast, Idea, Status};
use crate::judge::{ForecastHistory, effective_status};
use crate::text::sanitize;

/// Forecast what your own work will show, for practice
///
/// A claim with a chance, judged days or weeks later: no consequences, much
/// feedback. Without --id it belongs to the idea whose dir holds the current
/// folder, or else to the only active one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect forecast \"the 8-shot version beats the 4-shot one\" 70
  prospect forecast \"the loss falls below 2.1\" 50 --by 2026-06-05 --id small-teacher")]
pub struct Arguments {
    /// What will hold, so that yes or no can be said
    claim: String,
    /// How likely you think it is, in percent
    #[arg(value_name = "PERCENT", value_parser = value::percent)]
    chance: f64,
    /// The day on which it is judged [default: in a week]
    #[arg(long, value_name = "DATE")]
    by: Option<String>,
    /// The idea
    #[arg(long)]
    id: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let set = global.as_of();
    let by = arguments.by.as_deref().map(|text| value::day(text, set)).transpose()?;
    let by = by.unwrap_or(set.saturating_add(jiff::Span::new().weeks(1)));
    if by < set {
        let message = format!("a forecast made on {set} cannot be judged before, on {by}");
        return Err(CliError::usage(message));
    }
    let claim = arguments.claim.trim().to_owned();
    if claim.is_empty() {
        let hint = "prospect forecast \"A beats B\" 70";
        return Err(CliError::with_hint("a forecast needs a claim", hint));
    }
    let chance = arguments.chance;
    let forecast = Forecast { set: Some(set), by, claim, chance, result: None, resolved: None };
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let id = match &arguments.id {
        Some(id) => workspace.find(id)?.id.clone(),
        None => meant(&workspace)?.id.clone(),
    };
    let entry = Entry::Forecast(forecast.clone());
    workspace.apply(|workspace| Ok(Edit::append(workspace.find(&id)?, entry.clone())))?;
    if let Some(calibration) =
        ForecastHistory::of(workspace.portfolio(), workspace.as_of).of_forecasts()
    {
        workspace.say(&format!("{}\n", calibration.advice()));
    }
    let percent = (chance * 1000.0).round() / 10.0;
    let said = format!("\"{}\", {percent} %, by {by}", forecast.claim);
    Ok(Output::from(format!("{}: {}\n", sanitize(&id), sanitize(&said))))
}

/// The idea that is meant where none is named.
fn meant(workspace: &OpenWorkspace) -> Result<&Idea, CliError> {
    if let Ok(idea) = log::idea_here(workspace) {
        return Ok(idea);
    }
    let portfolio = workspace.portfolio();
    let is_active =
        |idea: &&Idea| effective_status(idea, portfolio, workspace.as_of) == Status::Active;
    let active: Vec<&Idea> = portfolio.iter().filter(is_active).collect();
    match active[..] {
        [idea] => Ok(idea),
        [] => Err(CliError::with_hint("no idea is active", "name one with --id")),
        _ => {
            let ids: Vec<String> = active.iter().map(|idea| sanitize(&idea.id).into()).collect();
            let message = format!("{} ideas are active", active.len());
            Err(CliError::with_hint(message, format!("name one with --id: {}", ids.join(", "))))
        }
    }
}
