//! `prospect simulate`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::ToSpan;

use super::open_workspace::OpenWorkspace;
use super::{CliError, GlobalArgs, Output, value};
use crate::domain::Date;
use crate::judge::Effort;
use crate::judge::simulate::{
    CHOOSERS, DuelSimulation, LabelledLogs, SCENARIOS, ScenarioResult, StallSimulation, TasteRow,
    TasteSimulation,
};
use crate::regular_file;
use crate::report::{self, LabelledReport};

/// Reproduce the accuracy figures that the documentation states
///
/// Invented ideas whose truth is known, or real logs whose end is known, are judged
/// by the same code as everything else. The same seed gives the same figures.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect simulate stall
  prospect simulate stall --runs 500 --seed 7 --json
  prospect simulate labelled old.toml --labels ends.csv --healthy published --stalled dropped")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// What can be simulated.
#[derive(Debug, Subcommand)]
enum What {
    /// How well stalled work is told from healthy work, beside simpler rules
    #[command(after_help = "\
Examples:
  prospect simulate stall
  prospect simulate stall --runs 500 --seed 7 --json")]
    Stall {
        /// Series for each number of observations; whole lives are a tenth
        #[arg(long, value_name = "N", default_value_t = 6000,
              value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
        runs: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    Labelled(LabelledArguments),
    /// How often people whose weights are known are told something false
    #[command(after_help = "\
Examples:
  prospect simulate taste
  prospect simulate taste --people 50 --json")]
    Taste {
        /// Ideas of each person
        #[arg(long, value_name = "N", default_value_t = 30,
              value_parser = clap::value_parser!(u32).range(2..=300))]
        ideas: u32,
        /// People of each kind
        #[arg(long, value_name = "N", default_value_t = 200,
              value_parser = clap::value_parser!(u32).range(1..=100_000))]
        people: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// How well questions that aim at the cut find the best few, beside others
    #[command(after_help = "\
Examples:
  prospect simulate duels
  prospect simulate duels --ideas 10 --duels 20 --runs 200
  prospect simulate duels --sigma 6 --json")]
    Duels {
        /// Ideas to choose from
        #[arg(long, value_name = "N", default_value_t = 30,
              value_parser = clap::value_parser!(u32).range(2..=1000))]
        ideas: u32,
        /// Duels in a session
        #[arg(long, value_name = "N", default_value_t = 120,
              value_parser = clap::value_parser!(u32).range(4..=10_000))]
        duels: u32,
        /// How many ideas are to be chosen
        #[arg(long, value_name = "K", default_value_t = 5,
              value_parser = clap::value_parser!(u32).range(1..=1000))]
        top: u32,
        /// Standard deviation of the true strengths, in logits
        #[arg(long, value_name = "S", default_value_t = 3.0, value_parser = value::positive)]
        sigma: f64,
        /// Sessions
        #[arg(long, value_name = "N", default_value_t = 200,
              value_parser = clap::value_parser!(u32).range(1..=100_000))]
        runs: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    match arguments.what {
        What::Stall { runs, json } => Ok(stall(runs, json, global)),
        What::Labelled(ref labelled) => run_labelled(labelled, global),
        What::Taste { ideas, people, json } => Ok(taste(ideas, people, json, global)),
        What::Duels { ideas, duels, top, sigma, runs, json } => {
            let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
            let usual = DuelSimulation::default();
            let simulation = DuelSimulation {
                ideas: count(ideas),
                duels: count(duels),
                top: count(top),
                sigma,
                runs: count(runs),
                seed: global.seed().unwrap_or(usual.seed),
                ties: usual.ties,
            };
            let results: Vec<ScenarioResult> =
                SCENARIOS.iter().map(|scenario| simulation.run(*scenario)).collect();
            Ok(Output::from(if json {
                report::duel_simulation_json(&simulation, &results)
            } else {
                report::duel_simulation_text(&simulation, &results)
            }))
        }
    }
}

fn taste(ideas: u32, people: u32, json: bool, global: &GlobalArgs) -> Output {
    let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let usual = TasteSimulation::default();
    let simulation = TasteSimulation {
        ideas: count(ideas),
        people: count(people),
        seed: global.seed().unwrap_or(usual.seed),
    };
    let kinds = CHOOSERS.into_iter();
    let rows: Vec<TasteRow> =
        kinds.flat_map(|(chooser, sharpness)| simulation.run(chooser, sharpness)).collect();
    Output::from(if json {
        report::taste_simulation_json(&simulation, &rows)
    } else {
        report::taste_simulation_text(&simulation, &rows)
    })
}

fn stall(runs: u32, json: bool, global: &GlobalArgs) -> Output {
    let usual = StallSimulation::default();
    let simulation = StallSimulation {
        runs: usize::try_from(runs).unwrap_or(usize::MAX),
        seed: global.seed().unwrap_or(usual.seed),
        rule: usual.rule,
    };
    Output::from(if json {
        report::simulation_json(&simulation)
    } else {
        report::simulation_text(&simulation)
    })
}

/// How well the same rules tell real logs apart whose end is known
///
/// PATH is a workspace with a log for each idea. LABELS is a CSV file with a
/// heading line and the columns id and label, and, if you like, until: the day
/// on which the end was known, from which on entries are left out.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect simulate labelled ~/old-projects --labels ends.csv --healthy published --stalled dropped
  prospect simulate labelled histories.toml --labels labels.csv --healthy succeeded --stalled abandoned,stagnant --json")]
pub(super) struct LabelledArguments {
    /// Workspace: a folder or a file
    path: Option<PathBuf>,
    /// CSV file with the columns id, label and perhaps until
    #[arg(long, value_name = "FILE")]
    labels: PathBuf,
    /// Labels of what went well
    #[arg(long, value_name = "LABEL", required = true, value_delimiter = ',')]
    healthy: Vec<String>,
    /// Labels of what did not; each is compared with the healthy
    #[arg(long, value_name = "LABEL", required = true, value_delimiter = ',')]
    stalled: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn run_labelled(arguments: &LabelledArguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let workspace = OpenWorkspace::read(global, arguments.path.as_deref())?;
    let rule = &workspace.settings.stall;
    let labels = read(&arguments.labels, &workspace)?;
    let mut logs: BTreeMap<&str, Vec<Effort>> = BTreeMap::new();
    let mut left_out = 0;
    for Label { id, label, until } in &labels {
        let last = until.map_or(workspace.as_of, |until| until.saturating_sub(1.day()));
        let effort = Effort::of(workspace.find(id)?, last.min(workspace.as_of));
        let wanted = arguments.healthy.contains(label) || arguments.stalled.contains(label);
        if !wanted {
            continue;
        }
        if LabelledLogs::is_enough(&effort, rule) {
            logs.entry(label).or_default().push(effort);
        } else {
            left_out += 1;
        }
    }
    let mut take = |label: &String| logs.remove(label.as_str()).unwrap_or_default();
    let healthy: Vec<Effort> = arguments.healthy.iter().flat_map(&mut take).collect();
    let stalled: Vec<(String, Vec<Effort>)> =
        arguments.stalled.iter().map(|label| (label.clone(), take(label))).collect();
    let empty = stalled.iter().find(|(_, logs)| logs.is_empty()).map(|(label, _)| label.as_str());
    if let Some(label) = empty.or(healthy.is_empty().then_some("the healthy")) {
        let least = rule.least_observations;
        let message = format!("no log of {label} can be judged");
        let hint = format!("it takes {least} entries with traction, not all at the same effort");
        return Err(CliError::with_hint(message, hint));
    }
    let logs = LabelledLogs { healthy, stalled };
    let report = LabelledReport { rows: logs.compare(rule), logs: &logs, left_out };
    Ok(Output::from(if arguments.json {
        report::labelled_json(&report)
    } else {
        report::labelled_text(&report)
    }))
}

/// One line of the labels.
struct Label {
    id: String,
    label: String,
    until: Option<Date>,
}

/// Reads the labels; each must be of an idea that there is.
fn read(path: &Path, workspace: &OpenWorkspace) -> Result<Vec<Label>, CliError> {
    let shown = path.display();
    let file = regular_file::open(path).with_context(|| format!("{shown} cannot be read"))?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let headings = reader.headers().with_context(|| format!("{shown} cannot be read"))?.clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name);
    let (Some(id), Some(label)) = (column("id"), column("label")) else {
        let hint = "its first line must be: id,label or id,label,until";
        return Err(CliError::with_hint(format!("{shown}:1:1: no columns id and label"), hint));
    };
    let until = column("until");
    let mut labels = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("{shown} cannot be read"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let day = until.map(field).filter(|day| !day.is_empty());
        let day = day.map(|day| day.parse::<Date>().map_err(|_| day)).transpose();
        let until = day.map_err(|day| {
            let message = format!("{shown}:{line}:1: \"{day}\" is not a date");
            CliError::with_hint(message, "write until as 2026-03-01, or leave it empty")
        })?;
        let label = Label { id: field(id), label: field(label), until };
        if workspace.portfolio().get(&label.id).is_none() {
            let message = format!("{shown}:{line}:1: there is no idea \"{}\"", label.id);
            return Err(CliError::with_hint(message, "every id must be one of the workspace"));
        }
        labels.push(label);
    }
    Ok(labels)
}
