//! Watches the workspace and the config file for external changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::debounced_watcher::DebouncedWatcher;
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

/// A place that is watched.
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
    #[must_use]
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

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
}
