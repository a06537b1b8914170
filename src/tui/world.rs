//! The part of the model that screens, dialogs and jobs may read.

mod effective_settings;
mod scored_portfolio;

use ratatui::layout::Size;

use crate::command::Keymap;

pub(crate) use effective_settings::EffectiveSettings;
pub(crate) use scored_portfolio::{PendingChanges, PortfolioScores, ScoredPortfolio};

/// Ideas, settings and surroundings as they stand between two messages.
#[derive(Debug)]
pub(crate) struct World {
    /// The ideas and what is concluded about them. Edits are applied here at
    /// once and saved afterwards.
    pub portfolio: ScoredPortfolio,
    /// The settings by which everything is judged.
    pub settings: EffectiveSettings,
    /// Which keys set off which command.
    pub keymap: Keymap,
    /// Who answers duels.
    pub person: String,
    /// Whether this is the demo: then the user goes on as the person who has
    /// answered its duels.
    pub demo: bool,
    /// The size of the terminal.
    pub size: Size,
}

impl World {
    /// These ideas under the built-in settings, on a terminal of usual size.
    #[must_use]
    pub(crate) fn new(portfolio: ScoredPortfolio) -> Self {
        Self {
            portfolio,
            settings: EffectiveSettings::default(),
            keymap: Keymap::default(),
            person: String::new(),
            demo: false,
            size: Size::new(80, 24),
        }
    }
}
