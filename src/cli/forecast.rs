//! `prospect forecast`, `promise` and `resolve`.

use std::io::{self, BufRead};

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, log, output, value};
use crate::domain::{Date, Edit, Entry, Forecast, Idea, Promise, Status, not_ahead};
use crate::judge::{
    DueEntry, ForecastHistory, Judgement, describe_promise, due_entries, effective_status,
    level_forecast, reminder,
};
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
pub struct ForecastArguments {
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

pub(super) fn forecast(
    arguments: &ForecastArguments,
    global: &GlobalArgs,
) -> Result<Output, CliError> {
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

/// Promise something by a date
///
/// Kill criterion and forecast in one, made ahead of time: by DATE the claim
/// holds, or traction has reached a level, and I think so with this chance.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect promise small-teacher --by 2026-06-01 --claim \"beats random choice on two of three tasks\"
  prospect promise small-teacher --by 2026-06-01 --traction 5 --chance 0.6
  prospect promise small-teacher --move --by 2026-07-01")]
pub struct PromiseArguments {
    /// The idea
    id: String,
    /// The day on which it is judged
    #[arg(long, value_name = "DATE")]
    by: String,
    /// What will hold then, so that yes or no can be said
    #[arg(long, value_name = "TEXT")]
    claim: Option<String>,
    /// Level of traction that will be reached, 0 to 10
    #[arg(long, value_name = "T", value_parser = value::level)]
    traction: Option<f64>,
    /// How likely you think it is, 0 to 1
    #[arg(long, value_name = "P", value_parser = value::chance)]
    chance: Option<f64>,
    /// Move the promise that stands to this day; its words stay, and so does
    /// what is not given anew
    #[arg(long = "move")]
    moves: bool,
}

pub(super) fn promise(
    arguments: &PromiseArguments,
    global: &GlobalArgs,
) -> Result<Output, CliError> {
    let set = global.as_of();
    let by = value::day(&arguments.by, set)?;
    if by < set {
        let message = not_ahead(by, set);
        return Err(CliError::usage(message));
    }
    let claim = arguments.claim.clone().filter(|claim| !claim.trim().is_empty());
    if claim.is_none() && arguments.traction.is_none() && !arguments.moves {
        let hint = "--claim \"beats the baseline on two tasks\", --traction 5, or both";
        return Err(CliError::with_hint("a promise needs a claim or a level of traction", hint));
    }
    let new = Promise {
        set: Some(set),
        by,
        claim,
        traction: arguments.traction,
        chance: arguments.chance,
        result: None,
        resolved: None,
        amended: None,
    };
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let mut promise = new.clone();
    workspace.apply(|workspace| {
        let idea = workspace.find(&arguments.id)?;
        if !arguments.moves {
            return Ok(Edit::append(idea, Entry::Promise(new.clone())));
        }
        promise = moved(idea, &new, set)?;
        Ok(Edit::promise(idea, promise.clone(), set))
    })?;
    workspace.say(&beside(&workspace, &arguments.id, &promise)?);
    let said = crate::report::promise(&promise);
    let title = &workspace.find(&arguments.id)?.title;
    Ok(Output::from(format!("Promise of \"{}\": {}\n", sanitize(title), sanitize(&said))))
}

/// A promise in place of the one that stands, which it follows in all that is not said anew.
fn moved(idea: &Idea, new: &Promise, today: Date) -> Result<Promise, CliError> {
    let Some((_, old)) = idea.standing_promise(today) else {
        let message = format!("no promise of {} stands that could be moved", sanitize(&idea.id));
        return Err(CliError::with_hint(message, "leave --move out to make one"));
    };
    Ok(Promise {
        claim: new.claim.clone().or_else(|| old.claim.clone()),
        traction: new.traction.or(old.traction),
        chance: new.chance.or(old.chance),
        ..new.clone()
    })
}

/// What to know beside a promise: what became of others with such a chance, and
/// what the log says of its level.
fn beside(workspace: &OpenWorkspace, id: &str, promise: &Promise) -> Result<String, CliError> {
    let today = workspace.as_of;
    let remembered = promise.chance.map(|chance| reminder(workspace.portfolio(), chance, today));
    let idea = workspace.find(id)?;
    let forecast = promise.traction.and_then(|level| {
        level_forecast(idea, level, promise.by, &workspace.settings.stall, today)
    });
    let forecast = forecast.map(|forecast| forecast.sentence());
    Ok(remembered.into_iter().chain(forecast).map(|line| format!("{line}\n")).collect())
}

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
pub struct ResolveArguments {
    /// Only what belongs to this idea
    id: Option<String>,
}

/// What is said about one.
enum Said {
    Judged(Judgement),
    Later,
    End,
}

pub(super) fn resolve(
    arguments: &ResolveArguments,
    global: &GlobalArgs,
) -> Result<Output, CliError> {
    let mut workspace = OpenWorkspace::edit(global, None)?;
    let only = arguments.id.as_ref().map(|id| workspace.find(id).map(|idea| idea.id.clone()));
    let only = only.transpose()?;
    let mut due = due_entries(workspace.portfolio(), workspace.as_of);
    due.retain(|due| only.as_ref().is_none_or(|id| due.id == *id));
    if due.is_empty() {
        return Ok(Output::from("nothing is due\n".to_owned()));
    }
    let mut input = io::stdin().lock();
    let mut counts = [0; 3];
    for one in &mut due {
        let judgement = match ask(&mut input, one, global)? {
            Said::Judged(judgement) => judgement,
            Said::Later => continue,
            Said::End => break,
        };
        counts[judgement as usize] += 1;
        // Each by itself, so that no answer is lost with the next.
        workspace.apply(|workspace| record(one, workspace, judgement))?;
    }
    let [yes, no, void] = counts;
    let mut text = format!("judged {}: {yes} true, {no} not, {void} void\n", yes + no + void);
    let history = ForecastHistory::of(workspace.portfolio(), workspace.as_of);
    if let Some(calibration) = history.of_all().filter(|_| yes + no > 0) {
        text.push_str(&format!("{}\n", calibration.advice()));
    }
    Ok(Output::from(text))
}

/// Asks until the line is an answer; the end of the input ends it.
fn ask(input: &mut impl BufRead, due: &DueEntry, global: &GlobalArgs) -> Result<Said, CliError> {
    output::say(&question(due), global.color());
    loop {
        output::say("  y came true, n did not, v void, Enter later, q ends: ", global.color());
        let mut line = String::new();
        let read = input.read_line(&mut line).map_err(anyhow::Error::from)?;
        match line.trim() {
            _ if read == 0 => return Ok(Said::End),
            "y" => return Ok(Said::Judged(Judgement::Yes)),
            "n" => return Ok(Said::Judged(Judgement::No)),
            "v" => return Ok(Said::Judged(Judgement::Void)),
            "" | "s" => return Ok(Said::Later),
            "q" => return Ok(Said::End),
            _ => {}
        }
    }
}

fn question(due: &DueEntry) -> String {
    let percent = |chance: f64| format!(", {} %", (chance * 1000.0).round() / 10.0);
    let (kind, what, chance, by) = match &due.entry {
        Entry::Forecast(Forecast { claim, chance, by, .. }) => {
            ("forecast", format!("\"{claim}\""), percent(*chance), *by)
        }
        Entry::Promise(promise) => {
            let chance = promise.chance.map(percent).unwrap_or_default();
            ("promise", describe_promise(promise), chance, promise.by)
        }
        Entry::Log(_) | Entry::Decision(_) => return String::new(),
    };
    format!("{}: {kind} for {by}{chance}: {}\n", sanitize(&due.id), sanitize(&what))
}

fn record(
    due: &mut DueEntry,
    workspace: &OpenWorkspace,
    judgement: Judgement,
) -> Result<Edit, CliError> {
    let idea = workspace.find(&due.id)?;
    due.judge(idea, judgement, workspace.as_of).ok_or_else(|| {
        let message = format!("what is due of {} was changed meanwhile", sanitize(&due.id));
        CliError::with_hint(message, "run prospect resolve again")
    })
}
