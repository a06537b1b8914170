//! How the workbench looks: the theme, colours of one's own, ASCII.

use crate::config::{Colors, Settings, Theme};

use super::theme::{Depth, Ground, Styles};

/// What the settings say about the looks, and what has become of it since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The theme that is shown.
    pub theme: Theme,
    /// The theme that the settings name; `None` where it fits the terminal.
    named: Option<Theme>,
    /// Colours that go over those of that theme.
    colors: Colors,
    /// What the terminal has said of its ground.
    ground: Option<Ground>,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
}

impl Look {
    /// The looks that the settings name now. What the terminal has said still
    /// holds.
    #[must_use]
    pub(super) fn renewed(&self, settings: &Settings) -> Self {
        let look = Self {
            named: settings.theme,
            colors: settings.colors,
            ascii: settings.ascii || settings.asks_ascii,
            ..*self
        };
        Self { theme: look.own(), ..look }
    }

    /// Takes note of the ground of the terminal: red, green and blue, 0–255. A
    /// theme that was chosen since stays.
    pub(super) fn fit(&mut self, ground: [u8; 3]) {
        let is_own = self.theme == self.own();
        self.ground = Some(Ground::of(ground));
        if is_own {
            self.theme = self.own();
        }
    }

    /// The theme of the settings.
    fn own(&self) -> Theme {
        self.named.unwrap_or(match self.ground {
            Some(Ground::Light) => Theme::Light,
            Some(Ground::Dark) | None => Theme::default(),
        })
    }

    /// The next theme, until the program ends.
    pub(super) fn next(&mut self) {
        self.theme = self.theme.next();
    }

    /// Whether the terminal has said what its ground is.
    #[must_use]
    pub(super) const fn knows_ground(&self) -> bool {
        self.ground.is_some()
    }

    /// Whether it is made for a light ground.
    #[must_use]
    pub(super) fn is_light(&self) -> bool {
        self.theme == Theme::Light || self.ground == Some(Ground::Light)
    }

    /// The styles of everything on screen, as near as a terminal can come.
    #[must_use]
    pub(super) fn styles(&self, depth: Depth) -> Styles {
        let own = if self.theme == self.own() { self.colors } else { Colors::default() };
        Styles::new(self.theme, self.ground.unwrap_or_default(), &own, depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Color, Role};

    fn look(settings: &Settings) -> Look {
        Look::default().renewed(settings)
    }

    #[test]
    fn the_theme_follows_the_terminal_where_it_is_to() {
        let named = |theme| look(&Settings { theme, ..Settings::default() });
        for (ground, theme) in
            [([250, 250, 240], Theme::Light), ([30, 30, 40], Theme::Calm), ([0, 0, 0], Theme::Calm)]
        {
            let mut look = named(None);
            assert_eq!(look.theme, Theme::Calm, "no answer is a dark ground");
            look.fit(ground);
            assert_eq!(look.theme, theme);
            let mut fixed = named(Some(Theme::Calm));
            fixed.fit(ground);
            assert_eq!(fixed.theme, Theme::Calm);
        }
        let mut chosen = named(None);
        chosen.next();
        chosen.fit([250, 250, 240]);
        assert_eq!(chosen.theme, Theme::Dark, "what was chosen since stays");
    }

    #[test]
    fn what_the_terminal_said_holds_for_settings_that_come_later() {
        let named = |theme| Settings { theme, ..Settings::default() };
        let mut fixed = look(&named(Some(Theme::Calm)));
        fixed.fit([250, 250, 240]);
        assert_eq!(fixed.renewed(&named(None)).theme, Theme::Light);
        let strong = named(Some(Theme::HighContrast));
        let quiet = |look: &Look| look.styles(Depth::Many).quiet.fg;
        assert_ne!(quiet(&fixed.renewed(&strong)), quiet(&look(&strong)), "black, not white");
    }

    #[test]
    fn colours_of_one_s_own_belong_to_the_theme_that_is_named() {
        let mut settings = Settings::default();
        settings.colors.set(Role::Accent, Color::Indexed(200));
        let mut look = look(&settings);
        let accent = |look: &Look| look.styles(Depth::Many).accent.fg;
        let own = accent(&look);
        assert_eq!(own, Some(ratatui::style::Color::Indexed(200)));
        look.next();
        assert_ne!(accent(&look), own);
    }
}
