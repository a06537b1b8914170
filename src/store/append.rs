//! Files of JSON, one value on a line, that only ever grow.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::Serialize;

/// Appends a line whole or not at all, creating what is missing, and gives the
/// file, which is not synced yet. What a crash has torn off is closed with a
/// line break first.
///
/// # Errors
/// The file cannot be written; then it is as before.
pub(super) fn append_line(path: &Path, line: &impl Serialize) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    if length > 0 {
        let mut last = [0];
        file.seek(SeekFrom::Start(length - 1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            bytes.insert(0, b'\n');
        }
    }
    if let Err(error) = file.write_all(&bytes) {
        // Half a line would be skipped anyway; this only saves the space.
        let _ = file.set_len(length);
        return Err(error);
    }
    Ok(file)
}
