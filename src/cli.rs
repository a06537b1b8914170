//! The command line: a file for each family of commands. Every command answers with text and
//! an exit code; how that is printed is decided in one place.

mod add;
mod arguments;
mod ask;
mod config;
mod duel;
mod edit;
mod error;
mod forecast;
mod global;
mod help;
mod import;
mod log;
mod open_workspace;
mod output;
mod practice;
mod rank;
mod report;
mod review;
mod simulate;
mod value;

pub use arguments::{Arguments, Batch, Command, Picture, Replay, read_arguments};
pub use config::{criteria_page, keys_page, settings_tables};
pub use error::CliError;
pub use global::{GlobalArgs, WorkspacePath, start_log};
pub use output::{Output, finish};
