//! `prospect resolve`

use std::io::{self, BufRead};

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, output};
use crate::domain::{
    Change, Edit, Entry, EntryKind, Forecast, ForecastResult, Idea, Promise, PromiseResult,
};
use crate::judge::{ForecastHistory, PromiseState, describe_promise, due_forecasts, promises};
use crate::text::sanitize;

/// Judge what is due: forecasts and promises, one line each
///
/// For each it reads a line: y it came true, n it did not, v void (it cannot be
/// judged); an empty line leaves it for later, q ends.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect resolve
  prospect resolve small-teacher
  printf 'y\\nn\\n' | prospect resolve")]
pub struct Arguments {
    /// Only what belongs to this idea
    id: Option<String>,
}

/// A forecast or promise that waits to be judged.
struct Due {
    id: String,
    at: usize,
    /// As it was when it was asked about.
    entry: Entry,
}

/// What is said of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judgement {
    Yes,
    No,
    Void,
    Later,
    End,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let only = arguments.id.as_ref().map(|id| workspace.find(id).map(|idea| idea.id.clone()));
    let due = due(&workspace, only.transpose()?.as_deref());
    if due.is_empty() {
        return Ok(Output::from("nothing is due\n".to_owned()));
    }
    let mut input = io::stdin().lock();
    let mut counts = [0; 3];
    for one in &due {
        let judgement = ask(&mut input, one, global)?;
        match judgement {
            Judgement::Yes => counts[0] += 1,
            Judgement::No => counts[1] += 1,
            Judgement::Void => counts[2] += 1,
            Judgement::Later => continue,
            Judgement::End => break,
        }
        // Each by itself, so that no answer is lost with the next.
        workspace.apply(|workspace| one.resolve(workspace, judgement))?;
    }
    let [yes, no, void] = counts;
    let mut text = format!("judged {}: {yes} true, {no} not, {void} void\n", yes + no + void);
    let history = ForecastHistory::of(workspace.portfolio(), workspace.as_of);
    if let Some(calibration) = history.of_all().filter(|_| yes + no > 0) {
        text.push_str(&format!("{}\n", calibration.advice()));
    }
    Ok(Output::from(text))
}

/// The forecasts whose day has come, then the promises that have to be judged.
fn due(workspace: &OpenWorkspace, only: Option<&str>) -> Vec<Due> {
    let (portfolio, as_of) = (workspace.portfolio(), workspace.as_of);
    let due =
        |idea: &Idea, kind, at| Some(Due { id: idea.id.clone(), at, entry: idea.entry(kind, at)? });
    let forecasts = due_forecasts(portfolio, as_of).into_iter().filter_map(|forecast| {
        due(portfolio.at(forecast.position)?, EntryKind::Forecast, forecast.at)
    });
    let promised = portfolio.iter().flat_map(|idea| {
        let waits = promises(idea, as_of).into_iter().filter(|standing| {
            standing.asks && matches!(standing.state, PromiseState::Due | PromiseState::Unknown)
        });
        waits.filter_map(|standing| due(idea, EntryKind::Promise, standing.position))
    });
    forecasts.chain(promised).filter(|due| only.is_none_or(|id| due.id == id)).collect()
}

/// Asks until the line is an answer; the end of the input ends it.
fn ask(input: &mut impl BufRead, due: &Due, global: &GlobalArgs) -> Result<Judgement, CliError> {
    output::say(&due.question(), global.color());
    loop {
        output::say("  y came true, n did not, v void, Enter later, q ends: ", global.color());
        let mut line = String::new();
        let read = input.read_line(&mut line).map_err(anyhow::Error::from)?;
        match line.trim() {
            _ if read == 0 => return Ok(Judgement::End),
            "y" => return Ok(Judgement::Yes),
            "n" => return Ok(Judgement::No),
            "v" => return Ok(Judgement::Void),
            "" | "s" => return Ok(Judgement::Later),
            "q" => return Ok(Judgement::End),
            _ => {}
        }
    }
}

impl Due {
    fn question(&self) -> String {
        let percent = |chance: f64| format!(", {} %", (chance * 1000.0).round() / 10.0);
        let (kind, what, chance, by) = match &self.entry {
            Entry::Forecast(Forecast { claim, chance, by, .. }) => {
                ("forecast", format!("\"{claim}\""), percent(*chance), *by)
            }
            Entry::Promise(promise) => {
                let chance = promise.chance.map(percent).unwrap_or_default();
                ("promise", describe_promise(promise), chance, promise.by)
            }
            Entry::Log(_) | Entry::Decision(_) => return String::new(),
        };
        format!("{}: {kind} for {by}{chance}: {}\n", sanitize(&self.id), sanitize(&what))
    }

    fn resolve(&self, workspace: &OpenWorkspace, judgement: Judgement) -> Result<Edit, CliError> {
        let idea = workspace.find(&self.id)?;
        let today = workspace.as_of;
        if idea.entry(self.entry.kind(), self.at).as_ref() != Some(&self.entry) {
            let message = format!("what is due of {} was changed meanwhile", sanitize(&self.id));
            return Err(CliError::with_hint(message, "run prospect resolve again"));
        }
        let entry = match (&self.entry, judgement) {
            (Entry::Forecast(forecast), judgement) => Entry::Forecast(Forecast {
                result: Some(match judgement {
                    Judgement::Yes => ForecastResult::Yes,
                    Judgement::No => ForecastResult::No,
                    _ => ForecastResult::Void,
                }),
                resolved: Some(today),
                ..forecast.clone()
            }),
            (Entry::Promise(promise), judgement) => Entry::Promise(Promise {
                result: Some(match judgement {
                    Judgement::Yes => PromiseResult::Kept,
                    Judgement::No => PromiseResult::Missed,
                    _ => PromiseResult::Void,
                }),
                resolved: Some(today),
                ..promise.clone()
            }),
            (other, _) => other.clone(),
        };
        let change = Change::Replace { at: self.at, entry };
        Ok(Edit::Change { id: idea.id.clone(), change })
    }
}
