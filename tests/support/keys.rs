//! The workbench without a terminal: keys in, a screen out.

use prospect::config::{Paths, Settings};
use prospect::demo;
use prospect::tui::{self, Options, Screen};

use super::TestWorkspace;

/// Columns and rows of the smallest terminal that is common.
pub(crate) const NARROW: (u16, u16) = (80, 24);
pub(crate) const WIDE: (u16, u16) = (120, 40);

impl TestWorkspace {
    pub(crate) fn options(&self) -> Options {
        Options {
            workspace: Some(self.folder()),
            paths: Paths {
                config: self.path("config.toml"),
                workspace: self.path("new"),
                state: self.state(),
            },
            settings: Settings::default(),
            as_of: demo::DAY,
            day_stays: true,
            color: true,
            demo: true,
        }
    }

    /// Presses keys in the workbench and takes the last screen.
    pub(crate) fn press(&self, keys: &str, size: (u16, u16)) -> Screen {
        tui::replay(self.options(), keys, size).unwrap()
    }
}

/// The demo after some keys.
pub(crate) fn screen(keys: &str, size: (u16, u16)) -> String {
    TestWorkspace::with_demo().press(keys, size).to_text()
}

/// The last two lines of a screen: what was just said, and the keys.
pub(crate) fn last_line(screen: &str) -> &str {
    let end = screen.trim_end_matches('\n');
    let key_line = end.rfind('\n').unwrap_or(0);
    let start = end[..key_line].rfind('\n').map_or(0, |at| at + 1);
    &end[start..]
}
