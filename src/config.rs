//! Settings and their layers: built-in, `config.toml`, the workspace's
//! `prospect.toml`, flags.

use std::path::{Path, PathBuf};

use crate::domain::Problem;
use crate::judge::ScoreRule;

/// Everything that can be set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How answers become a score.
    pub score: ScoreRule,
}

impl Settings {
    /// Reads the layers, later ones over earlier ones. A file that does not
    /// exist is skipped.
    ///
    /// # Errors
    /// Every fault of every file, with its place; never a silent default.
    pub fn load(_config: Option<&Path>, _workspace: Option<&Path>) -> Result<Self, Vec<Problem>> {
        unimplemented!()
    }
}

/// Where prospect keeps its own files.
#[derive(Clone, Debug)]
pub struct Paths {
    /// `config.toml`.
    pub config: PathBuf,
    /// The workspace that opens when no other is named.
    pub workspace: PathBuf,
    /// Journals and locks.
    pub state: PathBuf,
}
