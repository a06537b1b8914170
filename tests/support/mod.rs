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
pub(crate) use pty::{PATIENCE, PtyApp};
pub(crate) use workspace::{TWO, TestWorkspace};

/// The program itself.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_prospect");
