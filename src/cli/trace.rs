//! `--log FILE`: what happens, a line each.

use std::fs::OpenOptions;
use std::sync::Mutex;

use anyhow::Context;
use tracing::info;

use super::{CliError, GlobalArgs};

/// Starts appending what happens to the file after `--log`, if there is one.
///
/// # Errors
/// The file cannot be written.
pub fn start_log(global: &GlobalArgs) -> Result<(), CliError> {
    let Some(path) = global.log_file() else { return Ok(()) };
    let file = OpenOptions::new().create(true).append(true).open(path);
    let file = file.with_context(|| path.display().to_string())?;
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(Mutex::new(file));
    // Fails only where a log is already kept, which then goes on.
    let _ = subscriber.try_init();
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    info!(version = env!("CARGO_PKG_VERSION"), ?arguments, "started");
    Ok(())
}
