//! The workbench.

use std::path::PathBuf;

use crate::config::{Paths, Settings};
use crate::domain::Date;

/// What the workbench needs to know to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The workspace; `None` welcomes somebody new.
    pub workspace: Option<PathBuf>,
    /// Where prospect keeps its own files.
    pub paths: Paths,
    /// The settings in force.
    pub settings: Settings,
    /// The day that counts as today.
    pub as_of: Date,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether this is the demo.
    pub demo: bool,
}

/// What a terminal would show.
#[derive(Clone, Debug)]
pub struct Screen(String);

impl Screen {
    /// A line for each row.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.clone()
    }

    /// A picture.
    #[must_use]
    pub fn to_svg(&self) -> String {
        self.0.clone()
    }
}

/// Runs until the user quits.
///
/// # Errors
/// The terminal or the workspace cannot be used.
pub fn run(_options: Options) -> anyhow::Result<()> {
    anyhow::bail!("merge the tui")
}

/// Presses keys on an in-memory terminal.
///
/// # Errors
/// The workspace cannot be used.
pub fn replay(_options: Options, _keys: &str, _size: (u16, u16)) -> anyhow::Result<Screen> {
    anyhow::bail!("merge the tui")
}
