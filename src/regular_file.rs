//! Regular files only: pipes and devices are refused, because opening or reading one may
//! block for ever, and links that lead nowhere, because what such a file would say is not
//! known. And the identity of a file's contents, as far as the system tells it unread.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

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

/// The metadata of a file that holds exactly these bytes, from after the last one was
/// read; `None` if it holds others.
///
/// # Errors
/// It is not a regular file, or cannot be read.
pub(crate) fn metadata_if_holds(path: &Path, bytes: &[u8]) -> io::Result<Option<Metadata>> {
    let mut file = open(path)?;
    let mut buffer = vec![0; 1 << 16];
    let mut rest = bytes;
    loop {
        let read = match file.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        match rest.strip_prefix(&buffer[..read]) {
            Some([]) if read == 0 => return file.metadata().map(Some),
            Some(behind) if read > 0 => rest = behind,
            _ => return Ok(None),
        }
    }
}

/// Opens a file to read it.
///
/// # Errors
/// It is not a regular file, or cannot be opened.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    check(&path.metadata().map_err(|error| named_if_dangling(path, error))?)?;
    let file = open_without_blocking(path)?;
    // It may have been replaced between the two looks.
    check(&file.metadata()?)?;
    Ok(file)
}

/// Refuses a file of which a link, at its name or above it, leads out of a folder:
/// what only this program writes could be aimed at any file of the user by a
/// workspace that was cloned or shared. A file that does not exist passes.
///
/// # Errors
/// A link leads out of the folder, or nowhere.
pub(crate) fn check_inside(path: &Path, folder: &Path) -> io::Result<()> {
    let root = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for link in path.ancestors().take_while(|at| *at != folder).filter(|at| is_link(at)) {
        let target = link.canonicalize().map_err(|error| named_if_dangling(link, error))?;
        if !target.starts_with(root.canonicalize()?) {
            let message = format!("it is a link out of the workspace, to {}", target.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
        }
    }
    Ok(())
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink())
}

/// The error of a file that is missing, or of a link of which the target is.
fn named_if_dangling(path: &Path, error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound && is_link(path) {
        let message = "it is a link to a file that does not exist";
        return io::Error::new(io::ErrorKind::PermissionDenied, message);
    }
    error
}

/// Refuses folders, pipes and devices.
///
/// # Errors
/// It is no regular file.
pub(crate) fn check(metadata: &Metadata) -> io::Result<()> {
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

/// Length, times and inode of a file: nearly always changed when the file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    /// When data, owner, permissions or names changed last: seconds and nanoseconds.
    changed: (i64, i64),
    length: u64,
    /// A file replaced by a rename has another one.
    inode: (u64, u64),
}

impl Stamp {
    /// `None` if there is no such file.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|metadata| Self::from_metadata(&metadata))
    }

    pub(crate) fn from_metadata(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let (changed, inode) = {
            use std::os::unix::fs::MetadataExt;
            ((metadata.ctime(), metadata.ctime_nsec()), (metadata.dev(), metadata.ino()))
        };
        #[cfg(not(unix))]
        let (changed, inode) = ((0, 0), (0, 0));
        Self { modified: metadata.modified().ok(), changed, length: metadata.len(), inode }
    }

    /// Device and inode, where the system has them.
    pub(crate) fn inode(&self) -> Option<(u64, u64)> {
        cfg!(unix).then_some(self.inode)
    }

    /// Whether two stamps belong to the same contents of the same inode; a
    /// rename or a new link changes the rest.
    pub(crate) fn is_same_content(&self, other: &Self) -> bool {
        (&self.modified, self.length, self.inode) == (&other.modified, other.length, other.inode)
    }

    /// Whether the file was modified within this time before now, or after now.
    pub(crate) fn is_within(&self, age: Duration) -> bool {
        let elapsed = self.modified.map(|modified| SystemTime::now().duration_since(modified));
        elapsed.is_some_and(|elapsed| elapsed.map_or(true, |elapsed| elapsed < age))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_its_own_bytes_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        let long: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
        for held in [&long[..], &long[..1 << 16], b"a", b""] {
            std::fs::write(&file, held).unwrap();
            let holds = |bytes: &[u8]| metadata_if_holds(&file, bytes).unwrap();
            assert_eq!(holds(held).map(|metadata| metadata.len()), Some(held.len() as u64));
            assert!(holds(&[held, b"b"].concat()).is_none());
            assert!(held.is_empty() || holds(&held[1..]).is_none());
            assert!(held.is_empty() || holds(&held[..held.len() - 1]).is_none());
        }
        assert!(metadata_if_holds(folder.path(), b"").is_err());
    }
}
