//! Where somebody left the divider of the Rank screen, in the state folder.

use std::fs;
use std::io;
use std::path::Path;

use super::atomic;

const FILE: &str = "divider.json";

/// Where it was left: thousandths of the width, and rows; 0 where it was never
/// moved. `None` where nobody knows.
#[must_use]
pub fn read(state: &Path) -> Option<[u16; 2]> {
    serde_json::from_slice(&fs::read(state.join(FILE)).ok()?).ok()
}

/// Keeps where it stands.
///
/// # Errors
/// The state folder cannot be written.
pub fn keep(state: &Path, places: [u16; 2]) -> io::Result<()> {
    fs::create_dir_all(state)?;
    atomic::write_atomic(&state.join(FILE), &serde_json::to_vec(&places)?)
}
