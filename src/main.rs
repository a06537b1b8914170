//! `prospect`: arguments in, the workbench or an answer out.

mod workbench;

use std::process::ExitCode;

use prospect::cli::{self, Arguments, CliError, Command, Output};

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
        None => workbench::open(&global, &replay, path.as_deref()),
        Some(Command::Demo { replay: own }) => workbench::demo(&global, &own.or(replay)),
        Some(Command::Batch(batch)) => batch.run(&global),
    }
}
