//! Appearance: the theme, custom colours, ASCII.

use crate::config::{Colors, Settings, Theme};

use crate::tui::theme::{Background, Depth, Styles};

/// What the settings say about the looks, and what has become of it since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Appearance {
    pub theme: Theme,
    /// The theme that the settings name; `None` where it fits the terminal.
    named: Option<Theme>,
    /// Colours that go over those of that theme.
    colors: Colors,
    /// What the terminal has said of its background.
    ground: Option<Background>,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
}

impl Appearance {
    /// The looks that the settings name now. What the terminal has said still holds.
    pub(crate) fn with_settings(&self, settings: &Settings) -> Self {
        let appearance = Self {
            named: settings.theme,
            colors: settings.colors,
            ascii: settings.ascii || settings.asks_ascii,
            ..*self
        };
        Self { theme: appearance.configured_theme(), ..appearance }
    }

    /// Takes note of the background of the terminal: red, green and blue,
    /// 0–255. A theme that was chosen since stays.
    pub(crate) fn set_background(&mut self, ground: [u8; 3]) {
        let is_own = self.theme == self.configured_theme();
        self.ground = Some(Background::of(ground));
        if is_own {
            self.theme = self.configured_theme();
        }
    }

    fn configured_theme(&self) -> Theme {
        self.named.unwrap_or(match self.ground {
            Some(Background::Light) => Theme::Light,
            Some(Background::Dark) | None => Theme::default(),
        })
    }

    /// Shows another theme, until the program ends.
    pub(crate) const fn show(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// Whether the terminal has said what its background is.
    pub(crate) const fn background_known(&self) -> bool {
        self.ground.is_some()
    }

    /// Whether it is made for a light background.
    pub(crate) fn is_light(&self) -> bool {
        self.theme == Theme::Light || self.ground == Some(Background::Light)
    }

    /// The styles of everything on screen, as near as a terminal can come.
    pub(crate) fn styles(&self, depth: Depth) -> Styles {
        let configured_theme =
            if self.theme == self.configured_theme() { self.colors } else { Colors::default() };
        Styles::new(self.theme, self.ground.unwrap_or_default(), &configured_theme, depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Color, Role};

    fn appearance(settings: &Settings) -> Appearance {
        Appearance::default().with_settings(settings)
    }

    #[test]
    fn the_theme_follows_the_terminal_where_it_is_to() {
        let named = |theme| appearance(&Settings { theme, ..Settings::default() });
        for (ground, theme) in
            [([250, 250, 240], Theme::Light), ([30, 30, 40], Theme::Calm), ([0, 0, 0], Theme::Calm)]
        {
            let mut appearance = named(None);
            assert_eq!(appearance.theme, Theme::Calm, "no answer is a dark ground");
            appearance.set_background(ground);
            assert_eq!(appearance.theme, theme);
            let mut fixed = named(Some(Theme::Calm));
            fixed.set_background(ground);
            assert_eq!(fixed.theme, Theme::Calm);
        }
        let mut chosen = named(None);
        chosen.show(Theme::Dark);
        chosen.set_background([250, 250, 240]);
        assert_eq!(chosen.theme, Theme::Dark, "what was chosen since stays");
    }

    #[test]
    fn what_the_terminal_said_holds_for_settings_that_come_later() {
        let named = |theme| Settings { theme, ..Settings::default() };
        let mut fixed = appearance(&named(Some(Theme::Calm)));
        fixed.set_background([250, 250, 240]);
        assert_eq!(fixed.with_settings(&named(None)).theme, Theme::Light);
        let strong = named(Some(Theme::HighContrast));
        let quiet = |appearance: &Appearance| appearance.styles(Depth::Many).quiet.fg;
        assert_ne!(
            quiet(&fixed.with_settings(&strong)),
            quiet(&appearance(&strong)),
            "black, not white"
        );
    }

    #[test]
    fn colours_of_one_s_own_belong_to_the_theme_that_is_named() {
        let mut settings = Settings::default();
        settings.colors.set(Role::Accent, Color::Indexed(200));
        let mut appearance = appearance(&settings);
        let accent = |appearance: &Appearance| appearance.styles(Depth::Many).accent.fg;
        let configured_theme = accent(&appearance);
        assert_eq!(configured_theme, Some(ratatui::style::Color::Indexed(200)));
        appearance.show(Theme::Dark);
        assert_ne!(accent(&appearance), configured_theme);
    }
}
