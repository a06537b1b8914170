//! The command line as it is read: options, the subcommands with the file that
//! each is in, and what goes wrong.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::{
    CliError, GlobalArgs, Output, add, ask, config, duel, edit, forecast, help, import, log,
    practice, rank, report, review, simulate,
};
use crate::command::parse_keys;

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

/// What can be asked without, or instead of, opening a workspace in the workbench.
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
    Init(add::InitArguments),
    /// Add an idea and print its id
    Add(add::AddArguments),
    /// Change fields of an idea
    Set(edit::SetArguments),
    /// Edit the text of an idea in your editor
    Edit(edit::EditArguments),
    /// Delete an idea
    #[command(visible_aliases = ["delete", "remove"])]
    Rm(edit::RmArguments),
    /// Undo the last change, in this and earlier sessions
    Undo(edit::UndoArguments),
    /// Redo what was undone last
    Redo(edit::RedoArguments),
    /// Add a log entry: hours, traction, a note
    Log(log::Arguments),
    /// Promise something by a date
    Promise(forecast::PromiseArguments),
    /// Forecast what your own work will show, for practice
    Forecast(forecast::ForecastArguments),
    /// Judge what is due: forecasts and promises, one line each
    Resolve(forecast::ResolveArguments),
    /// Print the ranking
    #[command(visible_aliases = ["list", "ls"])]
    Rank(rank::Arguments),
    /// Print one idea, whole, with its score and how it comes about
    Show(review::ShowArguments),
    /// Print what needs a decision, and what the logs say about every idea
    Review(review::ReviewArguments),
    /// Print what needs you now, in a few lines or in one
    #[command(visible_alias = "status")]
    Next(review::NextArguments),
    /// Print how far your forecasts, promises and choices can be trusted
    Calibration(review::CalibrationArguments),
    /// Record which of two ideas you would rather pursue
    Duel(duel::DuelArguments),
    /// Print the pair of ideas to compare next, and why
    Pair(duel::PairArguments),
    /// Print what the duels say: who belongs to the few to pursue
    Duels(duel::DuelsArguments),
    /// Print the weights that the duels reveal beside the stated ones
    Taste(duel::TasteArguments),
    /// Reproduce the accuracy figures that the documentation states
    Simulate(simulate::Arguments),
    /// Say how sure the ranking is, and what would change it
    Robust(review::RobustArguments),
    /// Say why one idea stands above another, term by term
    Why(review::WhyArguments),
    /// Print a sheet for a colleague: what would you start, and what of these?
    Ask(ask::AskArguments),
    /// Take in a sheet that a colleague has filled in
    Answers(ask::AnswersArguments),
    /// Print one page for a group meeting
    Lab(ask::LabArguments),
    /// Take in ideas from a table, JSON, Markdown, Org, BibTeX, or another workspace
    Import(import::Arguments),
    /// Print everything that a workspace holds
    Export(report::ExportArguments),
    /// Write a report that can be mailed
    Report(report::ReportArguments),
    /// Print what is ahead as a calendar file
    Calendar(report::CalendarArguments),
    /// Practise on directions of the past: rate, forecast, then see the end
    Practice(practice::Arguments),
    /// Validate the files and print every problem
    Check(report::CheckArguments),
    /// Print the keys of the workbench
    Keys(config::KeysArguments),
    /// Print the settings in force, as a file of settings
    Config(config::ConfigArguments),
    /// Print the JSON Schema of the ideas or of the settings
    Schema(config::SchemaArguments),
    /// Print where prospect keeps its files
    Paths(config::PathsArguments),
    /// Print completions for a shell
    Completions(config::CompletionsArguments),
    /// Print the manual page
    Man(config::ManArguments),
    /// Say how a command or a screen of the workbench is used
    Help(help::Arguments),
}

/// Reads the command line. Asking for help or the version is a failure that ends well.
///
/// # Errors
/// It cannot be understood, or asks for help.
pub fn read_arguments(arguments: &[OsString]) -> Result<Arguments, CliError> {
    let all = Arguments::command();
    let command = all.clone().override_help(help::short_help(&all));
    let read = command.try_get_matches_from(arguments);
    let read = read.and_then(|matches| Arguments::from_arg_matches(&matches));
    let read = read.map_err(|error| help::explain(error, arguments, &all))?;
    read.replay.check()?;
    match (&read.path, &read.command) {
        (Some(path), Some(command)) => Err(path_before_command(path, command)),
        (None, Some(Command::Batch(_))) if read.replay.is_wanted() => {
            Err(CliError::usage("--keys, --print and --size belong to the workbench and to demo"))
        }
        (Some(path), None) if !path.exists() => Err(help::no_such_path(path, &all)),
        _ => Ok(read),
    }
}

/// A PATH stands where a subcommand was expected.
fn path_before_command(path: &Path, command: &Command) -> CliError {
    let path = path.display();
    let hint = match takes_path(command) {
        Some(name) => format!("prospect {name} {path}"),
        None => format!("name the workspace with --workspace {path}"),
    };
    CliError::with_hint("PATH is the last argument, behind the subcommand", hint)
}

/// The name of a command that takes a PATH and may stand without other arguments.
fn takes_path(command: &Command) -> Option<&'static str> {
    match command {
        Command::Batch(Batch::Rank(_)) => Some("rank"),
        Command::Batch(Batch::Review(_)) => Some("review"),
        Command::Batch(Batch::Next(_)) => Some("next"),
        Command::Batch(Batch::Calibration(_)) => Some("calibration"),
        Command::Batch(Batch::Pair(_)) => Some("pair"),
        Command::Batch(Batch::Duels(_)) => Some("duels"),
        Command::Batch(Batch::Taste(_)) => Some("taste"),
        Command::Batch(Batch::Robust(_)) => Some("robust"),
        Command::Batch(Batch::Lab(_)) => Some("lab"),
        Command::Batch(Batch::Export(_)) => Some("export"),
        Command::Batch(Batch::Report(_)) => Some("report -o ideas.html"),
        Command::Batch(Batch::Check(_)) => Some("check"),
        Command::Batch(Batch::Config(_)) => Some("config"),
        Command::Batch(Batch::Init(_)) => Some("init"),
        _ => None,
    }
}

impl Batch {
    /// Does what is asked.
    ///
    /// # Errors
    /// It could not be done, or makes no sense.
    pub fn run(self, global: &GlobalArgs) -> Result<Output, CliError> {
        match self {
            Self::Init(arguments) => add::init(&arguments, global),
            Self::Add(arguments) => add::add(&arguments, global),
            Self::Set(arguments) => edit::set(&arguments, global),
            Self::Edit(arguments) => edit::edit(&arguments, global),
            Self::Rm(arguments) => edit::rm(&arguments, global),
            Self::Undo(arguments) => edit::undo(&arguments, global),
            Self::Redo(arguments) => edit::redo(&arguments, global),
            Self::Log(arguments) => log::run(&arguments, global),
            Self::Promise(arguments) => forecast::promise(&arguments, global),
            Self::Forecast(arguments) => forecast::forecast(&arguments, global),
            Self::Resolve(arguments) => forecast::resolve(&arguments, global),
            Self::Rank(arguments) => rank::run(&arguments, global),
            Self::Show(arguments) => review::show(&arguments, global),
            Self::Review(arguments) => review::review(&arguments, global),
            Self::Next(arguments) => review::next(&arguments, global),
            Self::Calibration(arguments) => review::calibration(&arguments, global),
            Self::Duel(arguments) => duel::duel(&arguments, global),
            Self::Pair(arguments) => duel::pair(&arguments, global),
            Self::Duels(arguments) => duel::duels(&arguments, global),
            Self::Taste(arguments) => duel::taste(&arguments, global),
            Self::Simulate(arguments) => simulate::run(&arguments, global),
            Self::Robust(arguments) => review::robust(&arguments, global),
            Self::Why(arguments) => review::why(&arguments, global),
            Self::Ask(arguments) => ask::ask(&arguments, global),
            Self::Answers(arguments) => ask::answers(&arguments, global),
            Self::Lab(arguments) => ask::lab(&arguments, global),
            Self::Import(arguments) => import::run(&arguments, global),
            Self::Export(arguments) => report::export(&arguments, global),
            Self::Report(arguments) => report::report(&arguments, global),
            Self::Calendar(arguments) => report::calendar(&arguments, global),
            Self::Practice(arguments) => practice::run(&arguments, global),
            Self::Check(arguments) => report::check(&arguments, global),
            Self::Keys(arguments) => config::keys(&arguments, global),
            Self::Config(arguments) => config::config(&arguments, global),
            Self::Schema(arguments) => config::schema(&arguments),
            Self::Completions(arguments) => config::completions(&arguments, Arguments::command()),
            Self::Man(arguments) => config::man(&arguments, Arguments::command()),
            Self::Help(arguments) => help::run(&arguments, Arguments::command()),
            Self::Paths(arguments) => config::paths(&arguments, global),
        }
    }
}

/// Keys to press instead of waiting for a person.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Without a person")]
pub struct Replay {
    /// Keys to press, by their names.
    #[arg(
        long,
        value_name = "KEYS",
        allow_hyphen_values = true,
        help = "Press these keys: letters, <enter> <esc> <tab> <s-tab> <up> <pgdn> <c-x> …"
    )]
    keys: Option<String>,
    /// Print the last screen, as text or as a picture
    #[arg(
        long,
        value_name = "FORM",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text"
    )]
    print: Option<Picture>,
    /// Columns and rows of the screen [default: 80x24]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(u16, u16)>,
}

/// What the last screen is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Picture {
    /// Plain text, a line for each row
    Text,
    /// A picture that a browser shows
    Svg,
}

impl Replay {
    /// Whether keys are pressed or a screen is printed.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.keys.is_some() || self.print.is_some() || self.size.is_some()
    }

    /// The keys to press; none if the first screen is wanted.
    #[must_use]
    pub fn keys(&self) -> &str {
        self.keys.as_deref().unwrap_or_default()
    }

    /// What to print the last screen as, if at all.
    #[must_use]
    pub fn picture(&self) -> Option<Picture> {
        self.print
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size.unwrap_or((80, 24))
    }

    /// What is given here, and else what is given there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            keys: self.keys.or(other.keys),
            print: self.print.or(other.print),
            size: self.size.or(other.size),
        }
    }

    /// Whether it can be done.
    ///
    /// # Errors
    /// A key has no such name, or a size stands alone.
    pub(super) fn check(&self) -> Result<(), CliError> {
        if self.size.is_some() && self.keys.is_none() && self.print.is_none() {
            return Err(CliError::usage("--size needs --keys or --print"));
        }
        parse_keys(self.keys()).map_err(|error| CliError::usage(error.to_string()))?;
        Ok(())
    }
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let (columns, rows) = text.split_once('x').unwrap_or_default();
    match (columns.parse(), rows.parse()) {
        (Ok(columns @ 1..=1000), Ok(rows @ 1..=1000)) => Ok((columns, rows)),
        _ => Err("columns x rows, such as 100x30, each up to 1000".to_owned()),
    }
}
