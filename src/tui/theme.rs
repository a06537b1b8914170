//! A few colours become all styles in one place.

use ratatui::style::{Color, Modifier, Style};

use crate::config::{Colors, Role, Theme};

mod depth;
mod palette;

pub(super) use depth::{Depth, rgb};
pub(super) use palette::Background;

use palette::Palette;

/// Every style on screen. None carries meaning by colour alone: what differs
/// has a glyph or a word of its own.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    pub text: Style,
    /// What the eye should find first.
    pub strong: Style,
    pub quiet: Style,
    /// Rules, and what stands for nothing.
    pub faint: Style,
    pub accent: Style,
    /// The line under the cursor.
    pub selected: Style,
    /// The criterion under the cursor.
    pub focused: Style,
    /// A score that is certain.
    pub bar: Style,
    /// The stretch between the lowest and the highest possible score.
    pub range: Style,
    pub chart: Style,
    /// What the ceiling takes away.
    pub loss: Style,
    pub good: Style,
    pub caution: Style,
    pub bad: Style,
    /// The letters that a search found.
    pub found: Style,
    /// A key in the footer or in help.
    pub key: Style,
}

impl Default for Styles {
    fn default() -> Self {
        Self::new(Theme::default(), Background::default(), &Colors::default(), Depth::Many)
    }
}

impl Styles {
    /// The styles of a theme with some colours of one's own over its own, as
    /// near as a terminal can come.
    pub(super) fn new(theme: Theme, ground: Background, own: &Colors, depth: Depth) -> Self {
        let palette = Palette::new(theme, ground, own, depth);
        let color = |role| Style::new().fg(palette.get(role));
        let [accent, muted, quiet, faint] =
            [Role::Accent, Role::Muted, Role::Quiet, Role::Faint].map(color);
        let [good, caution, bad] = [Role::Good, Role::Caution, Role::Bad].map(color);
        // What a terminal writes with, also where something else is drawn in
        // another colour. It may be a grey: not strong enough for high contrast.
        let text = Style::new().fg(Color::Reset);
        let text = if theme == Theme::HighContrast { quiet } else { text };
        let selected = color(Role::OnSelection).bg(palette.get(Role::Selection));
        // Without colours the line under the cursor is the other way round.
        let reversed = if depth == Depth::None { Modifier::REVERSED } else { Modifier::empty() };
        Self {
            text,
            strong: text.add_modifier(Modifier::BOLD),
            quiet,
            faint,
            accent,
            selected: selected.add_modifier(Modifier::BOLD | reversed),
            focused: accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            bar: accent,
            range: quiet,
            chart: muted,
            loss: bad,
            good,
            caution,
            bad: bad.add_modifier(Modifier::BOLD),
            found: caution.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            key: accent.add_modifier(Modifier::BOLD),
        }
    }

    /// A style on the line under the cursor: in its colours, so that everything
    /// there can be read in every palette; bold and underlined stay.
    pub(super) fn over(&self, style: Style) -> Style {
        style.patch(self.selected)
    }
}

/// Contrast of two colours.
#[cfg(test)]
pub(super) mod contrast {
    /// Linear light of an sRGB colour (WCAG 2.2, relative luminance).
    pub(crate) fn linear(color: [u8; 3]) -> [f64; 3] {
        color.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The sum of the products.
    pub(crate) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    /// Contrast of linear colours, from 1 to 21 (WCAG 2.2, contrast ratio).
    pub(crate) fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let luminance = |color| dot([0.2126, 0.7152, 0.0722], color);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn styles(theme: Theme, own: &Colors, depth: Depth) -> Styles {
        Styles::new(theme, Background::Dark, own, depth)
    }

    #[test]
    fn colours_of_one_s_own_go_over_those_of_the_theme() {
        let mut own = Colors::default();
        own.set(Role::Accent, config::Color::Rgb(255, 135, 0));
        let accent = |depth| styles(Theme::Dark, &own, depth).accent.fg;
        assert_eq!(accent(Depth::True), Some(Color::Rgb(255, 135, 0)));
        assert_eq!(accent(Depth::Many), Some(Color::Indexed(208)));
        assert_eq!(accent(Depth::Sixteen), Some(Color::Indexed(9)));
        assert_eq!(accent(Depth::None), Some(Color::Reset));
        let quiet = styles(Theme::Dark, &own, Depth::Many).quiet.fg;
        assert_eq!(quiet, Some(Color::Indexed(250)));
    }

    #[test]
    fn what_stands_on_the_line_under_the_cursor_has_its_colours() {
        for depth in [Depth::None, Depth::Sixteen, Depth::Many, Depth::True] {
            for theme in Theme::ALL {
                let styles = styles(theme, &Colors::default(), depth);
                let over = styles.over(styles.focused);
                assert_eq!((over.fg, over.bg), (styles.selected.fg, styles.selected.bg));
                assert!(over.add_modifier.contains(Modifier::UNDERLINED));
                let reversed = over.add_modifier.contains(Modifier::REVERSED);
                assert_eq!(reversed, depth == Depth::None);
            }
        }
    }
}
