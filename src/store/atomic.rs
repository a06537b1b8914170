//! Files that are replaced whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How the temporary files end, so that none is mistaken for a workspace file.
const SUFFIX: &str = ".prospect-tmp";

/// Replaces the content of a file, or creates it, such that a reader and a
/// crash see either the old bytes or the new ones. Permissions and (as far as
/// the system lets us) the owner are kept; a symbolic link stays one.
///
/// # Errors
/// The file is read-only, or the system refuses; the file is then as it was.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => dangling_target(path)?,
        Err(error) => return Err(error),
    };
    let metadata = match target.metadata() {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if let Some(metadata) = &metadata {
        check_writable(&target, metadata)?;
    }
    let mut file = temporary(&target)?;
    if let Some(metadata) = metadata {
        // In this order: a change of owner takes some permissions away.
        keep_owner(file.as_file(), &metadata);
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder_of(&target));
    Ok(())
}

/// Removes a file for good.
///
/// # Errors
/// As the system says.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    sync_folder(folder_of(path));
    Ok(())
}

/// Removes what a crash has left behind of earlier writes to a file. The
/// lock must be held, or a write that is under way would lose its file.
pub(super) fn remove_orphans(path: &Path) {
    let Ok(target) = path.canonicalize() else { return };
    let Ok(entries) = folder_of(&target).read_dir() else { return };
    let prefix = prefix(&target);
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&prefix) && name.ends_with(SUFFIX) {
            // Failing to tidy up is no reason to fail.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes the names in a folder survive a loss of power, where the system can.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // The file is in place already: too late to fail.
        let _ = folder.sync_all();
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn prefix(target: &Path) -> String {
    format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

/// The file that a symbolic link to nothing names; else the path itself.
fn dangling_target(path: &Path) -> io::Result<PathBuf> {
    match path.read_link() {
        Ok(link) => Ok(folder_of(path).join(link)),
        Err(_) => Ok(path.to_owned()),
    }
}

/// A rename would go through where writing does not.
fn check_writable(path: &Path, metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    OpenOptions::new().write(true).open(path).map(drop)
}

fn temporary(target: &Path) -> io::Result<tempfile::NamedTempFile> {
    let prefix = prefix(target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    #[cfg(unix)]
    // Less what the user's mask takes away, as for any new file.
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder_of(target))
}

#[cfg(unix)]
fn keep_owner(file: &File, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only the superuser may give files away; others keep theirs anyway.
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}
