//! Watches the workspace and the config file for external changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::tui::app::message::Msg;

/// Watches the open workspace and the user's own settings. Where the system
/// does not watch, files are read again on request and with every edit.
#[derive(Debug)]
pub(super) struct FileWatcher {
    messages: Sender<Msg>,
    enabled: bool,
    /// The file of the user's own settings, which need not exist.
    config: PathBuf,
    workspace: WatchedPath,
    settings: WatchedPath,
}

#[derive(Debug, Default)]
struct WatchedPath {
    path: Option<PathBuf>,
    watcher: Option<DebouncedWatcher>,
}

impl WatchedPath {
    /// Watches another place, or none; true if it is another.
    fn rewatch(&mut self, path: Option<PathBuf>, on_change: Msg, messages: &Sender<Msg>) -> bool {
        if path == self.path {
            return false;
        }
        self.watcher = path.as_deref().and_then(|path| {
            let watcher = DebouncedWatcher::start(path, on_change, messages.clone());
            watcher.inspect_err(|error| tracing::warn!(%error, "{path:?} is not watched")).ok()
        });
        self.path = path;
        self.watcher.is_some()
    }
}

impl FileWatcher {
    pub(super) fn new(config: PathBuf, enabled: bool, messages: Sender<Msg>) -> Self {
        let (workspace, settings) = (WatchedPath::default(), WatchedPath::default());
        Self { messages, enabled, config, workspace, settings }
    }

    /// Whether anything is to be watched, from the next look on.
    pub(super) const fn set_watching(&mut self, enabled: bool) {
        self.enabled = enabled;
    }

    /// Watches what is there now.
    pub(super) fn rewatch(&mut self, workspace: Option<&Path>) {
        let workspace = workspace.filter(|_| self.enabled).map(Path::to_owned);
        if self.workspace.rewatch(workspace, Msg::FilesChanged, &self.messages) {
            // Something may have changed since the files were read.
            let _ = self.messages.send(Msg::FilesChanged);
        }
        // Where there are no settings yet, the folder in which they will be.
        let settings = self.config.ancestors().find(|path| path.exists());
        let settings = settings.filter(|_| self.enabled).map(Path::to_owned);
        self.settings.rewatch(settings, Msg::SettingsFileChanged, &self.messages);
    }
}

/// Quiet time before a change is reported: an editor that saves by rename does
/// three things in a row, `git checkout` many.
const DEBOUNCE: Duration = Duration::from_millis(40);

/// Longest delay after the first event.
const MAX_DELAY: Duration = Duration::from_millis(400);

/// Watches some folders for as long as it lives.
#[derive(Debug)]
pub(super) struct DebouncedWatcher {
    _watcher: RecommendedWatcher,
}

impl DebouncedWatcher {
    /// Sends this message after every change to a TOML file beside `path`, or in it
    /// where it is a folder. Folders are watched, not files: a file that is
    /// replaced by a rename, or deleted and brought back, would be lost from sight.
    pub(super) fn start(
        path: &Path,
        on_change: Msg,
        messages: Sender<Msg>,
    ) -> notify::Result<Self> {
        let (events, inbox) = channel();
        let mut watcher = notify::recommended_watcher(events)?;
        for folder in folders(path) {
            watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        std::thread::spawn(move || forward_changes(&inbox, &on_change, &messages));
        Ok(Self { _watcher: watcher })
    }
}

/// The folder of the workspace, that of the file behind a symbolic link, and
/// that of other people's ratings.
fn folders(workspace: &Path) -> Vec<PathBuf> {
    let root = crate::config::folder_of(workspace);
    let real = workspace.canonicalize().ok();
    let real = real.map(|path| crate::config::folder_of(&path));
    let people = root.join("people");
    let mut folders = vec![root];
    folders.extend(real);
    folders.push(people);
    folders.retain(|folder| folder.is_dir());
    folders.dedup();
    folders
}

fn forward_changes(
    inbox: &Receiver<notify::Result<Event>>,
    on_change: &Msg,
    messages: &Sender<Msg>,
) {
    while let Ok(event) = inbox.recv() {
        if !is_relevant(&event) {
            continue;
        }
        let deadline = Instant::now() + MAX_DELAY;
        while Instant::now() < deadline && inbox.recv_timeout(DEBOUNCE).is_ok() {}
        if messages.send(on_change.clone()).is_err() {
            return;
        }
    }
}

/// Whether a file of ours may say something else now. Reading does not count,
/// or a reload would set off the next.
fn is_relevant(event: &notify::Result<Event>) -> bool {
    let Ok(event) = event else { return true };
    let is_ours = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        !hidden && path.extension().is_none_or(|extension| extension == "toml")
    };
    !matches!(event.kind, EventKind::Access(_))
        && (event.need_rescan() || event.paths.iter().any(is_ours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    const TEST_TIMEOUT: Duration = Duration::from_secs(20);

    #[test]
    fn settings_are_seen_to_come_into_being() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("prospect/config.toml");
        let (messages, inbox) = channel();
        let mut file_watcher = FileWatcher::new(config.clone(), true, messages);
        file_watcher.rewatch(None);
        fs::create_dir(config.parent().unwrap()).unwrap();
        assert!(
            matches!(inbox.recv_timeout(TEST_TIMEOUT), Ok(Msg::SettingsFileChanged)),
            "the folder"
        );
        file_watcher.rewatch(None);
        fs::write(&config, "[ui]\n").unwrap();
        assert!(
            matches!(inbox.recv_timeout(TEST_TIMEOUT), Ok(Msg::SettingsFileChanged)),
            "the file"
        );
        file_watcher.set_watching(false);
        file_watcher.rewatch(None);
        assert!(file_watcher.settings.watcher.is_none());
    }

    #[test]
    fn a_workspace_that_is_opened_is_looked_at_once_more() {
        let home = tempfile::tempdir().unwrap();
        let (messages, inbox) = channel();
        let mut file_watcher = FileWatcher::new(home.path().join("config.toml"), true, messages);
        file_watcher.rewatch(Some(home.path()));
        assert!(matches!(inbox.try_recv(), Ok(Msg::FilesChanged)));
        file_watcher.rewatch(Some(home.path()));
        assert!(inbox.try_recv().is_err());
    }

    fn is_reported(inbox: &Receiver<Msg>) -> bool {
        let reported = matches!(inbox.recv_timeout(TEST_TIMEOUT), Ok(Msg::FilesChanged));
        // What else the same change has set off.
        while inbox.recv_timeout(DEBOUNCE * 4).is_ok() {}
        reported
    }

    #[test]
    fn a_file_that_is_replaced_deleted_and_brought_back_stays_in_sight() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ideas.toml");
        fs::write(&file, "").unwrap();
        let (messages, inbox) = channel();
        let _watch = DebouncedWatcher::start(folder.path(), Msg::FilesChanged, messages).unwrap();
        for _ in 0..2 {
            let other = folder.path().join("ideas.toml.swp");
            fs::write(&other, "[[idea]]\n").unwrap();
            fs::rename(&other, &file).unwrap();
            assert!(is_reported(&inbox), "renamed");
            fs::remove_file(&file).unwrap();
            assert!(is_reported(&inbox), "deleted");
            fs::write(&file, "").unwrap();
            assert!(is_reported(&inbox), "brought back");
        }
    }

    #[test]
    fn reading_and_other_files_are_no_news() {
        let event = |kind, name: &str| Ok(Event::new(kind).add_path(name.into()));
        let any = EventKind::Modify(notify::event::ModifyKind::Any);
        assert!(is_relevant(&event(any, "/w/ideas.toml")));
        assert!(!is_relevant(&event(any, "/w/notes.md")));
        assert!(!is_relevant(&event(any, "/w/.ideas.toml")));
        let read = EventKind::Access(notify::event::AccessKind::Any);
        assert!(!is_relevant(&event(read, "/w/ideas.toml")));
    }
}
