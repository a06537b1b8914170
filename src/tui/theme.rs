//! A few colours become all styles in one place.

use ratatui::style::{Color, Modifier, Style};

use crate::config::Theme;

/// The colours that everything on screen is made of, from the 256 that every
/// common terminal has.
#[derive(Clone, Copy, Debug)]
struct Palette {
    accent: Color,
    muted: Color,
    quiet: Color,
    faint: Color,
    good: Color,
    caution: Color,
    bad: Color,
    selection: Color,
    on_selection: Color,
}

impl Palette {
    const fn of(theme: Theme) -> Self {
        // accent, muted, quiet, faint, good, caution, bad, selection and what
        // stands on it
        Self::new(match theme {
            Theme::Calm => [73, 66, 246, 241, 108, 179, 174, 237, 254],
            Theme::Dark => [80, 67, 250, 242, 114, 221, 210, 238, 255],
            Theme::Light => [24, 67, 239, 246, 28, 130, 124, 253, 16],
            Theme::HighContrast => [51, 51, 231, 250, 46, 226, 213, 231, 16],
            // After Okabe and Ito: sky blue, blue, yellow, vermilion.
            Theme::ColorBlind => [74, 67, 249, 242, 32, 220, 208, 238, 255],
        })
    }

    const fn new(of: [u8; 9]) -> Self {
        Self {
            accent: Color::Indexed(of[0]),
            muted: Color::Indexed(of[1]),
            quiet: Color::Indexed(of[2]),
            faint: Color::Indexed(of[3]),
            good: Color::Indexed(of[4]),
            caution: Color::Indexed(of[5]),
            bad: Color::Indexed(of[6]),
            selection: Color::Indexed(of[7]),
            on_selection: Color::Indexed(of[8]),
        }
    }
}

/// Every style on screen. None carries meaning by colour alone: what differs
/// has a glyph or a word of its own.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    /// Ordinary text.
    pub text: Style,
    /// What the eye should find first.
    pub strong: Style,
    /// What is read second.
    pub quiet: Style,
    /// Rules, and what stands for nothing.
    pub faint: Style,
    /// Headings and the cursor.
    pub accent: Style,
    /// The line under the cursor.
    pub selected: Style,
    /// The criterion under the cursor.
    pub focused: Style,
    /// A score that is certain.
    pub bar: Style,
    /// The stretch between the lowest and the highest possible score.
    pub range: Style,
    /// Levels over time.
    pub chart: Style,
    /// What the ceiling takes away.
    pub loss: Style,
    /// Something that went well.
    pub good: Style,
    /// Something that wants attention.
    pub caution: Style,
    /// Something that went wrong.
    pub bad: Style,
    /// The letters that a search found.
    pub found: Style,
    /// A key in the footer or in help.
    pub key: Style,
}

impl Default for Styles {
    fn default() -> Self {
        Self::of(Theme::default())
    }
}

impl Styles {
    /// The styles of a theme.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        let Palette { accent, muted, quiet, faint, good, caution, bad, selection, on_selection } =
            Palette::of(theme);
        let text = Style::new();
        Self {
            text,
            strong: text.add_modifier(Modifier::BOLD),
            quiet: text.fg(quiet),
            faint: text.fg(faint),
            accent: text.fg(accent),
            selected: text.fg(on_selection).bg(selection).add_modifier(Modifier::BOLD),
            focused: text.fg(accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            bar: text.fg(accent),
            range: text.fg(quiet),
            chart: text.fg(muted),
            loss: text.fg(bad),
            good: text.fg(good),
            caution: text.fg(caution),
            bad: text.fg(bad).add_modifier(Modifier::BOLD),
            found: text.fg(caution).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            key: text.fg(accent).add_modifier(Modifier::BOLD),
        }
    }
}
