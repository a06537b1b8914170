//! The part of the model that screens, dialogs and jobs may read.

pub(crate) mod scored_portfolio;

use std::time::Duration;

use ratatui::layout::Size;

use crate::command::Keymap;
use crate::config::Settings;
use crate::domain::{Activity, Date, Deck, Guess, PairAnswer, SettingValues, Zoned};
use crate::tui::jobs::JobResults;

pub(crate) use scored_portfolio::{PortfolioScores, ScoredPortfolio};

/// Ideas, settings and surroundings as they stand between two messages.
#[derive(Debug)]
pub(crate) struct World {
    /// The ideas and what is concluded about them. Edits are applied here
    /// at once and saved afterwards.
    pub portfolio: ScoredPortfolio,
    /// The settings by which everything is judged.
    pub settings: EffectiveSettings,
    pub results: JobResults,
    /// Which keys set off which command.
    pub keymap: Keymap,
    pub person: String,
    /// Whether this is the demo: then the user goes on as the person who has answered its duels.
    pub demo: bool,
    /// Whether the day that counts as today stays, whatever the clock says.
    pub day_stays: bool,
    /// The folder that was listed last, for completing a path.
    pub folder: FolderListing,
    pub size: Size,
    /// The decks to practise on, and what was answered.
    pub practice: PracticeRecord,
    /// Hours of the last month that went into choosing, by what was done.
    pub choosing: [f64; Activity::ALL.len()],
    /// The day on which the questions of the quarter were put off.
    pub quarter_put_off: Option<Date>,
    pub tick: Tick,
}

/// The decks to practise on, and the answers of this person so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct PracticeRecord {
    /// The deck that comes with the program.
    pub deck: Deck,
    pub pairs: Vec<PairAnswer>,
    pub guesses: Vec<Guess>,
}

/// The moment at which messages are taken in, and what chance gave for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tick {
    /// The time since the program began.
    pub elapsed: Duration,
    /// The time of day, for what is signed. The day that counts as today is the scored portfolio's.
    pub now: Zoned,
    /// A random number, another one each time.
    pub seed: u64,
}

/// From this height on there is room for a blank line below the title.
const AIRY: u16 = 28;

/// Rows above a screen, at a height of the terminal: the title, and a blank
/// line where there is room for one.
pub(crate) const fn title_rows(height: u16) -> u16 {
    if height >= AIRY { 2 } else { 1 }
}

/// The last two lines: messages, then keys. A message never covers the keys.
pub(crate) const FOOTER_ROWS: u16 = 2;

/// Columns and rows below which there is no room to work in.
pub(crate) const LEAST_SIZE: (u16, u16) = (60, 16);

impl World {
    /// These ideas under the built-in settings, on a terminal of usual size.
    pub(crate) fn new(portfolio: ScoredPortfolio) -> Self {
        Self {
            portfolio,
            settings: EffectiveSettings::default(),
            results: JobResults::default(),
            keymap: Keymap::default(),
            person: String::new(),
            demo: false,
            day_stays: false,
            folder: FolderListing::default(),
            size: Size::new(80, 24),
            practice: PracticeRecord::default(),
            choosing: [0.0; Activity::ALL.len()],
            quarter_put_off: None,
            tick: Tick::default(),
        }
    }

    /// Whether the terminal is too small to show a screen.
    pub(crate) const fn is_too_small(&self) -> bool {
        self.size.width < LEAST_SIZE.0 || self.size.height < LEAST_SIZE.1
    }

    /// Lines that half a page moves.
    pub(crate) fn half_page(&self) -> isize {
        isize::from((self.room().height / 3).max(1).cast_signed())
    }

    /// The size of the area of a screen, between the title and the messages.
    pub(crate) const fn room(&self) -> Size {
        let Size { width, height } = self.size;
        Size::new(width, height.saturating_sub(title_rows(height) + FOOTER_ROWS))
    }
}

/// What a folder holds that can be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FolderListing {
    /// The folder as it was typed, with its last `/`; empty for the current one.
    pub folder: String,
    /// Folders, and files that can be read; the newest first.
    pub entries: Vec<FolderEntry>,
}

/// A folder or a file in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FolderEntry {
    pub name: String,
    pub is_folder: bool,
}

/// The settings below the workspace, what the workspace sets, and what follows from both.
#[derive(Debug, Default)]
pub(crate) struct EffectiveSettings {
    user: Settings,
    workspace: SettingValues,
    settings: Settings,
}

impl EffectiveSettings {
    /// What a workspace sets, over the settings below it. Where that makes no
    /// sense, those below are in force.
    pub(crate) fn new(user: Settings, workspace: &SettingValues) -> Self {
        let settings = user.with_workspace(workspace).unwrap_or_else(|_| user.clone());
        Self { user, workspace: workspace.clone(), settings }
    }

    pub(crate) const fn current(&self) -> &Settings {
        &self.settings
    }

    /// What would be in force if the workspace set this.
    ///
    /// # Errors
    /// What is wrong with a value, in words.
    pub(crate) fn with(&self, workspace: &SettingValues) -> Result<Settings, String> {
        self.user.with_workspace(workspace)
    }

    /// Takes note of the settings below the workspace; true if anything else is
    /// in force now. What the command line asked for still holds.
    pub(crate) fn set_user(&mut self, user: Settings) -> bool {
        let user = Settings { asks_ascii: self.user.asks_ascii, ..user };
        if user == self.user {
            return false;
        }
        *self = Self::new(user, &self.workspace);
        true
    }

    /// Takes note of what the workspace sets; true if anything else is in force
    /// now. Where a value makes no sense, everything stays as it was.
    pub(crate) fn set_workspace(&mut self, workspace: &SettingValues) -> bool {
        if *workspace == self.workspace {
            return false;
        }
        workspace.clone_into(&mut self.workspace);
        match self.with(workspace) {
            Ok(settings) if settings != self.settings => {
                self.settings = settings;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Criterion, SettingValue};

    #[test]
    fn what_makes_no_sense_changes_nothing() {
        let values = |headroom| {
            SettingValues::from([("weights.headroom".to_owned(), SettingValue::Number(headroom))])
        };
        let mut effective = EffectiveSettings::new(Settings::default(), &SettingValues::new());
        let headroom = |effective: &EffectiveSettings| {
            effective.current().score.weights[Criterion::Headroom.index()]
        };
        assert!(effective.set_workspace(&values(0.75)));
        assert!((headroom(&effective) - 0.5).abs() < 1e-12);
        assert!(!effective.set_workspace(&values(0.75)));
        assert!(!effective.set_workspace(&values(-1.0)));
        assert!((headroom(&effective) - 0.5).abs() < 1e-12, "as before, not as built in");
        assert!(effective.set_workspace(&SettingValues::new()));
        assert!((headroom(&effective) - 0.25).abs() < 1e-12);
    }
}
