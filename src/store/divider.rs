//! Position of the divider of the Rank screen, in the state folder.

use std::fs;
use std::io;
use std::path::Path;

use super::atomic;

const FILE: &str = "divider.json";

/// The saved position: thousandths of the width, and rows; 0 for a side that was
/// never moved. `None` if nothing is saved or it cannot be read.
#[must_use]
pub fn read(state: &Path) -> Option<[u16; 2]> {
    serde_json::from_slice(&fs::read(state.join(FILE)).ok()?).ok()
}

/// Saves the position.
///
/// # Errors
/// The state folder cannot be written.
pub fn save(state: &Path, places: [u16; 2]) -> io::Result<()> {
    fs::create_dir_all(state)?;
    atomic::write_atomic(&state.join(FILE), &serde_json::to_vec(&places)?)
}
