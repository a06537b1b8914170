//! Who tells of what others do to the files.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::watch::Watch;
use crate::tui::message::Msg;

/// Watches the open workspace and the user's own settings. Where the system
/// does not watch, files are read again on request and with every edit.
#[derive(Debug)]
pub(super) struct Lookout {
    messages: Sender<Msg>,
    watches: bool,
    /// The file of the user's own settings, which need not exist.
    config: PathBuf,
    workspace: Post,
    settings: Post,
}

/// A place that is watched.
#[derive(Debug, Default)]
struct Post {
    place: Option<PathBuf>,
    watch: Option<Watch>,
}

impl Post {
    /// Watches another place, or none; true if it is another.
    fn move_to(&mut self, place: Option<PathBuf>, news: Msg, messages: &Sender<Msg>) -> bool {
        if place == self.place {
            return false;
        }
        self.watch = place.as_deref().and_then(|place| {
            let watch = Watch::start(place, news, messages.clone());
            watch.inspect_err(|error| tracing::warn!(%error, "{place:?} is not watched")).ok()
        });
        self.place = place;
        self.watch.is_some()
    }
}

impl Lookout {
    /// Watches nothing yet.
    #[must_use]
    pub(super) fn new(config: PathBuf, watches: bool, messages: Sender<Msg>) -> Self {
        let (workspace, settings) = (Post::default(), Post::default());
        Self { messages, watches, config, workspace, settings }
    }

    /// Whether anything is to be watched, from the next look on.
    pub(super) const fn set_watching(&mut self, watches: bool) {
        self.watches = watches;
    }

    /// Watches what is there now.
    pub(super) fn look(&mut self, workspace: Option<&Path>) {
        let workspace = workspace.filter(|_| self.watches).map(Path::to_owned);
        if self.workspace.move_to(workspace, Msg::FilesTouched, &self.messages) {
            // Something may have changed since the files were read.
            let _ = self.messages.send(Msg::FilesTouched);
        }
        // Where there are no settings yet, the folder in which they will be.
        let settings = self.config.ancestors().find(|place| place.exists());
        let settings = settings.filter(|_| self.watches).map(Path::to_owned);
        self.settings.move_to(settings, Msg::SettingsTouched, &self.messages);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn settings_are_seen_to_come_into_being() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("prospect/config.toml");
        let (messages, inbox) = channel();
        let mut lookout = Lookout::new(config.clone(), true, messages);
        lookout.look(None);
        fs::create_dir(config.parent().unwrap()).unwrap();
        assert!(matches!(inbox.recv_timeout(LONG), Ok(Msg::SettingsTouched)), "the folder");
        lookout.look(None);
        fs::write(&config, "[ui]\n").unwrap();
        assert!(matches!(inbox.recv_timeout(LONG), Ok(Msg::SettingsTouched)), "the file");
        lookout.set_watching(false);
        lookout.look(None);
        assert!(lookout.settings.watch.is_none());
    }

    #[test]
    fn a_workspace_that_is_opened_is_looked_at_once_more() {
        let home = tempfile::tempdir().unwrap();
        let (messages, inbox) = channel();
        let mut lookout = Lookout::new(home.path().join("config.toml"), true, messages);
        lookout.look(Some(home.path()));
        assert!(matches!(inbox.try_recv(), Ok(Msg::FilesTouched)));
        lookout.look(Some(home.path()));
        assert!(inbox.try_recv().is_err());
    }
}
