//! Workspaces in temporary folders, and what tests do with them: run the
//! program on them, press keys, open them in the store, and run the workbench
//! in a pseudo-terminal.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]

mod command_line;
mod keys;
mod open_workspace;
#[cfg(unix)]
mod pty;
mod workspace;

pub(crate) use command_line::Ran;
pub(crate) use keys::{NARROW, WIDE, last_line, screen};
pub(crate) use open_workspace::OpenWorkspace;
#[cfg(unix)]
pub(crate) use pty::{PATIENCE, PtyApp, signal};
pub(crate) use workspace::{TWO, TestWorkspace};

/// The program itself.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_prospect");

/// Whether the long forms of the tests are asked for.
pub(crate) fn is_long() -> bool {
    std::env::var_os("PROSPECT_LONG").is_some()
}

/// Repetitions: a few in every run of the tests, many with `PROSPECT_LONG`.
pub(crate) fn rounds(few: usize, many: usize) -> usize {
    if is_long() { many } else { few }
}
