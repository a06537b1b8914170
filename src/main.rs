//! `prospect`: arguments in, the workbench or an answer out.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use prospect::cli::{self, Arguments, CliError, Command, GlobalArgs, Output, Picture, Replay};
use prospect::config::{Paths, Settings};
use prospect::text::sanitize;
use prospect::{demo, tui};

fn main() -> ExitCode {
    let arguments = match cli::read_arguments(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(arguments) => arguments,
        Err(failure) => return cli::finish(Err(failure), None),
    };
    let global = arguments.global.clone();
    cli::finish(run(arguments), Some(&global))
}

fn run(arguments: Arguments) -> Result<Output, CliError> {
    let Arguments { global, replay, command, path } = arguments;
    cli::start_log(&global)?;
    match command {
        None => open_workbench(&global, &replay, path.as_deref()),
        Some(Command::Demo { replay: own }) => open_demo(&global, &own.or(replay)),
        Some(Command::Batch(batch)) => batch.run(&global),
    }
}

/// Opens the workspace that is meant. If none was named and there is
/// none yet, the workbench welcomes.
fn open_workbench(
    global: &GlobalArgs,
    replay: &Replay,
    path: Option<&Path>,
) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let place = global.place(path, &paths);
    let workspace = if place.explicit || place.path.exists() {
        Some(global.existing(path, &paths)?)
    } else {
        None
    };
    let options = tui::Options {
        settings: settings(global, &paths, workspace.as_deref())?,
        workspace,
        paths,
        as_of: global.as_of(),
        day_stays: global.names_day(),
        color: global.allows_color(),
        demo: false,
    };
    start(options, replay)
}

/// Opens a copy of the demo, which is gone afterwards, its journal too.
fn open_demo(global: &GlobalArgs, replay: &Replay) -> Result<Output, CliError> {
    let folder = tempfile::Builder::new().prefix("prospect-demo-").tempdir();
    let folder = folder.context("no room for a copy of the demo")?;
    let workspace = folder.path().join("demo");
    demo::unpack(&workspace).context("no room for a copy of the demo")?;
    let paths = Paths { state: folder.path().join("state"), ..global.paths()? };
    let options = tui::Options {
        settings: settings(global, &paths, Some(&workspace))?,
        workspace: Some(workspace),
        paths,
        as_of: global.as_of_or(|| demo::DAY),
        day_stays: true,
        color: global.allows_color(),
        demo: true,
    };
    let output = start(options, replay)?;
    if !replay.is_wanted() {
        let goodbye =
            "This was the demo; its changes are gone. :keep saves a copy while it is open.\n";
        return Ok(Output::from(goodbye.to_owned()));
    }
    Ok(output)
}

/// The settings below those of the workspace, which must be sound too.
fn settings(
    global: &GlobalArgs,
    paths: &Paths,
    workspace: Option<&Path>,
) -> Result<Settings, CliError> {
    global.settings(paths, workspace)?;
    global.settings(paths, None)
}

fn start(options: tui::Options, replay: &Replay) -> Result<Output, CliError> {
    if replay.is_wanted() {
        let screen = tui::replay(options, replay.keys(), replay.size())?;
        return Ok(Output::from(match replay.picture() {
            Some(Picture::Text) => screen.to_text(),
            Some(Picture::Svg) => screen.to_svg(),
            None => String::new(),
        }));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        let message = "this terminal can only print lines (TERM=dumb): open the workbench in \
                       another, or try prospect rank, or --print";
        return Err(anyhow!(message).into());
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let message = "the workbench needs a terminal; without one, try prospect rank, or --print";
        return Err(anyhow!(message).into());
    }
    let tui::Ended { signal, unsaved } = tui::run(options)?;
    for edit in unsaved {
        // Where the terminal is gone there is no one left to tell.
        let _ = writeln!(std::io::stderr(), "not saved: {}", sanitize(&edit));
    }
    // What a shell says of a program that a signal has ended.
    Ok(Output::default().with_exit_code(signal.map_or(0, |signal| 128 + signal)))
}
