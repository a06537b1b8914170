//! The palettes by name.

/// Which colours the workbench has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Quiet colours for a dark background.
    #[default]
    Calm,
    /// Clear colours for a dark background.
    Dark,
    Light,
    /// Strong colours, nothing faint; on dark and light.
    HighContrast,
    /// Blue and orange instead of green and red, told apart by everybody; on
    /// dark and light.
    ColorBlind,
}

impl Theme {
    /// All of them, in the order in which they follow each other.
    pub const ALL: [Self; 5] =
        [Self::Calm, Self::Dark, Self::Light, Self::HighContrast, Self::ColorBlind];

    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::ColorBlind => "color-blind",
        }
    }

    /// What stands in the settings where the colours are to fit the terminal.
    pub(super) const ASK: &'static str = "auto";

    /// The theme of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }

    /// The one after it; the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|theme| *theme == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}
