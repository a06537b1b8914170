//! Reading of regular files only: pipes and devices are refused, because opening
//! or reading one may block for ever.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Reads a whole file, with its metadata from after the last byte was read.
///
/// # Errors
/// It is not a regular file, or cannot be read.
pub(crate) fn read(path: &Path) -> io::Result<(Vec<u8>, Metadata)> {
    let mut file = open(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let metadata = file.metadata()?;
    Ok((bytes, metadata))
}

/// Opens a file to read it.
///
/// # Errors
/// It is not a regular file, or cannot be opened.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    check(&path.metadata()?)?;
    let file = open_without_blocking(path)?;
    // It may have been replaced between the two looks.
    check(&file.metadata()?)?;
    Ok(file)
}

fn check(metadata: &Metadata) -> io::Result<()> {
    match metadata.file_type() {
        kind if kind.is_file() => Ok(()),
        kind if kind.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        _ => {
            let message = "it is a pipe or a device, not a regular file";
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
    }
}

#[cfg(unix)]
fn open_without_blocking(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open_without_blocking(path: &Path) -> io::Result<File> {
    File::open(path)
}
