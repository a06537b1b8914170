//! State folder of a workspace: paths, lock, and reading and writing of the
//! files in it. All of them are only for the user's own eyes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::atomic;
use crate::domain::fnv_1a;
use crate::regular_file;

/// A lock that is not free after this time is reported.
const REPORT_AFTER: Duration = Duration::from_secs(1);

/// A lock that is not free after this time is given up.
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);

/// The same while there is no time to wait.
const GIVE_UP_IN_A_HURRY_AFTER: Duration = Duration::from_secs(1);

const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// The state of one workspace, and the lock of its folder.
#[derive(Debug)]
pub(crate) struct StateFolder {
    folder: PathBuf,
    lock: PathBuf,
    /// Whether a held lock is given up after a second instead of a minute.
    in_a_hurry: Arc<AtomicBool>,
}

impl StateFolder {
    /// Named after the canonical path of the workspace. The lock is that of its
    /// folder, so that a program that opens the folder and one that opens a file
    /// in it wait for each other.
    pub(crate) fn of(workspace: &Path, folder: &Path, state: &Path) -> io::Result<Self> {
        let own = state.join(name_of(&workspace.canonicalize()?));
        let lock = state.join(format!("{}.lock", name_of(&folder.canonicalize()?)));
        Ok(Self { folder: own, lock, in_a_hurry: Arc::default() })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn lock_path(&self) -> &Path {
        &self.lock
    }

    /// While this is set, a held lock is given up after a second.
    pub(crate) fn hurry_while(&mut self, in_a_hurry: Arc<AtomicBool>) {
        self.in_a_hurry = in_a_hurry;
    }

    /// Waits for the lock of the workspace. Closing the file releases it, and so
    /// does a crash. `on_wait` is called with `None` as soon as the lock has to be
    /// waited for, and with the holder after a second.
    ///
    /// # Errors
    /// The lock cannot be had, or is still held after a minute, or after a second
    /// while there is no time to wait.
    pub(crate) fn lock(&self, on_wait: impl Fn(Option<&str>)) -> io::Result<File> {
        hold(&self.lock, &self.in_a_hurry, on_wait)
    }

    /// A file of JSON; `None` if there is none or it cannot be read.
    pub(crate) fn read_json<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_slice(&regular_file::read(&self.path(name)).ok()?.0).ok()
    }

    pub(crate) fn write_json(&self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.write(name, &serde_json::to_vec(value)?)
    }

    /// For what may be lost in a crash.
    pub(crate) fn write_json_unsynced(&self, name: &str, value: &impl Serialize) -> io::Result<()> {
        create_private_folder(&self.folder)?;
        let mut options = private();
        options.truncate(true).open(self.path(name))?.write_all(&serde_json::to_vec(value)?)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        create_private_folder(&self.folder)?;
        atomic::write_private(&self.path(name), bytes)
    }
}

/// Waits for a lock on this file. Closing the file releases it.
pub(crate) fn hold(
    path: &Path,
    in_a_hurry: &AtomicBool,
    on_wait: impl Fn(Option<&str>),
) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        create_private_folder(folder)?;
    }
    let file = private().truncate(false).open(path)?;
    let started = Instant::now();
    let (mut waits, mut is_reported) = (false, false);
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(fs::TryLockError::Error(error)) => return Err(error),
            Err(fs::TryLockError::WouldBlock) => {}
        }
        if !std::mem::replace(&mut waits, true) {
            on_wait(None);
        }
        let is_urgent = in_a_hurry.load(Ordering::Relaxed);
        let limit = if is_urgent { GIVE_UP_IN_A_HURRY_AFTER } else { GIVE_UP_AFTER };
        if started.elapsed() >= limit {
            let message = format!("it is locked by {}", holder(path, &file));
            return Err(io::Error::new(io::ErrorKind::WouldBlock, message));
        }
        if started.elapsed() >= REPORT_AFTER && !std::mem::replace(&mut is_reported, true) {
            on_wait(Some(&holder(path, &file)));
        }
        thread::sleep(POLL_INTERVAL);
    }
    // For whom this one keeps waiting; nothing depends on it.
    let _ = file.set_len(0).and_then(|()| write!(&file, "{}", std::process::id()));
    Ok(file)
}

/// The process that holds a lock: as the system says, else as the lock file does.
fn holder(path: &Path, file: &File) -> String {
    let written = || fs::read_to_string(path).ok().filter(|id| id.parse::<u32>().is_ok());
    match system_holder(file).or_else(written) {
        Some(id) => {
            let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
            format!("process {id} {}", name.trim()).trim_end().to_owned()
        }
        None => "another process".to_owned(),
    }
}

/// Linux lists all locks with process and inode.
#[cfg(unix)]
fn system_holder(file: &File) -> Option<String> {
    let inode = std::os::unix::fs::MetadataExt::ino(&file.metadata().ok()?);
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let inode = format!(":{inode}");
    let held = locks.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let held = held.filter(|words| words.get(1) != Some(&"->"));
    let mut held = held.filter(|words| words.get(5).is_some_and(|file| file.ends_with(&inode)));
    held.find_map(|words| words.get(4).map(|id| (*id).to_owned()))
}

#[cfg(not(unix))]
fn system_holder(_: &File) -> Option<String> {
    None
}

/// Creates a folder that only the user may enter, or makes an existing one so.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    make_private(folder, 0o700);
    Ok(())
}

/// Takes the rights of others away from what earlier versions have made.
fn make_private(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        if path.metadata().is_ok_and(|metadata| metadata.mode() & 0o077 != 0) {
            // A user who may not change that did not make it.
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
        }
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

/// Opens a file for writing that only the user may read, creating it if needed.
pub(crate) fn private() -> OpenOptions {
    let mut options = File::options();
    options.create(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a file of the state folder to read it and to append to it.
pub(crate) fn open_to_append(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        create_private_folder(folder)?;
    }
    let mut options = File::options();
    options.create(true).read(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    make_private(path, 0o600);
    Ok(file)
}

/// A name for people to recognise and a hash that tells equal names apart.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' })
        .take(40)
        .collect();
    format!("{name}-{:016x}", fnv_1a(path.as_os_str().as_encoded_bytes()))
}

/// Appends a line whole or not at all, and gives the file, which is not synced
/// yet. A line that a crash has torn off is closed with a line break first.
///
/// # Errors
/// The file cannot be written; then it is as before.
pub(crate) fn append_line(path: &Path, mut line: Vec<u8>) -> io::Result<File> {
    let mut file = open_to_append(path)?;
    let length = file.metadata()?.len();
    if ends_torn(&mut file)? {
        line.insert(0, b'\n');
    }
    if let Err(error) = file.write_all(&line) {
        // Half a line would be skipped anyway; this only saves the space.
        let _ = file.set_len(length);
        return Err(error);
    }
    Ok(file)
}

/// Whether the last line has no line break.
pub(crate) fn ends_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}
