//! To whom the duels are limited, in the state folder: it is the machine's
//! memory of what somebody was doing, not something that belongs into their
//! files.

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
    /// To whom the duels were limited when the workspace was last open, if this
    /// version can read that; else to nobody.
    #[must_use]
    pub fn duel_pool(&self) -> DuelPool {
        let bytes = fs::read(&self.state.pool).ok();
        let text = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let pool = |PoolText { query, only }| DuelPool { query, only };
        text.map(pool).unwrap_or_default()
    }

    /// Remembers to whom the duels are limited.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn keep_duel_pool(&self, pool: &DuelPool) -> io::Result<()> {
        let text = PoolText { query: pool.query.clone(), only: pool.only.clone() };
        let bytes = serde_json::to_vec(&text)?;
        if let Some(folder) = self.state.pool.parent() {
            fs::create_dir_all(folder)?;
        }
        atomic::write_atomic(&self.state.pool, &bytes)
    }
}
