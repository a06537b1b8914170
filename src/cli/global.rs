//! Options that every command knows, and what follows from them: where the
//! workspace is, what day it is, what is in force, where `--log FILE` goes.

use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, anyhow};
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, ColorChoice};
use tracing::info;

use super::{CliError, value};
use crate::config::{LoadReport, Paths, Settings};
use crate::domain::Date;

/// Options that stand before or after a subcommand.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Workspace, if not named as PATH: a folder or a file
    #[arg(
        short,
        long,
        global = true,
        env = "PROSPECT_WORKSPACE",
        hide_env_values = true,
        value_name = "PATH",
        // Empty as it may be: that is how a variable of the environment is unset.
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    workspace: Option<PathBuf>,
    /// Your settings, instead of config.toml in the config folder
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Judge, and date what is written, as if today were DATE
    #[arg(long, global = true, value_name = "DATE", value_parser = value::date)]
    as_of: Option<Date>,
    /// Colours on the terminal
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    color: ColorChoice,
    /// Draw the workbench in ASCII only
    #[arg(long, global = true)]
    ascii: bool,
    /// Append what happens to FILE
    #[arg(long, global = true, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Seed for everything that is drawn at random
    #[arg(long, global = true, value_name = "N")]
    seed: Option<u64>,
}

/// Where a workspace is, and whether it was named explicitly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspacePath {
    /// The folder or file.
    pub path: PathBuf,
    /// Whether it was named, on the command line or in the environment; else it
    /// is the one in the data folder.
    pub explicit: bool,
}

impl GlobalArgs {
    /// Where prospect keeps its files; `--config` over the usual place.
    ///
    /// # Errors
    /// The user has no home folder, or the file after `--config` is not there.
    pub fn paths(&self) -> Result<Paths, CliError> {
        let found = Paths::find();
        let paths = found.ok_or_else(|| anyhow!("there is no home folder: set HOME"))?;
        match &self.config {
            Some(config) if !config.exists() => {
                Err(CliError::usage(format!("there is no file \"{}\"", config.display())))
            }
            Some(config) => Ok(Paths { config: config.clone(), ..paths }),
            None => Ok(paths),
        }
    }

    /// The workspace that is meant: PATH, `--workspace`, `$PROSPECT_WORKSPACE`,
    /// the data folder, in this order. It need not exist.
    #[must_use]
    pub fn place(&self, path: Option<&Path>, paths: &Paths) -> WorkspacePath {
        let option = self.workspace.as_deref().filter(|path| !path.as_os_str().is_empty());
        match path.or(option) {
            Some(path) => WorkspacePath { path: path.to_owned(), explicit: true },
            None => WorkspacePath { path: paths.workspace.clone(), explicit: false },
        }
    }

    /// The workspace that is meant, which must exist.
    ///
    /// # Errors
    /// It does not.
    pub fn existing(&self, path: Option<&Path>, paths: &Paths) -> Result<PathBuf, CliError> {
        let place = self.place(path, paths);
        match place.path.try_exists() {
            Ok(false) if place.explicit => Err(no_such_workspace(&place.path)),
            Ok(false) => Err(no_workspace_yet(&place.path)),
            _ => Ok(place.path),
        }
    }

    /// The settings in force for a workspace.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn settings(&self, paths: &Paths, workspace: Option<&Path>) -> Result<Settings, CliError> {
        let settings =
            Settings::load(Some(&paths.config), workspace).map_err(CliError::Problems)?;
        Ok(Settings { asks_ascii: self.ascii, ..settings })
    }

    /// The settings in force for a workspace, with all that is wrong with them
    /// and where each comes from.
    #[must_use]
    pub fn read_settings(&self, paths: &Paths, workspace: Option<&Path>) -> LoadReport {
        let mut report = LoadReport::of(Some(&paths.config), workspace);
        if self.ascii {
            report.settings.ascii = true;
            report.overrule("ui.ascii", "--ascii");
        }
        report
    }

    /// The day that counts as today.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of_or(|| jiff::Zoned::now().date())
    }

    /// The day that counts as today, or another if none was named.
    #[must_use]
    pub fn as_of_or(&self, usual: impl FnOnce() -> Date) -> Date {
        self.as_of.unwrap_or_else(usual)
    }

    /// Whether that day was named, so that it stays.
    #[must_use]
    pub fn names_day(&self) -> bool {
        self.as_of.is_some()
    }

    /// This moment at the clock of the person, on the day that counts as today.
    #[must_use]
    pub fn now(&self) -> jiff::Zoned {
        let now = jiff::Zoned::now();
        // A day on which this moment does not exist is not worth failing for.
        self.as_of.and_then(|day| now.with().date(day).build().ok()).unwrap_or(now)
    }

    /// A unique number for ids; the seed, if there is one.
    #[must_use]
    pub fn salt(&self) -> u64 {
        self.seed.unwrap_or_else(|| RandomState::new().build_hasher().finish())
    }

    /// The file that what happens is appended to.
    #[must_use]
    pub fn log_file(&self) -> Option<&Path> {
        self.log.as_deref()
    }

    /// The seed for what is drawn at random, if one was given.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// Whether the workbench may use colours: not under `--color never` or
    /// `NO_COLOR`.
    #[must_use]
    pub fn allows_color(&self) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// How text on a stream is coloured.
    pub(super) fn color(&self) -> anstream::ColorChoice {
        match self.color {
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => anstream::ColorChoice::Auto,
        }
    }
}

/// A workspace that was named and is not there.
pub(super) fn no_such_workspace(path: &Path) -> CliError {
    let name = path.display().to_string();
    let message = format!("there is no file or folder \"{name}\"");
    // A bare word is more often a slip than the name of a folder to be made.
    if super::help::looks_like_path(&name) {
        return CliError::with_hint(
            message,
            format!("make a workspace there: prospect init {name}"),
        );
    }
    CliError::with_hint(message, "a workspace is a folder, or a file that ends in .toml")
}

/// No workspace was named, and there is none yet.
fn no_workspace_yet(path: &Path) -> CliError {
    CliError::with_hint(
        format!("there is no workspace yet ({} does not exist)", path.display()),
        "begin with one of: prospect add TITLE, prospect init, prospect demo\n\
         or name one: PATH, --workspace PATH, $PROSPECT_WORKSPACE",
    )
}

/// Columns of the terminal; `None` where the output is none.
pub(super) fn terminal_columns() -> Option<usize> {
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    terminal.map(|(columns, _)| usize::from(columns.0).max(1))
}

/// Columns to wrap text at.
pub(super) fn columns() -> usize {
    terminal_columns().unwrap_or(80)
}

/// Starts appending what happens to the file after `--log`, if there is one.
///
/// # Errors
/// The file cannot be written.
pub fn start_log(global: &GlobalArgs) -> Result<(), CliError> {
    let Some(path) = global.log_file() else { return Ok(()) };
    let mut options = OpenOptions::new();
    // A pipe that no one reads is refused instead of waited for.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    let file = options.create(true).append(true).open(path);
    let file = file.with_context(|| path.display().to_string())?;
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(Mutex::new(file));
    // Fails only where a log is already kept, which then goes on.
    let _ = subscriber.try_init();
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    info!(version = env!("CARGO_PKG_VERSION"), ?arguments, "started");
    Ok(())
}
