//! `prospect promise`

use clap::Args;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, value};
use crate::domain::{Date, Edit, Entry, Idea, Promise};
use crate::judge::{level_forecast, reminder};
use crate::text::sanitize;

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
pub struct Arguments {
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

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let set = global.as_of();
    let by = value::day(&arguments.by, set)?;
    if by < set {
        let message = format!("a promise made on {set} cannot be due before, on {by}");
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

/// A promise in place of the one that stands, which it follows in all that is
/// not said anew.
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
