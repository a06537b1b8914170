//! The command line: one file per command. Every command answers with text and
//! an exit code; what it prints and how it ends is decided here, once.

mod add;
mod answers;
mod ask;
mod calibration;
mod check;
mod completions;
mod config;
mod diagnostics;
mod duel;
mod duels;
mod edit;
mod error;
mod export;
mod forecast;
mod global;
mod help;
mod import;
mod init;
mod keys;
mod lab;
mod log;
mod man;
mod next;
mod open_workspace;
mod output;
mod pair;
mod paths;
mod pool;
mod practice;
mod promise;
mod rank;
mod replay;
mod report;
mod resolve;
mod review;
mod rm;
mod robust;
mod schema;
mod search;
mod set;
mod show;
mod simulate;
mod simulate_labelled;
mod step;
mod stream;
mod suggest;
mod taste;
mod trace;
mod value;
mod why;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use error::CliError;
pub use global::{GlobalArgs, WorkspacePath};
pub use output::{Output, finish};
pub use replay::{Picture, Replay};
pub use trace::start_log;

/// Choose what to research next.
///
/// Opens the workbench on a workspace: a folder of TOML files, or one file. A
/// subcommand works without the workbench and prints its answer.
#[derive(Debug, Parser)]
#[command(
    name = "prospect",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    override_usage = "prospect [OPTIONS] [PATH]\n       prospect [OPTIONS] <COMMAND>",
    after_help = "\
Examples:
  prospect                         open your workspace, or be shown how to begin
  prospect demo                    look around in a throw-away copy of a real-looking backlog
  prospect ideas.toml              open one file
  prospect rank ~/ideas --top 5    print the five best
  prospect --keys \"jj<enter>\" --print ~/ideas"
)]
pub struct Arguments {
    /// Workspace to open: a folder or a file
    pub path: Option<PathBuf>,
    /// Keys to press instead of waiting for a person.
    #[command(flatten)]
    pub replay: Replay,
    /// Options that stand before or after a subcommand.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do; none opens the workbench.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be asked without, or instead of, opening a workspace in the
/// workbench.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the workbench on a throw-away copy of the bundled workspace
    ///
    /// The demo is set on 2026-11-20 and judged as of that day, unless --as-of
    /// says otherwise. Whatever is changed goes away with the copy.
    #[command(after_help = "\
Examples:
  prospect demo
  prospect demo --keys \"jj<enter>\" --print
  prospect demo --print=svg --size 120x40 > demo.svg")]
    Demo {
        /// Keys to press instead of waiting for a person.
        #[command(flatten)]
        replay: Replay,
    },
    #[command(flatten)]
    Batch(Batch),
}

/// The commands that need no workbench.
#[derive(Debug, Subcommand)]
pub enum Batch {
    /// Create a commented workspace; never overwrites
    Init(init::Arguments),
    /// Add an idea and print its id
    Add(add::Arguments),
    /// Change fields of an idea
    Set(set::Arguments),
    /// Edit the text of an idea in your editor
    Edit(edit::Arguments),
    /// Delete an idea
    #[command(visible_aliases = ["delete", "remove"])]
    Rm(rm::Arguments),
    /// Undo the last change, in this and earlier sessions
    Undo(step::Undo),
    /// Redo what was undone last
    Redo(step::Redo),
    /// Add a log entry: hours, traction, a note
    Log(log::Arguments),
    /// Promise something by a date
    Promise(promise::Arguments),
    /// Forecast what your own work will show, for practice
    Forecast(forecast::Arguments),
    /// Judge what is due: forecasts and promises, one line each
    Resolve(resolve::Arguments),
    /// Print the ranking
    #[command(visible_aliases = ["list", "ls"])]
    Rank(rank::Arguments),
    /// Print one idea, whole, with its score and how it comes about
    Show(show::Arguments),
    /// Print what needs a decision, and what the logs say about every idea
    Review(review::Arguments),
    /// Print what needs you now, in a few lines or in one
    #[command(visible_alias = "status")]
    Next(next::Arguments),
    /// Print how far your forecasts, promises and choices can be trusted
    Calibration(calibration::Arguments),
    /// Record which of two ideas you would rather pursue
    Duel(duel::Arguments),
    /// Print the pair of ideas to compare next, and why
    Pair(pair::Arguments),
    /// Print what the duels say: who belongs to the few to pursue
    Duels(duels::Arguments),
    /// Print the weights that the duels reveal beside the stated ones
    Taste(taste::Arguments),
    /// Reproduce the accuracy figures that the documentation states
    Simulate(simulate::Arguments),
    /// Say how sure the ranking is, and what would change it
    Robust(robust::Arguments),
    /// Say why one idea stands above another, term by term
    Why(why::Arguments),
    /// Print a sheet for a colleague: what would you start, and what of these?
    Ask(ask::Arguments),
    /// Take in a sheet that a colleague has filled in
    Answers(answers::Arguments),
    /// Print one page for a group meeting
    Lab(lab::Arguments),
    /// Take in ideas from a table, JSON, Markdown, Org, BibTeX, or another workspace
    Import(import::Arguments),
    /// Print everything that a workspace holds
    Export(export::Arguments),
    /// Write a report that can be mailed
    Report(report::Arguments),
    /// Practise on directions of the past: rate, forecast, then see the end
    Practice(practice::Arguments),
    /// Validate the files and print every problem
    Check(check::Arguments),
    /// Print the keys of the workbench
    Keys(keys::Arguments),
    /// Print the settings in force, as a file of settings
    Config(config::Arguments),
    /// Print the JSON Schema of the ideas or of the settings
    Schema(schema::Arguments),
    /// Print where prospect keeps its files
    Paths(paths::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man(man::Arguments),
    /// Say how a command or a screen of the workbench is used
    Help(help::Arguments),
}

/// Reads the command line. Asking for help or the version is a failure that
/// ends well.
///
/// # Errors
/// It cannot be understood, or asks for help.
pub fn read_arguments(arguments: &[OsString]) -> Result<Arguments, CliError> {
    let command = Arguments::command().override_help(help::short_help());
    let read = command.try_get_matches_from(arguments);
    let read = read.and_then(|matches| Arguments::from_arg_matches(&matches));
    let read = read.map_err(|error| suggest::explain(error, arguments))?;
    read.replay.check()?;
    match (&read.path, &read.command) {
        (Some(path), Some(command)) => Err(suggest::path_before_command(path, command)),
        (None, Some(Command::Batch(_))) if read.replay.is_wanted() => {
            Err(suggest::keys_without_workbench())
        }
        (Some(path), None) if !path.exists() => Err(suggest::no_such_path(path)),
        _ => Ok(read),
    }
}

impl Batch {
    /// Does what is asked.
    ///
    /// # Errors
    /// It could not be done, or makes no sense.
    pub fn run(self, global: &GlobalArgs) -> Result<Output, CliError> {
        match self {
            Self::Init(arguments) => init::run(&arguments, global),
            Self::Add(arguments) => add::run(&arguments, global),
            Self::Set(arguments) => set::run(&arguments, global),
            Self::Edit(arguments) => edit::run(&arguments, global),
            Self::Rm(arguments) => rm::run(&arguments, global),
            Self::Undo(arguments) => step::undo(&arguments, global),
            Self::Redo(arguments) => step::redo(&arguments, global),
            Self::Log(arguments) => log::run(&arguments, global),
            Self::Promise(arguments) => promise::run(&arguments, global),
            Self::Forecast(arguments) => forecast::run(&arguments, global),
            Self::Resolve(arguments) => resolve::run(&arguments, global),
            Self::Rank(arguments) => rank::run(&arguments, global),
            Self::Show(arguments) => show::run(&arguments, global),
            Self::Review(arguments) => review::run(&arguments, global),
            Self::Next(arguments) => next::run(&arguments, global),
            Self::Calibration(arguments) => calibration::run(&arguments, global),
            Self::Duel(arguments) => duel::run(&arguments, global),
            Self::Pair(arguments) => pair::run(&arguments, global),
            Self::Duels(arguments) => duels::run(&arguments, global),
            Self::Taste(arguments) => taste::run(&arguments, global),
            Self::Simulate(arguments) => simulate::run(&arguments, global),
            Self::Robust(arguments) => robust::run(&arguments, global),
            Self::Why(arguments) => why::run(&arguments, global),
            Self::Ask(arguments) => ask::run(&arguments, global),
            Self::Answers(arguments) => answers::run(&arguments, global),
            Self::Lab(arguments) => lab::run(&arguments, global),
            Self::Import(arguments) => import::run(&arguments, global),
            Self::Export(arguments) => export::run(&arguments, global),
            Self::Report(arguments) => report::run(&arguments, global),
            Self::Practice(arguments) => practice::run(&arguments, global),
            Self::Check(arguments) => check::run(&arguments, global),
            Self::Keys(arguments) => keys::run(&arguments, global),
            Self::Config(arguments) => config::run(&arguments, global),
            Self::Schema(arguments) => schema::run(&arguments),
            Self::Completions(arguments) => completions::run(&arguments),
            Self::Man(arguments) => man::run(&arguments),
            Self::Help(arguments) => help::run(&arguments),
            Self::Paths(arguments) => paths::run(&arguments, global),
        }
    }
}
