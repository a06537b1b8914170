//! Files that are replaced whole or not at all, and only while they are what was
//! read.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::regular_file;
use crate::regular_file::Stamp;

/// How the temporary files end, so that none is mistaken for a workspace file.
const SUFFIX: &str = ".prospect-tmp";

/// Two writes within this time of each other may leave the same times behind.
const CLOCK_TICK: Duration = Duration::from_millis(50);

/// Replaces the content of a file, or creates it, such that a reader and a crash
/// see either the old bytes or the new ones. Permissions, extended attributes and
/// (as far as the system lets us) the owner are kept; a symbolic link stays one.
///
/// # Errors
/// The file is read-only, a link leads nowhere, or the system refuses; the file
/// is then as it was.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = target_of(path)?;
    let staged = stage(&target, bytes, 0o666)?;
    fs::rename(&staged, &target).inspect_err(|_| discard(&staged))?;
    sync_folder(folder_of(&target));
    Ok(())
}

/// As [`write_atomic`], for files that only the user may read.
///
/// # Errors
/// As [`write_atomic`].
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let staged = stage(path, bytes, 0o600)?;
    fs::rename(&staged, path).inspect_err(|_| discard(&staged))?;
    Ok(())
}

/// Renames a file of the state folder.
pub(crate) fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// A file as it was when it was read, and must still be when it is replaced.
#[derive(Clone, Copy)]
pub(crate) struct Expected<'f> {
    /// `None` if there was no file.
    pub(crate) stamp: Option<&'f Stamp>,
    pub(crate) bytes: &'f [u8],
}

/// What became of a file that was to be replaced.
#[derive(Debug)]
pub(crate) enum Replaced {
    /// It is on disk. With the stamp of what was written: `None` if another program has
    /// written to the file already, whose stamp must not be taken for ours.
    Done(Option<Stamp>),
    /// Another program has changed it since it was read, and it is as that one wrote it.
    Changed,
}

/// Replaces or creates a file if it still is what was read.
///
/// # Errors
/// As [`write_atomic`].
pub(crate) fn replace_if_unchanged(
    path: &Path,
    bytes: &[u8],
    expected: Expected<'_>,
) -> io::Result<Replaced> {
    let target = target_of(path)?;
    let staged = stage(&target, bytes, 0o666)?;
    let ours = Stamp::of(&staged);
    let result = swap_in(&staged, &target, expected);
    discard(&staged);
    if !result? {
        return Ok(Replaced::Changed);
    }
    sync_folder(folder_of(&target));
    let is_ours = |now: &Stamp| ours.as_ref().is_some_and(|ours| ours.is_same_content(now));
    Ok(Replaced::Done(Stamp::of(&target).filter(is_ours)))
}

/// Removes a file if it still is what was read; `false` if it is not.
///
/// # Errors
/// As the system says.
pub(crate) fn remove_if_unchanged(path: &Path, expected: Expected<'_>) -> io::Result<bool> {
    if !is_unchanged(path, expected)? {
        return Ok(false);
    }
    fs::remove_file(path)?;
    sync_folder(folder_of(path));
    Ok(true)
}

/// Removes what a crash has left behind of earlier writes to a file. The lock
/// must be held, or a write that is under way would lose its file.
pub(crate) fn remove_orphans(path: &Path) {
    let Ok(target) = path.canonicalize() else { return };
    let Ok(entries) = folder_of(&target).read_dir() else { return };
    let prefix = prefix(&target);
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&prefix) && name.ends_with(SUFFIX) {
            discard(&entry.path());
        }
    }
}

/// Puts a staged file in the place of another one. Where the system can, the two are
/// exchanged, so that what was displaced can be looked at once more and put back.
fn swap_in(staged: &Path, target: &Path, expected: Expected<'_>) -> io::Result<bool> {
    if !is_unchanged(target, expected)? {
        return Ok(false);
    }
    let Some(read) = expected.stamp else {
        // A hard link fails where a rename would overwrite what has come up.
        return match fs::hard_link(staged, target) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(_) => fs::rename(staged, target).map(|()| true),
        };
    };
    let ours = Stamp::of(staged);
    match exchange(staged, target) {
        Ok(()) => {}
        Err(error) if is_unsupported(&error) => {
            return fs::rename(staged, target).map(|()| true);
        }
        Err(error) => return Err(error),
    }
    for _ in 0..5 {
        let displaced = Stamp::of(staged);
        let is = |known: Option<&Stamp>| {
            displaced.as_ref().zip(known).is_some_and(|(one, other)| one.is_same_content(other))
        };
        if is(Some(read)) {
            return Ok(true);
        }
        if is(ours.as_ref()) {
            return Ok(false);
        }
        // Another program saved between the look and the exchange: its file
        // goes back, and so on with what that displaces.
        exchange(staged, target)?;
    }
    Ok(false)
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Some file systems know no exchange, nor do old kernels.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The bytes count only where the clock is too coarse to tell two writes apart.
fn is_unchanged(path: &Path, expected: Expected<'_>) -> io::Result<bool> {
    let now = match path.metadata() {
        Ok(metadata) => Some(Stamp::from_metadata(&metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match (now, expected.stamp) {
        (None, None) => Ok(true),
        (Some(now), Some(read)) if now == *read => {
            let is_ambiguous = now.is_within(CLOCK_TICK);
            let holds = || regular_file::metadata_if_holds(path, expected.bytes);
            Ok(!is_ambiguous || holds()?.is_some())
        }
        _ => Ok(false),
    }
}

/// Writes and syncs a new file beside its target, under a name of its own that
/// is the same after every crash.
fn stage(target: &Path, bytes: &[u8], mode: u32) -> io::Result<PathBuf> {
    let metadata = match target.metadata() {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if let Some(metadata) = &metadata {
        check_writable(target, metadata)?;
    }
    let mut file = temporary(target, mode)?;
    if let Some(metadata) = metadata {
        // In this order: a change of owner takes some permissions away.
        keep_owner(file.as_file(), &metadata);
        keep_attributes(file.as_file(), target);
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let staged = folder_of(target).join(format!("{}new{SUFFIX}", prefix(target)));
    file.persist(&staged).map_err(|error| error.error)?;
    Ok(staged)
}

/// Failing to tidy up is no reason to fail.
fn discard(path: &Path) {
    let _ = fs::remove_file(path);
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

/// The file that a path leads to, or would create.
fn target_of(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match path.read_link() {
            Ok(link) => {
                let message = format!("it is a link to {}, which does not exist", link.display());
                Err(io::Error::new(io::ErrorKind::NotFound, message))
            }
            Err(_) => Ok(path.to_owned()),
        },
        target => target,
    }
}

/// A rename would go through where writing does not.
fn check_writable(path: &Path, metadata: &Metadata) -> io::Result<()> {
    regular_file::check(metadata)?;
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    OpenOptions::new().write(true).open(path).map(drop)
}

fn temporary(target: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let prefix = prefix(target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    #[cfg(unix)]
    // Less what the user's mask takes away, as for any new file.
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder.tempfile_in(folder_of(target))
}

#[cfg(unix)]
fn keep_owner(file: &File, metadata: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only the superuser may give files away; others keep theirs anyway.
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Extended attributes, access control lists among them. Some belong to the
/// system and cannot be set; those are left to it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn keep_attributes(file: &File, from: &Path) {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    // As much as Linux allows for all names, and for one value.
    let mut names = vec![0; 65_536];
    let Ok(length) = listxattr(from, &mut names[..]) else { return };
    names.truncate(length);
    for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let mut value = vec![0; 65_536];
        if let Ok(length) = getxattr(from, name, &mut value[..]) {
            let _ = fsetxattr(file, name, &value[..length], XattrFlags::empty());
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn keep_attributes(_: &File, _: &Path) {}
