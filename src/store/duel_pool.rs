//! The ideas that duels are limited to, in the state folder: what the user was
//! doing last does not belong in the user's files.

use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use super::{Workspace, atomic};
use crate::domain::DuelPool;

#[derive(Serialize, Deserialize)]
struct PoolText {
    query: String,
    only: Vec<String>,
}

impl Workspace {
    /// The ideas that duels were limited to when the workspace was last open, if
    /// this version can read that; else no limit.
    #[must_use]
    pub fn duel_pool(&self) -> DuelPool {
        let bytes = fs::read(&self.state.pool).ok();
        let text = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let pool = |PoolText { query, only }| DuelPool { query, only };
        text.map(pool).unwrap_or_default()
    }

    /// Saves the ideas that duels are limited to.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_duel_pool(&self, pool: &DuelPool) -> io::Result<()> {
        let text = PoolText { query: pool.query.clone(), only: pool.only.clone() };
        let bytes = serde_json::to_vec(&text)?;
        if let Some(folder) = self.state.pool.parent() {
            fs::create_dir_all(folder)?;
        }
        atomic::write_atomic(&self.state.pool, &bytes)
    }
}
