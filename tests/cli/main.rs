//! The real binary: commands, exit codes, JSON, faults, and the workbench in a
//! terminal.

mod asking;
mod command_line;
mod commands;
mod documents;
mod duels;
mod exchange;
mod faults;
mod forecasts;
mod help;
mod hostile;
mod import_kinds;
#[cfg(target_os = "linux")]
mod interrupted;
mod mistakes;
mod practice;
mod quarter;
mod rank;
mod review;
mod robust;
mod schema;
mod settings;
#[path = "../support/mod.rs"]
mod support;
#[cfg(unix)]
mod terminal;
mod workbench;
